import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { eventually } from "../support/eventually";
import { NodeRed } from "../support/nodeRed";
import { ScriptedServer } from "../support/scriptedServer";
import { PROMPT_KNOWN } from "../support/seed";

/** Deploys of each kind; `DEPLOYS=200` for the long run. */
const DEPLOYS = Number(process.env.DEPLOYS ?? 12);
const PHONES = 50;
/** Calls that a tick brings; each is two tickets. Ticks come every 20 ms: 1,000 tickets a second. */
const CALLS_A_TICK = 10;

interface Count {
	readonly calls: number;
	readonly twice: number;
	readonly incomplete: number;
}

/** A server that lets everybody in and tells the monitor of calls, each under a transaction of its own. */
class Traffic {
	sent = 0;
	#timer: NodeJS.Timeout | null = null;

	constructor(readonly server: ScriptedServer) {}

	/** Lets in who connects, and goes on telling. */
	start(): void {
		let known = 0;
		this.#timer = setInterval(() => {
			for (; known < this.server.clients.length; known++) this.server.clients[known]?.say(PROMPT_KNOWN);
			for (const client of this.server.clients) {
				if (client.isOpen && client.sent.includes("227, 999")) client.say(this.#tickets());
			}
		}, 20);
	}

	stop(): void {
		if (this.#timer) clearInterval(this.#timer);
	}

	#tickets(): string {
		const epoch = Math.floor(Date.now() / 1000);
		return Array.from({ length: CALLS_A_TICK }, () => {
			const id = `${epoch}.${++this.sent}`;
			const extension = 2_000 + (this.sent % PHONES);
			return `(info,270-6${String(this.sent).padStart(8, "0")}-${extension}-${id})(info,270-terminada-${extension}-${id})`;
		}).join("");
	}
}

const COUNT = `
const seen = flow.get("seen") ?? {};
const { callId, event } = msg.payload;
seen[callId] = (seen[callId] ?? "") + (event === "call.ringing" ? "r" : "e");
flow.set("seen", seen);
`;
const REPORT = `
const lives = Object.values(flow.get("seen") ?? {});
msg.payload = { calls: lives.length, twice: lives.filter((life) => life.length > 2).length, incomplete: lives.filter((life) => life !== "re").length };
return msg;
`;

/** Ids that no property has as its value: Node-RED would take that for a reference. */
function flows(round: number, url: string): { id: string }[] {
	const node = (id: string, z: string, over: object) => ({ id, z, x: 100, y: 100, wires: [], ...over });
	const input = { type: "pbx-in", pbx: "pbx", channel: "monitor", extensions: "", events: ["call"] };
	return [
		{ id: "pbx", type: "pbx-config", name: "", url, tenant: "227", tls: "", country: "ES", activations: [] },
		{ id: "kept", type: "tab", label: "Untouched" },
		node("kept-in", "kept", { ...input, wires: [["count"]] }),
		node("count", "kept", { type: "function", func: COUNT, outputs: 0 }),
		node("ask", "kept", { type: "http in", url: "/count", method: "get", wires: [["report"]] }),
		node("report", "kept", { type: "function", func: REPORT, outputs: 1, wires: [["answer"]] }),
		node("answer", "kept", { type: "http response" }),
		{ id: "changed", type: "tab", label: "Changed" },
		node("changed-in", "changed", { ...input, extensions: "2001", name: `round ${round}` }),
		node("own", "changed", { ...input, channel: "extension", extensions: "11", name: `round ${round}` }),
		node("n-call", "changed", {
			type: "pbx-call",
			pbx: "pbx",
			extension: "11",
			extensionType: "str",
			number: "payload",
			numberType: "msg",
			timeout: 5,
			name: `round ${round}`,
		}),
		node("n-status", "changed", {
			type: "pbx-status",
			pbx: "pbx",
			extension: "payload",
			extensionType: "msg",
			via: "",
			source: "board",
			timeout: 5,
			name: `round ${round}`,
		}),
		{ id: "off", type: "tab", label: "Disabled", disabled: true },
		node("off-in", "off", { ...input, channel: "extension", extensions: "12" }),
	].map((each) => ({ ...each }));
}

describe("deploys while calls come in", function () {
	this.timeout(900_000);
	let server: ScriptedServer;
	let traffic: Traffic;
	let red: NodeRed;

	before(async () => {
		server = await ScriptedServer.start();
		traffic = new Traffic(server);
		traffic.start();
		red = await NodeRed.start({ flows: flows(0, server.url) });
		await eventually(async () => assert.ok(((await red.get("/count")) as Count).calls > 100));
	});
	after(async () => {
		traffic?.stop();
		await red?.stop();
		await server?.stop();
	});

	async function deploy(round: number, type: "nodes" | "flows" | "full"): Promise<void> {
		const headers = { "content-type": "application/json", "Node-RED-Deployment-Type": type };
		const answer = await fetch(`${red.url}/flows`, {
			method: "POST",
			headers,
			body: JSON.stringify(flows(round, server.url)),
		});
		assert.equal(answer.status, 204);
	}
	/** Open files of the process, sockets among them, where the system tells. */
	function openFiles(): number | null {
		const folder = `/proc/${red.child.pid}/fd`;
		return existsSync(folder) ? readdirSync(folder).length : null;
	}
	const extensions = () => server.clients.filter(({ isOpen }) => isOpen).map(({ sent }) => sent.at(-1));

	it(`cost no call where a node was not touched: ${DEPLOYS} of modified nodes, ${DEPLOYS} of modified flows`, async () => {
		const first = server.clients.find(({ sent }) => sent.includes("227, 999"));
		for (let round = 1; round <= DEPLOYS; round++) {
			await deploy(round, "nodes");
			await deploy(-round, "flows");
		}
		assert.ok(first?.isOpen, "the monitor's connection was never given up");
		traffic.stop();
		await eventually(async () => {
			const count = (await red.get("/count")) as Count;
			assert.deepEqual(count, { calls: traffic.sent, twice: 0, incomplete: 0 });
		});
		traffic.start();
	});

	it(`leave no socket, nor tell anything twice, after ${DEPLOYS} full ones`, async () => {
		await deploy(1_000, "full");
		await eventually(() => assert.deepEqual(extensions().sort(), ["227, 11", "227, 999"]));
		const before = openFiles();
		for (let round = 1_001; round <= 1_000 + DEPLOYS; round++) await deploy(round, "full");
		await eventually(() => assert.deepEqual(extensions().sort(), ["227, 11", "227, 999"]));
		await eventually(() => {
			const now = openFiles();
			assert.ok(now === null || before === null || now <= before + 2, `${before} files were open, now ${now}`);
		});
		// Node-RED answers a deploy before its flows have started again.
		await eventually(async () => assert.equal(((await red.get("/count")) as Count).twice, 0));
		assert.doesNotMatch(red.log, /MaxListeners|Unhandled|uncaught|\[error\]/i);
	});

	it("open nothing for a disabled flow", () => {
		assert.ok(server.clients.every(({ sent }) => !sent.includes("227, 12")));
	});

	it("closes in time although the server hangs", async () => {
		traffic.stop();
		for (const { socket } of server.clients) socket.pause();
		const started = Date.now();
		await red.stop();
		assert.ok(Date.now() - started < 10_000);
	});
});
