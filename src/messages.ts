/**
 * The public contract: what stands in `msg.payload`. Numbers and extensions are strings, times are ISO 8601 in UTC,
 * durations are seconds; what is not known is `null` or `"unknown"`, never guessed.
 */

import type { PhoneState } from "./protocol/vocabulary";

export type { PhoneState } from "./protocol/vocabulary";

/**
 * A moment: ISO 8601, UTC, such as `2026-01-15T10:00:00.000Z`.
 *
 * @format date-time
 */
export type Time = string;

/**
 * A duration in seconds, with fractions.
 *
 * @minimum 0
 */
export type Seconds = number;

/** What every event has. */
interface EventBase {
	/** When it was heard here: ISO 8601, UTC. */
	readonly at: Time;
	/** The tenant of the config node, as text. */
	readonly tenant: string;
	/** The extension it is about; where the PBX names none, the one whose connection told it (999 on the monitor). */
	readonly extension: string;
	/** The exact text of the ticket that said so; null for what no ticket said (the link's own state). */
	readonly raw: string | null;
}

/** How a leg ended: one phone's part in a call. */
export type LegOutcome = "answered" | "answered-elsewhere" | "no-answer" | "busy" | "failed" | "unknown";

/** How a call ended. `missed`: every leg is known not to have been answered. */
export type CallOutcome = "answered" | "missed" | "no-answer" | "busy" | "failed" | "unknown";

/** Who calls whom, seen from the PBX. */
export type Direction = "inbound" | "outbound" | "internal" | "unknown";

/** Who told of a call: the connection of an extension, the monitor, or PRO events as well. */
export type CallSource = "extension" | "monitor" | "pro";

/** Whom a CRM look-up found behind a number. */
export interface Contact {
	/** The CRM's own id; empty for none. */
	readonly id: string;
	readonly name: string;
	/** Where the CRM shows it; empty for nowhere. */
	readonly url: string;
}

/** Whose phone it is, from the table of people in the PBX configuration. What is not entered is empty. */
export interface CrmUser {
	readonly extension: string;
	readonly name: string;
	/** The CRM's id of the user. */
	readonly id: string;
	readonly email: string;
}

/**
 * A call, ready to be sent to a CRM: in the language and time zone of the PBX configuration, and never null. Texts are `""`,
 * numbers 0, lists empty where there is nothing.
 */
export interface Crm {
	/** What a CRM can store the call under, once: `<tenant>/<callId>`. */
	readonly key: string;
	/** One line: what happened, and with whom. */
	readonly subject: string;
	/** A sentence or two: also when, how long, and who answered. */
	readonly summary: string;
	/** In E.164 where it is such a number, else as sent. */
	readonly number: string;
	/** The digits as they are dialled within their country. */
	readonly national: string;
	/** As people read it: `974 31 94 04`, or a word for a withheld number. */
	readonly display: string;
	/** All spellings worth asking a CRM for, best first; empty for callers that no CRM can know. */
	readonly search: readonly string[];
	/** The number, percent-encoded for a URL. */
	readonly urlNumber: string;
	/**
	 * Whole seconds of talk.
	 *
	 * @minimum 0
	 */
	readonly seconds: number;
	/**
	 * Whole seconds of ringing or waiting.
	 *
	 * @minimum 0
	 */
	readonly ringSeconds: number;
	/** `2026-01-15 10:00:00`, UTC. */
	readonly started: string;
	readonly ended: string;
	/** The same in the time zone of the PBX configuration. */
	readonly startedLocal: string;
	readonly endedLocal: string;
	readonly user: CrmUser;
	readonly contact: Contact;
}

/** What all events of calls say of them. */
interface CallFacts {
	/** The same through all events of a call, and on all connections: the PBX's own id, or one of ours where it gave none in time. */
	readonly callId: string;
	/** The PBX's own id (on the monitor the transaction, else from PRO events), even where it came too late to be the `callId`. */
	readonly pbxId: string | null;
	readonly direction: Direction;
	/** The other party's number as sent, empty when the PBX sent an empty one; null when it said none. */
	readonly number: string | null;
	/** The other party's name, where it was sent beside the number. */
	readonly name: string | null;
	/** The number in E.164 (`+34974319404`), or null where it is none. */
	readonly e164: string | null;
	/** Whether the caller withholds the number. */
	readonly anonymous: boolean;
	/** Whether the number is an extension of this PBX, one that it has spoken of. */
	readonly internal: boolean;
	/** The queue the call came in by; null where the PBX does not say. */
	readonly queue: string | null;
	readonly startedAt: Time | null;
	readonly answeredAt: Time | null;
	readonly endedAt: Time | null;
	readonly source: CallSource;
	/** Whom the CRM knows behind the number; null where nobody said. */
	readonly contact: Contact | null;
	readonly crm: Crm;
}

/** The event names of a leg's life. */
export type LegEventName = "call.ringing" | "call.answered" | "call.ended";

