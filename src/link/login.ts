import type { PromptTicket } from "../protocol/ticket";
import { LIMITS } from "./limits";

/**
 * Decides which prompts to answer. A prompt is answered whenever it comes; the same one again and again, with nothing
 * else said between, means that the login is refused (protocol 2).
 */
export class PromptGuard {
	readonly #seen: Record<PromptTicket["phase"], number> = { key: 0, known: 0 };
	#last = Number.NEGATIVE_INFINITY;

	/** Whether to answer this prompt; false means refused. `now` in milliseconds. */
	accepts(phase: PromptTicket["phase"], now: number): boolean {
		if (now - this.#last > LIMITS.promptMemory) this.reset();
		this.#last = now;
		this.#seen[phase]++;
		return this.#seen[phase] <= LIMITS.samePrompts;
	}

	/** The server said something that is no prompt: the login holds. */
	reset(): void {
		this.#seen.key = 0;
		this.#seen.known = 0;
	}
}
