import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Simulator } from "../../src/simulator/simulator";
import { CrmStandIn, deliveryFlow } from "../support/crmStandIn";
import { eventually } from "../support/eventually";
import { linkPackage, NodeRed } from "../support/nodeRed";
import { Postgres } from "../support/postgres";

describe("two gateways on one database", function () {
	this.timeout(180_000);
	let server: Postgres;
	let simulator: Simulator;
	let crm: CrmStandIn;
	const running: NodeRed[] = [];
	const folders: string[] = [];

	before(async () => {
		server = await Postgres.start();
	});
	after(() => server.stop());
	beforeEach(async () => {
		const extensions = Array.from({ length: 40 }, (_, i) => String(101 + i));
		simulator = new Simulator({ port: 0, tenant: "227", key: "secret", extensions });
		await simulator.listen();
		crm = await CrmStandIn.start();
	});
	afterEach(async () => {
		for (const red of running.splice(0)) await red.stop();
		for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
		await simulator.close();
		await crm.stop();
	});

	async function gateway(over: object): Promise<NodeRed> {
		const userDir = mkdtempSync(join(tmpdir(), "node-red-gateway-"));
		folders.push(userDir);
		linkPackage(userDir);
		const url = `ws://127.0.0.1:${simulator.port}`;
		const store = { store: "postgresql", storeUrl: server.url };
		const flows = deliveryFlow({ url, ...store, ...over }, crm.url);
		const password = server.settings.password;
		const credentials = { pbx: { key: "secret", storePassword: password } };
		const red = await NodeRed.start({ userDir, flows, credentials });
		running.push(red);
		return red;
	}
	async function kill(red: NodeRed): Promise<void> {
		red.child.kill("SIGKILL");
		await once(red.child, "exit");
	}

	/** Calls from so many callers, eight a second, each answered and hung up; `each` runs before every one. */
	async function traffic(calls: number, each: (n: number) => Promise<void> | void): Promise<void> {
		for (let n = 0; n < calls; n++) {
			await each(n);
			const extension = String(101 + (n % 40));
			simulator.run({ command: "ring", extension, number: `6${String(n).padStart(8, "0")}` });
			simulator.run({ command: "answer", extension });
			simulator.run({ command: "hangup", extension });
			await new Promise((resolve) => setTimeout(resolve, 125));
		}
	}
	const callers = () => new Set([...crm.records.values()].map(({ number }) => number));

	it("that both listen lose no record, double none and make none poorer when one is killed, and while the database is away", async () => {
		const [first] = [await gateway({}), await gateway({})];
		await eventually(() => assert.equal(simulator.status().clients.length, 2), 20);
		await traffic(64, async (n) => {
			if (n === 16) await kill(first);
			if (n === 32) await server.goAway();
			if (n === 48) await server.comeBack();
		});
		await eventually(() => assert.equal(callers().size, 64), 90);
		assert.equal(crm.records.size, 64);
		for (const record of crm.records.values()) {
			assert.deepEqual([record.outcome, record.complete, record.legs.length], ["answered", true, 1], record.key);
		}
		// What the one that was killed had on its way may have come a second time, under its key.
		assert.ok(crm.kept <= 66, String(crm.kept));
	});

	it("take turns where one is to stand by: one connects, and the other takes over within ten seconds", async () => {
		const first = await gateway({ standby: true });
		await eventually(() => assert.equal(simulator.status().clients.length, 1), 20);
		const statuses = await (await gateway({ standby: true })).followStatus();
		await eventually(() => assert.match(statuses.get("in") ?? "", /standby/), 20);
		simulator.run({ command: "ring", extension: "101", number: "974319404" });
		simulator.run({ command: "answer", extension: "101" });
		await eventually(() => assert.ok(crm.events.some(({ event }) => event === "call.answered")), 20);
		assert.equal(simulator.status().clients.length, 1);
		// What is kept is kept in order: with this record on the disk, what was heard before it is there.
		simulator.run({ command: "ring", extension: "102", number: "600000101" });
		simulator.run({ command: "hangup", extension: "102" });
		await eventually(() => assert.equal(crm.records.size, 1));
		await kill(first);
		const killedAt = Date.now();
		await eventually(() => assert.equal(simulator.status().clients.length, 0));
		await eventually(() => assert.equal(simulator.status().clients.length, 1), 20);
		const seconds = (Date.now() - killedAt) / 1000;
		assert.ok(seconds < 10, `taken over after ${seconds} s`);
		// The call goes on where the other one left it.
		await eventually(() => assert.ok(crm.events.some(({ event }) => event === "link.gap")), 20);
		simulator.run({ command: "hangup", extension: "101" });
		const record = await eventually(() => {
			assert.equal(crm.records.size, 2);
			return [...crm.records.values()][1];
		}, 60);
		assert.deepEqual([record?.outcome, record?.e164, record?.answeredBy], ["answered", "+34974319404", ["101"]]);
	});
});
