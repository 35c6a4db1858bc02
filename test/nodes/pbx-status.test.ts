import assert from "node:assert/strict";
import { eventually } from "../support/eventually";
import { FlowFixture, pbxConfig, type Received } from "../support/flowFixture";

const STATUS = {
	...{ id: "status", type: "pbx-status", pbx: "pbx", extension: "payload", extensionType: "msg" },
	...{ via: "11", source: "ask", timeout: 0.2, wires: [["out"]] },
};
const REST = [
	{ id: "out", type: "helper" },
	{ id: "caught", type: "helper" },
	{ id: "catch", type: "catch", scope: ["status"], uncaught: false, wires: [["caught"]] },
];

describe("pbx-status", () => {
	const flow = new FlowFixture();
	before(() => flow.start());
	after(() => flow.stop());
	afterEach(() => flow.unload());

	async function ready(over: object = {}) {
		const { simulator, url } = await flow.simulate();
		await flow.load([pbxConfig(url), { ...STATUS, ...over }, ...REST]);
		await flow.loggedIn(simulator);
		return simulator;
	}
	/** On the monitor, the first frame that confirms the login holds the states of all extensions. */
	async function boardIsFull(): Promise<void> {
		await eventually(() => assert.ok(flow.statuses("status").includes("status.connected")));
	}
	async function answer(index = 0): Promise<Received> {
		return eventually(() => {
			const message = flow.received("out")[index];
			assert.ok(message, JSON.stringify(flow.received("caught")));
			return message;
		});
	}

	it("tells found, not found and no answer apart", async () => {
		const simulator = await ready();
		simulator.run({ command: "ring", extension: "12", number: "1" });
		for (const payload of ["12", 13, "77", "19"]) flow.node("status").receive({ payload, kept: true });
		await answer(3);
		assert.deepEqual(
			flow.received("out").map(({ payload }) => [payload.extension, payload.state, payload.source]),
			[
				["12", "ringing", "reply"],
				["13", "idle", "reply"],
				["77", "not-found", "reply"],
				["19", "no-answer", "reply"],
			],
		);
		const [found, , missing, silent] = flow.received("out").map(({ payload }) => payload);
		assert.match(String(found?.raw), /^\((estado|status),12-timbre\)$/);
		assert.deepEqual([missing?.raw, silent?.raw, silent?.since], ["(status,ErrorNumber)", null, null]);
		assert.ok(flow.received("out").every(({ kept }) => kept === true));
	});

	it("answers an array, or a list, with an array in the order asked", async () => {
		await ready();
		flow.node("status").receive({ payload: ["13", "77", "11"] });
		await answer();
		flow.node("status").receive({ payload: "12, 13" });
		const states = (message: Received) =>
			(message.payload as unknown as { extension: string }[]).map((each) => each.extension);
		assert.deepEqual(
			[states(await answer(0)), states(await answer(1))],
			[
				["13", "77", "11"],
				["12", "13"],
			],
		);
	});

	it("answers from what the monitor heard last, and says unknown where it heard nothing", async () => {
		await ready({ source: "board", via: "" });
		await boardIsFull();
		flow.node("status").receive({ payload: ["12", "77"] });
		const [known, unknown] = (await answer()).payload as unknown as Record<string, unknown>[];
		assert.deepEqual([known?.state, known?.source], ["idle", "monitor"]);
		assert.deepEqual([unknown?.state, unknown?.since, unknown?.raw], ["unknown", null, null]);
	});

	it("answers for all that the monitor has heard of, with the age of what it says, and as stale after a fall", async () => {
		const simulator = await ready({ source: "board", via: "" });
		await boardIsFull();
		flow.node("status").receive({ payload: "*" });
		const all = (await answer()).payload as unknown as Record<string, unknown>[];
		assert.deepEqual(
			all.map(({ extension, state, stale }) => [extension, state, stale]),
			["11", "12", "13"].map((extension) => [extension, "idle", false]),
		);
		assert.ok(all.every(({ age }) => Number(age) >= 0 && Number(age) < 10));
		await simulator.close();
		await eventually(() => assert.ok(flow.statuses("status").some((text) => /^short\.(lost|unreachable)$/.test(text))));
		const index = flow.received("out").length;
		flow.node("status").receive({ payload: "12" });
		const { state, stale } = (await answer(index)).payload;
		assert.deepEqual([state, stale], ["idle", true]);
	});

	it("tells of the call that a phone has, and since when it was answered", async () => {
		const simulator = await ready({ source: "board", via: "" });
		await boardIsFull();
		simulator.run({ command: "ring", extension: "12", number: "974319404" });
		simulator.run({ command: "answer", extension: "12" });
		const call = await eventually(async () => {
			const index = flow.received("out").length;
			flow.node("status").receive({ payload: ["12", "13"] });
			const [twelve, thirteen] = (await answer(index)).payload as unknown as { call: Record<string, unknown> }[];
			assert.equal(thirteen?.call, null);
			assert.ok(twelve?.call.answeredAt);
			return twelve.call;
		});
		assert.deepEqual([call.number, call.e164, call.direction], ["974319404", "+34974319404", "inbound"]);
	});

	it("reports what cannot be an extension, once", async () => {
		await ready();
		for (const payload of ["1)(call, 112", {}, undefined, [["11"]]]) flow.node("status").receive({ payload });
		await eventually(() => assert.equal(flow.received("caught").length, 4));
		const codes = flow.codes("caught");
		assert.deepEqual([...new Set(codes)], ["invalid-extension"]);
	});

	it("reports a connection that is down", async () => {
		const simulator = await ready();
		simulator.run({ command: "send", extension: "11", text: "(info,-Livre)" });
		await eventually(() =>
			assert.ok(flow.statuses("status").some((text) => text === "status.connected" || text === "short.unconfirmed")),
		);
		await simulator.close();
		await eventually(() => assert.ok(flow.statuses("status").some((text) => /^short\.(lost|unreachable)$/.test(text))));
		flow.node("status").receive({ payload: "12" });
		await eventually(() => assert.equal(flow.received("caught").length, 1));
		assert.equal(flow.codes("caught")[0], "not-connected");
	});

	it("reports a message that cannot be changed through the catch node, and Node-RED lives on", async () => {
		await ready();
		flow.node("status").receive(Object.defineProperty({}, "payload", { value: "12", enumerable: true }));
		await eventually(() => assert.equal(flow.received("caught").length, 1));
		assert.match(Object(flow.received("caught")[0]?.error).message, /read only/);
	});

	it("says with every message what is wrong with its set-up", async () => {
		const nodes = [{ ...STATUS, via: "" }, ...REST];
		await flow.load([pbxConfig("ws://127.0.0.1:1"), ...nodes]);
		flow.node("status").receive({ payload: "12" });
		await eventually(() => assert.deepEqual(flow.codes("caught"), ["invalid-extension"]));
	});
});
