import assert from "node:assert/strict";
import type { PbxLogNode } from "../../nodes/shared/logNode";
import { undelivered } from "../../src/store/backlog";
import { erasePerson } from "../../src/store/records";
import { recordOf } from "../support/callLogs";
import { eventually } from "../support/eventually";
import type { FlowNode, Received } from "../support/flowFixture";
import { LogFlow } from "../support/logFlow";

const LOG = { id: "log", type: "pbx-log", pbx: "pbx", channel: "monitor", timeout: 30, parallel: 2, giveUp: 72 };

describe("pbx-log", () => {
	const flow = new LogFlow();
	let url: string;
	let count = 0;
	before(() => flow.start());
	after(() => flow.stop());
	afterEach(() => flow.unload());

	async function nodes(over: object = {}, config: object = {}): Promise<FlowNode[]> {
		url = (await flow.simulate()).url;
		// A log of its own for each test.
		return flow.around({ ...LOG, ...over }, url, { storeFile: `${flow.folder}/${++count}.db`, ...config });
	}
	async function ready(over: object = {}, config: object = {}): Promise<void> {
		await flow.load(await nodes(over, config));
		await eventually(async () => assert.equal((await flow.counts()).waiting, 0));
	}
	/** Waits until so many records were sent, and gives the last one. */
	const sent = (many: number): Promise<Received> =>
		eventually(() => {
			const { length } = flow.received("first");
			assert.equal(length, many);
			return flow.received("first")[many - 1] as Received;
		});
	const back = (message: object, over: object) => flow.node("log").receive({ ...message, ...over });
	const states = async () => {
		const left = await flow.log.store.read((db) => undelivered(db, { tenant: "227", queue: "log" }, 100));
		return left.map(({ state, reason }) => `${state} ${reason}`.trim());
	};

	describe("what comes back", () => {
		it("counts once, though it comes twice, at the same moment", async () => {
			await ready();
			await flow.put(recordOf(1));
			const message = await sent(1);
			for (let i = 0; i < 3; i++) back(message, { statusCode: 200 });
			back(message, { statusCode: 500 });
			await flow.isDone(4);
			await flow.hasLeft(0);
			assert.equal(flow.received("second").length, 0);
			assert.equal(flow.received("caught").length, 0);
		});

		it("counts after its deadline where it says that it got through", async () => {
			await ready({ timeout: 0.1 });
			await flow.put(recordOf(1));
			const message = await sent(1);
			await eventually(async () => assert.deepEqual(await states(), ["waiting no answer in time"]));
			back(message, { statusCode: 500 });
			await flow.isDone(1);
			assert.deepEqual(await states(), ["waiting no answer in time"]);
			back(message, { statusCode: 201 });
			await flow.isDone(2);
			await flow.hasLeft(0);
		});

		it("counts for nothing of an earlier try, while a later one is on its way", async () => {
			await ready({ timeout: 0.2 });
			await flow.put(recordOf(1));
			const first = await sent(1);
			await eventually(async () => assert.deepEqual(await states(), ["waiting no answer in time"]));
			flow.node("log").receive({ retry: "all" });
			await sent(2);
			back(first, { statusCode: 404 });
			await flow.isDone(2);
			assert.equal(flow.received("second").length, 0);
			assert.deepEqual(await states(), ["sent no answer in time"]);
		});

		it("counts after a restart where it says that it got through", async () => {
			const loaded = await nodes();
			await flow.load(loaded);
			await flow.hasLeft(0);
			await flow.put(recordOf(1));
			const message = await sent(1);
			await flow.deploy(loaded, "full");
			back(message, { statusCode: "ECONNREFUSED" });
			await flow.isDone(1);
			await flow.hasLeft(1);
			back(message, { statusCode: 200 });
			await flow.isDone(2);
			await flow.hasLeft(0);
		});

		it("is for nothing where the record was erased, or there never was one", async () => {
			await ready();
			await flow.put(recordOf(1));
			const message = await sent(1);
			await flow.log.store.write((db) => erasePerson(db, "227", "+34600000101"));
			back(message, { statusCode: 500 });
			back(message, { statusCode: 200 });
			back({ call: { key: "227/nothing" } }, { statusCode: 200 });
			back({ payload: { key: "\0'; drop table calls; --" } }, { statusCode: 404 });
			back({ call: { key: "k".repeat(100_000) } }, { statusCode: 200 });
			await flow.isDone(5);
			await flow.hasLeft(0);
			assert.equal(flow.received("caught").length, 0);
		});

		it("tells by msg.call which record it was, whatever became of the payload", async () => {
			await ready({ parallel: 5 });
			const payloads = ["OK", null, [], [{ key: "227/other" }], { key: "227/other" }];
			await flow.put(...payloads.map((_payload, i) => recordOf(i)));
			await sent(payloads.length);
			for (const [i, payload] of payloads.entries())
				back({ ...flow.received("first")[i] }, { payload, statusCode: 200 });
			await flow.isDone(payloads.length);
			await flow.hasLeft(0);
		});

		it("is an error, once, where it holds no call", async () => {
			await ready();
			const odd = [
				{},
				{ payload: "OK" },
				{ payload: null },
				{ call: "227/1" },
				{ call: { key: 7 } },
				{ call: { key: "" } },
			];
			for (const message of [...odd, { retry: "" }, { retry: 7 }, { retry: null }, { retry: {} }])
				back(message, { statusCode: 200 });
			await flow.isDone(10);
			assert.deepEqual(flow.codes("caught"), Array(10).fill("no-record"));
		});

		it("touches no record of another tenant, though its queue has the same name", async () => {
			const loaded = await nodes({ queue: "crm" });
			const [config] = loaded;
			const other = { ...config, id: "other", tenant: "300" } as FlowNode;
			const second = { ...LOG, id: "log2", pbx: "other", queue: "crm", timeout: 0.1, wires: [] };
			await flow.load([...loaded, other, second], { pbx: { key: "x" }, other: { key: "x" } });
			await eventually(async () => assert.equal((await flow.counts("crm", "300")).waiting, 0));
			await flow.put(recordOf(1, { tenant: "300", key: "300/1508337505.1" }));
			await eventually(async () => assert.equal((await flow.counts("crm", "300")).waiting, 1));
			back({ call: { key: "300/1508337505.1" } }, { statusCode: 200 });
			await flow.isDone(1);
			assert.equal((await flow.counts("crm", "300")).waiting, 1);
		});
	});

	describe("what a status says", () => {
		const cases: readonly (readonly [string, object, string])[] = [
			["a number in text", { statusCode: "201" }, ""],
			["a number in text that was refused", { statusCode: "404" }, "given-up HTTP 404"],
			["zero", { statusCode: 0 }, "waiting HTTP 0"],
			["no number", { statusCode: Number.NaN }, "waiting HTTP NaN"],
			["nobody there", { statusCode: "ECONNREFUSED" }, "waiting ECONNREFUSED"],
			["null", { statusCode: null }, "waiting no statusCode"],
			["nothing", {}, "waiting no statusCode"],
			["an array", { statusCode: [200] }, "waiting error"],
			["an error beside a good status", { statusCode: 200, error: { message: "no JSON" } }, "waiting no JSON"],
			["an error of a catch node", { error: { message: "a\nb", source: { id: "x" } } }, "waiting a b"],
			["a wait in seconds", { statusCode: 429, headers: { "retry-after": "120" } }, "waiting HTTP 429"],
			["a wait of many years", { statusCode: 503, headers: { "Retry-After": "9".repeat(400) } }, "waiting HTTP 503"],
			["a wait in an array", { statusCode: 503, headers: { "retry-after": ["60", "1"] } }, "waiting HTTP 503"],
			["a wait that is none", { statusCode: 503, headers: { "retry-after": { toString: 1 } } }, "waiting HTTP 503"],
			["a wait of nonsense", { statusCode: 503, headers: "soon" }, "waiting HTTP 503"],
		];
		it("decides, whatever stands there", async () => {
			await ready({ parallel: 50 });
			await flow.put(...cases.map((_case, i) => recordOf(i)));
			await sent(cases.length);
			for (const [i, [title, reply, expected]] of cases.entries()) {
				back({ call: { key: recordOf(i).key }, payload: "changed" }, reply);
				await flow.isDone(i + 1);
				const left = await flow.log.store.read((db) => undelivered(db, { tenant: "227", queue: "log" }, 100));
				const found = left.find(({ record }) => record.key === recordOf(i).key);
				assert.equal(found ? `${found.state} ${found.reason}` : "", expected, title);
				if (title.startsWith("a wait of many")) assert.ok(Number(found?.dueAt) < Date.now() + 24 * 3_600_000 + 1_000);
				if (title === "a wait that is none") assert.ok(Number(found?.dueAt) < Date.now() + 10_000);
			}
			assert.equal(flow.received("caught").length, 0);
			assert.deepEqual(
				flow.received("second").map(({ reason, attempt }) => [reason, attempt]),
				[["HTTP 404", 1]],
			);
		});
	});

	describe("a retry", () => {
		it("of all, of one, and of none that there is", async () => {
			await ready({ parallel: 5 });
			await flow.put(recordOf(1), recordOf(2), recordOf(3));
			await sent(3);
			for (const message of [...flow.received("first")]) back(message, { statusCode: 422 });
			await flow.hasLeft(0, 3);
			flow.node("log").receive({ retry: "227/none" });
			flow.node("log").receive({ retry: recordOf(2).key });
			assert.equal((await sent(4)).attempt, 2);
			back(flow.received("first")[3] ?? {}, { statusCode: 422 });
			await flow.hasLeft(0, 3);
			flow.node("log").receive({ retry: "all" });
			await sent(7);
			await flow.isDone(7);
			assert.equal(flow.received("caught").length, 0);
		});
	});

	describe("its form", () => {
		it("may hold anything as parallel, timeout and give up: what is no number is the standard, what is too much the most", async () => {
			for (const [parallel, expected] of [
				[0, 1],
				[-3, 1],
				[1e9, 50],
				["", 2],
				["NaN", 2],
				[null, 2],
				[[], 2],
				[{}, 2],
				["3", 3],
				[2.4, 2],
			] as const) {
				await ready({ parallel, timeout: parallel, giveUp: parallel });
				await flow.put(...Array.from({ length: 60 }, (_, i) => recordOf(i)));
				await eventually(() => assert.ok(flow.received("first").length >= expected));
				const inFirstLook = flow.received("first").filter(({ attempt }) => attempt === 1);
				if (parallel !== 0 && parallel !== -3) assert.equal(inFirstLook.length, expected, String(parallel));
				await flow.unload();
			}
		});

		it("fills in variables, and says which one is not set", async () => {
			process.env.LOG_QUEUE = "crm";
			await ready({ queue: "${LOG_QUEUE}-eu", parallel: "${LOG_PARALLEL}" });
			assert.equal((flow.node("log") as unknown as PbxLogNode).delivery?.queue.queue, "crm-eu");
			await flow.unload();
			await flow.load(await nodes({ queue: "${LOG_NOT_SET}" }));
			assert.equal((flow.node("log") as unknown as PbxLogNode).delivery, null);
			assert.equal(flow.errors().length, 1);
			assert.match(flow.errors()[0] ?? "", /LOG_NOT_SET/);
			back({ call: { key: "227/1" } }, { statusCode: 200 });
			await flow.isDone(1);
			assert.deepEqual(flow.codes("caught"), ["closed"]);
		});

		it("may hold a number as its queue", async () => {
			await ready({ queue: 7 });
			assert.equal((flow.node("log") as unknown as PbxLogNode).delivery?.queue.queue, "7");
		});

		it("says once that there is no PBX, no log or no extension to listen to", async () => {
			for (const [over, config] of [
				[{ pbx: "gone" }, {}],
				[{}, { store: "none" }],
				[{ channel: "extension", extensions: "" }, {}],
			] as const) {
				await flow.load(await nodes(over, config));
				assert.equal(flow.errors().length, 1);
				back({ retry: "all" }, {});
				await flow.isDone(1);
				assert.deepEqual(flow.codes("caught"), ["closed"]);
				await flow.unload();
			}
		});
	});

	describe("several of them", () => {
		it("of one name have each every record; with one queue they share them", async () => {
			const loaded = await nodes({ name: "CRM", timeout: 600 });
			const twin = (id: string, over: object) => ({ ...LOG, id, name: "CRM", wires: [[`from-${id}`], []], ...over });
			const helpers = ["from-a", "from-b", "from-c"].map((id) => ({ id, type: "helper" }));
			const shared = { queue: "shared", parallel: 1 };
			await flow.load([...loaded, twin("a", {}), twin("b", shared), twin("c", shared), ...helpers]);
			for (const queue of ["log", "a", "shared"]) await flow.hasLeft(0, 0, queue);
			await flow.put(recordOf(1), recordOf(2));
			await sent(2);
			await eventually(() => assert.equal(flow.received("from-a").length, 2));
			const keys = () => [...flow.received("from-b"), ...flow.received("from-c")].map(({ payload }) => payload.key);
			await eventually(() => assert.deepEqual(keys().sort(), [recordOf(1).key, recordOf(2).key]));
		});
	});

	describe("a deploy", () => {
		it("in the middle of a delivery loses nothing, of this node alone or of all", async () => {
			const loaded = await nodes();
			await flow.load(loaded);
			await flow.hasLeft(0);
			await flow.put(recordOf(1), recordOf(2), recordOf(3));
			const message = await sent(2);
			const changed = loaded.map((node) => (node.id === "log" ? { ...node, name: "again" } : node));
			await flow.deploy(changed, "nodes");
			// What had come back when the node was another one.
			back(message, { statusCode: 200 });
			const third = await sent(3);
			assert.equal(third.payload.key, recordOf(3).key);
			await flow.deploy(loaded, "full");
			back(third, { statusCode: 200 });
			await flow.isDone(2);
			await flow.hasLeft(1);
			assert.deepEqual(await states(), ["sent"]);
		});

		it("that disables it keeps what comes meanwhile, and hands it over when it is enabled again", async () => {
			const loaded = await nodes();
			await flow.load(loaded);
			await flow.hasLeft(0);
			const disabled = loaded.map((node) => (node.id === "log" ? { ...node, d: true } : node));
			await flow.deploy(disabled, "nodes");
			await flow.put(recordOf(1));
			assert.equal(flow.received("first").length, 0);
			await flow.deploy(loaded, "nodes");
			assert.equal((await sent(1)).attempt, 1);
		});

		it("that removes it keeps its queue, for when that is undone, as long as calls are kept", async () => {
			const loaded = await nodes();
			await flow.load(loaded);
			await flow.hasLeft(0);
			await flow.deploy(
				loaded.filter(({ id }) => id !== "log"),
				"nodes",
			);
			await flow.put(recordOf(1));
			await flow.hasLeft(1);
			await flow.deploy(loaded, "nodes");
			await sent(1);
		});
	});
});
