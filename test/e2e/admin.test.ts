import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { LiveAnswer, TraceState, UnknownWord } from "../../nodes/admin/contract";
import { readCapture } from "../../src/simulator/capture";
import { Simulator } from "../../src/simulator/simulator";
import { eventually } from "../support/eventually";
import { freePort, NodeRed, ROOT } from "../support/nodeRed";
import { rawServer } from "../support/rawServer";
import { ScriptedServer } from "../support/scriptedServer";

const KEY = "recognisable-key-4711";

// As the settings file of a Node-RED does it.
const bcrypt = createRequire(join(ROOT, "node_modules", "node-red", "red.js"))("bcryptjs") as {
	hashSync(password: string, rounds: number): string;
};

describe("what the editor asks of the run time", function () {
	this.timeout(180_000);
	let red: NodeRed;
	let simulator: Simulator;
	let server: string;
	const tokens = new Map<string, string>();

	before(async () => {
		simulator = new Simulator({ port: 0, tenant: "227", key: KEY, extensions: ["11", "12"] });
		server = `ws://127.0.0.1:${await simulator.listen()}`;
		const users = [
			{ username: "admin", password: bcrypt.hashSync("secret", 4), permissions: "*" },
			{ username: "reader", password: bcrypt.hashSync("secret", 4), permissions: "read" },
		];
		const flows = [
			{ id: "tab", type: "tab", label: "Calls" },
			{
				id: "pbx",
				type: "pbx-config",
				name: "Oficina",
				url: server,
				tenant: "227",
				tls: "",
				country: "ES",
				activations: [],
				store: "file",
			},
			{ id: "log", type: "pbx-log", z: "tab", pbx: "pbx", channel: "monitor", x: 1, y: 1, wires: [[], []] },
			{
				id: "in",
				type: "pbx-in",
				z: "tab",
				pbx: "pbx",
				channel: "monitor",
				extensions: "",
				events: ["call"],
				split: false,
				x: 1,
				y: 1,
				wires: [[]],
			},
			{
				id: "sim",
				type: "pbx-simulator",
				z: "tab",
				port: await freePort(),
				tenant: "228",
				extensions: "21",
				x: 1,
				y: 1,
				wires: [[]],
			},
		];
		const settings = { adminAuth: { type: "credentials", users } };
		red = await NodeRed.start({ flows, credentials: { pbx: { key: KEY } }, settings });
		for (const username of ["admin", "reader"]) {
			const body = new URLSearchParams({
				client_id: "node-red-admin",
				grant_type: "password",
				scope: "",
				username,
				password: "secret",
			});
			const answer = (await (await fetch(`${red.url}/auth/token`, { method: "POST", body })).json()) as {
				access_token: string;
			};
			tokens.set(username, answer.access_token);
		}
		await eventually(() => assert.deepEqual(simulator.status().clients, ["999"]));
	});
	after(async () => {
		await red?.stop();
		await simulator?.close();
	});

	function ask(path: string, user: string | null, body?: object): Promise<Response> {
		const authorization = user === null ? {} : { authorization: `Bearer ${tokens.get(user)}` };
		const post = body && { method: "POST", body: JSON.stringify(body) };
		return fetch(red.url + path, { ...post, headers: { "content-type": "application/json", ...authorization } });
	}
	async function test(
		over: object,
	): Promise<{ step: string | null; outcome?: string; reason?: string; code?: string; fault?: string }[]> {
		const answer = await ask("/pbx/test", "admin", {
			id: "pbx",
			url: server,
			tenant: "227",
			tls: "",
			extension: "11",
			...over,
		});
		assert.equal(answer.status, 200);
		const text = await answer.text();
		assert.ok(!text.includes(KEY));
		return text
			.trim()
			.split("\n")
			.map((line) => JSON.parse(line));
	}

	it("is answered to nobody without a token, and changed by nobody who may only read", async () => {
		const routes = [
			["/pbx/live", undefined],
			["/pbx/pbx/extensions", undefined],
			["/pbx/pbx/words", undefined],
			["/pbx/pbx/last-events", undefined],
			["/pbx/pbx/trace", undefined],
			["/pbx/pbx/diagnostics", undefined],
			["/pbx/test", {}],
			["/pbx/simulators/sim", { command: "ring", extension: "21" }],
			["/pbx/pbx/trace", { action: "start" }],
			["/pbx/pbx/trace/file", {}],
			["/pbx/log/log", { action: "retry", record: null }],
		] as const;
		for (const [path, body] of routes) {
			assert.equal((await ask(path, null, body)).status, 401, path);
			const reader = await ask(path, "reader", body);
			assert.equal(reader.ok, body === undefined, `${path} for who may read: ${reader.status}`);
		}
		assert.equal((await ask("/pbx/simulators/sim", "admin", routes[7][1])).status, 204);
	});

	it("tests a connection with the saved key, step by step", async () => {
		const lines = await test({});
		assert.deepEqual(
			lines.map(({ step, outcome }) => [step, outcome]),
			["resolve", "connect", "websocket", "prompt", "login", "ticket"].map((step) => [step, "ok"]),
		);
	});

	it("tests with what stands in the form, an environment variable too, and sends the key where it is meant for only", async () => {
		assert.equal((await test({ key: "wrong", id: "new" })).at(-1)?.reason, undefined);
		simulator.run({ command: "forget" });
		assert.equal((await test({ key: "wrong", id: "new" })).at(-1)?.reason, "prompted-again");
		assert.equal((await test({ id: "new" })).at(-1)?.reason, "no-key");
		assert.equal((await test({ tenant: "${NOT_SET_ANYWHERE}" })).at(-1)?.code, "unset-variable");
	});

	it("tests nothing but ws and wss addresses, and says nothing of what else answered there", async () => {
		for (const url of ["http://127.0.0.1", "file:///etc/passwd", "ws://user:pass@host", "", "javascript:1"]) {
			const [line] = await test({ url });
			assert.deepEqual([line?.step, line?.code], [null, "invalid-url"], url);
		}
		const web = await rawServer((socket) => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret"));
		const answer = await test({ url: web.url });
		assert.deepEqual(answer.at(-1), {
			...{ extension: "11", step: "websocket" },
			...{ outcome: "failed", reason: "not-websocket" },
		});
		await web.stop();
		for (const extension of ["1/1", "", "11)(call, 1"])
			assert.equal((await test({ extension }))[0]?.code, "invalid-extension");
		assert.equal((await test({ url: "wss://127.0.0.1:1", tls: "gone" }))[0]?.code, "no-tls");
	});

	it("takes nothing from a form of another web page, nor sends a key that is no PBX's", async () => {
		const headers = {
			authorization: `Bearer ${tokens.get("admin")}`,
			"content-type": "application/x-www-form-urlencoded",
		};
		for (const path of ["/pbx/test", "/pbx/simulators/sim", "/pbx/log/log", "/pbx/pbx/trace", "/pbx/pbx/trace/file"]) {
			const answer = await fetch(red.url + path, { method: "POST", headers, body: "id=pbx&command=drop" });
			assert.equal(answer.status, 415, path);
		}
		simulator.run({ command: "forget" });
		assert.equal((await test({ id: "sim" })).at(-1)?.reason, "no-key");
	});

	it("tests three connections at a time, and hangs up when the browser goes away", async () => {
		const silent = await ScriptedServer.start();
		const controllers = Array.from({ length: 3 }, () => new AbortController());
		const headers = { "content-type": "application/json", authorization: `Bearer ${tokens.get("admin")}` };
		const body = JSON.stringify({ id: "pbx", url: silent.url, tenant: "227", tls: "", extension: "11" });
		const running = controllers.map(({ signal }) =>
			fetch(`${red.url}/pbx/test`, { method: "POST", headers, body, signal })
				.then((answer) => answer.text())
				.catch(() => "aborted"),
		);
		await eventually(() => assert.equal(silent.open, 3));
		assert.equal((await ask("/pbx/test", "admin", JSON.parse(body))).status, 429);
		for (const controller of controllers) controller.abort();
		assert.deepEqual(await Promise.all(running), ["aborted", "aborted", "aborted"]);
		await eventually(() => assert.equal(silent.open, 0));
		await silent.stop();
	});

	it("tells the board, the calls and the last events, and then what has changed only", async () => {
		const parts = "links,extensions,calls,events,log,simulators";
		let seen = 0;
		const live = async (viewer: string, over = "") => {
			const answer = await ask(`/pbx/live?viewer=${viewer}&seen=${seen}&parts=${parts}${over}`, "reader");
			const told = (await answer.json()) as LiveAnswer;
			seen = told.number;
			return told;
		};
		const first = await live("a");
		assert.deepEqual([first.isWhole, first.isCut, first.account], [true, false, "pbx"]);
		assert.deepEqual(
			first.changes.accounts?.items.map(({ key, name, fault, up, links }) => [key, name, fault, up, links]),
			[["pbx", "Oficina", null, 1, 1]],
		);
		assert.deepEqual(
			first.changes.simulators?.items.map(({ key, phones }) => [key, phones.map(({ extension }) => extension)]),
			[["sim", ["21"]]],
		);
		assert.deepEqual(
			first.changes.links?.items.map(({ key, state }) => [key, state]),
			[["999", "connected"]],
		);
		assert.deepEqual(
			first.changes.events?.items.map((entry) => (entry.kind === "other" ? entry.event : entry.kind)).slice(-2),
			["unwatched", "link.state"],
		);
		assert.deepEqual((await live("a")).changes, {});
		simulator.run({ command: "ring", extension: "11", number: "974319404" });
		const changes = await eventually(async () => {
			const told = await live("a");
			assert.ok(told.changes.calls);
			return told.changes;
		});
		assert.deepEqual(Object.keys(changes).sort(), ["calls", "events", "extensions"]);
		const [eleven] = changes.extensions?.items ?? [];
		assert.deepEqual([eleven?.key, eleven?.state, eleven?.call?.number], ["11", "ringing", "974319404"]);
		assert.deepEqual(
			changes.calls?.items.map(({ number, ringing, talking }) => [number, ringing, talking]),
			[["974319404", ["11"], []]],
		);
		assert.equal(changes.events?.items.length, 1);
		// Another tab, and one whose last answer got lost, are told all.
		assert.equal((await live("b")).changes.extensions?.items.length, 2);
		seen = 1;
		assert.equal((await live("a")).isWhole, true);
		assert.equal((await live("a", "&find=12")).changes.extensions?.order?.join(), "12");
		assert.ok(!JSON.stringify(await live("c")).includes(KEY));
	});

	it("completes extensions with those that begin so", async () => {
		const heard = async (path: string) => {
			const found = (await (await ask(path, "reader")).json()) as { extension: string }[];
			return found.map(({ extension }) => extension);
		};
		assert.deepEqual(await heard("/pbx/pbx/extensions"), ["11", "12"]);
		assert.deepEqual(await heard("/pbx/pbx/extensions?start=12"), ["12"]);
		assert.deepEqual(await heard("/pbx/nothing/extensions"), []);
	});

	it("does with records of a pbx-log what it is told, and nothing else", async () => {
		assert.equal((await ask("/pbx/log/none", "admin", { action: "retry", record: null })).status, 404);
		assert.equal((await ask("/pbx/log/in", "admin", { action: "retry", record: null })).status, 404);
		for (const wrong of [
			{},
			{ action: "give-up" },
			{ action: "give-up", record: null },
			{ action: "drop", record: "1" },
		]) {
			assert.equal((await ask("/pbx/log/log", "admin", wrong)).status, 400, JSON.stringify(wrong));
		}
		const answer = await ask("/pbx/log/log", "admin", { action: "give-up", record: "228/none" });
		assert.deepEqual([answer.status, await answer.json()], [200, { count: 0 }]);
	});

	it("tells the words that nobody knows, and the last event of each name", async () => {
		const get = async (path: string) => (await ask(path, "reader")).json();
		assert.deepEqual(await get("/pbx/pbx/words"), []);
		await get("/pbx/pbx/last-events");
		for (const number of ["600000101", "600000102"]) {
			simulator.run({ command: "ring", extension: "12", number });
			simulator.run({ command: "hangup", extension: "12" });
		}
		simulator.run({ command: "send", extension: "999", text: "(info,270-En conversación-12-0)" });
		const [word] = await eventually(async () => {
			const words = (await get("/pbx/pbx/words")) as UnknownWord[];
			assert.equal(words.length, 1);
			return words;
		});
		assert.deepEqual([word?.word, word?.place, word?.count], ["En conversación", "state", 1]);
		await eventually(async () => {
			const events = (await get("/pbx/pbx/last-events")) as { event: string; number?: string }[];
			const ended = events.filter(({ event }) => event === "call.ended");
			assert.deepEqual(
				ended.map(({ number }) => number),
				["600000102"],
			);
		});
		for (const path of ["words", "last-events"]) assert.deepEqual(await get(`/pbx/nothing/${path}`), []);
	});

	it("refuses a simulator's wrong command with its sentence, and one that is not there", async () => {
		const wrong = await ask("/pbx/simulators/sim", "admin", { command: "answer", extension: "99" });
		assert.equal(wrong.status, 400);
		assert.match(((await wrong.json()) as { message: string }).message, /99/);
		assert.equal((await ask("/pbx/simulators/none", "admin", { command: "drop" })).status, 404);
	});

	it("records a trace of an account, one at a time, and gives it with other numbers and without the key", async () => {
		const trace = (action: string) => ask("/pbx/pbx/trace", "admin", { action });
		const file = (body: object) => ask("/pbx/pbx/trace/file", "admin", body);
		assert.equal((await file({})).status, 404);
		assert.equal((await trace("start")).status, 200);
		assert.equal((await trace("start")).status, 409);
		assert.equal((await trace("other")).status, 400);
		assert.equal((await ask("/pbx/sim/trace", "admin", { action: "start" })).status, 404);
		// Logs in anew, with the key.
		simulator.run({ command: "forget" });
		simulator.run({ command: "drop" });
		const recorded = async (frames: number) => {
			const state = (await (await ask("/pbx/pbx/trace", "reader")).json()) as TraceState;
			assert.equal(state.kind, "recording");
			assert.ok(state.frames >= frames && state.left <= 600_000, JSON.stringify(state));
		};
		await eventually(() => recorded(3), 30);
		simulator.run({ command: "ring", extension: "12", number: "974319404" });
		await eventually(() => recorded(4));
		simulator.run({ command: "hangup", extension: "12" });
		assert.equal(((await (await trace("stop")).json()) as TraceState).why, "stopped");
		const [masked, plain] = [await (await file({})).text(), await (await file({ masks: false })).text()];
		assert.ok(plain.includes("974319404") && plain.includes("227/999, *** ") && !plain.includes(KEY));
		assert.ok(!masked.includes("319404") && masked.includes("227/999, *** "));
		assert.equal(readCapture(masked).length, readCapture(plain).length);
	});

	it("tells how an account is for a report of a fault: no key, no tenant, no number", async () => {
		simulator.run({ command: "word", extension: "11", text: "En conversación" });
		const text = await eventually(async () => {
			const found = await (await ask("/pbx/pbx/diagnostics", "reader")).text();
			assert.match(found, /- En conversación \(state, \d+x\)/);
			return found;
		});
		assert.match(text, /^- Node-RED \d/m);
		assert.match(text, /^- @meetip\/node-red-pbx \d/m);
		assert.match(text, /^- 999: connected/m);
		assert.match(text, /^- key: set$/m);
		assert.match(text, /^- tenant: set$/m);
		assert.match(text, /^- url: ws:\/\/…:\d+$/m);
		assert.match(text, /^- log: waiting \d/m);
		assert.match(text, /## Call log\n- ready/);
		for (const secret of [KEY, "974319404"]) assert.ok(!text.includes(secret), `${secret} in ${text}`);
		assert.equal((await ask("/pbx/sim/diagnostics", "admin")).status, 404);
	});
});
