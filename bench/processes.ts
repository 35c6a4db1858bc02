import { join } from "node:path";
import { ROOT } from "../test/support/nodeRed";
import { letEnd, start, told } from "./built";
import { startNodeRed, type Under } from "./contestants";
import type { Effort } from "./effort";
import { type Spread, spread } from "./stats";

export type LinksResult = Record<string, { seconds: number; kib: number; stall: number }>;
export type AccountsResult = Record<string, { seconds: number; mib: number; "µs a ticket": number }>;
export type LifecycleResult = Record<string, { micros: number; mib: number }>;
export type GrowthResult = Record<string, { few: number; many: number; ratio: number }>;
export type StartupResult = { ms: Spread; mib: Spread };

/** What a program of this folder tells. */
async function measured<Result>(file: string, args: readonly (string | number)[], { node }: Under): Promise<Result> {
	const child = start(file, args, { node, options: ["--expose-gc"] });
	try {
		return await told<Result>(child);
	} finally {
		letEnd(child);
	}
}

/** Links in one process: how long until all are connected, what each costs, and how late the event loop was. */
export async function links(effort: Effort, under: Under): Promise<LinksResult> {
	const result: LinksResult = {};
	for (const count of [14, 500]) {
		result[count] = await measured("linksChild", [count], under);
		effort.note(`links: ${count}`);
	}
	return result;
}

/** Accounts in one process: seconds until all listen, MiB of the process, and CPU time a ticket, both ends included. */
export async function accounts(effort: Effort, under: Under): Promise<AccountsResult> {
	const result: AccountsResult = {};
	for (const count of [1, 50, 500]) {
		result[count] = await measured("accountsChild", [count], under);
		effort.note(`accounts: ${count}`);
	}
	return result;
}

/** The life cycle alone: microseconds a call, and memory while so many were followed. */
export async function lifecycle(effort: Effort, under: Under): Promise<LifecycleResult> {
	const result: LifecycleResult = {};
	for (const calls of [10_000, 100_000, effort.calls]) {
		result[calls] = await measured("lifecycleChild", [calls], under);
		effort.note(`life cycle: ${calls} calls`);
	}
	return result;
}

/** What calls, tickets and groups cost as they become many. */
export async function growth(effort: Effort, under: Under): Promise<GrowthResult> {
	const result = await measured<GrowthResult>("growthChild", [], under);
	effort.note("growth");
	return result;
}

/** What loading the package adds to a process that has loaded Node-RED: milliseconds and MiB. */
export async function startup(effort: Effort, under: Under): Promise<StartupResult> {
	const runs: { ms: number; mib: number }[] = [];
	const args = [under.nodeRedDir ?? join(ROOT, "node_modules", "node-red"), join(ROOT, "dist", "nodes")];
	for (let round = 0; round < effort.rounds; round++) runs.push(await measured("startupChild", args, under));
	effort.note("start-up");
	return { ms: spread(runs.map(({ ms }) => ms)), mib: spread(runs.map(({ mib }) => mib)) };
}

/** The versions of what was measured. */
export async function versions(under: Under): Promise<{ nodeRed: string; node: string }> {
	const red = await startNodeRed([], under);
	const nodeRed = /Node-RED version: v?([\d.]+(?:-(?!git)[\w.]+)?)/.exec(red.log)?.[1] ?? "?";
	const node = /Node\.js {2}version: v?([\d.]+)/.exec(red.log)?.[1] ?? "?";
	await red.stop();
	return { nodeRed, node };
}
