import assert from "node:assert/strict";
import type { Contact } from "../../src/messages";
import type { Simulator } from "../../src/simulator/simulator";
import { eventually } from "../support/eventually";
import type { FlowNode } from "../support/flowFixture";
import { LogFlow } from "../support/logFlow";

const CONTACT = {
	...{ id: "contact", type: "pbx-contact", pbx: "pbx", minutes: 30 },
	...{ contactName: "payload.name", contactNameType: "msg", contactId: "payload.id", contactIdType: "msg" },
	...{ contactUrl: "payload.url", contactUrlType: "msg" },
};
const PEPE = { id: 17, name: "Bar Pepe", url: "https://crm.example/customers/17" };
const KNOWN: Contact = { id: "17", name: "Bar Pepe", url: "https://crm.example/customers/17" };

describe("pbx-contact", () => {
	const flow = new LogFlow();
	let simulator: Simulator;
	let count = 0;
	before(() => flow.start());
	after(() => flow.stop());
	afterEach(() => flow.unload());

	async function ready(over: object = {}, config: object = {}): Promise<FlowNode[]> {
		const simulated = await flow.simulate();
		simulator = simulated.simulator;
		const events = ["call.ringing", "call.answered", "call.ended", "call.record"];
		const loaded: FlowNode[] = [
			...flow.around({ ...CONTACT, ...over }, simulated.url, { storeFile: `${flow.folder}/${++count}.db`, ...config }),
			{ id: "in", type: "pbx-in", pbx: "pbx", channel: "monitor", extensions: "", events, wires: [["calls"]] },
			{ id: "calls", type: "helper" },
		];
		await flow.load(loaded);
		await flow.loggedIn(simulator);
		return loaded;
	}
	const ring = (number = "974319404", extension = "11") => simulator.run({ command: "ring", extension, number });
	const hangUp = (extension = "11") => simulator.run({ command: "hangup", extension });
	/** Waits for the n-th event of a kind. */
	const told = (event: string, n = 1) =>
		eventually(() => {
			const found = flow.events("calls", event)[n - 1];
			assert.ok(found, event);
			return found;
		});
	const ask = (message: object) => flow.node("contact").receive(message);
	const first = (n = 1) =>
		eventually(() => {
			assert.equal(flow.received("first").length, n);
			return flow.received("first")[n - 1];
		});
	const contactOf = (message: unknown) => Object(Object(message).call).contact as unknown;

	it("names the caller on the call until its record, and on the next one of the number at once", async () => {
		await ready();
		ring();
		const call = await told("call.ringing");
		assert.equal(call.contact, null);
		ask({ call, payload: PEPE, statusCode: 200 });
		const looked = await first();
		assert.deepEqual([contactOf(looked), Object(Object(looked?.call).crm).contact], [KNOWN, KNOWN]);
		simulator.run({ command: "answer", extension: "11" });
		assert.deepEqual((await told("call.answered")).contact, KNOWN);
		hangUp();
		assert.deepEqual((await told("call.ended")).contact, KNOWN);
		assert.deepEqual((await told("call.record")).contact, KNOWN);
		ring("+34 974 31 94 04");
		assert.deepEqual((await told("call.ringing", 2)).contact, KNOWN);
		await flow.isDone(1);
	});

	it("names a call that is over already on its record, while that is still to come", async () => {
		await ready({ minutes: 0 }, { settle: 1 });
		ring();
		const call = await told("call.ringing");
		hangUp();
		await told("call.ended");
		ask({ call, payload: PEPE });
		assert.deepEqual((await told("call.record")).contact, KNOWN);
		ring();
		assert.equal((await told("call.ringing", 2)).contact, null);
	});

	it("brings the name after a restart, where calls are kept", async () => {
		const loaded = await ready();
		ring();
		ask({ call: await told("call.ringing"), payload: PEPE });
		await first();
		hangUp();
		await told("call.record");
		await flow.deploy(loaded, "full");
		await flow.clear();
		await flow.unload();
		const again = await flow.simulate();
		simulator = again.simulator;
		await flow.load(loaded.map((node) => (node.id === "pbx" ? { ...node, url: again.url } : node)));
		await flow.loggedIn(simulator);
		ring();
		assert.deepEqual((await told("call.ringing")).contact, KNOWN);
	});

	it("keeps nobody for a caller who withholds the number", async () => {
		await ready();
		ring("anonymous");
		const call = await told("call.ringing");
		assert.equal(call.anonymous, true);
		ask({ call, payload: PEPE });
		await first();
		hangUp();
		assert.deepEqual((await told("call.record")).contact, KNOWN);
		ring("anonymous", "12");
		assert.equal((await told("call.ringing", 2)).contact, null);
	});

	it("sets nothing where the look-up has failed, and sends it on as it came by the second output", async () => {
		await ready();
		ring();
		const call = await told("call.ringing");
		const failures = [
			...[
				{ statusCode: 404 },
				{ statusCode: 500 },
				{ statusCode: "ECONNREFUSED" },
				{ statusCode: 0 },
				{ statusCode: 304 },
			],
			...[{ statusCode: Number.NaN }, { statusCode: null }, { statusCode: "" }, { statusCode: [200] }],
			...[{ error: { message: "no JSON" } }, { error: "boom", statusCode: 200 }, { statusCode: "404 Not Found" }],
		];
		for (const failure of failures) ask({ call: { ...call }, payload: PEPE, ...failure });
		await flow.isDone(failures.length);
		assert.equal(flow.received("first").length, 0);
		assert.equal(flow.received("second").length, failures.length);
		for (const message of flow.received("second"))
			assert.deepEqual([contactOf(message), message.payload], [null, PEPE]);
		hangUp();
		assert.equal((await told("call.record")).contact, null);
	});

	it("takes a status in text for what it is, and none, or an error that is null, for no failure", async () => {
		await ready();
		ring();
		const call = await told("call.ringing");
		for (const over of [{ statusCode: "201" }, {}, { error: null }, { statusCode: 204, error: null }])
			ask({ call, payload: PEPE, ...over });
		await flow.isDone(4);
		assert.equal(flow.received("first").length, 4);
	});

	it("takes a stranger for a stranger, whatever the CRM answers then", async () => {
		await ready({ contactName: "payload[0].fields.name", contactId: "payload[0].id", contactUrl: "payload[0].url" });
		ring();
		const call = await told("call.ringing");
		const nothing = [
			[],
			{},
			null,
			undefined,
			"",
			"not found",
			0,
			[null],
			[{}],
			[{ fields: null }],
			[{ fields: { name: {} } }],
		];
		for (const payload of nothing)
			ask({
				call: { ...call, contact: KNOWN, crm: { ...Object(call.crm), contact: KNOWN } },
				payload,
				statusCode: 200,
			});
		await flow.isDone(nothing.length);
		assert.deepEqual(flow.codes("caught"), []);
		assert.equal(flow.received("first").length, nothing.length);
		for (const message of flow.received("first")) {
			assert.equal(contactOf(message), null);
			assert.deepEqual(Object(Object(message.call).crm).contact, { id: "", name: "", url: "" });
		}
	});

	it("finds the name however deep it stands, and in the first of several hits", async () => {
		await ready({
			contactName: "payload.hits[0].data['full name']",
			contactId: "$string(payload.hits[0].data.id)",
			contactIdType: "jsonata",
		});
		ring();
		const call = await told("call.ringing");
		const hit = (id: number, name: string) => ({ data: { id, "full name": name } });
		ask({ call, payload: { hits: [hit(1, "Ana"), hit(2, "Eva")] } });
		assert.deepEqual(contactOf(await first()), { id: "1", name: "Ana", url: "" });
	});

	it("takes names as text on one line, of a length that people read, and links that open and run nothing", async () => {
		await ready();
		ring();
		const call = await told("call.ringing");
		const name = `<img src=x onerror=alert(1)>\r\n\u0000\u2028${"é".repeat(10_000)}`;
		ask({ call, payload: { id: { no: "text" }, name, url: "javascript:alert(1)" } });
		const contact = contactOf(await first()) as Contact;
		assert.match(contact.name, /^<img src=x onerror=alert\(1\)> é+…?$/);
		assert.ok(contact.name.length <= 201);
		assert.deepEqual([contact.id, contact.url], ["", ""]);
		assert.ok(flow.statuses("contact").every((text) => text.length < 60));
		for (const url of [
			"http://",
			"https://crm.example/\u0000x",
			"ftp://x/",
			7,
			["https://x/"],
			`https://x/${"a".repeat(3_000)}`,
		]) {
			ask({ call, payload: { name: "Ana", url } });
		}
		await flow.isDone(7);
		const urls = flow
			.received("first")
			.slice(1)
			.map((message) => (contactOf(message) as Contact).url);
		assert.deepEqual(
			urls.filter((url) => url !== "" && !url.startsWith("https://crm.example/")),
			[],
		);
	});

	it("says once that a message has no call, and takes any other rubbish in it", async () => {
		await ready();
		const odd = [{}, { call: null }, { call: "x" }, { call: [] }, { call: { callId: 7 } }, { payload: [PEPE] }];
		for (const message of odd) ask({ payload: PEPE, ...message });
		await flow.isDone(odd.length);
		assert.deepEqual(flow.codes("caught"), Array(odd.length).fill("no-call"));
		const strange = { callId: "x".repeat(100_000), number: 7, e164: {}, anonymous: "no", crm: null };
		ask({ call: strange, payload: PEPE });
		ask({ payload: { callId: "1", name: "Itself" } });
		await flow.isDone(odd.length + 2);
		assert.deepEqual(flow.received("first").map(contactOf), [KNOWN, { id: "", name: "Itself", url: "" }]);
	});

	it("may hold anything in its form: what cannot be worked out is an error of that message, and what is missing is nothing", async () => {
		for (const [over, codes, sent] of [
			[{ contactName: "$oops(", contactNameType: "jsonata" }, 1, 0],
			[{ contactName: undefined, contactNameType: undefined, contactId: undefined, contactUrl: undefined }, 0, 1],
			[{ contactUrl: "", contactId: "" }, 0, 1],
			[{ contactName: "payload[", contactNameType: "msg" }, 1, 0],
			[{ contactName: "nobody", contactNameType: "flow" }, 0, 1],
			[{ minutes: "NaN" }, 0, 1],
			[{ minutes: -5 }, 0, 1],
			[{ minutes: 1e99 }, 0, 1],
			[{ pbx: "gone" }, 1, 0],
		] as const) {
			await ready(over);
			ring();
			ask({ call: await told("call.ringing"), payload: PEPE });
			await flow.isDone(1);
			assert.deepEqual(
				[flow.received("caught").length, flow.received("first").length],
				[codes, sent],
				JSON.stringify(over),
			);
			await flow.unload();
		}
	});
});
