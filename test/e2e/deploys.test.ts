import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { eventually } from "../support/eventually";
import { NodeRed } from "../support/nodeRed";
import { ScriptedServer } from "../support/scriptedServer";
import { PROMPT_KNOWN } from "../support/seed";

/** Deploys of each kind; `DEPLOYS=200` for the long run. */
const DEPLOYS = Number(process.env.DEPLOYS ?? 60);
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
seen[callId] = (seen[callId] ?? "") + { "call.ringing": "r", "call.ended": "e", "call.record": "." }[event];
flow.set("seen", seen);
`;
const REPORT = `
const lives = Object.values(flow.get("seen") ?? {});
msg.payload = { calls: lives.length, twice: lives.filter((life) => life.length > 3).length, incomplete: lives.filter((life) => life !== "re.").length };
return msg;
`;

/** Ids that no property has as its value: Node-RED would take that for a reference. */
function flows(round: number, url: string): { id: string }[] {
	const node = (id: string, z: string, over: object) => ({ id, z, x: 100, y: 100, wires: [], ...over });
	const events = ["call.ringing", "call.ended", "call.record"];
	const input = { type: "pbx-in", pbx: "pbx", channel: "monitor", extensions: "", events };
	return [
		{ id: "pbx", type: "pbx-config", name: "", url, tenant: "227", tls: "", country: "ES", activations: [], settle: 1 },
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

	it(`cost no call, leave no socket, nor tell anything twice, with ${DEPLOYS} full ones`, async () => {
		await deploy(1_000, "full");
		await eventually(() => assert.deepEqual(extensions().sort(), ["227, 11", "227, 999"]));
		const logins = server.clients.length;
		const before = openFiles();
		for (let round = 1_001; round <= 1_000 + DEPLOYS; round++) await deploy(round, "full");
		await eventually(() => {
			const now = openFiles();
			assert.ok(now === null || before === null || now <= before + 2, `${before} files were open, now ${now}`);
		});
		assert.equal(server.clients.length, logins, "nobody logs in again");
		traffic.stop();
		// Node-RED answers a deploy before its flows have started again.
		await eventually(async () => {
			const count = (await red.get("/count")) as Count;
			assert.deepEqual(count, { calls: traffic.sent, twice: 0, incomplete: 0 });
		});
		traffic.start();
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

/** What a flow heard, in its order. */
interface Heard {
	readonly node: string;
	readonly event: string;
	readonly callId?: string;
	readonly outcome?: string | null;
	readonly number?: string | null;
	readonly legs?: readonly object[];
	readonly seconds?: number;
}

describe("a deploy in mid-call", function () {
	this.timeout(120_000);
	let server: ScriptedServer;
	let red: NodeRed;
	let running = true;

	const KEEP = `
