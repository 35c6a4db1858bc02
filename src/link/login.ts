import type { PromptTicket, Ticket } from "../protocol/ticket";
import { LIMITS } from "./limits";

/**
 * Decides which prompts of one socket to answer. A prompt is answered whenever it comes; the same one again and again, or
 * many of any kind within a minute, mean that the login is refused, whatever else is said between (protocol 2).
 */
export class PromptGuard {
	readonly #inRow: Record<PromptTicket["phase"], number> = { key: 0, known: 0 };
	#recent: number[] = [];

	/** Whether to answer this prompt; false means refused. `now` is by the steady clock. */
	accepts(phase: PromptTicket["phase"], now: number): boolean {
		this.#recent = this.#recent.filter((at) => now - at <= LIMITS.promptMemory);
		if (this.#recent.length === 0) this.spoken();
		this.#recent.push(now);
		this.#inRow[phase]++;
		return this.#inRow[phase] <= LIMITS.samePrompts && this.#recent.length <= LIMITS.promptsAMinute;
	}

	/** The server said something that is no prompt: a row of prompts ends. */
	spoken(): void {
		this.#inRow.key = 0;
		this.#inRow.known = 0;
	}

	/** A new socket. */
	reset(): void {
		this.#recent = [];
		this.spoken();
	}
}

/** Whether a ticket shows that the login holds: not a text that could as well say why it does not. */
export function provesLogin(ticket: Ticket): boolean {
	const isText = ticket.kind === "unrecognised" || ticket.kind === "line";
	return !isText && !(ticket.kind === "progress" && ticket.outcome === "unknown");
}
