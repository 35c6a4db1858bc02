import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { NodeRed, type NodeRedOptions } from "../test/support/nodeRed";
import type { BareOptions } from "./bareClient";
import { build, buildFolder, ended, endWithUs, letEnd, start, told } from "./built";
import { type Contestant, type Downstream, flowOf } from "./flows";
import { startSender } from "./receiver";
import type { SenderOptions } from "./sender";
import type { Progress, RunStats } from "./stats";

/** Which Node-RED the contestants run in. */
export type Under = Pick<NodeRedOptions, "node" | "nodeRedDir" | "nodeOptions">;

/** How tickets come, and what they meet. */
export type RunOptions = SenderOptions & Downstream;

let nodesDir: string | null = null;

/** The nodes of this folder, made ready for Node-RED. */
function benchNodes(): string {
	if (nodesDir) return nodesDir;
	for (const [type, file] of Object.entries({ "bench-counter": "counterNode", "bench-hand-over": "handOverNode" })) {
		const form = `RED.nodes.registerType("${type}", { category: "bench", defaults: {}, inputs: 1, outputs: 1 });`;
		build(file, join("nodes", type));
		writeFileSync(join(buildFolder(), "nodes", `${type}.html`), `<script type="text/javascript">${form}</script>`);
	}
	nodesDir = join(buildFolder(), "nodes");
	return nodesDir;
}

/** A Node-RED with a flow and the nodes of this folder. */
export function startNodeRed(flows: object[], under: Under): Promise<NodeRed> {
	const settings = { nodesDir: benchNodes(), logging: { console: { level: "info" } } };
	return NodeRed.start({ ...under, flows, settings });
}

/** What the counting node of a Node-RED prints at the end; `warm` runs once it is through warming up. */
async function printed(red: NodeRed, warm: () => void): Promise<RunStats> {
	const settled = new AbortController();
	const whole = new Promise<RunStats>((resolve) => {
		let isWarm = false;
		const look = () => {
			if (!isWarm && /^bench "warm"$/m.test(red.log)) {
				isWarm = true;
				warm();
			}
			const [, json] = /^bench (\{.*\})$/m.exec(red.log) ?? [];
			if (json !== undefined) resolve(JSON.parse(json) as RunStats);
		};
		red.child.stdout?.on("data", look);
		settled.signal.addEventListener("abort", () => red.child.stdout?.off("data", look));
		look();
	});
	try {
		return await Promise.race([whole, ended(red.child, settled.signal)]);
	} finally {
		settled.abort();
	}
}

async function runBare(options: BareOptions, { node }: Under, warm: () => void): Promise<RunStats> {
	const client = start("bareClient", [JSON.stringify(options)], { node });
	try {
		for (;;) {
			const progress = await told<Progress>(client);
			if (progress !== "warm") return progress;
			warm();
		}
	} finally {
		letEnd(client);
	}
}

/** One run of one contestant: as many tickets as the sender has, counted where they arrive, and how long sending took. */
export async function run(contestant: Contestant, options: RunOptions, under: Under) {
	const sender = await startSender(options);
	const url = `ws://127.0.0.1:${sender.port}`;
	const warm = () => void sender.child.send("go on");
	try {
		if (contestant === "ws" || contestant === "ws+decode") {
			const bare = { warm: options.warm, total: options.total, perFrame: options.perFrame, url };
			const stats = await runBare({ ...bare, decode: contestant === "ws+decode" }, under, warm);
			return { ...stats, sending: (await sender.done).seconds };
		}
		const red = await startNodeRed(flowOf(contestant, url, options), under);
		endWithUs(red.child);
		try {
			return { ...(await printed(red, warm)), sending: (await sender.done).seconds };
		} finally {
			await red.stop();
		}
	} finally {
		letEnd(sender.child);
	}
}
