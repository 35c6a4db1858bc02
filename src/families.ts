import type { PbxEvent } from "./messages";

/** The families that a `pbx-in` node picks from, in the order of its outputs. */
export const EVENT_FAMILIES = ["call", "extension", "dial", "command", "link", "unrecognised"] as const;

/** A family of events. */
export type EventFamily = (typeof EVENT_FAMILIES)[number];

const FAMILY_OF: Readonly<Record<PbxEvent["event"], EventFamily>> = {
	"call.ringing": "call",
	"call.answered": "call",
	"call.ended": "call",
	"call.missed": "call",
	"extension.state": "extension",
	"dial.progress": "dial",
	"web.command": "command",
	"link.state": "link",
	"link.gap": "link",
	unrecognised: "unrecognised",
};

/** The family an event belongs to. */
export function familyOf(event: PbxEvent): EventFamily {
	return FAMILY_OF[event.event];
}

/** `msg.topic` of an event: `pbx/<tenant>/<extension>/<event>`. */
export function topicOf(event: PbxEvent): string {
	return `pbx/${event.tenant}/${event.extension}/${event.event}`;
}
