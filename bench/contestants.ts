import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { NodeRed, type NodeRedOptions } from "../test/support/nodeRed";
import { startSender } from "./receiver";
import type { SenderOptions } from "./sender";
import type { RunStats } from "./stats";

/** Who is measured: the limit, the limit with our codec, what a user would take instead, and this package in two set-ups. */
export const CONTESTANTS = ["ws", "ws+decode", "core", "pbx-in", "pbx-in tickets"] as const;

export type Contestant = (typeof CONTESTANTS)[number];

/** Decodes tickets as a competent user would who knows the vendor's document. */
const CORE_FUNCTION = `
for (const [, pbx, word, extension, transaction] of msg.payload.matchAll(/\\(info,(\\d+)-(.*?)-(\\d+)-([\\d.]+)\\)/gi)) {
	const states = { timbre: "ringing", ocupado: "busy", ocupada: "busy", libre: "idle", livre: "idle" };
	const state = states[word.toLowerCase()];
	if (state) node.send({ topic: "pbx/" + extension, payload: { pbx, extension, state, transaction } });
}
`;

/** The flow of a contestant that is one, with `nodes` filters of one extension each. */
export function flowOf(contestant: Contestant, url: string, nodes = 1): object[] {
	const tab = { id: "tab", type: "tab", label: "bench" };
	const node = (over: object) => ({ z: "tab", x: 1, y: 1, wires: [], ...over });
	const counter = node({ id: "counter", type: "bench-counter" });
	if (contestant === "core") {
		return [
			tab,
			{
				id: "client",
				type: "websocket-client",
				path: url,
				tls: "",
				wholemsg: "false",
				hb: "0",
				subprotocol: "",
				headers: [],
			},
			node({ id: "in", type: "websocket in", server: "", client: "client", wires: [["login", "decode"]] }),
			node({
				id: "login",
				type: "function",
				func: 'if (!msg.payload.startsWith("(ID?")) return null; return { payload: "227, 999" };',
				outputs: 1,
				wires: [["out"]],
			}),
			node({ id: "out", type: "websocket out", server: "", client: "client" }),
			node({ id: "decode", type: "function", func: CORE_FUNCTION, outputs: 1, wires: [["counter"]] }),
			counter,
		];
	}
	const isAll = contestant === "pbx-in";
	const input = (i: number) =>
		node({
			...{ id: `in-${i}`, type: "pbx-in", pbx: "pbx", channel: "monitor", split: false, wires: [["counter"]] },
			extensions: nodes === 1 ? "" : String(2_000 + i),
			events: isAll ? ["call", "extension", "dial", "command", "link", "unrecognised"] : ["extension"],
		});
	return [
		tab,
		{ id: "pbx", type: "pbx-config", name: "", url, tenant: "227", tls: "", country: "ES", activations: [] },
		...Array.from({ length: nodes }, (_, i) => input(i)),
		counter,
	];
}

/** Which Node-RED the contestants run in. */
export type Under = Pick<NodeRedOptions, "node" | "nodeRedDir">;

let nodesDir: string | null = null;

/** The counting node, made ready for Node-RED. */
function counterFolder(): string {
	if (nodesDir) return nodesDir;
	nodesDir = mkdtempSync(join(tmpdir(), "bench-nodes-"));
	const outfile = join(nodesDir, "bench-counter.js");
	buildSync({
		entryPoints: [join(__dirname, "counterNode.ts")],
		bundle: true,
		platform: "node",
		format: "cjs",
		outfile,
	});
	const form = 'RED.nodes.registerType("bench-counter", { category: "bench", defaults: {}, inputs: 1, outputs: 0 });';
	writeFileSync(join(nodesDir, "bench-counter.html"), `<script type="text/javascript">${form}</script>`);
	const folder = nodesDir;
	process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
	return folder;
}

/** A Node-RED with a flow and the counting node. */
export function startNodeRed(flows: object[], under: Under): Promise<NodeRed> {
	const settings = { nodesDir: counterFolder(), logging: { console: { level: "info" } } };
	return NodeRed.start({ ...under, flows, settings });
}

async function statsOf(red: NodeRed, total: number): Promise<RunStats> {
	for (;;) {
		const stats = (await red.get("/bench")) as RunStats;
		if (stats.count >= total) return stats;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

/** One run of one contestant: as many tickets as the sender has, counted where they arrive. */
export async function run(contestant: Contestant, options: SenderOptions, under: Under, nodes = 1): Promise<RunStats> {
	const sender = await startSender(options);
	const url = `ws://127.0.0.1:${sender.port}`;
	try {
		if (contestant === "ws" || contestant === "ws+decode") {
			const args = [url, contestant, String(options.total), String(options.perFrame)];
			const client = fork(join(__dirname, "bareClient.ts"), args, { execArgv: ["-r", "tsx/cjs"] });
			const [stats] = (await once(client, "message")) as [RunStats];
			client.disconnect();
			return stats;
		}
		const red = await startNodeRed(flowOf(contestant, url, nodes), under);
		try {
			return await statsOf(red, options.total);
		} finally {
			await red.stop();
		}
	} finally {
		sender.child.disconnect();
	}
}
