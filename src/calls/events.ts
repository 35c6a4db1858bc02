import type { CountryCode } from "libphonenumber-js/min";
import type {
	CallEvent,
	CommandFields,
	EventFamily,
	ExtensionStateEvent,
	PbxEvent,
	WebCommandEvent,
} from "../messages";
import { type Extension, MONITOR, type Tenant } from "../protocol/address";
import { transactionStart } from "../protocol/monitor";
import type { Ticket } from "../protocol/ticket";
import type { PhoneState, Vocabulary } from "../protocol/vocabulary";
import type { Board } from "./board";
import { describeNumber } from "./numbers";
import { queryOf } from "./query";

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
	/** Makes an id for a call that the wire gives none. */
	readonly newCallId: () => string;
}

/** A ticket that becomes an event; prompts and the answers to nobody's question do not. */
type Telling = Exclude<Ticket, { kind: "prompt" | "status-error" }>;

const FAMILY_OF: Readonly<Record<Telling["kind"], EventFamily>> = {
	call: "call",
	"monitor-caller": "call",
	"monitor-end": "call",
	"own-state": "extension",
	status: "extension",
	"monitor-state": "extension",
	progress: "dial",
	line: "command",
	unrecognised: "unrecognised",
};

/** The family of the event that a ticket will become, or null when it becomes none. */
export function familyOfTicket(ticket: Ticket): EventFamily | null {
	return ticket.kind === "prompt" || ticket.kind === "status-error" ? null : FAMILY_OF[ticket.kind];
}

/** The extension a ticket speaks of, on a connection. */
export function extensionOf(ticket: Ticket, channel: Extension): string {
	return "extension" in ticket ? ticket.extension : channel;
}

function isoTime(milliseconds: number): string {
	return new Date(milliseconds).toISOString();
}

/** All fields of a call event that is about a transaction of the PBX, or about a call of our own counting (null). */
function callEvent(
	event: CallEvent["event"],
	call: { readonly extension: string; readonly transaction: string | null; readonly raw: string },
	number: string | null,
	reading: Reading,
	at: number,
): CallEvent {
	const { tenant, country, vocabulary } = reading;
	const facts =
		number === null
			? { e164: null, anonymous: false, internal: false }
			: describeNumber(number, call.extension, country, vocabulary, reading.isExtension);
	const began = call.transaction === null ? null : transactionStart(call.transaction);
	const ended = event === "call.ended";
	const known = facts.internal ? "internal" : "inbound";
	return {
		event,
		at: isoTime(at),
		tenant,
		extension: call.extension,
		raw: call.raw,
		callId: call.transaction ?? reading.newCallId(),
		callIdSource: call.transaction === null ? "local" : "pbx",
		direction: number === null ? "unknown" : known,
		number,
		...facts,
		queue: null,
		startedAt: began === null && ended ? null : isoTime(began ?? at),
		answeredAt: null,
		endedAt: ended ? isoTime(at) : null,
		ringDuration: null,
		duration: null,
		outcome: ended ? "unknown" : null,
		source: reading.channel === MONITOR ? "monitor" : "extension",
		group: null,
	};
}

interface Saying {
	readonly state: PhoneState;
	readonly text: string;
	readonly raw: string;
}

function stateEvent(extension: string, said: Saying, reading: Reading, at: number): ExtensionStateEvent {
	const { previous, since } = reading.board.note(extension, said.state, said.text, said.raw, at);
	return {
		event: "extension.state",
		at: isoTime(at),
		tenant: reading.tenant,
		extension,
		raw: said.raw,
		state: said.state,
		previous,
		text: said.text,
		since: isoTime(since),
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
		fields: reading.matchCommand(line),
	};
}

/** The event that a ticket becomes, or null. States are noted on the board on the way. Never throws. */
export function readTicket(ticket: Ticket, reading: Reading, at: number): PbxEvent | null {
	const { tenant, channel } = reading;
	const base = { at: isoTime(at), tenant, extension: channel, raw: ticket.raw };
	switch (ticket.kind) {
		case "prompt":
		case "status-error":
			return null;
		case "call":
			return callEvent("call.ringing", { ...base, transaction: null }, ticket.number, reading, at);
		case "monitor-caller":
			return callEvent("call.ringing", ticket, ticket.number, reading, at);
		case "monitor-end":
			return callEvent("call.ended", ticket, null, reading, at);
		case "own-state":
			return stateEvent(channel, ticket, reading, at);
		case "status":
		case "monitor-state":
			return stateEvent(ticket.extension, ticket, reading, at);
		case "progress":
			return { event: "dial.progress", ...base, outcome: ticket.outcome, text: ticket.text };
		case "line":
			return commandEvent(ticket.raw, reading, at);
		case "unrecognised":
			return { event: "unrecognised", ...base, text: ticket.raw };
	}
}
