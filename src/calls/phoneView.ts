import type { Moment } from "../moment";
import type { PhoneState } from "../protocol/vocabulary";
import type { HeardState } from "./stepLeg";
import { SKEW_MS } from "./timing";

/** Whose connection said something: the monitor's, or the extension's own. */
export type Source = "monitor" | "extension";

/** What one connection has told of a phone. */
interface Told {
	readonly last: PhoneState;
	/** What the other one has told since, and this one has yet to tell. */
	readonly behind: readonly { readonly state: PhoneState; readonly at: number }[];
}

/** A phone's state, as told by one or two connections that may be a moment apart. */
export interface PhoneView {
	readonly state: HeardState;
	/** Undefined for a connection that has said nothing of the phone since it came up. */
	readonly monitor?: Told;
	readonly extension?: Told;
}

/** `news` is a change; `repeat` is said again; `old` is what the other connection has told before. */
export type Novelty = "news" | "repeat" | "old";

/** A phone that nobody has spoken of. */
export const UNHEARD: PhoneView = { state: "unheard" };

/** States that a connection can be behind by: more than a phone goes through in the skew. */
const MOST_BEHIND = 8;

function otherThan(source: Source): Source {
	return source === "monitor" ? "extension" : "monitor";
}

/** Takes what a connection says of a phone's state. What two connections tell is one change, whichever comes first. */
export function observe(view: PhoneView, source: Source, state: PhoneState, at: Moment): [PhoneView, Novelty] {
	const told = view[source];
	const other = otherThan(source);
	const heardThere = view[other];
	if (!heardThere) {
		if (told && view.state === state) return [view, "repeat"];
		const next = { state, [source]: { last: state, behind: [] } };
		return [next, view.state === state ? "repeat" : "news"];
	}
	const behind = (told?.behind ?? []).filter((entry) => at.steady - entry.at <= SKEW_MS);
	if (told?.last === state) return [view, behind.length > 0 ? "old" : "repeat"];
	const place = behind.findIndex((entry) => entry.state === state);
	if (place !== -1) return [{ ...view, [source]: { last: state, behind: behind.slice(place + 1) } }, "old"];
	if (view.state === state) return [{ ...view, [source]: { last: state, behind: [] } }, "repeat"];
	const waiting = [...heardThere.behind, { state, at: at.steady }].slice(-MOST_BEHIND);
	return [{ state, [source]: { last: state, behind: [] }, [other]: { ...heardThere, behind: waiting } }, "news"];
}

/** A connection fell. Where the other one can be heard still, the state holds. */
export function silence({ state, ...told }: PhoneView, source: Source, isCovered: boolean): PhoneView {
	const other = otherThan(source);
	const heardThere = told[other];
	return { state: isCovered ? state : "unheard", ...(heardThere && { [other]: { ...heardThere, behind: [] } }) };
}
