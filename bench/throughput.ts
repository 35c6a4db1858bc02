import { run, type Under } from "./contestants";
import type { Effort } from "./effort";
import { CONTESTANTS } from "./flows";
import { type RunStats, type Spread, spread } from "./stats";

/**
 * How tickets come: each frame written by itself, many frames in a write, many tickets in a frame; `times` as many where
 * each takes little time.
 */
const SHAPES = {
	"1 a frame, singly": { perFrame: 1, burst: 1, times: 1 },
	"1 a frame, coalesced": { perFrame: 1, burst: 64, times: 2 },
	"20 a frame": { perFrame: 20, burst: 16, times: 4 },
} as const;

/** One contestant's figures. */
export interface Throughput {
	/** Tickets a second. */
	readonly rate: Spread;
	/** CPU seconds a million tickets. */
	readonly cpu: Spread;
	/** How many times as many tickets a CPU second as `core`, in the same round. */
	readonly timesCore: Spread;
	/** How many times as many tickets a second as `ws`, in the same round. */
	readonly timesWs: Spread;
}

export type ThroughputResult = Record<string, Record<string, Throughput>>;

/** CPU seconds a million tickets. */
export function perMillion({ cpu, count }: RunStats): number {
	return (cpu / count) * 1e6;
}

/** Tickets a second. */
export function rate({ count, seconds }: RunStats): number {
	return count / seconds;
}

/** One round: each contestant once, beginning with another one in each round, forwards and backwards by turns. */
export async function each<Name extends string>(
	names: readonly Name[],
	round: number,
	measure: (name: Name) => Promise<RunStats>,
): Promise<Record<Name, RunStats>> {
	const result = {} as Record<Name, RunStats>;
	const turned = [...names.slice(round), ...names.slice(0, round)];
	for (const name of round % 2 === 0 ? turned : turned.reverse()) result[name] = await measure(name);
	return result;
}

/** Tickets a second and CPU seconds a million tickets, of each contestant in each shape. */
export async function throughput(effort: Effort, under: Under): Promise<ThroughputResult> {
	const result: ThroughputResult = {};
	for (const [shape, { times, ...how }] of Object.entries(SHAPES)) {
		const { warm, total } = effort.amount;
		const options = { rate: 0, warm, total: total * times, phones: 50, kind: "state", ...how } as const;
		const rounds: Record<(typeof CONTESTANTS)[number], RunStats>[] = [];
		for (let round = 0; round < effort.rounds; round++) {
			rounds.push(await each(CONTESTANTS, round, (name) => run(name, options, under)));
			effort.note(`throughput, ${shape}: round ${round + 1} of ${effort.rounds}`);
		}
		const figures = (name: (typeof CONTESTANTS)[number]): Throughput => ({
			rate: spread(rounds.map((stats) => rate(stats[name]))),
			cpu: spread(rounds.map((stats) => perMillion(stats[name]))),
			timesCore: spread(rounds.map((stats) => perMillion(stats.core) / perMillion(stats[name]))),
			timesWs: spread(rounds.map((stats) => rate(stats[name]) / rate(stats.ws))),
		});
		result[shape] = Object.fromEntries(CONTESTANTS.map((name) => [name, figures(name)]));
	}
	return result;
}

/** CPU seconds a million tickets where all of them are of calls that come and go, life cycle and board included. */
export async function calls(effort: Effort, under: Under): Promise<Spread> {
	const { warm, total } = effort.amount;
	const values: number[] = [];
	for (let round = 0; round < effort.rounds; round++) {
		const options = { rate: 0, warm, total, perFrame: 1, phones: 50, kind: "call" } as const;
		values.push(perMillion(await run("pbx-in", options, under)));
		effort.note(`calls: round ${round + 1} of ${effort.rounds}`);
	}
	return spread(values);
}

/** MiB by consumer and contestant. */
export type FloodResult = Record<string, Record<string, number>>;

/** MiB that a process grows by in a flood: with a consumer that keeps up, and with one that does not. */
export async function flood(effort: Effort, under: Under): Promise<FloodResult> {
	const result: FloodResult = {};
	// A slow consumer takes the time; a quarter of the flood shows as well whether memory grows.
	const consumers = { "keeps up": { slow: 0, total: effort.flood }, "is slow": { slow: 20, total: effort.flood / 4 } };
	for (const [consumer, how] of Object.entries(consumers)) {
		const memory: Record<string, number> = {};
		for (const name of ["core", "pbx-in", "pbx-in tickets"] as const) {
			const { warm } = effort.amount;
			const options = { rate: 0, warm, perFrame: 1, phones: 50, kind: "state", ...how } as const;
			memory[name] = (await run(name, options, under)).memory;
			effort.note(`flood, consumer ${consumer}: ${name}`);
		}
		result[consumer] = memory;
	}
	return result;
}
