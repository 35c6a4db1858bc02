import { run, type Under } from "./contestants";
import type { Effort } from "./effort";
import type { Contestant } from "./flows";
import { type RunStats, type Spread, spread } from "./stats";
import { each } from "./throughput";

const TIMED = ["ws+decode", "hand-over", "core", "pbx-in", "pbx-in tickets"] as const;

/** Milliseconds from sending to arrival of one contestant. */
export interface Latency {
	readonly p50: Spread;
	readonly p99: Spread;
	/** p99 against that of `ws+decode`, in the same round. */
	readonly p99OfDecode: Spread;
	/** p99 against that of `hand-over`, in the same round. */
	readonly p99OfHandOver: Spread;
}

export type LatencyResult = Record<string, Record<string, Latency>>;

/** Milliseconds from sending to arrival, at a rate. */
export async function latency(effort: Effort, under: Under): Promise<LatencyResult> {
	const result: LatencyResult = {};
	for (const rate of effort.rates) {
		const settling = rate * effort.settle;
		const warm = effort.amount.warm + settling;
		const total = Math.max(effort.least, rate * effort.seconds);
		const options = { rate, warm, settling, total, perFrame: 1, phones: 50, kind: "state" } as const;
		const rounds: Record<(typeof TIMED)[number], RunStats>[] = [];
		for (let round = 0; round < effort.rounds; round++) {
			rounds.push(await each(TIMED, round, (name) => run(name, options, under)));
			effort.note(`latency at ${rate} a second: round ${round + 1} of ${effort.rounds}`);
		}
		const figures = (name: (typeof TIMED)[number]): Latency => ({
			p50: spread(rounds.map((stats) => stats[name].p50)),
			p99: spread(rounds.map((stats) => stats[name].p99)),
			p99OfDecode: spread(rounds.map((stats) => stats[name].p99 / stats["ws+decode"].p99)),
			p99OfHandOver: spread(rounds.map((stats) => stats[name].p99 / stats["hand-over"].p99)),
		});
		result[rate] = Object.fromEntries(TIMED.map((name) => [name, figures(name)]));
	}
	return result;
}

/** Milliseconds of p99 beyond which a receiver has fallen behind, and how much longer than planned sending may take. */
const [LATE, LONGER] = [50, 1.02];

/** Whether a contestant keeps up with so many tickets a second. */
async function keepsUp(
	name: Contestant,
	rate: number,
	seconds: number,
	effort: Effort,
	under: Under,
): Promise<boolean> {
	const total = Math.round(rate * seconds);
	const { warm } = effort.amount;
	const { p99, sending } = await run(name, { rate, warm, total, perFrame: 1, phones: 50, kind: "state" }, under);
	effort.note(`${name} at ${Math.round(rate)} a second for ${seconds} s: p99 ${p99.toFixed(1)} ms`);
	return p99 < LATE && sending <= seconds * LONGER;
}

/** The highest rate of tickets that a contestant holds without falling behind: found by short tries, then held. */
async function highest(name: Contestant, effort: Effort, under: Under): Promise<number> {
	const { seconds, hold, step } = effort;
	let rate = 20_000;
	for (let factor = 2; factor >= step; factor **= 0.5) {
		while (await keepsUp(name, rate * factor, seconds, effort, under)) {
			rate *= factor;
			// Twice in a row is only for the first, coarse steps.
			if (factor < 2) break;
		}
	}
	while (rate > 1_000 && !(await keepsUp(name, rate, hold, effort, under))) rate /= step;
	return rate;
}

export type HeldResult = Record<string, number>;

/** The highest rates held, and how many times that of `core`: each found once, to a `step`. */
export async function held(effort: Effort, under: Under): Promise<HeldResult> {
	const core = await highest("core", effort, under);
	const own = await highest("pbx-in tickets", effort, under);
	return { core, "pbx-in tickets": own, timesCore: own / core };
}
