import assert from "node:assert/strict";
import type { Simulator } from "../../src/simulator/simulator";
import { eventually, settle } from "../support/eventually";
import { FlowFixture, pbxConfig } from "../support/flowFixture";

const CALL = {
	...{ id: "call", type: "pbx-call", pbx: "pbx", extension: "11", extensionType: "str" },
	...{ number: "payload", numberType: "msg", timeout: 5, wires: [["calling"], ["failed"]] },
};
const COLLECTORS = ["calling", "failed", "caught", "completed"].map((id) => ({ id, type: "helper" }));
const WATCHERS = [
	{ id: "catch", type: "catch", scope: ["call"], uncaught: false, wires: [["caught"]] },
	{ id: "complete", type: "complete", scope: ["call"], uncaught: false, wires: [["completed"]] },
];

describe("pbx-call", () => {
	const flow = new FlowFixture();
	before(() => flow.start());
	after(() => flow.stop());
	afterEach(() => flow.unload());

	async function ready(over: object = {}, url?: string) {
		const simulated = await flow.simulate();
		const nodes = [{ ...CALL, ...over }, ...COLLECTORS, ...WATCHERS].map((node) => ({ ...node }));
		await flow.load([pbxConfig(url ?? simulated.url), ...nodes]);
		return simulated.simulator;
	}
	async function confirmLogin(simulator: Simulator) {
		await flow.loggedIn(simulator);
		simulator.run({ command: "send", extension: "11", text: "(info,-Livre)" });
	}
	const outcome = (id: string, index = 0) => flow.received(id)[index];

	it("sends the message that came in on by calling, with the result as its payload", async () => {
		await confirmLogin(await ready());
		await eventually(() =>
			assert.ok(flow.statuses("call").some((text) => text === "status.connected" || text === "short.unconfirmed")),
		);
		flow.node("call").receive({ payload: "600 000 101", ticket: { id: 7 }, topic: "kept" });
		const message = await eventually(() => {
			const received = outcome("calling");
			assert.ok(received);
			return received;
		});
		assert.deepEqual([message.ticket, message.topic], [{ id: 7 }, "kept"]);
		const { at, elapsed, raw, text, ...rest } = message.payload;
		assert.deepEqual(rest, {
			...{ event: "dial.result", tenant: "227", extension: "11", outcome: "calling", ok: true, number: "600000101" },
		});
		assert.equal(raw, `(info,${text})`);
		assert.ok(Number(elapsed) >= 0.02 && Number(elapsed) < 5 && !Number.isNaN(Date.parse(String(at))));
		assert.equal(flow.received("failed").length, 0);
		await eventually(() => assert.equal(flow.received("completed").length, 1));
	});

	it("sends it on by failed where the PBX says so", async () => {
		await confirmLogin(await ready());
		await eventually(() =>
			assert.ok(flow.statuses("call").some((text) => text === "status.connected" || text === "short.unconfirmed")),
		);
		for (const [i, [number, expected]] of [
			["600000486", "busy"],
			["600000408", "timeout"],
		].entries()) {
			flow.node("call").receive({ payload: number });
			await eventually(() => assert.equal(outcome("failed", i)?.payload.outcome, expected));
			assert.equal(outcome("failed", i)?.payload.ok, false);
		}
	});

	it("fails a second call while one is in the making, at once, as busy", async () => {
		await confirmLogin(await ready());
		await eventually(() =>
			assert.ok(flow.statuses("call").some((text) => text === "status.connected" || text === "short.unconfirmed")),
		);
		flow.node("call").receive({ payload: "600000101", order: 1 });
		flow.node("call").receive({ payload: "600000102", order: 2 });
		await eventually(() => assert.equal(flow.received("calling").length + flow.received("failed").length, 2));
		assert.deepEqual([outcome("calling")?.order, outcome("failed")?.order], [1, 2]);
		assert.equal(outcome("failed")?.payload.outcome, "busy");
		assert.equal(outcome("failed")?.payload.text, null);
	});

	it("dials what the PBX wants instead of the plus sign of a number that was pasted", async () => {
		const { url } = await flow.simulate();
		await flow.load([pbxConfig(url, { plus: "00" }), CALL, ...COLLECTORS, ...WATCHERS]);
		for (const payload of ["+34 974 31 94 04", "tel:+34974319404", "974-319-404"]) {
			const before = flow.received("calling").length + flow.received("failed").length;
			flow.node("call").receive({ payload });
			await eventually(() =>
				assert.equal(flow.received("calling").length + flow.received("failed").length, before + 1),
			);
		}
		const numbers = [...flow.received("calling"), ...flow.received("failed")].map(({ payload }) => payload.number);
		assert.deepEqual(numbers, ["0034974319404", "0034974319404", "974319404"]);
	});

	it("refuses what the configuration does not allow, and dials nothing in a dry run", async () => {
		const { simulator, url } = await flow.simulate();
		await flow.load([pbxConfig(url, { dialAllowed: "+34.", dialPerExtension: 1 }), CALL, ...COLLECTORS, ...WATCHERS]);
		for (const payload of ["+5354123456", "600000101", "600000102"]) flow.node("call").receive({ payload });
		await eventually(() => assert.equal(flow.received("calling").length, 1));
		await eventually(() => assert.deepEqual(flow.codes("caught"), ["number-not-allowed", "too-many-calls"]));
		assert.equal(simulator.status().phones["11"], "busy");
	});

	it("says in a dry run what would be dialled", async () => {
		const { simulator, url } = await flow.simulate();
		await flow.load([pbxConfig(url, { dryRun: true, dialRepeat: 60 }), CALL, ...COLLECTORS, ...WATCHERS]);
		flow.node("call").receive({ payload: "600 000 101" });
		flow.node("call").receive({ payload: "600 000 101" });
		await eventually(() => assert.equal(flow.received("calling").length, 1));
		const { outcome: said, ok, number } = flow.received("calling")[0]?.payload ?? {};
		assert.deepEqual([said, ok, number], ["dry-run", false, "600000101"]);
		assert.deepEqual(flow.codes("caught"), ["repeated-number"]);
		assert.equal(simulator.status().phones["11"], "idle");
	});

	it("takes no limit for none where it cannot be read", async () => {
		const { url } = await flow.simulate();
		await flow.load([pbxConfig(url, { dialInAll: "many" }), CALL, ...COLLECTORS, ...WATCHERS]);
		flow.node("call").receive({ payload: "600000101" });
		await eventually(() => assert.deepEqual(flow.codes("caught"), ["invalid-rules"]));
	});

	it("takes extension and number from the message, and opens the connection for it", async () => {
		const simulator = await ready({ extension: "from", extensionType: "msg", number: "to.tel", numberType: "msg" });
		assert.equal(simulator.clients, 0);
		flow.node("call").receive({ from: 12, to: { tel: "+34 600 000 101" } });
		await eventually(() => assert.equal(outcome("calling")?.payload.number, "+34600000101"));
		assert.deepEqual(simulator.status().clients, ["12"]);
	});

	it("reports a refused number, a wrong extension and the monitor once, through the catch node, and sends nothing", async () => {
		const simulator = await ready({ extension: "from", extensionType: "msg" });
		const cases = [
			[{ from: "11", payload: "112)(call, 113" }, "invalid-number"],
			[{ from: "11", payload: { no: "number" } }, "invalid-number"],
			[{ from: "11", payload: undefined }, "invalid-number"],
			[{ from: "1/1", payload: "600000101" }, "invalid-extension"],
			[{ payload: "600000101" }, "invalid-extension"],
			[{ from: "999", payload: "600000101" }, "monitor-cannot-dial"],
		] as const;
		for (const [message] of cases) flow.node("call").receive({ ...message });
		await eventually(() => assert.equal(flow.received("caught").length, cases.length));
		await settle();
		assert.equal(flow.received("caught").length, cases.length);
		const codes = flow.codes("caught");
		assert.deepEqual(codes.sort(), cases.map(([, code]) => code).sort());
		const refused = flow.received("caught").find(({ payload }) => String(payload).startsWith("112"));
		assert.deepEqual(Object(refused?.error).message, "Not a number that can be dialled: 112)(call, 113");
		assert.equal(simulator.clients, 0);
		assert.equal(flow.received("completed").length, 0);
	});

	it("reports a connection that is down at once, and does not dial later", async () => {
		const { simulator, url } = await flow.simulate();
		await simulator.close();
		await ready({}, url);
		await eventually(() => assert.ok(flow.statuses("call").some((text) => text === "short.unreachable")));
		flow.node("call").receive({ payload: "600000101" });
		await eventually(() => assert.equal(flow.received("caught").length, 1));
		assert.equal(flow.codes("caught")[0], "not-connected");
	});

	it("reports a connection that falls before the PBX answers: what became of the call is not known", async () => {
		const simulator = await ready();
		await confirmLogin(simulator);
		await eventually(() =>
			assert.ok(flow.statuses("call").some((text) => text === "status.connected" || text === "short.unconfirmed")),
		);
		flow.node("call").receive({ payload: "600000101" });
		simulator.run({ command: "drop" });
		await eventually(() => assert.equal(flow.codes("caught")[0], "link-lost"));
		assert.equal(flow.received("calling").length + flow.received("failed").length, 0);
	});

	it("clears its status after an error where no connection is its own", async () => {
		const { simulator, url } = await flow.simulate();
		await simulator.close();
		await ready({ extension: "from", extensionType: "msg" }, url);
		flow.node("call").receive({ from: "11", payload: "600000101" });
		await eventually(() => assert.deepEqual(flow.codes("caught"), ["not-connected"]));
		await eventually(() => assert.deepEqual(flow.statuses("call"), ["11 → 600000101", ""]));
	});

	it("reports a wrong expression with its own words, and a message that cannot be changed, once each", async () => {
		await confirmLogin(await ready({ number: "$nothing()", numberType: "jsonata" }));
		flow.node("call").receive({ payload: "600000101" });
		await eventually(() => assert.equal(flow.received("caught").length, 1));
		assert.match(Object(flow.received("caught")[0]?.error).message, /non-function/);
	});

	it("takes a time for no number, and says so", async () => {
		await confirmLogin(await ready());
		for (const payload of [Date.now(), 1_767_225_600_000, 9_999_999_999_999]) flow.node("call").receive({ payload });
		await eventually(() => assert.deepEqual(flow.codes("caught"), Array(3).fill("timestamp-number")));
		assert.match(Object(flow.received("caught")[0]?.error).message, /time/i);
		// A long number is one as a text.
		flow.node("call").receive({ payload: "0034600000101" });
		await eventually(() => assert.equal(outcome("calling")?.payload.number, "0034600000101"));
	});

	it("takes whole numbers as numbers, and no others", async () => {
		await confirmLogin(await ready());
		for (const payload of [-5, 1.5, Number.NaN]) flow.node("call").receive({ payload });
		await eventually(() => assert.deepEqual(flow.codes("caught"), Array(3).fill("invalid-number")));
	});

	it("ends a call in the making as closed when the nodes are closed", async () => {
		const simulator = await ready();
		await confirmLogin(simulator);
		await eventually(() =>
			assert.ok(flow.statuses("call").some((text) => text === "status.connected" || text === "short.unconfirmed")),
		);
		const ended = flow.errorCodes("call");
		flow.node("call").receive({ payload: "600000101" });
		await eventually(() => assert.equal(simulator.status().phones["11"], "ringing"));
		await flow.clear();
		await eventually(() => assert.deepEqual(ended, ["closed"]));
		await eventually(() => assert.equal(simulator.clients, 0));
	});
});
