import type { Clock } from "../../src/link/clock";

interface Scheduled {
	readonly due: number;
	readonly run: () => void;
}

/** A clock that stands still until a test turns it. */
export class ManualClock implements Clock {
	#now: number;
	readonly #scheduled = new Set<Scheduled>();

	constructor(start = Date.UTC(2026, 0, 15, 10, 0, 0)) {
		this.#now = start;
	}

	/** Timers that have not fired yet. */
	get pending(): number {
		return this.#scheduled.size;
	}

	now(): number {
		return this.#now;
	}

	after(milliseconds: number, run: () => void) {
		const timer = { due: this.#now + milliseconds, run };
		this.#scheduled.add(timer);
		return { cancel: () => void this.#scheduled.delete(timer) };
	}

	/** Lets time pass; what falls due fires in its order. */
	advance(milliseconds: number): void {
		const end = this.#now + milliseconds;
		for (;;) {
			const [next] = [...this.#scheduled].filter(({ due }) => due <= end).sort((a, b) => a.due - b.due);
			if (!next) break;
			this.#scheduled.delete(next);
			this.#now = next.due;
			next.run();
		}
		this.#now = end;
	}
}
