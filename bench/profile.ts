import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run, type Under } from "./contestants";
import type { Effort } from "./effort";

/** A profile as `node --cpu-prof` writes it: a tree of calls, and which of them ran when. */
interface CpuProfile {
	readonly nodes: readonly {
		readonly id: number;
		readonly callFrame: { readonly functionName: string; readonly url: string };
		readonly children?: readonly number[];
	}[];
	readonly samples: readonly number[];
	readonly timeDeltas: readonly number[];
}

/** Percent of the processor's time by where it went. */
export type Shares = Record<string, number>;
export type ProfileResult = Record<string, Shares>;

const COUNTER = "the counter at the end";
const IDLE = "idle";

/** Where a function belongs, by the first rule that fits its file; one of Node.js itself to whoever called it. */
const PLACES: readonly (readonly [place: string, file: RegExp])[] = [
	[COUNTER, /bench-counter/],
	["reading tickets (protocol)", /\/dist\/src\/protocol\//],
	["the connection (link)", /\/dist\/src\/link\//],
	["board, calls, events (calls)", /\/dist\/src\/calls\//],
	["listeners (pbx)", /\/dist\/src\/(pbx|families)/],
	["pbx-in (nodes)", /\/dist\/nodes\//],
	["the WebSocket library", /\/node_modules\/ws\//],
	["Node-RED's hand-over", /\/node_modules\//],
];

/** What stands in a profile's place of a function. */
const SPECIAL: ReadonlyMap<string, string> = new Map([
	["(garbage collector)", "garbage collector"],
	["(idle)", IDLE],
	["(program)", "Node.js"],
]);

/** Where the time went between the first message that was counted and the last, idle time left out. */
export function shares(profile: CpuProfile): Shares {
	const placeOf = new Map<number, string>();
	const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
	const visit = (id: number, caller: string): void => {
		const node = nodes.get(id);
		if (!node) return;
		const { functionName, url } = node.callFrame;
		const place = SPECIAL.get(functionName) ?? PLACES.find(([, file]) => file.test(url))?.[0] ?? caller;
		placeOf.set(id, place);
		for (const child of node.children ?? []) visit(child, place);
	};
	const [root] = profile.nodes;
	if (root) visit(root.id, "Node.js");
	const places = profile.samples.map((sample) => placeOf.get(sample) ?? "Node.js");
	const times: Shares = {};
	let all = 0;
	const [first, last] = [places.indexOf(COUNTER), places.lastIndexOf(COUNTER)];
	for (let i = first; i >= 0 && i <= last; i++) {
		const [place = IDLE, time = 0] = [places[i], profile.timeDeltas[i]];
		if (place === IDLE) continue;
		times[place] = (times[place] ?? 0) + time;
		all += time;
	}
	const sorted = Object.entries(times).sort(([, a], [, b]) => b - a);
	return Object.fromEntries(sorted.map(([place, time]) => [place, (100 * time) / all]));
}

/** Where the time of `pbx-in tickets` goes, with one ticket a frame and with twenty. */
export async function profile(effort: Effort, under: Under): Promise<ProfileResult> {
	const result: ProfileResult = {};
	for (const [shape, perFrame] of [
		["1 a frame, coalesced", 1],
		["20 a frame", 20],
	] as const) {
		const folder = mkdtempSync(join(tmpdir(), "bench-profile-"));
		try {
			const { warm, total } = effort.amount;
			const nodeOptions = ["--cpu-prof", "--cpu-prof-interval", "200", "--cpu-prof-dir", folder];
			const options = { rate: 0, warm, total: total * 5, perFrame, phones: 50, kind: "state" } as const;
			await run("pbx-in tickets", options, { ...under, nodeOptions });
			const [file] = readdirSync(folder);
			if (file === undefined) throw new Error("Node-RED wrote no profile");
			result[shape] = shares(JSON.parse(readFileSync(join(folder, file), "utf8")) as CpuProfile);
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
		effort.note(`profile: ${shape}`);
	}
	return result;
}
