import assert from "node:assert/strict";
import { readWords } from "../../nodes/shared/words";
import { eventually, settle } from "../support/eventually";
import { FlowFixture, pbxConfig } from "../support/flowFixture";
import { certificate, TlsServer } from "../support/tlsServer";

const IN = {
	id: "in",
	type: "pbx-in",
	pbx: "pbx",
	channel: "extension",
	extensions: "11",
	events: ["call"],
	wires: [[]],
};
const CALL = {
	id: "call",
	type: "pbx-call",
	pbx: "pbx",
	extension: "11",
	extensionType: "str",
	number: "payload",
	numberType: "msg",
	timeout: 5,
	wires: [[], []],
};
const WATCH = [
	{ id: "catch", type: "catch", scope: ["in", "call"], wires: [["caught"]] },
	{ id: "caught", type: "helper" },
];

describe("pbx-config", () => {
	const flow = new FlowFixture();
	before(() => flow.start());
	after(() => flow.stop());
	afterEach(() => flow.unload());

	it("without a key says that one is missing where the server asks for it", async () => {
		const { url } = await flow.simulate();
		await flow.load([pbxConfig(url), IN], { pbx: {} });
		await eventually(() => assert.equal(flow.statuses("in").at(-1), "short.no-key"));
	});

	it("without a key logs in where the server knows the address", async () => {
		const open = await flow.simulate({ key: null });
		await flow.load([pbxConfig(open.url), IN], { pbx: {} });
		await eventually(() => assert.deepEqual(open.simulator.status().clients, ["11"]));
	});

	it("whose TLS configuration was deleted says so in every node that uses it, once, and with every message", async () => {
		await flow.load([pbxConfig("wss://127.0.0.1:1", { tls: "deleted" }), IN, CALL, ...WATCH]);
		assert.deepEqual([flow.statuses("in").at(-1), flow.statuses("call").at(-1)], ["fault.no-tls", "fault.no-tls"]);
		assert.equal(flow.errors().filter((text) => /TLS/.test(text)).length, 2);
		flow.node("call").receive({ payload: "600000101" });
		await eventually(() => assert.deepEqual(flow.codes("caught"), ["no-tls"]));
	});

	it("says in its nodes what in it cannot work, once, and opens no connection", async () => {
		const { simulator, url } = await flow.simulate();
		for (const [over, code] of [
			[{ settle: "soon" }, "invalid-settle"],
			[{ settle: -1 }, "invalid-settle"],
			[{ settle: 61 }, "invalid-settle"],
			[{ mostExtensions: 0 }, "invalid-most-extensions"],
			[{ mostExtensions: 20_001 }, "invalid-most-extensions"],
			[{ mostExtensions: "" }, "invalid-most-extensions"],
			[{ prefix: "0 or 9" }, "invalid-prefix"],
			[{ prefix: "(call" }, "invalid-prefix"],
			[{ language: "de" }, "invalid-language"],
			[{ timeZone: "Europe/Nowhere" }, "invalid-time-zone"],
			[{ people: [{ extension: "x/1", name: "Ana" }] }, "invalid-people"],
			[{ people: [{ extension: "11" }, { extension: " 11 ", name: "Ana" }] }, "invalid-people"],
		] as const) {
			await flow.load([pbxConfig(url, over), IN, CALL, ...WATCH]);
			assert.equal(flow.statuses("in").at(-1), "status.misconfigured", JSON.stringify(over));
			flow.node("call").receive({ payload: "600000101" });
			await eventually(() => assert.deepEqual(flow.codes("caught"), [code], JSON.stringify(over)));
			await flow.unload();
		}
		assert.equal(simulator.clients, 0);
	});

	it("connects over TLS with the private authority and the certificate of core's tls-config", async () => {
		const authority = await certificate({ isAuthority: true });
		const own = await certificate({ name: "client", issuer: authority });
		const asks = { ca: authority.cert, requestCert: true, rejectUnauthorized: true };
		const server = await TlsServer.start(await certificate({ issuer: authority }), asks);
		const tls = {
			id: "tls",
			type: "tls-config",
			name: "",
			cert: "",
			key: "",
			ca: "",
			verifyservercert: true,
			servername: "",
		};
		const credentials = { pbx: {}, tls: { certdata: own.cert, keydata: own.private, cadata: authority.cert } };
		await flow.load([tls, pbxConfig(server.url, { tls: "tls" }), IN], credentials);
		await eventually(() => assert.equal(flow.statuses("in").at(-1), "status.connected"));
		await flow.clear();
		server.stop();
	});

	it("warns once of a word that nobody knows, shows it on the node, and understands it once it was taught", async () => {
		const { simulator, url } = await flow.simulate();
		const words = [{ word: "En conversacion", meaning: "busy" }];
		const input = { ...IN, events: ["extension.state", "call.answered"], wires: [["out"]] };
		const say = (text: string) => simulator.run({ command: "send", extension: "11", text });
		await flow.load([pbxConfig(url), input, { id: "out", type: "helper" }]);
		await flow.loggedIn(simulator);
		for (let i = 0; i < 3; i++) say("(info,-En conversación)");
		await eventually(() => assert.equal(flow.statuses("in").at(-1), "«En conversación» ?"));
		assert.deepEqual(flow.warnings(), ["words.warning.state"]);
		// Of a PBX that speaks another language altogether, the form tells more than the log.
		for (let i = 0; i < 60; i++) say(`(info,-word ${i})`);
		await eventually(() => assert.equal(flow.events("out", "extension.state").length, 63));
		assert.equal(flow.warnings().length, 20);
		await flow.unload();

		const taught = await flow.simulate();
		await flow.load([pbxConfig(taught.url, { words }), input, { id: "out", type: "helper" }]);
		await flow.loggedIn(taught.simulator);
		for (const text of ["(info,-Timbre)(CALL,974319404)", "(info,-En conversación)"]) {
			taught.simulator.run({ command: "send", extension: "11", text });
		}
		await eventually(() => assert.equal(flow.events("out", "call.answered").length, 1));
		assert.deepEqual(
			flow.events("out", "extension.state").map(({ state }) => state),
			["ringing", "busy"],
		);
		assert.deepEqual(flow.warnings(), []);
	});

	it("takes the words that can be taught, and leaves out rows that teach nothing", () => {
		const rows = [
			{ word: " En uso ", meaning: "busy" },
			{ word: "EN USO", meaning: "idle" },
			{ word: "Ocupado", meaning: "dial-busy" },
			{ word: "", meaning: "idle" },
			{ word: "x", meaning: "" },
			{ word: "y", meaning: "asleep" },
			{ word: "z".repeat(65), meaning: "idle" },
			null,
			7,
		];
		assert.deepEqual(readWords(rows), [
			{ word: "En uso", meaning: "busy" },
			{ word: "Ocupado", meaning: "dial-busy" },
		]);
		for (const saved of [undefined, null, "busy", {}]) assert.deepEqual(readWords(saved), []);
	});

	it("used by disabled nodes only opens no connection", async () => {
		const { simulator, url } = await flow.simulate();
		await flow.load([pbxConfig(url), { ...IN, d: true }, { ...CALL, d: true }]);
		await settle();
		assert.equal(simulator.clients, 0);
	});
});
