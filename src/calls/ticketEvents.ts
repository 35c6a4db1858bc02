import type { EventName } from "../eventNames";
import { LONGEST } from "../kept";
import type { CommandFields, ExtensionStateEvent, PbxEvent, UnrecognisedEvent, WebCommandEvent } from "../messages";
import type { Moment } from "../moment";
import type { Extension, Tenant } from "../protocol/address";
import type { Ticket } from "../protocol/ticket";
import type { BoardEntry } from "./board";
import { isoTime } from "./isoTime";
import { queryOf } from "./query";

/** What is needed to make events of one connection's tickets. */
export interface TicketContext {
	readonly tenant: Tenant;
	/** The connection's own extension; the monitor's is 999. */
	readonly channel: Extension;
	readonly matchCommand: (line: string) => CommandFields | null;
}

const EVENT_OF: Readonly<Record<Ticket["kind"], EventName | null>> = {
	prompt: null,
	"status-error": null,
	ignored: null,
	// Calls are told by themselves; what is left of these is not understood.
	call: null,
	"monitor-caller": null,
	"monitor-end": "unrecognised",
	"own-state": "extension.state",
	status: "extension.state",
	"monitor-state": "extension.state",
	progress: "dial.progress",
	line: "web.command",
	unrecognised: "unrecognised",
};

/** A ticket that says which state a phone is in. */
export type StateTicket = Extract<Ticket, { kind: "own-state" | "status" | "monitor-state" }>;

/** Whether a ticket says which state a phone is in. */
export function saysState(ticket: Ticket): ticket is StateTicket {
	return EVENT_OF[ticket.kind] === "extension.state";
}

/** The event that a ticket becomes by itself, or null where it becomes none: calls are told by the tracker. */
export function eventNameOf(ticket: Ticket): EventName | null {
	// An end without a transaction tells nobody which call it ends.
	if (ticket.kind === "monitor-end" && ticket.transaction !== null) return null;
	return EVENT_OF[ticket.kind];
}

/** The extension a ticket speaks of, on a connection. */
export function extensionOf(ticket: Ticket, channel: Extension): string {
	return "extension" in ticket ? ticket.extension : channel;
}

/** The event of a phone's state, with what the board has noted of it. */
export function stateEvent(
	ticket: StateTicket,
	noted: BoardEntry,
	context: TicketContext,
	at: Moment,
): ExtensionStateEvent {
	return {
		event: "extension.state",
		at: isoTime(at.wall),
		tenant: context.tenant,
		extension: extensionOf(ticket, context.channel),
		raw: ticket.raw,
		state: ticket.state,
		previous: noted.previous,
		text: ticket.text,
		since: noted.sinceText,
		repeated: noted.repeated,
	};
}

function commandEvent(raw: string, context: TicketContext, at: Moment): WebCommandEvent {
	const line = raw.trim();
	const isRead = line.length <= LONGEST.line;
	const isUrl = isRead && /^https?:\/\//i.test(line) && URL.canParse(line);
	return {
		event: "web.command",
		at: isoTime(at.wall),
		tenant: context.tenant,
		extension: context.channel,
		raw,
		line: raw,
		url: isUrl ? line : null,
		query: isUrl ? queryOf(line) : null,
		fields: isRead ? context.matchCommand(raw) : null,
	};
}

function baseOf(ticket: Ticket, { tenant, channel }: TicketContext, at: Moment) {
	return { at: isoTime(at.wall), tenant, extension: extensionOf(ticket, channel), raw: ticket.raw };
}

function unrecognisedEvent(ticket: Ticket, context: TicketContext, at: Moment): UnrecognisedEvent {
	return { event: "unrecognised", ...baseOf(ticket, context, at), text: ticket.raw };
}

/** The event of a ticket that tells of no phone's state. Never throws. */
export function ticketEvent(ticket: Exclude<Ticket, StateTicket>, context: TicketContext, at: Moment): PbxEvent {
	switch (ticket.kind) {
		case "progress":
			return { event: "dial.progress", ...baseOf(ticket, context, at), outcome: ticket.outcome, text: ticket.text };
		case "line":
			return commandEvent(ticket.raw, context, at);
		default:
			return unrecognisedEvent(ticket, context, at);
	}
}

/** Whether a state told on a connection is the answer about another extension: for the one who asked. */
export function isAnswer(ticket: Ticket, channel: Extension): boolean {
	return ticket.kind === "status" && ticket.extension !== channel;
}
