import assert from "node:assert/strict";
import type { CrmOptions } from "../../src/crm/crm";
import { EVENT_NAMES } from "../../src/eventNames";
import { LinkPool } from "../../src/link/pool";
import type { CallRecord, LegEvent, LinkGapEvent, PbxEvent } from "../../src/messages";
import { DialLogs, NO_RULES } from "../../src/pbx/dialGuard";
import type { Listener } from "../../src/pbx/listener";
import { Pbx } from "../../src/pbx/pbx";
import { type Key, MONITOR, type Tenant } from "../../src/protocol/address";
import { STANDARD_VOCABULARY } from "../../src/protocol/vocabulary";
import { AccountLog } from "../../src/store/accountLog";
import type { CallLog } from "../../src/store/callLog";
import { LogFixture } from "../support/callLogs";
import { eventually, settle } from "../support/eventually";
import { type Client, ScriptedServer } from "../support/scriptedServer";
import { KEY, PROMPT_KNOWN, TENANT } from "../support/seed";

const MINUTE = 60_000;
const CRM: CrmOptions = {
	...{ plan: { country: "ES", plus: "+", prefix: "" }, language: "es", timeZone: "Europe/Madrid" },
	people: new Map(),
};

describe("an account whose calls are kept", () => {
	let server: ScriptedServer;
	let fixture: LogFixture;
	let links: LinkPool;
	/** What ends the processes that run. */
	const running: (() => Promise<void>)[] = [];

	/** A process that listens to the monitor, as it begins: a stop and a start of it is a restart. */
	function start() {
		const { clock } = fixture;
		const log = fixture.open();
		const events: PbxEvent[] = [];
		const options = { account: "227@pbx", gateway: "file", tenant: "227", keepDays: 0 };
		const pbx = new Pbx(
			{
				...{ url: server.url, tenant: TENANT as Tenant, key: KEY as Key, tls: null, activations: [], crm: CRM },
				...{ rules: NO_RULES, infersGroups: true, mostExtensions: 5_000, settle: 0 },
			},
			{
				...{ links, clock, dialLogs: new DialLogs(), vocabulary: STANDARD_VOCABULARY, accounts: null },
				keeper: { name: "file", open: () => new AccountLog(log, options, clock, null, () => log.close()) },
				...{ deafSince: new Map(), note: () => {}, warn: () => {}, failed: (error) => assert.fail(String(error)) },
			},
		);
		const listener: Listener = {
			...({ events: new Set(EVENT_NAMES), extensions: null, directions: new Set(), outcomes: new Set() } as const),
			event: (event: PbxEvent) => void events.push(event),
		};
		const subscription = pbx.subscribe({ id: null, connections: [MONITOR], listener, watch: () => () => {} });
		let isRunning = true;
		const stop = async () => {
			if (!isRunning) return;
			isRunning = false;
			const closed = pbx.close();
			await subscription.close(true);
			await closed;
		};
		running.push(stop);
		return {
			log,
			events,
			stop,
			named: <Event extends PbxEvent>(name: Event["event"]) => events.filter(({ event }) => event === name) as Event[],
		};
	}
	async function logIn(index: number): Promise<Client> {
		const client = await server.client(index);
		client.say(PROMPT_KNOWN);
		await client.hears();
		client.say("(info,270-Libre-13-0)");
		await settle();
		return client;
	}
	const inLog = (log: CallLog) => log.store.read((db) => db.selectFrom("calls").select(["key", "outcome"]).execute());
	/** Calls that go on, as they are on the disk. */
	const active = (log: CallLog) =>
		log.store.read(async (db) => (await db.selectFrom("active_calls").select("id").execute()).map(({ id }) => id));
	/** What all the monitor's connection says of a call from then on. */
	function call(client: Client) {
		const id = `${Math.floor(fixture.clock.now() / 1000)}.7`;
		return {
			id,
			rings: () => client.say(`(info,270-Timbre-11-0)(info,270-974319404-11-${id})`),
			isAnswered: () => client.say("(info,270-Ocupada-11-0)"),
			ends: (on = client) => on.say(`(info,270-terminada-11-${id})(info,270-Libre-11-0)`),
		};
	}
	/** Has nothing written until what it gives is called. */
	async function block(log: CallLog): Promise<() => void> {
		await log.store.write(() => Promise.resolve());
		let release = () => {};
		const blocked = new Promise<void>((resolve) => {
			release = resolve;
		});
		await new Promise<void>((resolve) => {
			void log.store.write(() => {
				resolve();
				return blocked;
			});
		});
		return release;
	}

	beforeEach(async () => {
		server = await ScriptedServer.start();
		fixture = new LogFixture();
		links = new LinkPool({ clock: fixture.clock, random: () => 0, vocabulary: STANDARD_VOCABULARY });
	});
	afterEach(async () => {
		for (const stop of running.splice(0)) await stop();
		await server.stop();
		await fixture.close();
		assert.deepEqual([links.size, fixture.clock.pending], [0, 0]);
	});

	it("has a record on the disk before it is told", async () => {
		const { log, named } = start();
		const client = await logIn(0);
		const made = call(client);
		made.rings();
		await eventually(() => assert.equal(named("call.ringing").length, 1));
		const release = await block(log);
		made.ends();
		await eventually(() => assert.equal(named("call.ended").length, 1));
		fixture.clock.advance(1_500);
		await settle();
		assert.equal(named("call.record").length, 0);
		release();
		const [record] = await eventually(() => {
			assert.equal(named("call.record").length, 1);
			return named<CallRecord>("call.record");
		});
		assert.deepEqual(await inLog(log), [{ key: record?.key, outcome: "missed" }]);
	});

	it("tells a record after two seconds where the disk does not answer, once, and keeps it when it does", async () => {
		const { log, named } = start();
		const made = call(await logIn(0));
		made.rings();
		await eventually(() => assert.equal(named("call.ringing").length, 1));
		const release = await block(log);
		made.ends();
		await eventually(() => assert.equal(named("call.ended").length, 1));
		fixture.clock.advance(1_900);
		await settle();
		assert.equal(named("call.record").length, 0);
		fixture.clock.advance(200);
		await eventually(() => assert.equal(named("call.record").length, 1));
		release();
		await eventually(async () => assert.equal((await inLog(log)).length, 1));
		assert.equal(named("call.record").length, 1);
	});

	it("goes on after a restart with a call that the PBX then says is over: one record, which says that it is not complete", async () => {
		const before = start();
		const client = await logIn(0);
		const made = call(client);
		made.rings();
		await eventually(() => assert.equal(before.named("call.ringing").length, 1));
		fixture.clock.advance(5_000);
		made.isAnswered();
		await eventually(() => assert.equal(before.named("call.answered").length, 1));
		await eventually(async () => assert.equal((await active(before.log)).length, 1));
		await before.stop();
		assert.deepEqual([before.named("call.ended").length, before.named("call.record").length], [0, 0]);
		fixture.clock.advance(MINUTE);
		const after = start();
		made.ends(await logIn(1));
		const [ended] = await eventually(() => {
			assert.equal(after.named("call.ended").length, 1);
			return after.named<LegEvent>("call.ended");
		});
		fixture.clock.advance(1_000);
		const [record] = await eventually(() => {
			assert.equal(after.named("call.record").length, 1);
			return after.named<CallRecord>("call.record");
		});
		assert.equal(ended?.callId, record?.callId);
		assert.deepEqual(
			[record?.pbxId, record?.outcome, record?.complete, record?.answeredBy, record?.waitDuration],
			[made.id, "answered", false, ["11"], 5],
		);
		assert.deepEqual(await inLog(after.log), [{ key: record?.key, outcome: "answered" }]);
		await eventually(async () => assert.deepEqual(await active(after.log), []));
	});

	it("ends a call of which nothing more is heard when it must be over, as unknown, and never a second time", async () => {
		const before = start();
		const made = call(await logIn(0));
		made.rings();
		await eventually(() => assert.equal(before.named("call.ringing").length, 1));
		const [left] = await eventually(async () => {
			assert.equal((await active(before.log)).length, 1);
			return active(before.log);
		});
		await before.stop();
		const after = start();
		await eventually(() => assert.equal(server.clients.length, 2));
		// It is kept by the name of the process that has taken it up.
		await eventually(async () => {
			const [taken, ...more] = await active(after.log);
			assert.ok(taken !== undefined && taken !== left && more.length === 0);
		});
		for (let minute = 0; minute < 35; minute++) fixture.clock.advance(MINUTE);
		const [record] = await eventually(() => {
			assert.equal(after.named("call.record").length, 1);
			return after.named<CallRecord>("call.record");
		});
		assert.deepEqual([record?.pbxId, record?.outcome, record?.complete], [made.id, "unknown", false]);
		await eventually(async () => assert.deepEqual(await active(after.log), []));
		await after.stop();
		const last = start();
		await eventually(() => assert.ok(server.clients.length > 2));
		for (let minute = 0; minute < 35; minute++) fixture.clock.advance(MINUTE);
		assert.equal((await inLog(last.log)).length, 1);
		assert.equal(last.named("call.record").length, 0);
	});

	it("has what comes in wait until what was left behind is read, for ten seconds", async () => {
		const before = start();
		const made = call(await logIn(0));
		made.rings();
		await eventually(async () => assert.equal((await active(before.log)).length, 1));
		await before.stop();
		const after = start();
		const { read } = after.log.store;
		let isRead = false;
		after.log.store.read = async () => {
			isRead = true;
			return new Promise(() => {});
		};
		await eventually(() => assert.ok(isRead));
		made.ends(await logIn(1));
		fixture.clock.advance(9_000);
		await settle();
		assert.equal(after.named("call.ended").length, 0);
		fixture.clock.advance(2_000);
		after.log.store.read = read;
		call(server.clients[1] as Client).rings();
		await eventually(() => assert.equal(after.named("call.ringing").length, 1));
	});

	it("tells of the gap from when it was last heard before it stopped until it is heard again", async () => {
		const before = start();
		await logIn(0);
		for (let i = 0; i < 3; i++) {
			fixture.clock.advance(5_000);
			await before.log.store.write(() => Promise.resolve());
		}
		const stoppedAt = fixture.clock.now();
		await before.stop();
		fixture.clock.advance(10 * MINUTE);
		const after = start();
		const client = await server.client(1);
		client.say(PROMPT_KNOWN);
		await client.hears();
		client.say("(info,270-Libre-11-0)");
		const [gap] = await eventually(() => {
			assert.equal(after.named("link.gap").length, 1);
			return after.named<LinkGapEvent>("link.gap");
		});
		assert.deepEqual([gap?.from, gap?.seconds], [new Date(stoppedAt).toISOString(), 600]);
	});
});