/** One phone's part in a call, at one moment of its life. Each ends with exactly one `call.ended`. */
export interface LegEvent extends EventBase, CallFacts {
	readonly event: LegEventName;
	readonly callIdSource: "pbx" | "local";
	/** `<callId>/<extension>`, with `/2` where the same phone has a second leg in the call. */
	readonly legId: string;
	/** Seconds from the start to the answer or the end. */
	readonly ringDuration: Seconds | null;
	/** Seconds from the answer to the end; what the PBX itself counted, where a PRO event says so. */
	readonly duration: Seconds | null;
	/** Null while the leg goes on. */
	readonly outcome: LegOutcome | null;
}

/** A leg of a call that is over. */
export interface RecordedLeg {
	readonly legId: string;
	readonly extension: string;
	readonly startedAt: Time | null;
	readonly answeredAt: Time | null;
	readonly endedAt: Time | null;
	readonly ringDuration: Seconds | null;
	readonly duration: Seconds | null;
	readonly outcome: LegOutcome;
}

/** A call, once, when all its legs are over. `extension` is who answered last, else who rang first. */
export interface CallRecord extends EventBase, CallFacts {
	readonly event: "call.record";
	readonly raw: null;
	/** What a CRM can store the call under, once: `<tenant>/<callId>`. */
	readonly key: string;
	/** Seconds until somebody answered, or the caller gave up. */
	readonly waitDuration: Seconds | null;
	/** Seconds of talk, in all legs. */
	readonly duration: Seconds | null;
	readonly outcome: CallOutcome;
	/** The extensions that answered, in that order. */
	readonly answeredBy: readonly string[];
	/** In the order in which they began. */
	readonly legs: readonly RecordedLeg[];
	/**
	 * Legs that are left out, as there were too many.
	 *
	 * @minimum 0
	 */
	readonly omittedLegs: number;
	/** The wire does not say that the legs belong together: number and moment do. */
	readonly inferred: boolean;
	/** Nothing of the call went unheard. */
	readonly complete: boolean;
}

/** Any event of a call; it stands in `msg.call` as well. */
export type CallEvent = LegEvent | CallRecord;

/** A call that an extension's phone has right now, as the live board knows it. */
export type CurrentCall = Pick<
	LegEvent,
	| "callId"
	| "legId"
	| "direction"
	| "number"
	| "name"
	| "e164"
	| "anonymous"
	| "internal"
	| "queue"
	| "startedAt"
	| "answeredAt"
	| "contact"
>;

/** An extension's phone changed its state, or was said to be in it. */
export interface ExtensionStateEvent extends EventBase {
	readonly event: "extension.state";
	readonly raw: string;
	readonly state: PhoneState;
	/** The state before; `unknown` when nothing was heard before. */
	readonly previous: PhoneState;
	/** The PBX's own word. */
	readonly text: string;
	/** Since when it is in this state, as far as was heard: ISO 8601, UTC. */
	readonly since: Time;
	/** The PBX said so on connecting: it may have been so for long, and did not change just now. */
	readonly repeated: boolean;
}

/** How far a call that was asked for from here got. */
export type DialOutcome = "calling" | "busy" | "timeout" | "unavailable" | "unknown";

/** The PBX reports on a call that was asked for from this extension. */
export interface DialProgressEvent extends EventBase {
	readonly event: "dial.progress";
	readonly raw: string;
	readonly outcome: DialOutcome;
	/** The PBX's own words. */
	readonly text: string;
}

/** The values of a PRO event's placeholders; null where one was left unresolved or the template lacks it. */
export interface CommandFields {
	readonly state: string | null;
	readonly direction: string | null;
	readonly callerId: string | null;
	readonly queue: string | null;
	readonly id: string | null;
	/** As sent: seconds, as text. */
	readonly duration: string | null;
	readonly extension: string | null;
}

/** A PRO event: the line an administrator had the PBX send. It is passed on and never fetched. */
export interface WebCommandEvent extends EventBase {
	readonly event: "web.command";
	readonly raw: string;
	/** The line, verbatim. */
	readonly line: string;
	/** The line where it is an http(s) address, as it was sent; else null. */
	readonly url: string | null;
	/** The parameters of that address, decoded; the last one of a name counts. */
	readonly query: Readonly<Record<string, string>> | null;
	/** Filled where a row of the config node's PRO event table fits the line. */
	readonly fields: CommandFields | null;
}

/** The connection of one extension; in `standby` another gateway on the same call log listens. */
export type LinkStateName = "connecting" | "connected" | "disconnected" | "refused" | "standby";

/** The connection of one extension (or of the monitor, 999) came up or went down. */
export interface LinkStateEvent extends EventBase {
	readonly event: "link.state";
	readonly raw: null;
	readonly state: LinkStateName;
	/** A stable code that says why, such as `confirmed`, `unconfirmed`, `no-prompt` or `prompted-again`. */
	readonly reason: string;
}

/** The connection is back: between the two times nothing could be heard, and the PBX repeats nothing. */
export interface LinkGapEvent extends EventBase {
	readonly event: "link.gap";
	readonly raw: null;
	readonly from: Time;
	readonly to: Time;
	readonly seconds: Seconds;
}

