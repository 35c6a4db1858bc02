import type { CountryCode } from "libphonenumber-js/min";
import type { EventFamily } from "../families";
import type {
	CallEvent,
	CallOutcome,
	CommandFields,
	CurrentCall,
	ExtensionStateEvent,
	PbxEvent,
	UnrecognisedEvent,
	WebCommandEvent,
} from "../messages";
import { type Extension, MONITOR, type Tenant } from "../protocol/address";
import type { Ticket } from "../protocol/ticket";
import type { Vocabulary } from "../protocol/vocabulary";
import type { Board } from "./board";
import type { Call } from "./call";
import type { GroupedStep } from "./groups";
import { describeNumber } from "./numbers";
import { queryOf } from "./query";
import { isoTime } from "./time";

/** What is needed to make events of one connection's tickets. */
export interface Reading {
	readonly tenant: Tenant;
	/** The connection's own extension; the monitor's is 999. */
	readonly channel: Extension;
	readonly country: CountryCode;
	readonly vocabulary: Vocabulary;
	readonly board: Board;
	/** Whether a number is known to be an extension of this PBX. */
	readonly isExtension: (number: string) => boolean;
	readonly matchCommand: (line: string) => CommandFields | null;
}

const FAMILY_OF: Readonly<Record<Ticket["kind"], EventFamily | null>> = {
	prompt: null,
	"status-error": null,
	// The calls' lives are told by themselves; what is left of these is not understood.
	call: null,
	"monitor-caller": null,
	"monitor-end": "unrecognised",
	"own-state": "extension",
	status: "extension",
	"monitor-state": "extension",
	progress: "dial",
	line: "command",
	unrecognised: "unrecognised",
};

/** The family of the event that {@link readTicket} makes of a ticket, or null when it makes none. */
export function familyOfTicket(ticket: Ticket): EventFamily | null {
	return FAMILY_OF[ticket.kind];
}

/** The extension a ticket speaks of, on a connection. */
export function extensionOf(ticket: Ticket, channel: Extension): string {
	return "extension" in ticket ? ticket.extension : channel;
}

/** Whole milliseconds between two moments, in seconds; null where one is not known, 0 where a clock jumped back. */
function secondsBetween(from: number | null, to: number | null): number | null {
	return from === null || to === null ? null : Math.max(0, to - from) / 1000;
}

function isoOrNull(milliseconds: number | null): string | null {
	return milliseconds === null ? null : isoTime(milliseconds);
}

const EVENT_OF = { ringing: "call.ringing", answered: "call.answered", ended: "call.ended" } as const;

/** The PBX's own count where it sent one. A call that nobody answered has none, whatever the PBX counted. */
function talkDuration({ answeredAt, endedAt, pro }: Call, outcome: CallOutcome | null): number | null {
	const isTalk = outcome === "answered" || outcome === "unknown";
	return (isTalk ? pro?.duration : null) ?? secondsBetween(answeredAt, endedAt);
}

/** The event that a step in a call's life becomes. */
export function callEvent(step: GroupedStep, reading: Reading, at: number): CallEvent {
	const { call, group, raw } = step;
	const { tenant, country, vocabulary, channel } = reading;
	const facts =
		call.number === null
			? { e164: null, anonymous: false, internal: false }
			: describeNumber(call.number, call.extension, country, vocabulary, reading.isExtension);
	const outcome = step.step === "ended" ? step.outcome : null;
	return {
		event: outcome === "missed" ? "call.missed" : EVENT_OF[step.step],
		at: isoTime(at),
		tenant,
		extension: call.extension,
		raw,
		callId: call.id,
		callIdSource: call.idSource,
		pbxId: call.transaction ?? call.pro?.id ?? null,
		direction: facts.internal && call.direction === "inbound" ? "internal" : call.direction,
		number: call.number,
		...facts,
		queue: call.pro?.queue ?? null,
		startedAt: isoOrNull(call.startedAt),
		answeredAt: isoOrNull(call.answeredAt),
		endedAt: isoOrNull(call.endedAt),
		// By our own clock: the PBX's may differ.
		ringDuration: secondsBetween(call.heardAt, call.answeredAt ?? (outcome === "unknown" ? null : call.endedAt)),
		duration: talkDuration(call, outcome),
		outcome,
		source: call.pro ? "pro" : channel === MONITOR ? "monitor" : "extension",
		group,
	};
}

