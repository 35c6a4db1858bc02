import type { LegOutcome } from "../messages";
import { readCaller } from "../numbers/callerId";
import { type Extension, MONITOR } from "../protocol/address";
import { transactionStart } from "../protocol/monitor";
import type { ProgressTicket, Ticket } from "../protocol/ticket";
import { isStateWord, type Vocabulary } from "../protocol/vocabulary";
import type { PhoneInput } from "./phone";
import type { Source } from "./phoneView";
import type { ProReader } from "./pro";

/** What happens at a phone, and which phone that is. */
export interface Happening {
	readonly extension: string;
	readonly input: PhoneInput;
}

const FAILURES: Readonly<Partial<Record<ProgressTicket["outcome"], LegOutcome>>> = {
	busy: "busy",
	unavailable: "failed",
	timeout: "no-answer",
};

/** Whose connection an extension's is. */
export function sourceOf(channel: Extension): Source {
	return channel === MONITOR ? "monitor" : "extension";
}

/**
 * What a ticket says that happens at a phone, or null (protocol 3, 5 and 6).
 *
 * @param channel  the extension whose connection it came on
 */
export function happeningOf(
	ticket: Ticket,
	channel: Extension,
	words: Vocabulary,
	pro: ProReader | null,
): Happening | null {
	const { raw } = ticket;
	switch (ticket.kind) {
		case "monitor-state":
			return { extension: ticket.extension, input: { kind: "phone", source: "monitor", state: ticket.state, raw } };
		case "own-state":
			// A call that was hung up: which one, or whether the phone has another, it does not say.
			if (ticket.state === "unknown" && isStateWord(ticket.text, words)) return null;
			return { extension: channel, input: { kind: "phone", source: sourceOf(channel), state: ticket.state, raw } };
		case "monitor-caller": {
			const { transaction, extension } = ticket;
			const caller = readCaller(ticket.number, words);
			const startedAt = transactionStart(transaction);
			return { extension, input: { kind: "caller", source: "monitor", transaction, caller, startedAt, raw } };
		}
		case "call": {
			const caller = readCaller(ticket.number, words);
			const input = {
				kind: "caller",
				source: sourceOf(channel),
				transaction: null,
				caller,
				startedAt: null,
				raw,
			} as const;
			return { extension: channel, input };
		}
		case "monitor-end": {
			const { transaction, extension } = ticket;
			// Without a transaction nobody can tell which call it ends.
			if (transaction === null) return null;
			return { extension, input: { kind: "end", transaction, startedAt: transactionStart(transaction), raw } };
		}
		case "progress": {
			const failure = FAILURES[ticket.outcome] ?? null;
			return { extension: channel, input: { kind: "dial-progress", failure, raw } };
		}
		case "line": {
			const fact = pro?.fact(raw, channel);
			return fact ? { extension: fact.extension, input: { kind: "line", fact, raw } } : null;
		}
		default:
			return null;
	}
}
