import assert from "node:assert/strict";
import type { CallRecord } from "../../src/messages";
import { Simulator } from "../../src/simulator/simulator";
import { CRM_APIS, type CrmName } from "../support/crmApis";
import { BODIES, idOf } from "../support/crmBodies";
import { CRM_FILES, crmOf, filledIn } from "../support/crmFlows";
import { NATIONAL } from "../support/crmRequests";
import { CrmServer } from "../support/crmServer";
import { eventually } from "../support/eventually";
import { FaultyProxy } from "../support/faultyProxy";
import { NodeRed } from "../support/nodeRed";

const NAMES = CRM_FILES.map(crmOf);
/** Those that can neither write by a key nor be asked whether a call is there. */
const MAY_DOUBLE: readonly CrmName[] = ["pipedrive", "bitrix24"];
const PEOPLE = [{ extension: "11", name: "Ana", user: "77", email: "ana@example.com" }];

describe("the flows for CRMs", function () {
	this.timeout(180_000);
	let simulator: Simulator;
	let crms: CrmServer;
	let proxy: FaultyProxy;
	let red: NodeRed;
	let statuses: ReadonlyMap<string, string>;
	let logs: ReadonlyMap<CrmName, string>;

	before(async () => {
		simulator = new Simulator({ port: 0, tenant: "227", key: "secret", extensions: ["11", "12"] });
		await simulator.listen();
		crms = await CrmServer.start(CRM_APIS);
		proxy = await FaultyProxy.start(crms.port);
		const pbx = { url: `ws://127.0.0.1:${simulator.port}`, settle: 0, people: PEOPLE };
		const filled = filledIn(CRM_FILES, pbx, `http://127.0.0.1:${proxy.port}`);
		logs = filled.logs;
		const node = { z: "witness", x: 100, y: 100, name: "", tls: "", persist: false, proxy: "", headers: [] };
		const config = filled.flows.find((each) => Reflect.get(each, "type") === "pbx-config");
		const flows = [
			...filled.flows,
			{ id: "witness", type: "tab", label: "witness" },
			{
				...{
					...node,
					id: "in",
					type: "pbx-in",
					pbx: Reflect.get(Object(config), "id"),
					channel: "monitor",
					extensions: "",
				},
				...{
					events: ["call.record"],
					directions: [],
					outcomes: [],
					urlHosts: "",
					split: false,
					outputs: 1,
					wires: [["post"]],
				},
			},
			{
				...{ ...node, id: "post", type: "http request", method: "POST", ret: "txt", paytoqs: "ignore", wires: [[]] },
				url: `http://127.0.0.1:${crms.port}/records`,
			},
		];
		red = await NodeRed.start({ flows, credentials: filled.credentials });
		statuses = await red.followStatus();
		await eventually(() => assert.equal(simulator.status().clients.length, 1), 20);
	});
	after(async () => {
		await red?.stop();
		await proxy?.stop();
		await simulator?.close();
		await crms?.stop();
	});

	/** A call that is over at once; gives its record. */
	async function missed(number: string): Promise<CallRecord> {
		const before = crms.records.length;
		simulator.run({ command: "ring", extension: "12", number });
		simulator.run({ command: "hangup", extension: "12" });
		return eventually(() => crms.records[before] ?? assert.fail("no record yet"), 20);
	}
	const has = (name: CrmName, record: CallRecord) =>
		(crms.kept.get(name) ?? []).filter(({ id }) => id === idOf(name, record)).length;
	const statusOf = (name: CrmName) => statuses.get(logs.get(name) ?? "") ?? "";
	const inAll = (record: CallRecord, seconds = 30) =>
		eventually(
			() =>
				assert.deepEqual(
					NAMES.filter((name) => has(name, record) === 0),
					[],
				),
			seconds,
		);

	describe("as files", () => {
		it("are there for ten CRMs", () => assert.deepEqual([...NAMES].sort(), Object.keys(CRM_APIS).sort()));
	});

	describe("of an answered call of somebody whom the CRM knows", () => {
		let record: CallRecord;
		before(async () => {
			simulator.run({ command: "ring", extension: "11", number: NATIONAL });
			simulator.run({ command: "answer", extension: "11" });
			await new Promise((resolve) => setTimeout(resolve, 2_000));
			simulator.run({ command: "hangup", extension: "11" });
			record = await eventually(() => crms.records[0] ?? assert.fail("no record yet"), 20);
			assert.ok(record.crm.seconds >= 1 && record.crm.seconds <= 9);
		});
		for (const name of NAMES) {
			it(`${name} has it once, in the fields, times and units of its documentation`, async () => {
				await eventually(() => assert.equal(has(name, record), 1, crms.faults.join("\n")), 30);
				assert.deepEqual(crms.kept.get(name)?.[0]?.body, BODIES[name](record));
			});
		}
		it("no request was other than the documentations say", () => assert.deepEqual(crms.faults, []));
	});

	describe("of other calls", () => {
		it("bring a call of somebody whom nobody knows, and one of a withheld number", async () => {
			await inAll(await missed("600000101"));
			const before = crms.records.length;
			simulator.run({ command: "ring", extension: "12", number: "anonymous" });
			simulator.run({ command: "hangup", extension: "12" });
			const record = await eventually(() => crms.records[before] ?? assert.fail("no record yet"), 20);
			assert.equal(record.anonymous, true);
			const others = NAMES.filter((name) => name !== "bitrix24");
			await eventually(
				() =>
					assert.deepEqual(
						others.filter((name) => has(name, record) === 0),
						[],
					),
				30,
			);
			await eventually(() => assert.ok(crms.kept.get("bitrix24")?.some(({ id }) => id === "anonymous")), 30);
			assert.deepEqual(crms.faults, []);
		});

		it("take a token that has ended for no refusal: they ask for another one and try again", async () => {
			crms.endTokens();
			await inAll(await missed("600000102"));
		});
	});

	describe("give up what the CRM refuses, and nothing of it is in the CRM", () => {
		let record: CallRecord;
		before(async () => {
			crms.mood = "refusing";
			record = await missed("600000103");
		});
		for (const name of NAMES) {
			it(`${name} with 422`, async () => {
				await eventually(() => assert.match(statusOf(name), /not delivered/), 30);
				assert.equal(has(name, record), 0);
			});
		}
	});

	describe("give up what the CRM refuses by an answer that looks like success", () => {
		let record: CallRecord;
		let writesBefore: ReadonlyMap<string, number>;
		before(async () => {
			writesBefore = new Map(crms.writes);
			crms.mood = "soft refusing";
			record = await missed("600000104");
		});
		after(() => {
			crms.mood = "well";
		});
		for (const name of NAMES.filter((each) => CRM_APIS[each].softRefusal !== null)) {
			it(name, async () => {
				await eventually(() => {
					assert.ok((crms.writes.get(name) ?? 0) > (writesBefore.get(name) ?? 0));
					assert.match(statusOf(name), /not delivered/);
				}, 30);
				assert.equal(has(name, record), 0);
			});
		}
	});

	describe("of a CRM with bad days", () => {
		it("bring every call while the CRM is down, slow, busy, failing, or loses its answers; twice only where that is said", async () => {
			const made: CallRecord[] = [];
			/** One call in this mood, for which every CRM was tried at least once. */
			const during = async (number: string, isTried: () => boolean) => {
				made.push(await missed(number));
				await eventually(() => assert.ok(isTried()), 40);
			};
			const isAskedSince = (before: ReadonlyMap<string, number>, now: ReadonlyMap<string, number>) =>
				NAMES.every((name) => (now.get(name) ?? 0) > (before.get(name) ?? 0));
			const { tried } = proxy;
			proxy.refuses = true;
			// Connections that are kept open would go on.
			proxy.cut();
			await during("600000201", () => proxy.tried >= tried + NAMES.length);
			proxy.refuses = false;
			for (const [mood, number] of [
				["429", "600000202"],
				["500", "600000203"],
			] as const) {
				crms.mood = mood;
				const asked = new Map(crms.asked);
				await during(number, () => isAskedSince(asked, crms.asked));
			}
			const writes = new Map(crms.writes);
			crms.mood = "deaf";
			await during("600000204", () => isAskedSince(writes, crms.writes));
			crms.mood = "well";
			proxy.pieces = 8;
			proxy.pace = 40;
			await during("600000205", () => true);
			for (const record of made) await inAll(record, 90);
			const count = (name: CrmName) => made.map((record) => has(name, record)).join();
			for (const name of NAMES.filter((each) => !MAY_DOUBLE.includes(each))) {
				await eventually(() => assert.doesNotMatch(statusOf(name), /⏳/), 60);
				assert.equal(count(name), "1,1,1,1,1", name);
			}
			assert.deepEqual(crms.faults, []);
		});
	});
});
