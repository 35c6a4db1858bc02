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

/** The event names of a call's life. */
export type CallEventName = "call.ringing" | "call.answered" | "call.ended" | "call.missed";

/** How a call ended. */
export type CallOutcome = "answered" | "answered-elsewhere" | "missed" | "no-answer" | "busy" | "failed" | "unknown";

/** Several phones that one call rang. */
export interface CallGroup {
	readonly id: string;
	readonly extensions: readonly string[];
	/** The calls' ids, in the order of the extensions: a `call.missed` of a group ends all of them. */
	readonly callIds: readonly string[];
	/** The extension that answered, or null. */
	readonly answeredBy: string | null;
	/** True where the wire does not say that the calls belong together. */
	readonly inferred: boolean;
}

/** A call, at one moment of its life. */
export interface CallEvent extends EventBase {
	readonly event: CallEventName;
	/** The same through all events of a call: the PBX's own id, or one of ours where none was known at its first event. */
	readonly callId: string;
	readonly callIdSource: "pbx" | "local";
	/** The PBX's own id (on the monitor the transaction, else from PRO events), even where it came too late to be the `callId`. */
	readonly pbxId: string | null;
	readonly direction: "inbound" | "outbound" | "internal" | "unknown";
	/** The other party's number exactly as sent, empty when the PBX sent an empty one; null when it said none. */
	readonly number: string | null;
	/** The number in E.164 (`+34974319404`), or null where it is none. */
	readonly e164: string | null;
	/** Whether the caller withholds the number. */
	readonly anonymous: boolean;
	/** Whether the number is an extension of this PBX. */
	readonly internal: boolean;
	/** The queue the call came in by; null where the PBX does not say. */
	readonly queue: string | null;
	readonly startedAt: Time | null;
	readonly answeredAt: Time | null;
	readonly endedAt: Time | null;
	/** Seconds from the start to the answer or the end. */
	readonly ringDuration: Seconds | null;
	/** Seconds from the answer to the end; what the PBX itself counted, where a PRO event says so. */
	readonly duration: Seconds | null;
	/** Null while the call goes on. */
	readonly outcome: CallOutcome | null;
	/** Who told of the call: the tickets of a channel, or PRO events (as well). */
	readonly source: "extension" | "monitor" | "pro";
	readonly group: CallGroup | null;
}

/** A call that an extension's phone has right now, as the live board knows it. */
export type CurrentCall = Pick<
	CallEvent,
	"callId" | "direction" | "number" | "e164" | "anonymous" | "internal" | "queue" | "startedAt" | "answeredAt"
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

/** The connection of one extension. */
export type LinkStateName = "connecting" | "connected" | "disconnected" | "refused";

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
	| CallEvent
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

/** Any payload that a node of this package sends. The published JSON Schema describes it. */
export type Payload = PbxEvent | DialResult | StatusResult | StatusResult[] | SimulatorFrame;