/** Something arrived that fits nothing in the protocol. Nothing is lost: here is its text. */
export interface UnrecognisedEvent extends EventBase {
	readonly event: "unrecognised";
	readonly raw: string;
	readonly text: string;
}

/** What `pbx-in` sends. */
export type PbxEvent =
	| LegEvent
	| CallRecord
	| ExtensionStateEvent
	| DialProgressEvent
	| WebCommandEvent
	| LinkStateEvent
	| LinkGapEvent
	| UnrecognisedEvent;

/** What `pbx-call` sends, as the payload of the message that came in. */
export interface DialResult extends EventBase {
	readonly event: "dial.result";
	/** `dry-run`: nothing was dialled, as the configuration says. */
	readonly outcome: DialOutcome | "dry-run";
	/** True when the PBX said that the far end is being called. */
	readonly ok: boolean;
	/** The number as it was sent to the PBX. */
	readonly number: string;
	/** The PBX's own words; null when it said nothing or was not asked. */
	readonly text: string | null;
	/** Seconds from asking to the answer. */
	readonly elapsed: Seconds;
}

/** What `pbx-status` sends, as the payload of the message that came in (an array for an array of extensions). */
export interface StatusResult extends EventBase {
	readonly event: "extension.state";
	/** `not-found`: the PBX knows no such extension. `no-answer`: it said nothing in time. */
	readonly state: PhoneState | "not-found" | "no-answer";
	/** The state before, as far as was heard. */
	readonly previous: PhoneState;
	readonly text: string | null;
	/** Since when it is in this state, as far as was heard; null where it is not in one. */
	readonly since: Time | null;
	/** Seconds since the PBX last spoke of it; null where it never did. */
	readonly age: Seconds | null;
	/** The connection has fallen since then: it may have changed unheard. */
	readonly stale: boolean;
	/** The call that the phone has, where one was heard to begin; null where there is none, or none is known. */
	readonly call: CurrentCall | null;
	/** `reply`: the PBX was asked now. `monitor`: what was heard of it last. */
	readonly source: "reply" | "monitor";
}

/** What `pbx-simulator` sends of the frames that pass it. Keys are masked. */
export interface SimulatorFrame {
	readonly event: "simulator.frame";
	readonly at: Time;
	/** Seen from the PBX: `in` came from a client, `out` went to one. */
	readonly direction: "in" | "out";
	/** The extension the client logged in as; null before. */
	readonly extension: string | null;
	readonly text: string;
}

/** A call as a row of a table: every column is text or a number. */
export interface CallRow {
	readonly key: string;
	readonly started: string;
	readonly startedLocal: string;
	readonly direction: Direction;
	readonly outcome: CallOutcome;
	readonly number: string;
	readonly name: string;
	readonly queue: string;
	/** Who answered last, else who rang first; and whose extension that is. */
	readonly extension: string;
	readonly user: string;
	/** The extensions that answered, with blanks between. */
	readonly answeredBy: string;
	/** Whole seconds. */
	readonly wait: number;
	readonly talk: number;
	/** Missed calls that this row stands for; 0 where it was not asked for them. */
	readonly misses: number;
}

/** Missed calls of one number that nobody has returned: the last one, and how many there were. */
export interface UnreturnedCall extends CallRecord {
	readonly misses: number;
}

/** The calls of one day, hour, extension or queue, counted. */
export interface CallTotals {
	/** `2026-01-15`, `2026-01-15 10:00` (by the clock of the PBX configuration), the extension, or the queue; empty for none. */
	readonly group: string;
	readonly calls: number;
	readonly inbound: number;
	readonly outbound: number;
	readonly answered: number;
	readonly missed: number;
	/** Of those that came in: answered within twenty seconds. */
	readonly answeredQuickly: number;
	/** Whole seconds, of calls that came in and whose waiting is known. */
	readonly waitSeconds: number;
	readonly longestWaitSeconds: number;
	/** Whole seconds of talk, as far as they are known. */
	readonly talkSeconds: number;
}

/** A number was erased from the call log. */
export interface Forgotten {
	readonly event: "history.forgotten";
	readonly at: Time;
	readonly tenant: string;
	readonly number: string;
	/** How many calls that were. */
	readonly calls: number;
}

/** What `pbx-history` says of a number beside its calls, in `msg.history`. */
export interface NumberHistory {
	readonly number: string;
	/** All calls with it that are kept. */
	readonly calls: number;
	readonly answered: number;
	readonly missed: number;
	/** In the last seven days. */
	readonly lastSevenDays: number;
	/** How the last one ended; null where there was none. */
	readonly lastOutcome: CallOutcome | null;
	readonly lastAt: Time | null;
	/** Who answered last, in any of them; empty where nobody did. */
	readonly lastAnsweredBy: string;
	/** Missed calls since somebody last talked with it. */
	readonly unreturned: number;
}

/** What `pbx-history` answers with. */
export type HistoryResult = CallRecord[] | UnreturnedCall[] | CallRow[] | CallTotals[] | Forgotten;

/** Any payload that a node of this package sends. The published JSON Schema describes it. */
export type Payload = PbxEvent | DialResult | StatusResult | StatusResult[] | HistoryResult | SimulatorFrame;
