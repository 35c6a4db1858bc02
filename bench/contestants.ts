import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { NodeRed, type NodeRedOptions } from "../test/support/nodeRed";
import type { BareOptions } from "./bareClient";
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
	const folder = mkdtempSync(join(tmpdir(), "bench-nodes-"));
	process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
	for (const [type, file] of Object.entries({ "bench-counter": "counterNode", "bench-hand-over": "handOverNode" })) {
		buildSync({
			entryPoints: [join(__dirname, `${file}.ts`)],
			bundle: true,
			platform: "node",
			format: "cjs",
			outfile: join(folder, `${type}.js`),
		});
		const form = `RED.nodes.registerType("${type}", { category: "bench", defaults: {}, inputs: 1, outputs: 1 });`;
		writeFileSync(join(folder, `${type}.html`), `<script type="text/javascript">${form}</script>`);
	}
	nodesDir = folder;
	return folder;
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

/** The next message of a program of this folder. */
export async function told<Message>(child: ChildProcess): Promise<Message> {
	const [message] = await once(child, "message", { signal: AbortSignal.timeout(DEADLINE) });
	return message as Message;
}

async function runBare(options: BareOptions): Promise<RunStats> {
	const client = fork(join(__dirname, "bareClient.ts"), [JSON.stringify(options)], { execArgv: ["-r", "tsx/cjs"] });
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
			const stats = await runBare({ warm, total, perFrame, url, decode: contestant === "ws+decode" });
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
