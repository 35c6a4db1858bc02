import { bounded, kept, keptIfAny, LONGEST } from "../kept";
import type { LegOutcome } from "../messages";
import { type Caller, readCaller } from "../numbers/callerId";
import { type Extension, MONITOR } from "../protocol/address";
import { transactionStart } from "../protocol/monitor";
import type { ProgressTicket, Ticket } from "../protocol/ticket";
import { isStateWord, type Vocabulary } from "../protocol/vocabulary";
import type { PhoneInput } from "./phone";
import type { Source } from "./phoneView";
import type { ProFact, ProReader } from "./pro";

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

function callerOf(sent: string, words: Vocabulary): Caller {
	const { number, name } = readCaller(bounded(sent, LONGEST.ticket), words);
	return { number: kept(number, LONGEST.number), name: keptIfAny(name, LONGEST.name) };
}

/** A line may be much longer than what it says. */
function keptFact(fact: ProFact): ProFact {
	const { number, id, queue } = fact;
	return {
		...fact,
		number: keptIfAny(number, LONGEST.number),
		...{ id: keptIfAny(id, LONGEST.id), queue: keptIfAny(queue, LONGEST.name) },
	};
}

/**
 * What a ticket says that happens at a phone, or null (protocol 3, 5 and 6). It is remembered: no text of it is longer than a
 * sane one.
 *
 * @param channel  the extension whose connection it came on
 */
export function happeningOf(
	ticket: Ticket,
	channel: Extension,
	words: Vocabulary,
	pro: ProReader | null,
): Happening | null {
	const raw = bounded(ticket.raw, LONGEST.ticket);
	switch (ticket.kind) {
		case "monitor-state":
			return { extension: ticket.extension, input: { kind: "phone", source: "monitor", state: ticket.state, raw } };
		case "own-state":
			// A call that was hung up: which one, or whether the phone has another, it does not say.
			if (ticket.state === "unknown" && isStateWord(ticket.text, words)) return null;
			return { extension: channel, input: { kind: "phone", source: sourceOf(channel), state: ticket.state, raw } };
		case "monitor-caller": {
			const { extension } = ticket;
			const transaction = kept(ticket.transaction, LONGEST.id);
			const caller = callerOf(ticket.number, words);
			const startedAt = transactionStart(transaction);
			return { extension, input: { kind: "caller", source: "monitor", transaction, caller, startedAt, raw } };
		}
		case "call": {
			const caller = callerOf(ticket.number, words);
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
			const { extension } = ticket;
			// Without a transaction nobody can tell which call it ends.
			if (ticket.transaction === null) return null;
			const transaction = kept(ticket.transaction, LONGEST.id);
			return { extension, input: { kind: "end", transaction, startedAt: transactionStart(transaction), raw } };
		}
		case "progress": {
			const failure = FAILURES[ticket.outcome] ?? null;
			return { extension: channel, input: { kind: "dial-progress", failure, raw } };
		}
		case "line": {
			const fact = ticket.raw.length <= LONGEST.line ? pro?.fact(ticket.raw, channel) : null;
			return fact ? { extension: fact.extension, input: { kind: "line", fact: keptFact(fact), raw } } : null;
		}
		default:
			return null;
	}
}
