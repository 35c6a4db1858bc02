import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import type { CallRecord, CallTotals, Forgotten, NumberHistory } from "../../src/messages";
import type { Simulator } from "../../src/simulator/simulator";
import { recordOf } from "../support/callLogs";
import { eventually } from "../support/eventually";
import type { FlowNode, Received } from "../support/flowFixture";
import { LogFlow } from "../support/logFlow";

const HISTORY = {
	...{ id: "history", type: "pbx-history", pbx: "pbx", query: "number", number: "call.number", numberType: "msg" },
	...{ from: "", fromType: "str", to: "", toType: "str", by: "day", extensions: "", directions: [], outcomes: [] },
	...{ limit: 20, format: "objects" },
};
const ANA = "+34600000101";

describe("pbx-history", () => {
	const flow = new LogFlow();
	let simulator: Simulator;
	let file: string;
	let count = 0;
	before(() => flow.start());
	after(() => flow.stop());
	afterEach(() => flow.unload());

	async function ready(over: object = {}, config: object = {}, more: readonly FlowNode[] = []): Promise<FlowNode[]> {
		const simulated = await flow.simulate();
		simulator = simulated.simulator;
		file = `${flow.folder}/${++count}.db`;
		const loaded = [...flow.around({ ...HISTORY, ...over }, simulated.url, { storeFile: file, ...config }), ...more];
		await flow.load(loaded);
		return loaded;
	}
	/** What the node answers. */
	async function ask(message: object): Promise<Received> {
		const before = flow.received("first").length;
		flow.node("history").receive(message);
		return eventually(() => {
			assert.equal(flow.received("first").length, before + 1);
			return flow.received("first")[before] as Received;
		});
	}
	const keys = ({ payload }: Received) =>
		(payload as unknown as CallRecord[]).map(({ callId }) => Number(callId.split(".")[1]));
	const at = (startedAt: string, over: object = {}) => ({ startedAt, answeredAt: null, endedAt: startedAt, ...over });

	describe("the calls of a number", () => {
		it("are found in any writing of it, with what they come to, and the message stays", async () => {
			await ready();
			await flow.put(
				recordOf(1),
				recordOf(2, { outcome: "missed" }),
				recordOf(3, { number: "11", e164: null, internal: true }),
			);
			for (const number of [
				"600000101",
				" 600 000 101 ",
				"+34 600-000-101",
				"0034600000101",
				600000101,
				"tel:+34600000101",
			]) {
				const answer = await ask({ call: { number }, ticket: 7 });
				assert.deepEqual([keys(answer), answer.ticket], [[2, 1], 7], String(number));
				const { calls, answered, missed, unreturned } = answer.history as NumberHistory;
				assert.deepEqual([calls, answered, missed, unreturned], [2, 1, 1, 1]);
			}
			assert.deepEqual(keys(await ask({ call: { number: "11" } })), [3]);
			await flow.isDone(7);
		});

		it("are none, and no error, of a number that is withheld, missing, rubbish or a pattern", async () => {
			await ready();
			await flow.put(
				recordOf(1),
				recordOf(2, { number: null, e164: null, anonymous: true }),
				recordOf(3, { number: "x", e164: null }),
			);
			const odd: unknown[] = [
				"",
				null,
				undefined,
				"anonymous",
				"%",
				"_",
				"6________",
				"600%",
				"'; drop table calls; --",
				"\0",
				{},
			];
			for (const number of [...odd, [], true, Number.NaN, Infinity, "6".repeat(5_000), "ñ".repeat(5_000), () => 7]) {
				const answer = await ask({ call: { number } });
				assert.deepEqual([keys(answer), (answer.history as NumberHistory).calls], [[], 0], String(number).slice(0, 20));
			}
			assert.deepEqual(keys(await ask({})), []);
			assert.deepEqual(keys(await ask({ call: null, payload: "600000101" })), []);
			assert.equal(flow.received("caught").length, 0);
			assert.deepEqual(keys(await ask({ call: { number: "600000101" } })), [1]);
		});

		it("are so many as the form says: at least one, at most ten thousand, twenty where it says nothing", async () => {
			for (const [limit, expected] of [
				[0, 1],
				[-1, 1],
				[1e9, 25],
				["", 20],
				["NaN", 20],
				[2.4, 2],
				["3", 3],
			] as const) {
				await ready({ limit });
				await flow.put(...Array.from({ length: 25 }, (_, i) => recordOf(i)));
				assert.equal(keys(await ask({ call: { number: ANA } })).length, expected, String(limit));
				await flow.unload();
			}
		});
	});

	describe("a period", () => {
		it("may be a day, a time, days before today or milliseconds, in text or not", async () => {
			await ready({ query: "calls", from: "from", fromType: "msg", to: "to", toType: "msg" });
			const now = Date.now();
			const ago = (days: number) => at(new Date(now - days * 86_400_000).toISOString());
			await flow.put(recordOf(1, ago(0)), recordOf(2, ago(3)), recordOf(3, at("2025-07-15T22:30:00.000Z")));
			const cases: readonly (readonly [unknown, unknown, number[]])[] = [
				[undefined, undefined, [1, 2, 3]],
				["", null, [1, 2, 3]],
				[-1, "", [1]],
				["-7", undefined, [1, 2]],
				[now - 1_000, undefined, [1]],
				[String(now - 1_000), undefined, [1]],
				[new Date(now - 1_000), undefined, [1]],
				// By the clock of the place it is the next day already.
				["2025-07-16", "2025-07-17", [3]],
				["2025-07-16 00:30", "2025-07-16 00:31", [3]],
				["2025-07-15T22:30:00Z", "2025-07-15T22:30:01Z", [3]],
				["2025-07-17", "2025-07-16", []],
				[0, -7, []],
			];
			for (const [from, to, expected] of cases)
				assert.deepEqual(keys(await ask({ from, to })), expected, `${from} ${to}`);
		});

		it("that is none is an error, once, and no answer", async () => {
			await ready({ query: "totals", from: "from", fromType: "msg", to: "to", toType: "msg" });
			const odd = [
				"soon",
				"2026-13-01",
				"2026-02-30",
				"2026-02-30T10:00:00Z",
				"2026-01-15 10:61",
				"2026-01-15 25:00",
				"1.5",
				{},
				[],
				true,
				Number.NaN,
				"9".repeat(30),
				"x".repeat(5_000),
			];
			for (const [i, value] of odd.entries()) flow.node("history").receive(i % 2 ? { from: value } : { to: value });
			await flow.isDone(odd.length);
			assert.deepEqual(flow.codes("caught"), Array(odd.length).fill("invalid-period"));
			assert.equal(flow.received("first").length, 0);
			assert.ok(flow.errors().every((text) => text.length < 300));
		});
	});

	describe("its filters", () => {
		it("take extensions as they stand there, whatever a pattern would make of them", async () => {
			for (const [extensions, expected] of [
				["11", [1]],
				["1%", []],
				["1_", []],
				["%", []],
				["12, 11", [2, 1]],
				["", [3, 2, 1]],
				[["12"], [2]],
				[12, [2]],
				[null, [3, 2, 1]],
			] as const) {
				await ready({ query: "calls", extensions });
				await flow.put(recordOf(1), recordOf(2, { extension: "12" }), recordOf(3, { extension: "112" }));
				assert.deepEqual(keys(await ask({})), expected, String(extensions));
				await flow.unload();
			}
		});

		it("may hold anything: what is none of them is as if it were not there", async () => {
			for (const over of [
				{ directions: null, outcomes: "missed" },
				{ directions: ["sideways"], outcomes: [7] },
				{ query: "calls", by: 7 },
			]) {
				await ready({ query: "calls", ...over });
				await flow.put(recordOf(1));
				assert.deepEqual(keys(await ask({})), [1]);
				await flow.unload();
			}
		});
	});

	it("gives missed calls that nobody has returned, one of each number", async () => {
		await ready({ query: "unreturned" });
		const bea = { number: "910000103", e164: "+34910000103" };
		await flow.put(
			recordOf(1, { outcome: "missed" }),
			recordOf(2, { outcome: "missed" }),
			recordOf(3, { ...bea, outcome: "missed" }),
		);
		await flow.put(recordOf(4, { ...bea, direction: "outbound" }));
		const answer = await ask({});
		assert.deepEqual([keys(answer), (answer.payload as unknown as { misses: number }[])[0]?.misses], [[2], 2]);
	});

	it("gives rows that a csv node makes a table of, whatever stands in them", async () => {
		const csv = {
			...{ id: "csv", type: "csv", sep: ",", hdrin: "", hdrout: "all", multi: "one", ret: "\\r\\n", temp: "", skip: 0 },
			...{ include_empty_strings: true, include_null_values: true, strings: true, spec: "rfc", wires: [["table"]] },
		};
		await ready(
			{ query: "calls", format: "rows", wires: [["csv"]] },
			{ people: [{ extension: "11", name: 'Ana "la jefa", Gil' }] },
			[csv, { id: "table", type: "helper" }],
		);
		await flow.put(
			recordOf(1, { name: 'Bar "Pepe", S.L.\nBarcelona', queue: "Ventas; España" }),
			recordOf(2, { number: null, e164: null, anonymous: true }),
		);
		flow.node("history").receive({});
		const [table] = await eventually(() => {
			assert.equal(flow.received("table").length, 1);
			return flow.received("table").map(({ payload }) => String(payload));
		});
		const [head, ...lines] = String(table).split("\r\n");
		assert.equal(
			head,
			"key,started,startedLocal,direction,outcome,number,name,queue,extension,user,answeredBy,wait,talk,misses",
		);
		assert.match(lines.join("\n"), /"Bar ""Pepe"", S\.L\.\s*Barcelona"/);
		assert.match(
			lines.join("\n"),
			/^227\/1508337505\.2,2026-01-15 09:02:00,2026-01-15 10:02:00,inbound,answered,,,,11,/m,
		);
	});

	describe("totals", () => {
		const hours = (...texts: string[]) => texts.map((text, i) => recordOf(i, at(`${text}:00.000Z`)));
		async function groups(over: object, records: CallRecord[]): Promise<[string, number][]> {
			await ready({ query: "totals", ...over });
			await flow.put(...records);
			const { payload } = await ask({});
			return (payload as unknown as CallTotals[]).map(({ group, calls }) => [group, calls]);
		}

		it("by day know the day that has 23 hours, and the one that has 25", async () => {
			const spring = hours(
				"2026-03-28T22:59",
				"2026-03-28T23:00",
				"2026-03-29T00:59",
				"2026-03-29T01:00",
				"2026-03-29T21:59",
				"2026-03-29T22:00",
			);
			assert.deepEqual(await groups({}, spring), [
				["2026-03-28", 1],
				["2026-03-29", 4],
				["2026-03-30", 1],
			]);
			await flow.unload();
			const autumn = hours(
				"2026-10-24T21:59",
				"2026-10-24T22:00",
				"2026-10-25T00:30",
				"2026-10-25T01:30",
				"2026-10-25T22:59",
				"2026-10-25T23:00",
			);
			assert.deepEqual(await groups({ from: "2026-10-25", to: "2026-10-26" }, autumn), [["2026-10-25", 4]]);
			await flow.unload();
			assert.deepEqual(await groups({ by: "hour", from: "2026-10-25", to: "2026-10-26" }, autumn), [
				["2026-10-25 00:00", 1],
				["2026-10-25 02:00", 2],
				["2026-10-25 23:00", 1],
			]);
		});

		it("are by day where the form says nothing that can be, and none of no calls", async () => {
			assert.deepEqual(await groups({ by: "moon" }, []), []);
		});
	});

	describe("a number that is forgotten", () => {
		it("is in no table any more, nor in the file, whatever of it waited, and neither named nor handed over again", async () => {
			const log = {
				id: "log",
				type: "pbx-log",
				pbx: "pbx",
				channel: "monitor",
				timeout: 600,
				parallel: 1,
				wires: [["sent"], []],
			};
			const loaded = await ready({ query: "forget", number: "payload" }, {}, [log, { id: "sent", type: "helper" }]);
			await flow.hasLeft(0);
			await flow.put(
				recordOf(1, { name: "Ana Secreta" }),
				recordOf(2, { name: "Ana Secreta" }),
				recordOf(3, { number: "910000103", e164: "+34910000103" }),
			);
			await eventually(() => assert.equal(flow.received("sent").length, 1));
			const { payload } = await ask({ payload: "600 000 101" });
			const { at: moment, ...forgotten } = payload as unknown as Forgotten;
			assert.deepEqual(forgotten, { event: "history.forgotten", tenant: "227", number: ANA, calls: 2 });
			assert.ok(!Number.isNaN(Date.parse(moment)));
			// One was on its way, and one waited.
			await flow.hasLeft(1);
			flow.node("log").receive({ ...flow.received("sent")[0], statusCode: 500 });
			await eventually(() => assert.deepEqual(flow.received("sent")[1]?.payload.key, recordOf(3).key));
			await flow.deploy(
				loaded.filter(({ id }) => id === "pbx"),
				"full",
			);
			await flow.clear();
			await eventually(() => assert.ok(!existsSync(`${file}.owner`)));
			const bytes = readFileSync(file).toString("latin1");
			assert.ok(bytes.includes("910000103") && !bytes.includes("Ana Secreta") && !bytes.includes("600000101"));
		});

		for (const [title, number, minutes] of [
			["in any writing", "974319404", 30],
			["that nobody can read", "+999 12", 30],
			["whose contact was for one call only", "974319404", 0],
		] as const) {
			it(`is no contact any more, on a call that goes on neither: ${title}`, async () => {
				const events = ["call.ringing", "call.answered", "call.ended", "call.record"];
				await ready({ query: "forget" }, {}, [
					{ id: "in", type: "pbx-in", pbx: "pbx", channel: "monitor", extensions: "", events, wires: [["calls"]] },
					{
						id: "contact",
						type: "pbx-contact",
						pbx: "pbx",
						minutes,
						contactName: "payload",
						contactNameType: "msg",
						wires: [],
					},
					{ id: "calls", type: "helper" },
				]);
				await flow.loggedIn(simulator);
				simulator.run({ command: "ring", extension: "11", number });
				const call = await eventually(() => {
					const [ringing] = flow.events("calls", "call.ringing");
					assert.ok(ringing);
					return ringing;
				});
				flow.node("contact").receive({ call, payload: "Ana" });
				const contacts = () => flow.log.store.read((db) => db.selectFrom("contacts").selectAll().execute());
				await eventually(async () => assert.equal((await contacts()).length, minutes > 0 ? 1 : 0));
				assert.equal(((await ask({ call: { number } })).payload as unknown as Forgotten).calls, 0);
				assert.deepEqual(await contacts(), []);
				simulator.run({ command: "hangup", extension: "11" });
				const record = await eventually(() => {
					const [told] = flow.events("calls", "call.record");
					assert.ok(told);
					return told;
				});
				assert.equal(record.contact, null);
				simulator.run({ command: "ring", extension: "12", number });
				await eventually(() => assert.equal(flow.events("calls", "call.ringing")[1]?.contact, null));
			});
		}

		it("is nobody where none is given: nothing is erased", async () => {
			await ready({ query: "forget" });
			await flow.put(recordOf(1), recordOf(2, { number: null, e164: null, anonymous: true }));
			for (const number of ["", null, undefined, "%", "anonymous", {}]) {
				const { payload } = await ask({ call: { number } });
				assert.deepEqual([payload.number, payload.calls], ["", 0]);
			}
			assert.equal(flow.received("caught").length, 0);
		});
	});

	describe("a database that does not work", () => {
		it("is an error of each message, with no password in it, and takes nothing down", async () => {
			const secret = "S3cr3t-of-db";
			const simulated = await flow.simulate();
			const config = { store: "postgresql", storeUrl: "postgresql://ana@127.0.0.1:1/calls" };
			await flow.load(flow.around(HISTORY, simulated.url, config), { pbx: { key: "k", storePassword: secret } });
			for (const number of [ANA, "", null]) flow.node("history").receive({ call: { number } });
			await flow.isDone(3);
			assert.deepEqual(flow.codes("caught"), ["store-unavailable", "store-unavailable", "store-unavailable"]);
			const seen = JSON.stringify([flow.errors(), flow.warnings(), flow.statuses("history"), flow.received("caught")]);
			assert.ok(!seen.includes(secret));
		});

		it("is an error of its configuration where its address holds a password", async () => {
			const simulated = await flow.simulate();
			const config = { store: "postgresql", storeUrl: "postgresql://ana:S3cr3t@127.0.0.1/calls" };
			await flow.load(flow.around(HISTORY, simulated.url, config));
			flow.node("history").receive({});
			await flow.isDone(1);
			assert.ok(!JSON.stringify([flow.errors(), flow.warnings(), flow.received("caught")]).includes("S3cr3t"));
		});

		it("is set aside where it is damaged, and a folder in its place is said", async () => {
			file = `${flow.folder}/damaged.db`;
			writeFileSync(file, "this is no database".repeat(1_000));
			const simulated = await flow.simulate();
			await flow.load(flow.around(HISTORY, simulated.url, { storeFile: file }));
			await eventually(() => assert.equal(flow.log.store.state.kind, "ready"));
			assert.deepEqual(keys(await ask({ call: { number: ANA } })), []);
			await flow.unload();
			const folder = `${flow.folder}/folder.db`;
			mkdirSync(folder);
			await flow.load(flow.around(HISTORY, (await flow.simulate()).url, { storeFile: folder }));
			flow.node("history").receive({ call: { number: ANA } });
			await flow.isDone(1);
			assert.deepEqual(flow.codes("caught"), ["store-unavailable"]);
			await flow.unload();
			const below = `${flow.folder}/damaged.db/calls.db`;
			await flow.load(flow.around(HISTORY, (await flow.simulate()).url, { storeFile: below }));
			flow.node("history").receive({ call: { number: ANA } });
			await flow.isDone(1);
			assert.deepEqual(flow.codes("caught"), ["store-unavailable"]);
		});

		it("is none where the configuration keeps no calls: said when it starts, and of each message", async () => {
			await ready({}, { store: "none" });
			assert.equal(flow.errors().length, 1);
			flow.node("history").receive({ call: { number: ANA } });
			await flow.isDone(1);
			assert.deepEqual(flow.codes("caught"), ["no-store"]);
		});
	});
});
