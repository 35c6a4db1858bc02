import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { CallRecord } from "../../src/messages";
import { Simulator } from "../../src/simulator/simulator";
import { CRM_APIS, type CrmName, KNOWN_CALLER } from "../support/crmApis";
import { CRM_FILES, crmOf, filledIn } from "../support/crmFlows";
import { CrmServer } from "../support/crmServer";
import { eventually } from "../support/eventually";
import { FaultyProxy } from "../support/faultyProxy";
import { NodeRed } from "../support/nodeRed";

const NAMES = CRM_FILES.map(crmOf);
/** Those that can neither write by a key nor be asked whether a call is there. */
const MAY_DOUBLE: readonly CrmName[] = ["pipedrive", "bitrix24"];
const PEOPLE = [{ extension: "11", name: "Ana", user: "77", email: "ana@example.com" }];

function guidOf(key: string): string {
	const hash = createHash("sha1").update(key).digest("hex");
	return [
		hash.slice(0, 8),
		hash.slice(8, 12),
		`5${hash.slice(13, 16)}`,
		`a${hash.slice(17, 20)}`,
		hash.slice(20, 32),
	].join("-");
}

/** What a CRM knows a call by. */
function idOf(name: CrmName, { key, e164 }: CallRecord): string {
	if (name === "bitrix24") return String(e164);
	if (name === "salesforce") return key.replace(/[/.]/g, "_");
	return name === "suitecrm" || name === "dynamics" ? guidOf(key) : key;
}

/** What a CRM is to be sent of an answered call of somebody whom it knows, taken by Ana: as its documentation has it. */
const BODIES: Readonly<Record<CrmName, (record: CallRecord) => unknown>> = {
	odoo: ({ crm, key }) => ({ ids: [17], body: `${crm.summary} [${key}]` }),
	hubspot: ({ crm, key, startedAt }) => ({
		inputs: [
			{
				idProperty: "pbx_key",
				id: key,
				properties: {
					...{ pbx_key: key, hs_timestamp: startedAt, hs_call_title: crm.subject, hs_call_body: crm.summary },
					...{ hs_call_direction: "INBOUND", hs_call_status: "COMPLETED", hs_call_duration: `${crm.seconds}000` },
					...{ hs_call_from_number: "+34974319404", hs_call_to_number: "11", hubspot_owner_id: "77" },
				},
			},
		],
	}),
	zoho: ({ crm, key, startedAt }) => ({
		data: [
			{
				...{ Subject: crm.subject, Description: crm.summary, Call_Type: "Inbound", PBX_Key: key },
				...{ Call_Start_Time: String(startedAt).replace(/\.\d+Z$/, "+00:00"), Call_Duration: `00:0${crm.seconds}` },
				...{ Who_Id: { id: "17" }, Owner: { id: "77" } },
			},
		],
		duplicate_check_fields: ["PBX_Key"],
	}),
	salesforce: ({ crm, key }) => ({
		...{
			Subject: crm.subject,
			Description: crm.summary,
			Status: "Completed",
			TaskSubtype: "Call",
			CallType: "Inbound",
		},
		...{
			CallDurationInSeconds: crm.seconds,
			CallDisposition: "answered",
			CallObject: key,
			WhoId: "0035",
			OwnerId: "77",
		},
		ActivityDate: crm.startedLocal.slice(0, 10),
	}),
	pipedrive: ({ crm, key }) => ({
		...{ subject: crm.subject, note: `${crm.summary} [${key}]`, outcome: "connected", user_id: 77, person_id: 17 },
		...{ from_phone_number: "+34974319404", to_phone_number: "11", start_time: crm.started, end_time: crm.ended },
		duration: String(crm.seconds),
	}),
	bitrix24: ({ crm }) => ({
		...{ CALL_ID: "externalCall.+34974319404", USER_ID: "77", DURATION: crm.seconds, STATUS_CODE: "200" },
	}),
	dolibarr: ({ crm, key, startedAt, endedAt }) => ({
		...{ ref_ext: key, type_code: "AC_TEL", label: crm.subject, note: crm.summary, percentage: 100, userownerid: 77 },
		datep: Math.floor(Date.parse(String(startedAt)) / 1000),
		datep2: Math.floor(Date.parse(String(endedAt)) / 1000),
		socid: 17,
	}),
	suitecrm: ({ crm, key, startedAt }) => ({
		data: {
			type: "Calls",
			id: guidOf(key),
			attributes: {
				...{ name: crm.subject, description: crm.summary, status: "Held", direction: "Inbound", duration_hours: 0 },
				...{ duration_minutes: 1, date_start: String(startedAt).replace(/\.\d+Z$/, "+00:00"), assigned_user_id: "77" },
				...{ parent_type: "Contacts", parent_id: "c-17" },
			},
		},
	}),
	dynamics: ({ crm, startedAt, endedAt }) => ({
		...{ subject: crm.subject, description: crm.summary, phonenumber: "+34974319404", directioncode: false },
		...{ actualstart: startedAt, actualend: endedAt, actualdurationminutes: 1 },
		phonecall_activity_parties: [
			{ "partyid_contact@odata.bind": "/contacts(c-17)", participationtypemask: 1 },
			{ "partyid_systemuser@odata.bind": "/systemusers(77)", participationtypemask: 2 },
		],
	}),
	tryton: ({ crm, key }) => ({ resource: "party.party,17", message: `${crm.summary} [${key}]` }),
};

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
			simulator.run({ command: "ring", extension: "11", number: KNOWN_CALLER });
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
				await eventually(() => assert.match(statusOf(name), /1 given up/), 30);
				assert.equal(has(name, record), 0);
			});
		}
	});

	describe("give up what the CRM refuses by an answer that looks like success", () => {
		let record: CallRecord;
		before(async () => {
			crms.mood = "soft refusing";
			record = await missed("600000104");
		});
		after(() => {
			crms.mood = "well";
		});
		for (const name of NAMES.filter((each) => CRM_APIS[each].softRefusal !== null)) {
			it(name, async () => {
				await eventually(() => assert.match(statusOf(name), /2 given up/), 30);
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
				await eventually(() => assert.doesNotMatch(statusOf(name), /waiting/), 60);
				assert.equal(count(name), "1,1,1,1,1", name);
			}
			assert.deepEqual(crms.faults, []);
		});
	});
});
