import type { EventName } from "../eventNames";
import type { CallEvent, Direction, PbxEvent } from "../messages";

/** Which calls somebody wants to know of. */
export interface CallFilter {
	/** Only these; empty for all. */
	readonly directions: ReadonlySet<Direction>;
	/** Of calls that are over, only these; empty for all. */
	readonly outcomes: ReadonlySet<string>;
}

/** Who listens, and for what. */
export interface Listener extends CallFilter {
	readonly events: ReadonlySet<EventName>;
	/** Only these extensions; null for all. What names no extension, as the link's state does, passes. */
	readonly extensions: ReadonlySet<string> | null;
	/** Each listener gets an event of its own, to do with as it likes. */
	event(event: PbxEvent): void;
}

/** Whether a filter lets a call pass. */
export function wantsCall({ directions, outcomes }: CallFilter, event: CallEvent): boolean {
	if (directions.size > 0 && !directions.has(event.direction)) return false;
	return outcomes.size === 0 || event.outcome === null || outcomes.has(event.outcome);
}

/** The extensions that an event of a call concerns: all those that it rang, for a record. */
export function extensionsOf(event: CallEvent): readonly string[] {
	if (event.event !== "call.record") return [event.extension];
	return [...new Set([event.extension, ...event.legs.map(({ extension }) => extension)])];
}

/** Whether a listener wants an event, whichever connection it came on. */
export function wants(listener: Listener, event: PbxEvent): boolean {
	if (!listener.events.has(event.event)) return false;
	const { extensions } = listener;
	if ("callId" in event) {
		const isHis = !extensions || extensionsOf(event).some((extension) => extensions.has(extension));
		return isHis && wantsCall(listener, event);
	}
	return event.event !== "extension.state" || !extensions || extensions.has(event.extension);
}
