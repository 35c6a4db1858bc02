import assert from "node:assert/strict";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import WebSocket from "ws";
import { eventually } from "../support/eventually";
import { freePort, NodeRed, ROOT } from "../support/nodeRed";

interface FlowNode {
	readonly id: string;
	readonly type: string;
	readonly name?: string;
	readonly z?: string;
	readonly env?: readonly object[];
	readonly label?: string;
	readonly info?: string;
	readonly port?: number;
	readonly path?: string;
	readonly url?: string;
	readonly method?: string;
}

const FOLDER = join(ROOT, "examples");
// Those made of files of their own have tests of their own.
const FILES = readdirSync(FOLDER).filter((file) => /^0.*\.json$/.test(file));

function read(file: string): FlowNode[] {
	return JSON.parse(readFileSync(join(FOLDER, file), "utf8"));
}

/** An example with its simulator, and whoever connects to it, on another port. */
function onPort(nodes: FlowNode[], port: number): FlowNode[] {
	const { port: saved } = nodes.find(({ type }) => type === "pbx-simulator") ?? {};
	return nodes.map((node) => ({
		...node,
		...(node.port === saved && { port }),
		...(node.type === "pbx-config" && { url: node.url?.replace(`:${saved}`, `:${port}`) ?? "" }),
	}));
}

/** What a node shows that is connected: that, or the calls that go on. */
const UP = /^(2\/2 )?connected|^\d+ calls|^ringing|^in a call/;

