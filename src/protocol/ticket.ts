import { type Extension, isExtension } from "./address";
import { decodeMonitor, type MonitorTicket } from "./monitor";
import { fold, type PhoneState, type ProgressMeaning, phoneState, type Vocabulary } from "./vocabulary";

/** The server asks for the login (protocol 2): `key` for tenant, extension and key, `known` for a known address. */
export interface PromptTicket {
	readonly kind: "prompt";
	readonly phase: "key" | "known";
	readonly raw: string;
}

/** A call comes in on this connection's extension (protocol 3). The number is as sent and can be empty. */
export interface CallTicket {
	readonly kind: "call";
	readonly number: string;
	readonly raw: string;
}

/** The state of this connection's own phone: `(info,-Timbre)` (protocol 3). */
export interface OwnStateTicket {
	readonly kind: "own-state";
	readonly state: PhoneState;
	readonly text: string;
	readonly raw: string;
}

/** Progress of a call that was asked for from here: `(info,Chamada...)` (protocol 3). */
export interface ProgressTicket {
	readonly kind: "progress";
	readonly outcome: ProgressMeaning | "unknown";
	readonly text: string;
	readonly raw: string;
}

/** The answer to a state request: `(estado,11-livre)` (protocol 3). */
export interface StatusTicket {
	readonly kind: "status";
	readonly extension: Extension;
	readonly state: PhoneState;
	readonly text: string;
	readonly raw: string;
}

/** `(status,ErrorNumber)`: the extension that was asked for does not exist; the answer does not name it. */
export interface StatusErrorTicket {
	readonly kind: "status-error";
	readonly raw: string;
}

/** A bare line: what a PRO event sends (protocol 6). */
export interface LineTicket {
	readonly kind: "line";
	readonly raw: string;
}

/** A word that was taught to say nothing. */
export interface IgnoredTicket {
	readonly kind: "ignored";
	readonly raw: string;
}

/** Text that fits nothing in the protocol. */
export interface UnrecognisedTicket {
	readonly kind: "unrecognised";
	readonly raw: string;
}

/** All that the server can say. `raw` is the exact text each was made from. */
export type Ticket =
	| PromptTicket
	| CallTicket
	| OwnStateTicket
	| ProgressTicket
	| StatusTicket
	| StatusErrorTicket
	| MonitorTicket
	| LineTicket
	| IgnoredTicket
	| UnrecognisedTicket;

function decodeInfo(raw: string, body: string, words: Vocabulary): Ticket {
	if (body.startsWith("-")) {
		const text = body.slice(1).trim();
		if (words.ignored.has(fold(text))) return { kind: "ignored", raw };
		return { kind: "own-state", state: phoneState(words.states.get(fold(text))), text, raw };
	}
	const monitor = decodeMonitor(raw, body, words);
	if (monitor) return monitor;
	if (words.ignored.has(fold(body))) return { kind: "ignored", raw };
	if (body === "") return { kind: "unrecognised", raw };
	return { kind: "progress", outcome: words.progress.get(fold(body)) ?? "unknown", text: body, raw };
}

function decodeStatus(raw: string, body: string, words: Vocabulary): Ticket {
	if (fold(body) === "errornumber") return { kind: "status-error", raw };
	const dash = body.indexOf("-");
	const extension = body.slice(0, Math.max(dash, 0)).trim();
	if (!isExtension(extension)) return { kind: "unrecognised", raw };
	const text = body.slice(dash + 1).trim();
	return { kind: "status", extension, state: phoneState(words.states.get(fold(text))), text, raw };
}

/** Reads one bracketed ticket. Only its first comma separates tag and body. Never throws. */
export function decodeTicket(raw: string, words: Vocabulary): Ticket {
	const comma = raw.indexOf(",");
	const body = raw.slice(comma + 1, -1).trim();
	switch (raw.slice(1, comma).toLowerCase()) {
		case "info":
			return decodeInfo(raw, body, words);
		case "call":
			return { kind: "call", number: body, raw };
		case "estado":
		case "status":
			return decodeStatus(raw, body, words);
		case "???":
			return { kind: "prompt", phase: "key", raw };
		case "id?":
			return { kind: "prompt", phase: "known", raw };
		default:
			return { kind: "unrecognised", raw };
	}
}

/** The word of a ticket that a vocabulary can make something else of. */
function wordOf(ticket: Ticket): string | null {
	if (ticket.kind === "monitor-caller") return ticket.number;
	return "text" in ticket ? ticket.text : null;
}

/** A ticket that was read by the standard vocabulary, as words that were taught have it. */
export function reread(ticket: Ticket, words: Vocabulary): Ticket {
	if (words.taught.size === 0) return ticket;
	const word = wordOf(ticket);
	return word !== null && words.taught.has(fold(word)) ? decodeTicket(ticket.raw, words) : ticket;
}
