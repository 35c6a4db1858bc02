import assert from "node:assert/strict";
import { CALL_EVENTS, EVENT_NAMES } from "../../src/eventNames";
import { eventually, settle } from "../support/eventually";
import { FlowFixture, pbxConfig } from "../support/flowFixture";

const IN = {
	id: "in",
	type: "pbx-in",
	pbx: "pbx",
	channel: "extension",
	extensions: "11",
	split: false,
	wires: [["out"]],
};
const OUT = { id: "out", type: "helper" };
const ALL = [...EVENT_NAMES];
const CALLS = [...CALL_EVENTS];
const LINK = ["link.state", "link.gap"];

describe("pbx-in", () => {
	const flow = new FlowFixture();
	before(() => flow.start());
	after(() => flow.stop());
	afterEach(() => flow.unload());

	it("sends a call that comes in, with the topic of its event", async () => {
		const { simulator, url } = await flow.simulate();
		await flow.load([pbxConfig(url), { ...IN, events: ALL }, OUT]);
		await flow.loggedIn(simulator);
		simulator.run({ command: "ring", extension: "11", number: "974319404" });
		await eventually(() => assert.equal(flow.events("out", "call.ringing").length, 1));
		const message = flow.received("out").find(({ payload }) => payload.event === "call.ringing");
		assert.equal(message?.topic, "pbx/227/11/call/ringing");
		assert.equal(message?.payload.e164, "+34974319404");
		assert.deepEqual(message?.call, message?.payload);
		assert.notEqual(message?.call, message?.payload);
		assert.deepEqual(
			flow.events("out", "extension.state").map(({ state, previous }) => [previous, state]),
			[["unknown", "ringing"]],
		);
	});

	it("listens to several extensions", async () => {
		const { simulator, url } = await flow.simulate();
		await flow.load([pbxConfig(url), { ...IN, extensions: "11, 12 13", events: CALLS }, OUT]);
		await flow.loggedIn(simulator, 3);
		for (const extension of ["11", "12", "13"]) simulator.run({ command: "ring", extension, number: "600000101" });
		await eventually(() =>
			assert.deepEqual(
				flow
					.events("out", "call.ringing")
					.map(({ extension }) => extension)
					.sort(),
				["11", "12", "13"],
			),
		);
	});

	it("hears all extensions on the monitor, or those of its filter", async () => {
		const { simulator, url } = await flow.simulate();
		const monitor = { ...IN, channel: "monitor", events: CALLS };
		await flow.load([
			pbxConfig(url),
			{ ...monitor, extensions: "" },
			OUT,
			{ ...monitor, id: "in2", extensions: "12", wires: [["out2"]] },
			{ ...OUT, id: "out2" },
		]);
		await flow.loggedIn(simulator);
		for (const extension of ["11", "12"]) simulator.run({ command: "ring", extension, number: "600000101" });
		await eventually(() => assert.equal(flow.events("out", "call.ringing").length, 2));
		assert.deepEqual(
			flow.events("out2", "call.ringing").map(({ extension }) => extension),
			["12"],
		);
	});

	it("has one output for each event when it is split, in the order of the form", async () => {
		const { simulator, url } = await flow.simulate();
		const outs = ["call", "command", "unrecognised"].map((id) => ({ id, type: "helper" }));
		const wires = outs.map(({ id }) => [id]);
		await flow.load([
			pbxConfig(url),
			{ ...IN, split: true, events: ["unrecognised", "web.command", "call.ringing"], wires },
			...outs,
		]);
		await flow.loggedIn(simulator);
		for (const text of ["(CALL,1)", "http://192.168.139/x", "(what,is this)"]) {
			simulator.run({ command: "send", extension: "11", text });
		}
		await eventually(() => assert.equal(flow.received("unrecognised").length, 1));
		assert.equal(flow.events("call", "call.ringing").length, 1);
		assert.equal(flow.events("command", "web.command").length, 1);
		assert.deepEqual(flow.events("unrecognised", "unrecognised")[0]?.text, "(what,is this)");
	});

	it("keeps flows with one output for each kind of event as they were", async () => {
		const { simulator, url } = await flow.simulate();
		const outs = ["call", "command"].map((id) => ({ id, type: "helper" }));
		const wires = outs.map(({ id }) => [id]);
		await flow.load([
			pbxConfig(url, { settle: 0 }),
			{ ...IN, split: true, events: ["call", "command"], wires },
			...outs,
		]);
		await flow.loggedIn(simulator);
		simulator.run({ command: "ring", extension: "11", number: "974319404" });
		await eventually(() => assert.equal(flow.events("call", "call.ringing").length, 1));
		simulator.run({ command: "hangup", extension: "11" });
		await eventually(() => assert.equal(flow.events("call", "call.record").length, 1));
		simulator.run({ command: "send", extension: "11", text: "http://192.168.139/x" });
		await eventually(() => assert.equal(flow.events("command", "web.command").length, 1));
		assert.deepEqual(
			[...new Set(flow.received("call").map(({ payload }) => payload.event))],
			CALLS.filter((name) => name !== "call.answered"),
		);
	});

	it("sends calls of the directions and outcomes that are ticked: a missed call, and nothing of the others", async () => {
		const { simulator, url } = await flow.simulate();
		const record = { ...IN, events: ["call.record", "call.ringing"] };
		await flow.load([
			pbxConfig(url, { settle: 0 }),
			{ ...record, directions: ["inbound"], outcomes: ["missed"] },
			OUT,
			{ ...record, id: "in2", directions: ["outbound"], outcomes: [], wires: [["out2"]] },
			{ ...OUT, id: "out2" },
			{ ...record, id: "in3", directions: [], outcomes: [], wires: [["out3"]] },
			{ ...OUT, id: "out3" },
		]);
		await flow.loggedIn(simulator);
		const recorded = (count: number) =>
			eventually(() => assert.equal(flow.events("out3", "call.record").length, count));
		simulator.run({ command: "ring", extension: "11", number: "600000101" });
		simulator.run({ command: "answer", extension: "11" });
		simulator.run({ command: "hangup", extension: "11" });
		await recorded(1);
		simulator.run({ command: "ring", extension: "11", number: "600000102" });
		simulator.run({ command: "hangup", extension: "11" });
		await recorded(2);
		const told = (id: string) => flow.received(id).map(({ payload }) => `${payload.event} ${payload.number}`);
		// How a call ends is not known while it rings.
		assert.deepEqual(told("out"), ["call.ringing 600000101", "call.ringing 600000102", "call.record 600000102"]);
		assert.deepEqual(told("out2"), []);
	});

	it("shares one connection with every node that uses the extension, and closes it with the last", async () => {
		const { simulator, url } = await flow.simulate();
		const nodes = ["a", "b", "c"].map((id) => ({ ...IN, id, events: CALLS, wires: [[]] }));
		await flow.load([pbxConfig(url), ...nodes]);
		await flow.loggedIn(simulator);
		await settle();
		assert.equal(simulator.clients, 1);
		await flow.clear();
		await eventually(() => assert.equal(simulator.clients, 0));
	});

	it("tells the connection's state, and what it knows of it, truthfully", async () => {
		const { simulator, url } = await flow.simulate({ extensions: ["11"] });
		await flow.load([pbxConfig(url), { ...IN, events: LINK }, OUT]);
		await flow.loggedIn(simulator);
		simulator.run({ command: "send", extension: "11", text: "(info,-Livre)" });
		const shown = () => flow.statuses("in").map((text) => text.replaceAll("status.", ""));
		await eventually(() => assert.equal(flow.events("out", "link.state").at(-1)?.reason, "confirmed"));
		await eventually(() => assert.equal(shown().at(-1), "connected"));
		simulator.run({ command: "drop" });
		await eventually(() => assert.equal(flow.events("out", "link.state").at(-1)?.state, "disconnected"));
		await eventually(() => assert.deepEqual(shown().slice(0, 3), ["connecting", "connected", "short.lost"]));
	});

	it("shows the calls that go on, and the connection again when they are over", async () => {
		const { simulator, url } = await flow.simulate();
		await flow.load([pbxConfig(url), { ...IN, extensions: "11, 12", events: ALL }, OUT]);
		await flow.loggedIn(simulator, 2);
		const shows = (text: string) => eventually(() => assert.equal(flow.statuses("in").at(-1), text));
		simulator.run({ command: "ring", extension: "11", number: "974319404" });
		await shows("♪ 974319404");
		simulator.run({ command: "answer", extension: "11" });
		await shows("☎ 974319404");
		simulator.run({ command: "ring", extension: "12", number: "" });
		await shows("♪ 2");
		simulator.run({ command: "hangup", extension: "11" });
		simulator.run({ command: "hangup", extension: "12" });
		await shows("status.connected");
	});

	it("changes what it shows a few times a second only, however much happens, and ends with the newest", async () => {
		const { simulator, url } = await flow.simulate();
		await flow.load([pbxConfig(url), { ...IN, events: ALL }, OUT]);
		await flow.loggedIn(simulator);
		const before = flow.statuses("in").length;
		const started = Date.now();
		for (let i = 0; i < 200; i++) {
			simulator.run({ command: "ring", extension: "11", number: "974319404" });
			simulator.run({ command: "answer", extension: "11" });
			if (i < 199) simulator.run({ command: "hangup", extension: "11" });
		}
		await eventually(() => assert.equal(flow.events("out", "call.answered").length, 200));
		await eventually(() => assert.equal(flow.statuses("in").at(-1), "☎ 974319404"));
		const most = 2 + Math.ceil((Date.now() - started) / 250);
		assert.ok(flow.statuses("in").length - before <= most, `${flow.statuses("in").length} changes`);
	});

	it("gives msg.url for PRO events at the hosts that are named, and for no others", async () => {
		const { simulator, url } = await flow.simulate();
		await flow.load([pbxConfig(url), { ...IN, events: ["web.command"], urlHosts: "crm.example" }, OUT]);
		await flow.loggedIn(simulator);
		for (const text of ["http://crm.example/x?pi=1", "http://127.0.0.1:1880/flows", "no address"]) {
			simulator.run({ command: "send", extension: "11", text });
		}
		await eventually(() => assert.equal(flow.received("out").length, 3));
		assert.deepEqual(
			flow.received("out").map(({ url: given }) => given),
			["http://crm.example/x?pi=1", undefined, undefined],
		);
	});

	it("shows a refused login as refused", async () => {
		const { simulator, url } = await flow.simulate();
		await flow.load([pbxConfig(url), { ...IN, events: LINK }, OUT], { pbx: { key: "wrong" } });
		await eventually(() => assert.equal(flow.events("out", "link.state").at(-1)?.state, "refused"));
		assert.equal(flow.events("out", "link.state").at(-1)?.reason, "prompted-again");
		await eventually(() => assert.equal(simulator.clients, 0));
	});

	it("says what is wrong with its set-up, once, and harms nobody", async () => {
		await flow.load([
			pbxConfig("http://nonsense"),
			{ ...IN, events: ALL },
			{ ...IN, id: "in2", pbx: "nothing", events: ALL },
			{ ...IN, id: "in3", extensions: "1/1", events: ALL },
			{ ...IN, id: "in4", extensions: "", events: ALL },
			OUT,
		]);
		const errors = flow.errors();
		assert.equal(errors.filter((text) => /server address/.test(text)).length, 3);
		assert.equal(errors.filter((text) => /has no PBX/.test(text)).length, 1);
	});

	it("names an environment variable that is not set, and sends nothing of it to the PBX", async () => {
		const { simulator, url } = await flow.simulate();
		await flow.load([
			pbxConfig(url),
			{ ...IN, extensions: "${NOT_SET}", events: ALL },
			pbxConfig(url, { id: "pbx2", tenant: "${NOT_SET}" }),
			{ ...IN, id: "in2", pbx: "pbx2", events: ALL },
			OUT,
		]);
		assert.equal(flow.errors().filter((text) => /NOT_SET is not set/.test(text)).length, 2);
		await settle();
		assert.equal(simulator.clients, 0);
	});

	it("survives saved properties that no form would save", async () => {
		const { simulator, url } = await flow.simulate();
		const odd = [{ events: 5 }, { events: undefined }, { extensions: 12 }, { channel: undefined }];
		const nodes = odd.map((properties, i) => ({ ...IN, events: ALL, ...properties, id: `in${i}` }));
		await flow.load([pbxConfig(url, { activations: [null, {}, { command: 5 }] }), ...nodes, OUT]);
		await flow.loggedIn(simulator, 2);
		simulator.run({ command: "ring", extension: "11", number: "1" });
		await eventually(() => assert.equal(flow.events("out", "call.ringing").length, 3));
	});

	it("sends the kinds of events that it knows, and holds no connection for one that it does not", async () => {
		const { simulator, url } = await flow.simulate();
		await flow.load([pbxConfig(url), { ...IN, events: ["presence", "call.ringing", "constructor"] }, OUT]);
		await flow.loggedIn(simulator);
		simulator.run({ command: "ring", extension: "11", number: "1" });
		await eventually(() => assert.equal(flow.events("out", "call.ringing").length, 1));
		await flow.unload();
		await eventually(() => assert.equal(simulator.clients, 0));
	});

	it("tells its status to a status node", async () => {
		const { simulator, url } = await flow.simulate();
		const watcher = { id: "status", type: "status", scope: ["in"], wires: [["statuses"]] };
		await flow.load([pbxConfig(url), { ...IN, events: ALL }, OUT, watcher, { ...OUT, id: "statuses" }]);
		await flow.loggedIn(simulator);
		simulator.run({ command: "drop" });
		const fills = () => flow.received("statuses").map(({ status }) => Object(status).fill);
		await eventually(() => assert.equal(fills().at(-1), "red"));
	});
});