/** What the live board says of a call that is going on. */
export function currentCall(call: Call, reading: Reading): CurrentCall {
	const at = call.heardAt ?? call.answeredAt ?? 0;
	const event = callEvent({ step: "ringing", call, raw: null, group: null }, reading, at);
	const { callId, direction, number, e164, anonymous, internal, queue, startedAt, answeredAt } = event;
	return { callId, direction, number, e164, anonymous, internal, queue, startedAt, answeredAt };
}

/** A ticket that says which state a phone is in. */
type StateTicket = Extract<Ticket, { kind: "own-state" | "status" | "monitor-state" }>;

function saysState(ticket: Ticket): ticket is StateTicket {
	return FAMILY_OF[ticket.kind] === "extension";
}

/** Notes on the board what a ticket says of a phone's state, if it does: the board has to hear of it whoever listens. */
export function noteState(ticket: Ticket, { board, channel }: Reading, at: number): void {
	if (saysState(ticket)) board.note(extensionOf(ticket, channel), ticket.state, ticket.text, ticket.raw, at);
}

function stateEvent(ticket: StateTicket, { board, channel, tenant }: Reading, at: number): ExtensionStateEvent {
	const extension = extensionOf(ticket, channel);
	const { state, text, raw } = ticket;
	const noted = board.look(extension);
	return {
		event: "extension.state",
		at: isoTime(at),
		tenant,
		extension,
		raw,
		state,
		previous: noted?.previous ?? "unknown",
		text,
		since: noted?.sinceText ?? isoTime(at),
		repeated: noted?.repeated ?? false,
	};
}

function commandEvent(raw: string, reading: Reading, at: number): WebCommandEvent {
	const line = raw.trim();
	const isUrl = /^https?:\/\//i.test(line) && URL.canParse(line);
	return {
		event: "web.command",
		at: isoTime(at),
		tenant: reading.tenant,
		extension: reading.channel,
		raw,
		line: raw,
		url: isUrl ? line : null,
		query: isUrl ? queryOf(line) : null,
		fields: reading.matchCommand(raw),
	};
}

/**
 * The event that a ticket becomes by itself, or null: calls are told by `CallLives`. The board must have noted the ticket
 * before. Never throws.
 */
export function readTicket(ticket: Ticket, reading: Reading, at: number): PbxEvent | null {
	switch (ticket.kind) {
		case "prompt":
		case "status-error":
		case "call":
		case "monitor-caller":
			return null;
		case "monitor-end":
			// Without a transaction nobody can tell which call it ends.
			return ticket.transaction === null ? unrecognisedEvent(ticket, reading, at) : null;
		case "own-state":
		case "status":
		case "monitor-state":
			return stateEvent(ticket, reading, at);
		case "progress":
			return { event: "dial.progress", ...baseOf(ticket, reading, at), outcome: ticket.outcome, text: ticket.text };
		case "line":
			return commandEvent(ticket.raw, reading, at);
		case "unrecognised":
			return unrecognisedEvent(ticket, reading, at);
	}
}

function baseOf(ticket: Ticket, { tenant, channel }: Reading, at: number) {
	return { at: isoTime(at), tenant, extension: extensionOf(ticket, channel), raw: ticket.raw };
}

function unrecognisedEvent(ticket: Ticket, reading: Reading, at: number): UnrecognisedEvent {
	return { event: "unrecognised", ...baseOf(ticket, reading, at), text: ticket.raw };
}
