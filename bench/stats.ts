/** What one contestant did in one run. */
export interface RunStats {
	/** Tickets that arrived. */
	readonly count: number;
	/** Seconds from the first ticket to the last. */
	readonly seconds: number;
	/** CPU seconds meanwhile, user and system. */
	readonly cpu: number;
	/** MiB of resident memory that were added at most. */
	readonly memory: number;
	/** Milliseconds from sending to arrival, where tickets carry their time. */
	readonly p50: number;
	readonly p99: number;
}

/** Latencies that are kept: enough for a 99th percentile, and bounded. */
const SAMPLES = 50_000;

/** Tickets until the code is compiled and the heap has its size. */
const WARM = 50_000;

/** Counts tickets as they arrive, and what that cost the process. */
export class Meter {
	readonly #samples = new Float64Array(SAMPLES);
	#baseline = process.memoryUsage.rss();
	#highest = this.#baseline;
	#count = 0;
	#first = 0;
	#last = 0;
	#cpuAtFirst = process.cpuUsage();
	#cpu = 0;

	/** @param sentAt  microseconds since 1970 at which the ticket was sent */
	hear(sentAt: number): void {
		const now = performance.now();
		if (this.#count === 0) {
			this.#first = now;
			this.#cpuAtFirst = process.cpuUsage();
		}
		this.#samples[this.#count % SAMPLES] = performance.timeOrigin + now - sentAt / 1000;
		this.#count++;
		this.#last = now;
		// What warming up takes is no growth under a flood.
		if (this.#count === WARM) this.#baseline = process.memoryUsage.rss();
		// Looking up the memory costs more than a ticket.
		if (this.#count % 5_000 === 0) this.#sample();
	}

	get count(): number {
		return this.#count;
	}

	get stats(): RunStats {
		this.#sample();
		const kept = this.#samples.slice(0, Math.min(this.#count, SAMPLES)).sort();
		const at = (share: number) => kept[Math.min(kept.length - 1, Math.floor(kept.length * share))] ?? 0;
		return {
			count: this.#count,
			seconds: (this.#last - this.#first) / 1000,
			cpu: this.#cpu,
			memory: (this.#highest - this.#baseline) / 1024 / 1024,
			p50: at(0.5),
			p99: at(0.99),
		};
	}

	#sample(): void {
		const { user, system } = process.cpuUsage(this.#cpuAtFirst);
		this.#cpu = (user + system) / 1e6;
		this.#highest = Math.max(this.#highest, process.memoryUsage.rss());
	}
}

/** When a ticket was sent, from its text: its transaction is the time in microseconds. */
export function sentAt(raw: string): number {
	return Number.parseInt(raw.slice(raw.lastIndexOf("-") + 1), 10);
}

/** The middle of some values. */
export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	const [low = 0, high = 0] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
	return (low + high) / 2;
}
