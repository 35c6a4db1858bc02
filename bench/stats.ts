import { createHistogram } from "node:perf_hooks";

/** What one contestant did in one run, warming up left out. */
export interface RunStats {
	/** Tickets that were measured. */
	readonly count: number;
	/** Seconds from the first ticket to the last. */
	readonly seconds: number;
	/** CPU seconds meanwhile, user and system, of all threads. */
	readonly cpu: number;
	/** MiB of resident memory that were added at most. */
	readonly memory: number;
	/** Milliseconds from sending to arrival. */
	readonly p50: number;
	readonly p99: number;
}

/** How many tickets come first and are not measured, and how many are. */
export interface Amount {
	/** Until the code is compiled and the heap has its size; the sender then waits until all of them are through. */
	readonly warm: number;
	readonly total: number;
}

/** Where a meter has got to: through warming up, or to the end. */
export type Progress = "warm" | RunStats;

/** One age in so many is taken: telling it costs as much as reading a ticket. */
const FEW = 8;
/** Tickets of which each age is taken: there are few, and they come slowly. */
const SCARCE = 30_000;

const MIB = 1024 * 1024;

/** Counts tickets as they arrive, and what that cost the process. */
export class Meter {
	readonly #amount: Amount;
	/** Microseconds; of a fixed size however many there are. */
	readonly #ages = createHistogram();
	readonly #ageEach: number;
	#left: number;
	#first = 0;
	#cpuBefore = process.cpuUsage();
	#baseline = process.memoryUsage.rss();
	#highest = 0;

	constructor(amount: Amount) {
		this.#amount = amount;
		this.#left = amount.warm + amount.total;
		this.#ageEach = amount.total <= SCARCE ? 1 : FEW;
	}

	/** Whether the age of the next ticket is wanted. */
	get wantsAge(): boolean {
		return this.#left % this.#ageEach === 0;
	}

	/**
	 * @param sentAt  microseconds since 1970 at which the ticket was sent, where {@link wantsAge} says so and it is known
	 * @returns how far it is, where that is news
	 */
	hear(sentAt: number | null): Progress | null {
		this.#left--;
		const measured = this.#amount.total - this.#left;
		if (measured < 0) return null;
		if (measured === 0) {
			this.#begin();
			return "warm";
		}
		if (measured === 1) this.#first = performance.now();
		if (sentAt !== null && sentAt > 0) {
			const age = (performance.timeOrigin + performance.now()) * 1000 - sentAt;
			this.#ages.record(Math.max(1, Math.round(age)));
		}
		// Looking up the memory costs more than a ticket.
		if (measured % 5_000 === 0) this.#highest = Math.max(this.#highest, process.memoryUsage.rss());
		return this.#left === 0 ? this.#stats() : null;
	}

	/** From here on all that the process does counts: tickets are read before the first one gets here. */
	#begin(): void {
		this.#cpuBefore = process.cpuUsage();
		this.#baseline = process.memoryUsage.rss();
	}

	#stats(): RunStats {
		const { user, system } = process.cpuUsage(this.#cpuBefore);
		return {
			count: this.#amount.total,
			seconds: (performance.now() - this.#first) / 1000,
			cpu: (user + system) / 1e6,
			memory: (Math.max(this.#highest, process.memoryUsage.rss()) - this.#baseline) / MIB,
			p50: this.#ages.percentile(50) / 1000,
			p99: this.#ages.percentile(99) / 1000,
		};
	}
}

/** When a ticket was sent, from its text or its transaction, which is the time in microseconds. */
export function sentAt(text: string): number {
	return Number.parseInt(text.slice(text.lastIndexOf("-") + 1), 10);
}

/** Takes up a processor, as a slow consumer does. */
export function burn(microseconds: number): void {
	const until = performance.now() + microseconds / 1000;
	while (performance.now() < until);
}

/** Some values of one figure. */
export interface Spread {
	readonly median: number;
	readonly min: number;
	readonly max: number;
}

export function spread(values: readonly number[]): Spread {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	const [low = 0, high = 0] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
	return { median: (low + high) / 2, min: sorted[0] ?? 0, max: sorted.at(-1) ?? 0 };
}
