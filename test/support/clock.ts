import { DueQueue } from "../../src/calls/dueQueue";
import type { Clock } from "../../src/link/clock";

/** A clock that stands still until a test turns it. */
export class ManualClock implements Clock {
	#steady = 0;
	/** The wall's clock less the steady one. */
	#ahead: number;
	readonly #scheduled = new DueQueue<() => void>();

	constructor(start = Date.UTC(2026, 0, 15, 10, 0, 0)) {
		this.#ahead = start;
	}

	/** Timers that have not fired yet. */
	get pending(): number {
		return this.#scheduled.size;
	}

	now(): number {
		return this.#steady + this.#ahead;
	}

	steady(): number {
		return this.#steady;
	}

	/** Sets the wall's clock forward, or back, without any time passing. */
	step(milliseconds: number): void {
		this.#ahead += milliseconds;
	}

	after(milliseconds: number, run: () => void) {
		const entry = this.#scheduled.add(this.#steady + milliseconds, run);
		return { cancel: () => this.#scheduled.remove(entry) };
	}

	/** Lets time pass; what falls due fires in its order. */
	advance(milliseconds: number): void {
		const end = this.#steady + milliseconds;
		for (let due = this.#scheduled.dueAt; due !== null && due <= end; due = this.#scheduled.dueAt) {
			const run = this.#scheduled.take(end);
			this.#steady = Math.max(this.#steady, due);
			run?.();
		}
		this.#steady = end;
	}
}