const heard = global.get("heard") ?? [];
const { event, callId, outcome, number, seconds, legs } = msg.payload;
heard.push({ node: msg.node, event, callId, outcome, number, seconds, legs });
global.set("heard", heard);
`;
	/** The flow, with what a deploy changes. */
	function flow(over: { config?: object; in?: object; wires?: string[][]; tenant?: string } = {}): object[] {
		const node = (id: string, rest: object) => ({ id, z: "tab", x: 100, y: 100, wires: [], ...rest });
		const events = ["call.ringing", "call.answered", "call.ended", "call.record", "link.gap"];
		const input = { type: "pbx-in", pbx: "pbx", extensions: "", events, directions: [], outcomes: [], split: false };
		const mark = (name: string) => ({ type: "function", func: `msg.node = "${name}"; return msg;`, outputs: 1 });
		return [
			{
				...{ id: "pbx", type: "pbx-config", name: "", url: server.url, tenant: over.tenant ?? "227", tls: "" },
				...{ country: "ES", activations: [], settle: 1, version: 3, ...over.config },
			},
			{ id: "tab", type: "tab", label: "Calls" },
			node("m-in", { ...input, channel: "monitor", wires: over.wires ?? [["m-mark"]], ...over.in }),
			node("o-in", { ...input, channel: "extension", extensions: "11", wires: [["o-mark"]], ...over.in }),
			node("m-mark", { ...mark("monitor"), wires: [["keep"]] }),
			node("other", { ...mark("monitor"), wires: [["keep"]] }),
			node("o-mark", { ...mark("own"), wires: [["keep"]] }),
			node("keep", { type: "function", func: KEEP, outputs: 0 }),
			node("ask", { type: "http in", url: "/heard", method: "get", wires: [["report"]] }),
			node("report", {
				...{ type: "function", outputs: 1, wires: [["answer"]] },
				func: 'msg.payload = global.get("heard") ?? []; return msg;',
			}),
			node("answer", { type: "http response" }),
		];
	}
	const heard = async () => (await red.get("/heard")) as Heard[];
	async function deploy(type: "nodes" | "flows" | "full", nodes: object[]): Promise<void> {
		const headers = { "content-type": "application/json", "Node-RED-Deployment-Type": type };
		const answer = await fetch(`${red.url}/flows`, { method: "POST", headers, body: JSON.stringify(nodes) });
		assert.equal(answer.status, 204);
	}
	/** Says something on the connections of an extension that are open. */
	const say = (extension: string, ...frames: string[]) => {
		for (const client of server.clients) {
			if (client.isOpen && client.sent.some((text) => text.endsWith(`, ${extension}`))) client.say(...frames);
		}
	};

	before(async () => {
		server = await ScriptedServer.start();
		let known = 0;
		const letIn = () => {
			for (; known < server.clients.length; known++) server.clients[known]?.say(PROMPT_KNOWN);
			if (running) setTimeout(letIn, 5);
		};
		letIn();
		red = await NodeRed.start({ flows: flow() });
		await eventually(() => assert.equal(server.clients.length, 2));
		await eventually(() => assert.ok(server.clients.every(({ sent }) => sent.length > 0)));
		say("999", "(info,270-Libre-11-0)(info,270-Libre-12-0)");
		say("11", "(info,-Livre)");
	});
	after(async () => {
		running = false;
		await red?.stop();
		await server?.stop();
	});

	const DEPLOYS_OF_EACH_KIND = [
		["a full one that changes nothing", "full", () => flow()],
		["a full one of renamed nodes", "full", () => flow({ in: { name: "renamed" } })],
		["one of modified nodes, renamed", "nodes", () => flow({ in: { name: "again" } })],
		["one of modified flows, wired anew", "flows", () => flow({ wires: [["other"]] })],
		["one of a renamed configuration", "nodes", () => flow({ config: { name: "Oficina" } })],
		["one of another settling time and country", "nodes", () => flow({ config: { settle: 1.5, country: "PT" } })],
	] as const;
	for (const [i, [title, type, nodes]] of DEPLOYS_OF_EACH_KIND.entries()) {
		it(`loses nothing of it, on either channel: ${title}`, async () => {
			const before = (await heard()).length;
			const tx = `${Math.floor(Date.now() / 1000)}.${i}`;
			say("999", `(info,270-Timbre-11-0)(info,270-97431940${i}-11-${tx})`);
			say("11", "(info,-Timbre)", `(CALL,97431940${i})`);
			await eventually(async () => assert.equal((await heard()).length, before + 2));
			await deploy(type, nodes());
			// While it is being deployed.
			say("999", "(info,270-Ocupada-11-0)");
			say("11", "(info,- Ocupado)");
			await eventually(async () => assert.equal((await heard()).length, before + 4));
			say("999", `(info,270-terminada-11-${tx})(info,270-Libre-11-0)`);
			say("11", "(info,-Livre)");
			const told = await eventually(async () => {
				const all = (await heard()).slice(before);
				assert.equal(all.length, 8, JSON.stringify(all));
				return all;
			});
			for (const node of ["monitor", "own"]) {
				assert.deepEqual(
					told.filter((each) => each.node === node).map(({ event, callId, outcome }) => [event, callId, outcome]),
					[
						["call.ringing", tx, null],
						["call.answered", tx, null],
						["call.ended", tx, "answered"],
						["call.record", tx, "answered"],
					],
				);
			}
			assert.equal(server.clients.length, 2, "nobody logs in again");
		});
	}

	it("ends it as unknown, and tells the gap, where the account is another one", async () => {
		const before = (await heard()).length;
		const tx = `${Math.floor(Date.now() / 1000)}.77`;
		say("999", `(info,270-Timbre-11-0)(info,270-974319477-11-${tx})`);
		await eventually(async () => assert.equal((await heard()).length, before + 2));
		await deploy("full", flow({ tenant: "228" }));
		const told = await eventually(async () => {
			const all = (await heard()).slice(before + 2);
			assert.equal(all.filter(({ event }) => event === "link.gap").length, 2, JSON.stringify(all));
			return all;
		}, 20);
		for (const node of ["monitor", "own"]) {
			const own = told.filter((each) => each.node === node);
			assert.deepEqual(
				own.map(({ event, outcome }) => [event, outcome]),
				[
					["call.ended", "unknown"],
					["call.record", "unknown"],
					["link.gap", undefined],
				],
			);
			assert.deepEqual(
				own.slice(0, 2).map(({ callId, number }) => [callId, number]),
				[
					[tx, "974319477"],
					[tx, "974319477"],
				],
			);
			assert.ok((own[2]?.seconds ?? -1) >= 0);
		}
		await eventually(() => assert.equal(server.open, 2));
		assert.ok(server.clients.filter(({ isOpen }) => isOpen).every(({ sent }) => sent[0]?.startsWith("228, ")));
		assert.doesNotMatch(red.log, /Unhandled|uncaught|\[error\]/i);
	});

	it("claims nothing after a stop that was heard before it", async () => {
		const before = (await heard()).length;
		say("999", `(info,270-Timbre-12-0)(info,270-974319488-12-${Math.floor(Date.now() / 1000)}.88)`);
		await eventually(async () => assert.equal((await heard()).length, before + 1));
		await red.stop();
		red = await NodeRed.start({ flows: flow({ tenant: "228" }) });
		await eventually(() => assert.equal(server.open, 2));
		assert.deepEqual(await heard(), []);
	});
});
