import type { EventName } from "../eventNames";
import type { CallEvent, CallOutcome, Direction, LegOutcome } from "../messages";

/** A step of a call at a phone. */
export interface CallStep {
	readonly event: CallEvent["event"];
	readonly at: string;
	readonly extension: string;
	readonly outcome: LegOutcome | null;
	/** The ticket that said so; null where none did. */
	readonly raw: string | null;
}

/** A call, as far as it got: its record where it is over. */
export interface CallEntry {
	readonly kind: "call";
	readonly key: string;
	/** The last one that was told. */
	readonly event: CallEvent["event"];
	/** When that was: ISO 8601, UTC. */
	readonly at: string;
	readonly direction: Direction;
	readonly number: string | null;
	/** The caller's name as sent, or as the CRM has it; empty for none. */
	readonly name: string;
	readonly anonymous: boolean;
	/** The number as people read it. */
	readonly display: string;
	/** The phones that rang or called, in the order in which they did. */
	readonly extensions: readonly string[];
	readonly outcome: LegOutcome | CallOutcome | null;
	/** The record's sentence; null while the call goes on. */
	readonly summary: string | null;
	/** The last steps, oldest first. */
	readonly steps: readonly CallStep[];
}

/** Anything else that was told. */
export interface OtherEntry {
	readonly kind: "other";
	readonly key: string;
	readonly event: Exclude<EventName, CallEvent["event"] | "extension.state">;
	readonly at: string;
	readonly extension: string;
	/** Of a connection: its state, and why. */
	readonly state: string | null;
	readonly reason: string | null;
	/** Of a gap. */
	readonly seconds: number | null;
	readonly raw: string | null;
}

/** Nobody looked from then until `at`. */
export interface UnwatchedEntry {
	readonly kind: "unwatched";
	readonly key: string;
	readonly from: string;
	readonly at: string;
}

/** What the journal holds. Texts are as long as people read; raw tickets as they came, as far as that. */
export type JournalEntry = CallEntry | OtherEntry | UnwatchedEntry;
