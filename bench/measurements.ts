import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { CONTESTANTS, type Contestant, run, startNodeRed, type Under } from "./contestants";
import { median, type RunStats } from "./stats";

/** How much is measured. */
export interface Effort {
	readonly rounds: number;
	/** Tickets in a run. */
	readonly tickets: number;
	/** Seconds of a run at a rate. */
	readonly seconds: number;
	/** Tickets in a flood. */
	readonly flood: number;
	/** Calls in the longest life cycle. */
	readonly calls: number;
	readonly note: (text: string) => void;
}

/** How tickets come: each frame written by itself, many frames in a write, many tickets in a frame. */
export const SHAPES = {
	"1 a frame, singly": { perFrame: 1, burst: 1 },
	"1 a frame, coalesced": { perFrame: 1, burst: 64 },
	"20 a frame": { perFrame: 20, burst: 16 },
} as const;

export type Shape = keyof typeof SHAPES;

/** Some values of one figure. */
export interface Spread {
	readonly median: number;
	readonly min: number;
	readonly max: number;
}

export function spread(values: readonly number[]): Spread {
	return { median: median(values), min: Math.min(...values), max: Math.max(...values) };
}

const perMillion = ({ cpu, count }: RunStats) => (cpu / count) * 1e6;
const rate = ({ count, seconds }: RunStats) => count / seconds;

/** Tickets a second and CPU seconds a million tickets, of each contestant; and both against others of the same round. */
export async function throughput(effort: Effort, under: Under) {
	const result: Record<string, Record<string, { rate: Spread; cpu: Spread; cpuOfCore: Spread; rateOfWs: Spread }>> = {};
	for (const [shape, how] of Object.entries(SHAPES)) {
		const rounds: Record<Contestant, RunStats>[] = [];
		for (let round = 0; round < effort.rounds; round++) {
			const order = round % 2 === 0 ? CONTESTANTS : [...CONTESTANTS].reverse();
			const stats = {} as Record<Contestant, RunStats>;
			for (const contestant of order) {
				const options = { rate: 0, total: effort.tickets, phones: 50, kind: "state", ...how } as const;
				stats[contestant] = await run(contestant, options, under);
			}
			rounds.push(stats);
			effort.note(`throughput, ${shape}: round ${round + 1} of ${effort.rounds}`);
		}
		result[shape] = Object.fromEntries(
			CONTESTANTS.map((contestant) => [
				contestant,
				{
					rate: spread(rounds.map((stats) => rate(stats[contestant]))),
					cpu: spread(rounds.map((stats) => perMillion(stats[contestant]))),
					cpuOfCore: spread(rounds.map((stats) => perMillion(stats.core) / perMillion(stats[contestant]))),
					rateOfWs: spread(rounds.map((stats) => rate(stats[contestant]) / rate(stats.ws))),
				},
			]),
		);
	}
	return result;
}

/** Milliseconds from sending to arrival, at a rate. */
export async function latency(effort: Effort, under: Under) {
	const result: Record<string, Record<string, { p50: Spread; p99: Spread; p99OfDecode: Spread }>> = {};
	for (const rateOf of [1_000, 10_000]) {
		const rounds: Record<string, RunStats>[] = [];
		for (let round = 0; round < effort.rounds; round++) {
			const stats: Record<string, RunStats> = {};
			for (const contestant of ["ws+decode", "core", "pbx-in", "pbx-in tickets"] as const) {
				const total = rateOf * effort.seconds;
				stats[contestant] = await run(
					contestant,
					{ rate: rateOf, total, perFrame: 1, phones: 50, kind: "state" },
					under,
				);
			}
			rounds.push(stats);
			effort.note(`latency at ${rateOf} a second: round ${round + 1} of ${effort.rounds}`);
		}
		result[rateOf] = Object.fromEntries(
			Object.keys(rounds[0] ?? {}).map((contestant) => [
				contestant,
				{
					p50: spread(rounds.map((stats) => stats[contestant]?.p50 ?? 0)),
					p99: spread(rounds.map((stats) => stats[contestant]?.p99 ?? 0)),
					p99OfDecode: spread(rounds.map((stats) => (stats[contestant]?.p99 ?? 0) / (stats["ws+decode"]?.p99 ?? 1))),
				},
			]),
		);
	}
	return result;
}

/** MiB that a process grows by in a flood. */
export async function flood(effort: Effort, under: Under) {
	const result: Record<string, number> = {};
	for (const contestant of ["core", "pbx-in", "pbx-in tickets"] as const) {
		const options = { rate: 0, total: effort.flood, perFrame: 1, phones: 50, kind: "state" } as const;
		result[contestant] = (await run(contestant, options, under)).memory;
		effort.note(`flood: ${contestant}`);
	}
	return result;
}

/** CPU of many nodes that filter one extension each, against one node that hears the same of all. */
export async function filters(effort: Effort, under: Under) {
	const result: Record<string, { cpu: Spread; ofOne: Spread }> = {};
	const one: number[] = [];
	for (const nodes of [1, 10, 100, 1_000]) {
		const values: number[] = [];
		for (let round = 0; round < effort.rounds; round++) {
			const options = {
				rate: 0,
				total: effort.tickets,
				perFrame: 1,
				phones: nodes === 1 ? 1_000 : nodes,
				kind: "state",
			} as const;
			values.push(perMillion(await run("pbx-in tickets", options, under, nodes)));
		}
		if (nodes === 1) one.push(...values);
		result[nodes] = { cpu: spread(values), ofOne: spread(values.map((value, i) => value / (one[i] ?? value))) };
		effort.note(`filters: ${nodes}`);
	}
	return result;
}

/** What a program of this folder prints as JSON. */
async function measured<Result>(file: string, args: readonly (string | number)[]): Promise<Result> {
	const execArgv = ["--expose-gc", "-r", "tsx/cjs"];
	const child = fork(join(__dirname, file), args.map(String), { execArgv });
	const [result] = (await once(child, "message")) as [Result];
	child.disconnect();
	return result;
}

/** Links in one process: how long until all are connected, what each costs, and how late the event loop was. */
export async function links(effort: Effort) {
	const result: Record<string, { seconds: number; kib: number; stall: number }> = {};
	for (const count of [14, 500]) {
		result[count] = await measured("linksChild.ts", [count]);
		effort.note(`links: ${count}`);
	}
	return result;
}

/** The life cycle alone: microseconds a call, and memory while so many were followed. */
export async function lifecycle(effort: Effort) {
	const result: Record<string, { micros: number; mib: number }> = {};
	for (const calls of [10_000, 100_000, effort.calls]) {
		result[calls] = await measured("lifecycleChild.ts", [calls]);
		effort.note(`life cycle: ${calls} calls`);
	}
	return result;
}

/** What loading the package adds to a Node.js process: milliseconds and MiB, and the same for the numbers' metadata. */
export async function startup(effort: Effort) {
	const runs: { ms: number; mib: number }[] = [];
	for (let round = 0; round < effort.rounds; round++) runs.push(await measured("startupChild.ts", []));
	effort.note("start-up");
	return { ms: spread(runs.map(({ ms }) => ms)), mib: spread(runs.map(({ mib }) => mib)) };
}

/** The versions of what was measured. */
export async function versions(under: Under): Promise<{ nodeRed: string; node: string }> {
	const red = await startNodeRed([], under);
	const nodeRed = /Node-RED version: v?([\w.-]+)/.exec(red.log)?.[1] ?? "?";
	const node = /Node\.js {2}version: v?([\w.-]+)/.exec(red.log)?.[1] ?? "?";
	await red.stop();
	return { nodeRed, node };
}
