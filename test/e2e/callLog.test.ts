import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LinkGapEvent } from "../../src/messages";
import { Simulator } from "../../src/simulator/simulator";
import { CrmStandIn, deliveryFlow } from "../support/crmStandIn";
import { eventually } from "../support/eventually";
import { linkPackage, NodeRed } from "../support/nodeRed";

describe("a Node-RED that ends in the middle", function () {
	this.timeout(120_000);
	let simulator: Simulator;
	let crm: CrmStandIn;
	let red: NodeRed | null = null;
	let userDir: string;

	beforeEach(async () => {
		simulator = new Simulator({ port: 0, tenant: "227", key: "secret", extensions: ["11", "12"] });
		await simulator.listen();
		crm = await CrmStandIn.start();
		userDir = mkdtempSync(join(tmpdir(), "node-red-call-log-"));
		linkPackage(userDir);
	});
	afterEach(async () => {
		await red?.stop();
		await simulator.close();
		await crm.stop();
		rmSync(userDir, { recursive: true, force: true });
	});

	async function start(): Promise<void> {
		const flows = deliveryFlow({ url: `ws://127.0.0.1:${simulator.port}` }, crm.url);
		red = await NodeRed.start({ userDir, flows, credentials: { pbx: { key: "secret" } } });
		await eventually(() => assert.equal(simulator.status().clients.length, 1), 20);
	}
	async function kill(): Promise<void> {
		red?.child.kill("SIGKILL");
		if (red) await once(red.child, "exit");
		red = null;
		await eventually(() => assert.equal(simulator.status().clients.length, 0));
	}
	const ring = (from: string, at = "11") => simulator.run({ command: "ring", extension: at, number: from });
	const events = (name: string) => crm.events.filter(({ event }) => event === name);

	it("goes on with a call that was answered before it was killed: one record, with number and times from before", async () => {
		await start();
		ring("974319404");
		await eventually(() => assert.equal(events("call.ringing").length, 1));
		simulator.run({ command: "answer", extension: "11" });
		await eventually(() => assert.equal(events("call.answered").length, 1));
		// What is kept is kept in order: with this record on the disk, what was heard before it is there.
		ring("600000101", "12");
		simulator.run({ command: "hangup", extension: "12" });
		await eventually(() => assert.equal(crm.records.size, 1), 20);
		const killedAt = Date.now();
		await kill();
		await start();
		await eventually(() => assert.equal(events("link.gap").length, 1), 20);
		const gap = events("link.gap")[0] as LinkGapEvent;
		// It was heard a moment before it was killed, at the latest five seconds before.
		assert.ok(Math.abs(Date.parse(gap.from) - killedAt) < 7_000, gap.from);
		simulator.run({ command: "hangup", extension: "11" });
		const record = await eventually(() => {
			assert.equal(crm.records.size, 2);
			return [...crm.records.values()][1];
		}, 20);
		assert.deepEqual(
			[record?.outcome, record?.e164, record?.answeredBy, record?.complete, record?.legs.length],
			["answered", "+34974319404", ["11"], false, 1],
		);
		assert.ok(Date.parse(String(record?.answeredAt)) <= killedAt);
		// What the CRM had, and nobody had noted when it was killed, may have come a second time, under its key.
		assert.ok(crm.kept <= 3, String(crm.kept));
		assert.equal(events("call.record").length, 2);
	});

	it("hands over what had not got through when it was killed, each record once", async () => {
		await start();
		crm.mood = "failing";
		for (const [i, from] of ["600000101", "600000102", "600000103"].entries()) {
			ring(from, i % 2 ? "12" : "11");
			simulator.run({ command: "hangup", extension: i % 2 ? "12" : "11" });
		}
		await eventually(() => assert.equal(events("call.record").length, 3), 20);
		await kill();
		crm.mood = "well";
		await start();
		await eventually(() => assert.equal(crm.records.size, 3), 60);
		assert.equal(crm.kept, 3);
		assert.equal(statSync(join(userDir, "meetip-pbx", "calls.db")).mode & 0o777, 0o600);
	});

	it("hands over what nobody answered for, however nobody answers", async () => {
		await start();
		for (const mood of ["down", "limiting", "failing"] as const) {
			crm.mood = mood;
			const before = crm.records.size;
			ring("974319404");
			simulator.run({ command: "hangup", extension: "11" });
			await eventually(() => assert.equal(events("call.record").length, before + 1), 20);
			crm.mood = "well";
			await eventually(() => assert.equal(crm.records.size, before + 1), 30);
		}
		assert.equal(crm.kept, 3);
	});
});