describe("the examples", () => {
	let red: NodeRed;
	let flows: FlowNode[];

	// All of them in one Node-RED, as a user who imports one after the other has them.
	before(async function () {
		this.timeout(90_000);
		// Only the ports are exchanged, for ones that are free here: whoever runs this may have the examples open.
		flows = (await Promise.all(FILES.map(async (file) => onPort(read(file), await freePort())))).flat();
		const port = await freePort();
		const crm = [{ name: "CRM_URL", value: `http://127.0.0.1:${port}`, type: "str" }];
		flows = flows.map((node) => (node.env?.length ? { ...node, env: crm } : node));
		red = await NodeRed.start({ flows, port });
		const statuses = await red.followStatus();
		const users = flows.filter(({ type }) => /^pbx-(in|call|status)$/.test(type));
		await eventually(() => {
			for (const { id } of users) assert.match(statuses.get(id) ?? "", UP);
		}, 30);
	});
	after(() => red.stop());

	/** Presses the button of an inject node. */
	async function press(name: string, label?: string): Promise<void> {
		const tab = flows.find((node) => node.type === "tab" && node.label === label);
		const isThere = (node: FlowNode) => label === undefined || node.z === tab?.id;
		const button = flows.find((node) => node.type === "inject" && node.name === name && isThere(node));
		assert.ok(button, name);
		const answer = await fetch(`${red.url}/inject/${button.id}`, { method: "POST" });
		assert.equal(answer.status, 200);
	}
	async function page(path: string): Promise<string> {
		const answer = await fetch(red.url + path);
		assert.match(answer.headers.get("content-type") ?? "", /^text\/html/);
		return answer.text();
	}

	it("can stand side by side: no two share an id, a port or an address", () => {
		const unique = (values: unknown[]) => assert.equal(new Set(values).size, values.length, JSON.stringify(values));
		unique(flows.map(({ id }) => id));
		const saved = FILES.flatMap(read);
		unique(saved.flatMap(({ type, port }) => (type === "pbx-simulator" ? [port] : [])));
		unique(flows.flatMap(({ type, url, method }) => (type === "http in" ? [`${method} ${url}`] : [])));
	});

	it("say what to change for a real PBX, hold no key, and a simulator each", () => {
		for (const file of FILES) {
			const nodes = read(file);
			assert.ok(
				nodes.some(({ type, info }) => type === "comment" && /For your own PBX/.test(info ?? "")),
				file,
			);
			assert.equal(nodes.filter(({ type }) => type === "pbx-simulator").length, 1, file);
			assert.doesNotMatch(JSON.stringify(nodes), /"(key|credentials)"/, file);
		}
	});

	it("01: a call that comes in pops the caller's card on the page", async () => {
		assert.match(await page("/screen-pop"), /Waiting for a call/);
		const live = new WebSocket(`${red.url.replace("http", "ws")}/screen-pop/live`);
		const cards: { call: { event: string; e164: string }; customer: { name?: string } }[] = [];
		live.on("message", (data) => cards.push(JSON.parse(String(data))));
		await once(live, "open");
		await press("ring 11 974319404");
		await eventually(() => assert.ok(cards.length > 0));
		assert.deepEqual(cards[0]?.customer, { name: "Lucía Abadías", note: "Offer of October is open" });
		assert.deepEqual([cards[0]?.call.event, cards[0]?.call.e164], ["call.ringing", "+34974319404"]);
		live.terminate();
	});

	it("02: the page's button makes the PBX call, and says what is wrong with a number", async () => {
		assert.match(await page("/click-to-call"), /<button type="submit">Call/);
		const call = async (number: string) => {
			const answer = await fetch(`${red.url}/click-to-call/call`, {
				method: "POST",
				headers: { "content-type": "application/json" },
				body: JSON.stringify({ number }),
			});
			return (await answer.json()) as { outcome?: string; number?: string; error?: string };
		};
		const placed = await call("600 000 101");
		assert.deepEqual([placed.outcome, placed.number], ["calling", "600000101"]);
		assert.match((await call("112)(call, 113")).error ?? "", /cannot be dialled\. Use digits/);
	});

	it("03: the state of an extension is answered, found or not", async () => {
		const state = async (extension: string) =>
			((await red.get(`/extension-state/${extension}`)) as { state?: string; error?: string }).state;
		assert.equal(await state("11"), "idle");
		assert.equal(await state("77"), "not-found");
		assert.equal(await state("19"), "no-answer");
	});

	it("04: the monitor's table holds every extension", async () => {
		assert.match(await page("/monitor"), /Extensions/);
		const table = await eventually(async () => {
			const rows = (await red.get("/monitor/extensions")) as { extension: string; state: string }[];
			assert.equal(rows.length, 6);
			return rows;
		});
		assert.deepEqual(
			table.map(({ extension }) => extension),
			["11", "12", "13", "14", "15", "16"],
		);
		assert.ok(table.every(({ state }) => ["idle", "ringing", "busy"].includes(state)));
	});

	it("05: the values of a PRO web command reach the CRM, and its address is not called", async () => {
		await press("a call of 42 s was hung up");
		const kept = await eventually(async () => {
			const calls = (await red.get("/pro-command/calls")) as object[];
			assert.ok(calls.length > 0);
			return calls;
		});
		assert.deepEqual(kept[0], { number: "974319404", seconds: 42, extension: "11" });
	});

	it("06: a call that nobody answered becomes one task, however many phones rang", async function () {
		this.timeout(60_000);
		const tasks = async () => (await red.get("/missed-call/tasks")) as { title: string; phones: string[] }[];
		await press("miss 11 974319404 3");
		await eventually(async () => assert.equal((await tasks()).length, 1), 20);
		await press("miss 11,12,13 600000101 3");
		await eventually(async () => assert.equal((await tasks()).length, 2), 20);
		assert.deepEqual(
			(await tasks()).map(({ title, phones }) => [title, phones]),
			[
				["Llamada perdida de 974 31 94 04", ["11"]],
				["Llamada perdida de 600 00 01 01", ["11", "12", "13"]],
			],
		);
	});

	it("07: each call is logged once, when it is over", async function () {
		this.timeout(30_000);
		const calls = async () => (await red.get("/call-log/calls")) as Record<string, unknown>[];
		for (const command of ["ring 11 974319404", "answer 11", "hangup 11"]) await press(command, "Log every call");
		const [call] = await eventually(async () => {
			const found = await calls();
			assert.equal(found.length, 1);
			return found;
		}, 20);
		assert.deepEqual([call?.number, call?.direction, call?.outcome], ["+34974319404", "inbound", "answered"]);
	});

	it("08: each call is logged with the queue, the duration and the id that the PBX itself says", async function () {
		this.timeout(40_000);
		const calls = async () => (await red.get("/pro-calls/calls")) as Record<string, unknown>[];
		await press("ring 11 974319404@Ventas");
		await press("answer 11", "PRO events");
		await press("transfer 11 12");
		await press("answer 12", "PRO events");
		await press("hangup 12", "PRO events");
		const [call] = await eventually(async () => {
			const found = await calls();
			assert.equal(found.length, 1);
			return found;
		}, 20);
		assert.deepEqual(
			[call?.queue, call?.number, call?.answeredBy, call?.outcome, call?.seconds],
			["Ventas", "+34974319404", ["11", "12"], "answered", 0],
		);
		assert.match(String(call?.id), /^\d+\.\d+$/);
	});

	it("write no error into the log", () => {
		assert.doesNotMatch(red.log, /\[error\]/);
	});
});
