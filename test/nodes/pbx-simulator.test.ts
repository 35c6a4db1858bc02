import assert from "node:assert/strict";
import { eventually } from "../support/eventually";
import { FlowFixture, KEY, pbxConfig } from "../support/flowFixture";
import { freePort } from "../support/nodeRed";

describe("pbx-simulator", () => {
	const flow = new FlowFixture();
	before(() => flow.start());
	after(() => flow.stop());
	afterEach(() => flow.unload());

	async function ready(over: object = {}, input: object = {}, config: object = {}) {
		const port = await freePort();
		await flow.load(
			[
				{
					...{ id: "simulator", type: "pbx-simulator", port, host: "127.0.0.1", tenant: "227", extensions: "11, 12" },
					...{ traffic: 0, wires: [["frames"]] },
					...over,
				},
				pbxConfig(`ws://127.0.0.1:${port}`, config),
				{
					id: "in",
					type: "pbx-in",
					pbx: "pbx",
					channel: "extension",
					extensions: "11",
					events: ["call"],
					wires: [["calls"]],
					...input,
				},
				...["frames", "calls", "caught"].map((id) => ({ id, type: "helper" })),
				{ id: "catch", type: "catch", scope: ["simulator"], uncaught: false, wires: [["caught"]] },
			],
			{ pbx: { key: KEY }, simulator: { key: KEY } },
		);
		await eventually(() =>
			assert.ok(
				flow
					.received("frames")
					.some(
						({ payload }) => ["11", "999"].includes(String(payload.extension)) || String(payload.text).includes("••••"),
					),
			),
		);
		return port;
	}

	it("is a PBX for the other nodes in the same flow, and takes commands as text and as objects", async () => {
		await ready();
		await eventually(() => {
			flow.node("simulator").receive({ payload: "ring 11 974319404" });
			assert.ok(flow.events("calls", "call.ringing").length > 0);
		});
		flow.node("simulator").receive({ payload: { command: "hangup", extension: "11" } });
		const texts = () => flow.received("frames").map(({ payload }) => payload.text);
		await eventually(() => assert.ok(texts().includes("(CALL,974319404)")));
		assert.ok(flow.received("frames").some(({ topic }) => topic === "pbx-simulator/11/out"));
	});

	it("plays a transfer and an unknown word on another wire, and the monitor tells of one call", async () => {
		await ready({}, { channel: "monitor", extensions: "", events: ["call.record"] }, { settle: 1 });
		for (const payload of [
			"wire ends last",
			{ command: "wire", what: "transactions", how: "each" },
			"ring 11 974319404",
			"answer 11",
			{ command: "transfer", extension: "11", to: "12" },
			"answer 12",
			"word 12 Reunión",
			"hangup 12",
		]) {
			flow.node("simulator").receive({ payload });
		}
		const [record] = await eventually(() => {
			const records = flow.events("calls", "call.record");
			assert.equal(records.length, 1);
			return records;
		});
		assert.deepEqual(
			[record?.outcome, record?.answeredBy, Array.isArray(record?.legs) && record.legs.length],
			["answered", ["11", "12"], 2],
		);
	});

	it("never shows the key in its log of frames", async () => {
		await ready();
		// The answer to a prompt in the middle of the session holds it once more.
		flow.node("simulator").receive({ payload: "send 11 (???,CONECTADO)" });
		const logins = () => flow.received("frames").filter(({ payload }) => String(payload.text).includes("••••"));
		await eventually(() => assert.equal(logins().length, 2));
		const shown = JSON.stringify(flow.received("frames"));
		assert.ok(shown.includes("227/11, •••• "));
		assert.ok(!shown.includes(KEY));
	});

	it("says what is wrong with a command, through the catch node", async () => {
		await ready();
		for (const payload of ["dance 11", "ring", 7, { command: "answer", extension: "12" }, "answer 99"]) {
			flow.node("simulator").receive({ payload });
		}
		await eventually(() => assert.equal(flow.received("caught").length, 5));
		for (const { error } of flow.received("caught")) assert.equal((error as { code?: string }).code, "invalid-command");
	});

	it("says so when its port is taken, and goes on living", async () => {
		const { url } = await flow.simulate();
		await flow.load([
			{
				id: "simulator",
				type: "pbx-simulator",
				port: Number(new URL(url).port),
				host: "127.0.0.1",
				tenant: "227",
				extensions: "11",
				traffic: 0,
				wires: [[]],
			},
		]);
		await eventually(() => assert.ok(flow.errors().some((text) => /Cannot listen on 127\.0\.0\.1/.test(text))));
	});
});
