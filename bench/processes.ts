import { fork } from "node:child_process";
import { join } from "node:path";
import { startNodeRed, told, type Under } from "./contestants";
import type { Effort } from "./effort";
import { spread } from "./stats";

/** What a program of this folder tells. */
async function measured<Result>(file: string, args: readonly (string | number)[]): Promise<Result> {
	const child = fork(join(__dirname, file), args.map(String), { execArgv: ["--expose-gc", "-r", "tsx/cjs"] });
	const result = await told<Result>(child);
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

/** What loading the package adds to a process that has loaded Node-RED: milliseconds and MiB. */
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
