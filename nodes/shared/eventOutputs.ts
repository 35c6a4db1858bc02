import { EVENT_NAMES, type EventName, isEventName } from "../../src/eventNames";

/** What flows chose before events were chosen by name, in the order of the outputs that this made. */
const FAMILIES: Readonly<Record<string, readonly EventName[]>> = {
	call: ["call.ringing", "call.answered", "call.ended", "call.record"],
	extension: ["extension.state"],
	dial: ["dial.progress"],
	command: ["web.command"],
	link: ["link.state", "link.gap"],
	unrecognised: ["unrecognised"],
};

/** What leaves by one output, where each event has one. */
export type OutputEvents = readonly EventName[];

/**
 * Which events a `pbx-in` sends, by the outputs they leave by where it is split: one each, or, in a flow that was saved before
 * events had names, as many as its kind of events had. What is named beside them is nothing; no list at all means everything.
 */
export function eventOutputs(saved: unknown): OutputEvents[] {
	if (!Array.isArray(saved)) return EVENT_NAMES.map((name) => [name]);
	const chosen = new Set<unknown>(saved);
	const families = Object.keys(FAMILIES).filter((family) => family !== "unrecognised" && chosen.has(family));
	if (families.length === 0 && !isOfFamilies(saved)) {
		return EVENT_NAMES.filter((name) => chosen.has(name)).map((name) => [name]);
	}
	const groups = Object.entries(FAMILIES).filter(([family]) => chosen.has(family));
	const grouped = new Set(groups.flatMap(([, names]) => names));
	const others = EVENT_NAMES.filter((name) => chosen.has(name) && !grouped.has(name));
	return [...groups.map(([, names]) => names), ...others.map((name) => [name])];
}

/** `unrecognised` is both a family and an event, and makes one output either way. */
function isOfFamilies(saved: readonly unknown[]): boolean {
	return saved.some((name) => typeof name === "string" && name in FAMILIES && !isEventName(name));
}

/** The names of the events that a `pbx-in` sends, whichever way they were saved. */
export function eventNames(saved: unknown): EventName[] {
	const chosen = new Set(eventOutputs(saved).flat());
	return EVENT_NAMES.filter((name) => chosen.has(name));
}
