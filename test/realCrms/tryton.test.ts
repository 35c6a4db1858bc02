import assert from "node:assert/strict";
import { Simulator } from "../../src/simulator/simulator";
import { readCrmFlow } from "../support/crmFlows";
import { eventually } from "../support/eventually";
import { FaultyProxy } from "../support/faultyProxy";
import { NodeRed } from "../support/nodeRed";
import { Tryton } from "../support/tryton";

describe("the flow for Tryton, with a real Tryton", function () {
	this.timeout(600_000);
	let tryton: Tryton;
	let proxy: FaultyProxy;
	let simulator: Simulator;
	let red: NodeRed;
	let unknown: number;
	let lucia: number;

	before(async function () {
		if (!(await Tryton.isInstalled())) this.skip();
		tryton = await Tryton.create();
		[unknown = 0] = await tryton.ask<number[]>("model.party.party.create", [{ name: "Unknown callers" }]);
		const phone = { type: "phone", value: "+34 974 31 94 04" };
		const party = { name: "Lucía Abadías", contact_mechanisms: [["create", [phone]]] };
		[lucia = 0] = await tryton.ask<number[]>("model.party.party.create", [party]);
		proxy = await FaultyProxy.start(tryton.port);
		simulator = new Simulator({ port: 0, tenant: "227", key: "secret", extensions: ["11", "12"] });
		await simulator.listen();
		const entered: Readonly<Record<string, string>> = {
			TRYTON_URL: `http://127.0.0.1:${proxy.port}`,
			TRYTON_USER: "admin",
			TRYTON_PARTY: String(unknown),
		};
		const nodes = readCrmFlow("Tryton.json");
		const flows = nodes.map((node) => ({
			...node,
			...(node.type === "pbx-config" && { url: `ws://127.0.0.1:${simulator.port}`, settle: 0 }),
			...(node.env && { env: node.env.map((each) => ({ ...each, value: entered[each.name] ?? each.value })) }),
		}));
		const idOf = (type: string) => nodes.find((node) => node.type === type)?.id ?? assert.fail(type);
		const credentials = { [idOf("pbx-config")]: { key: "secret" }, [idOf("tab")]: { TRYTON_PASSWORD: "secret" } };
		red = await NodeRed.start({ flows, credentials });
		await eventually(() => assert.equal(simulator.status().clients.length, 1), 20);
	});
	after(async () => {
		await red?.stop();
		await simulator?.close();
		await proxy?.stop();
		await tryton?.stop();
	});

	function missed(number: string): void {
		simulator.run({ command: "ring", extension: "11", number });
		simulator.run({ command: "hangup", extension: "11" });
	}
	const has = (party: number, count: number) =>
		eventually(async () => assert.equal((await tryton.notes(party)).length, count), 60);

	it("writes a call as a note of the party with that number, with its key", async () => {
		missed("974319404");
		await has(lucia, 1);
		assert.match((await tryton.notes(lucia))[0] ?? "", /974 31 94 04.* \[227\/\S+\]$/);
	});

	it("writes that of somebody whom nobody knows, or of a withheld number, to the party that is there for them", async () => {
		missed("600000101");
		missed("anonymous");
		await has(unknown, 2);
	});

	it("writes a call once whose answer was lost", async () => {
		let lost = 0;
		proxy.alter = (bytes) => {
			// The answer to what writes the note.
			if (!bytes.includes('"id":3')) return bytes;
			lost++;
			return Buffer.alloc(0);
		};
		missed("974319404");
		await has(lucia, 2);
		proxy.alter = (bytes) => bytes;
		assert.equal(lost, 1);
		missed("974319404");
		await has(lucia, 3);
		// Long enough for the next try, which finds it there.
		await new Promise((resolve) => setTimeout(resolve, 20_000));
		assert.equal((await tryton.notes(lucia)).length, 3);
	});

	it("brings what was called while Tryton was away", async () => {
		await tryton.goAway();
		missed("974319404");
		missed("600000102");
		await new Promise((resolve) => setTimeout(resolve, 3_000));
		await tryton.start();
		await has(lucia, 4);
		await has(unknown, 3);
	});
});
