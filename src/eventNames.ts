import type { CallOutcome, Direction, LegOutcome, PbxEvent } from "./messages";

/** The name of an event, as it stands in `payload.event`. */
export type EventName = PbxEvent["event"];

/** All events that a `pbx-in` can choose, in the order of its outputs. */
export const EVENT_NAMES = [
	...(["call.ringing", "call.answered", "call.ended", "call.record"] as const),
	...(["extension.state", "dial.progress", "web.command"] as const),
	...(["link.state", "link.gap", "unrecognised"] as const),
] as const satisfies readonly EventName[];

/** The events that tell of calls. */
export const CALL_EVENTS: readonly EventName[] = ["call.ringing", "call.answered", "call.ended", "call.record"];

/** The events that say how something is: the last one holds until the next. */
export const STATE_EVENTS: readonly EventName[] = ["extension.state", "link.state"];

/** The directions that a `pbx-in` can choose. */
export const DIRECTIONS: readonly Direction[] = ["inbound", "outbound", "internal", "unknown"];

/** How legs and calls end, as a `pbx-in` can choose. */
export const OUTCOMES: readonly (LegOutcome | CallOutcome)[] = [
	...(["answered", "answered-elsewhere", "missed", "no-answer", "busy", "failed", "unknown"] as const),
];

/** Whether a text is the name of an event. */
export function isEventName(text: unknown): text is EventName {
	return EVENT_NAMES.some((name) => name === text);
}

/** What a broker or its clients would read as more than a name. */
const RESERVED = /[+#/%\s\p{C}]/gu;

function topicLevel(text: string): string {
	return text.replace(/\p{Cs}/gu, "\ufffd").replace(RESERVED, encodeURIComponent);
}

/**
 * `msg.topic` of an event: `pbx/<tenant>/<extension>/call/ringing`, so that `pbx/+/+/call/#` takes all calls. What a topic may
 * not hold is percent-encoded.
 */
export function topicOf({ tenant, extension, event }: PbxEvent): string {
	return `pbx/${topicLevel(tenant)}/${topicLevel(extension)}/${event.replace(".", "/")}`;
}
