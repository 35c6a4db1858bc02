import type { EventName } from "../eventNames";
import type { CallEvent, CallOutcome, Direction, LegOutcome, PbxEvent } from "../messages";
import { kept } from "./unknownWords";

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

/** Characters of a ticket, and of a name or number, that are kept: a frame can hold a mebibyte. */
const LONGEST_RAW = 600;
const LONGEST_TEXT = 120;
const MOST_STEPS = 12;

function keptOrNull(text: string | null, longest: number): string | null {
	return text === null ? null : kept(text, longest);
}

/** The entry that an event becomes, or adds to. Keeps nothing of the event itself, which is its listeners' to change. */
export function noted(key: string, before: JournalEntry | undefined, event: PbxEvent): JournalEntry {
	if ("callId" in event) return notedCall(key, before?.kind === "call" ? before : null, event);
	return {
		...{ kind: "other", key, event: event.event as OtherEntry["event"], at: event.at, extension: event.extension },
		state: event.event === "link.state" ? event.state : null,
		reason: event.event === "link.state" ? event.reason : null,
		seconds: event.event === "link.gap" ? event.seconds : null,
		raw: keptOrNull(event.raw, LONGEST_RAW),
	};
}

function notedCall(key: string, before: CallEntry | null, event: CallEvent): CallEntry {
	const isRecord = event.event === "call.record";
	const { at, extension, raw } = event;
	const step = { event: event.event, at, extension, outcome: isRecord ? null : event.outcome };
	const rang = isRecord ? event.legs.map((leg) => leg.extension) : [extension];
	return {
		...{ kind: "call", key, event: event.event, at, direction: event.direction, anonymous: event.anonymous },
		number: keptOrNull(event.number, LONGEST_TEXT),
		name: kept(event.contact?.name || event.name || "", LONGEST_TEXT),
		display: kept(event.crm.display, LONGEST_TEXT),
		extensions: [...new Set([...(before?.extensions ?? []), ...rang])].slice(0, MOST_STEPS),
		outcome: event.outcome,
		summary: isRecord ? kept(event.crm.summary, LONGEST_RAW) : null,
		steps: isRecord
			? (before?.steps ?? [])
			: [...(before?.steps ?? []), { ...step, raw: keptOrNull(raw, LONGEST_RAW) }].slice(-MOST_STEPS),
	};
}
