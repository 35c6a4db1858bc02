import assert from "node:assert/strict";
import { eventually } from "../support/eventually";
import { BASIC_EXAMPLES, type FlowNode, onFreePort, press, readExample } from "../support/examples";
import { NodeRed } from "../support/nodeRed";

/** What a node shows that is connected: that, or the calls that go on. */
const UP = /^(2\/2 )?connected|^[♪☎]/;

interface Card {
	readonly extension: string;
	readonly anonymous: boolean;
	readonly display: string;
	readonly customers: readonly { readonly name: string }[];
	readonly failed: string;
}
interface Task {
	readonly id: string;
	readonly open: boolean;
	readonly title: string;
	readonly misses: number;
	readonly phones: readonly string[];
}

describe("the examples", () => {
	let red: NodeRed;
	let flows: FlowNode[];
	let statuses: ReadonlyMap<string, string>;

	// All of them in one Node-RED, as a user who imports one after the other has them; neither port nor path is the usual one.
	before(async function () {
		this.timeout(180_000);
		flows = (await Promise.all(BASIC_EXAMPLES.map(async (file) => onFreePort(readExample(file))))).flat();
		red = await NodeRed.start({ flows, settings: { httpNodeRoot: "/red" } });
		statuses = await red.followStatus();
		const users = flows.filter(({ type }) => /^pbx-(in|call|status)$/.test(type));
		await eventually(() => {
			for (const { id } of users) assert.match(statuses.get(id) ?? "", UP);
		}, 30);
	});
	after(() => red.stop());

	async function get<Answer>(path: string): Promise<Answer> {
		return (await red.get(`/red${path}`)) as Answer;
	}
	async function page(path: string): Promise<string> {
		const answer = await fetch(`${red.url}/red${path}`);
		assert.match(answer.headers.get("content-type") ?? "", /^text\/html/);
		return answer.text();
	}

	describe("01", () => {
		const cardOf = (extension: string) => get<Card | null>(`/screen-pop/card?extension=${extension}`);
		const namesOf = (card: Card | null) => card?.customers.map(({ name }) => name);
		async function ring(command: string, extension: string, display: RegExp): Promise<Card> {
			await press(red, flows, "Screen pop", `hangup ${extension}`);
			await press(red, flows, "Screen pop", command);
			return eventually(async () => {
				const card = await cardOf(extension);
				assert.match(card?.display ?? "", display);
				assert.ok(card);
				return card;
			});
		}

		it("pops the caller's card on the page, and all customers who have the number", async () => {
			assert.match(await page("/screen-pop"), /Waiting for a call/);
			assert.deepEqual(namesOf(await ring("ring 11 974319404", "11", /974/)), ["Lucía Abadías"]);
			assert.deepEqual(namesOf(await ring("ring 12 600000101", "12", /600/)), ["Marc Vidal", "Vidal Instal·lacions"]);
		});

		it("shows each extension its own calls", async () => {
			await ring("ring 12 600000101", "12", /600/);
			await ring("ring 11 974319404", "11", /974/);
			assert.equal((await cardOf("12"))?.extension, "12");
			// Extension 11 had a card of that caller before.
			await eventually(async () => assert.equal((await get<Card | null>("/screen-pop/card"))?.extension, "11"));
			for (const name of ["99", "toString", "constructor", "__proto__"]) assert.equal(await cardOf(name), null);
		});

		it("shows strangers, and withheld numbers without asking for them", async () => {
			const stranger = await ring("ring 11 910000199", "11", /910/);
			assert.deepEqual([stranger.customers, stranger.failed], [[], ""]);
			const withheld = await ring("ring 11", "11", /withheld/);
			assert.deepEqual([withheld.anonymous, withheld.customers, withheld.failed], [true, [], ""]);
		});
	});

	it("02: the page's button makes the PBX call, and says what is wrong with a number", async () => {
		assert.match(await page("/click-to-call"), /<button id="call" type="submit">/);
		const call = async (body: object) => {
			const headers = { "content-type": "application/json" };
			const answer = await fetch(`${red.url}/red/click-to-call/call`, {
				method: "POST",
				headers,
				body: JSON.stringify(body),
			});
			return (await answer.json()) as { outcome?: string; number?: string; error?: string };
		};
		const placed = await call({ number: "600 000 101" });
		assert.deepEqual([placed.outcome, placed.number], ["calling", "600000101"]);
		for (const number of ["112)(call, 113", "toString", undefined, null, {}, []]) {
			assert.match((await call({ number })).error ?? "", /./, JSON.stringify(number));
		}
	});

	it("03: the state of an extension is answered, found or not", async () => {
		const state = async (extension: string) => get<{ state?: string; error?: string }>(`/extension-state/${extension}`);
		assert.equal((await state("11")).state, "idle");
		assert.equal((await state("77")).state, "not-found");
		assert.equal((await state("19")).state, "no-answer");
		for (const name of ["toString", "constructor"]) assert.equal((await state(name)).state, "not-found");
		const wrong = await fetch(`${red.url}/red/extension-state/1,1)`);
		assert.deepEqual([wrong.status, typeof ((await wrong.json()) as { error: unknown }).error], [502, "string"]);
	});

	it("04: the monitor's table holds every extension", async () => {
		assert.match(await page("/monitor"), /Extensions/);
		const table = await eventually(async () => {
			const rows = await get<{ extension: string; state: string }[]>("/monitor/extensions");
			assert.equal(rows.length, 6);
			return rows;
		});
		assert.deepEqual(
			table.map(({ extension }) => extension),
			["11", "12", "13", "14", "15", "16"],
		);
		assert.ok(table.every(({ state }) => ["idle", "ringing", "busy"].includes(state)));
	});

	it("05: the values of a PRO web command reach the CRM, an empty one left out, and its address is not called", async () => {
		const kept = async (count: number) =>
			eventually(async () => {
				const calls = await get<object[]>("/pro-command/calls");
				assert.equal(calls.length, count);
				return calls.at(-1);
			});
		await press(red, flows, "PRO web command", "a call of 42 s was hung up");
		assert.deepEqual(await kept(1), { number: "974319404", seconds: 42, extension: "11" });
		await press(red, flows, "PRO web command", "a call without a duration");
		assert.deepEqual(await kept(2), { number: "600000101", extension: "11" });
		await press(red, flows, "PRO web command", "any other line");
	});

	it("06: a caller becomes one task, however many phones rang and however often; it is closed when they were talked with", async function () {
		this.timeout(180_000);
		const shown = async (expected: unknown[]) =>
			eventually(async () => {
				const tasks = await get<Task[]>("/missed-call/tasks");
				const told = tasks.map(({ title, open, misses, phones }) => [title, open, misses, phones.join()]);
				assert.deepEqual(
					told.sort((a, b) => String(a[0]).localeCompare(String(b[0]))),
					expected,
				);
			}, 70);
		const run = async (...commands: string[]) => {
			for (const command of commands) await press(red, flows, "Missed call", command);
		};
		const MARC = "Missed call from 600 00 01 01";
		const LUCIA = "Missed call from 974 31 94 04";
		await run("miss 11,12,13 600000101 3");
		await shown([[MARC, true, 1, "11,12,13"]]);
		await run("miss 11 974319404 3");
		await shown([
			[MARC, true, 1, "11,12,13"],
			[LUCIA, true, 1, "11"],
		]);
		await run("miss 11,12,13 600000101 3");
		await shown([
			[MARC, true, 2, "11,12,13"],
			[LUCIA, true, 1, "11"],
		]);
		// She is called back; he calls again and is answered.
		await run("call 974319404 back", "ring 11,12 600000101", "answer 12");
		const result = flows.find(({ type, z, name }) => type === "pbx-call" && name === "" && z === tabOf("Missed call"));
		await eventually(() => assert.match(statuses.get(result?.id ?? "") ?? "", / OK$/), 20);
		// The one that was dialled ends by itself.
		await run("hangup 12");
		await shown([
			[MARC, false, 2, "11,12,13"],
			[LUCIA, false, 1, "11"],
		]);
		await run("miss 12 (withheld)");
		await shown([
			[MARC, false, 2, "11,12,13"],
			[LUCIA, false, 1, "11"],
			["Missed call from withheld number", true, 1, "12"],
		]);
	});
	const tabOf = (label: string) => flows.find((node) => node.type === "tab" && node.label === label)?.id;

	it("07: each call is logged once, when it is over, even where the CRM was down meanwhile", async function () {
		this.timeout(180_000);
		const run = (name: string) => press(red, flows, "Log every call", name);
		const shown = flows.find(({ type, z }) => type === "pbx-log" && z === tabOf("Log every call"));
		const calls = async (count: number) =>
			eventually(async () => {
				const found = await get<Record<string, unknown>[]>("/call-log/calls");
				assert.equal(found.length, count);
				return found.at(-1);
			}, 30);
		for (const command of ["ring 11 974319404", "answer 11", "hangup 11"]) await run(command);
		const call = await calls(1);
		assert.deepEqual([call?.number, call?.direction, call?.outcome], ["+34974319404", "inbound", "answered"]);
		for (const command of ["the CRM is down", "ring 11 974319404", "answer 11", "hangup 11"]) await run(command);
		await eventually(() => assert.match(statuses.get(shown?.id ?? "") ?? "", /⏳ 1/), 30);
		await calls(1);
		await run("the CRM is up");
		await run("try all again now");
		await calls(2);
		await eventually(() => assert.match(statuses.get(shown?.id ?? "") ?? "", /all delivered/), 30);
	});

	it("08: each call is logged with the queue, the duration and the id that the PBX itself says", async function () {
		this.timeout(180_000);
		for (const command of ["ring 11 974319404@Ventas", "answer 11", "transfer 11 12", "answer 12", "hangup 12"]) {
			await press(red, flows, "PRO events", command);
		}
		const [call] = await eventually(async () => {
			const found = await get<Record<string, unknown>[]>("/pro-calls/calls");
			assert.equal(found.length, 1);
			return found;
		}, 20);
		assert.deepEqual(
			[call?.queue, call?.number, call?.answeredBy, call?.outcome, call?.seconds],
			["Ventas", "+34974319404", ["11", "12"], "answered", 0],
		);
		assert.match(String(call?.id), /^\d+\.\d+$/);
	});

	it("write no error into the log, but for numbers and extensions that are none", () => {
		const errors = red.log.split("\n").filter((line) => /\[error\]/.test(line));
		assert.deepEqual(
			errors.filter((line) => !/pbx-(call|status):/.test(line)),
			[],
		);
	});
});
