import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { NodeRed, type NodeRedOptions } from "../test/support/nodeRed";
import type { BareOptions } from "./bareClient";
import { build, buildFolder, start, told } from "./built";
import { type Contestant, type Downstream, flowOf } from "./flows";
import { startSender } from "./receiver";
import type { SenderOptions } from "./sender";
import type { RunStats } from "./stats";

/** Which Node-RED the contestants run in. */
export type Under = Pick<NodeRedOptions, "node" | "nodeRedDir">;

/** How tickets come, and what they meet. */
export type RunOptions = SenderOptions & Downstream;

/** Milliseconds after which a run has failed. */
const DEADLINE = 600_000;

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

/** What the counting node of a Node-RED prints once all has arrived. */
function printed(red: NodeRed): Promise<RunStats> {
	return new Promise((resolve, reject) => {
		const deadline = setTimeout(() => reject(new Error(`not all arrived: ${red.log.slice(-2_000)}`)), DEADLINE);
		const look = () => {
			const [, json] = /^bench (\{.*\})$/m.exec(red.log) ?? [];
			if (json === undefined) return;
			clearTimeout(deadline);
			red.child.stdout?.off("data", look);
			resolve(JSON.parse(json) as RunStats);
		};
		red.child.stdout?.on("data", look);
		look();
	});
}

async function runBare(options: BareOptions, { node }: Under): Promise<RunStats> {
	const client = start("bareClient", [JSON.stringify(options)], { node });
	const stats = await told<RunStats>(client);
	client.disconnect();
	return stats;
}

/** One run of one contestant: as many tickets as the sender has, counted where they arrive, and how long sending took. */
export async function run(contestant: Contestant, options: RunOptions, under: Under) {
	const sender = await startSender(options);
	const url = `ws://127.0.0.1:${sender.port}`;
	try {
		if (contestant === "ws" || contestant === "ws+decode") {
			const { warm, total, perFrame } = options;
			const stats = await runBare({ warm, total, perFrame, url, decode: contestant === "ws+decode" }, under);
			return { ...stats, sending: (await sender.done).seconds };
		}
		const red = await startNodeRed(flowOf(contestant, url, options), under);
		try {
			return { ...(await printed(red)), sending: (await sender.done).seconds };
		} finally {
			await red.stop();
		}
	} finally {
		sender.child.disconnect();
	}
}
