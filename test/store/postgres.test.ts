import assert from "node:assert/strict";
import { Client } from "pg";
import { systemClock } from "../../src/link/clock";
import { AdvisoryTurn } from "../../src/store/advisoryTurn";
import { callsOf } from "../../src/store/history";
import { QueueDepot } from "../../src/store/queueDepot";
import { putRecord } from "../../src/store/records";
import { addressOf } from "../../src/store/settings";
import { LogFixture, recordOf } from "../support/callLogs";
import { eventually } from "../support/eventually";
import { Postgres } from "../support/postgres";

const QUEUE = { tenant: "227", queue: "crm" };
const ALL = { tenant: "227", from: null, to: null, extensions: [], queues: [], directions: [], outcomes: [] };

describe("several gateways on one PostgreSQL server", function () {
	this.timeout(240_000);
	let server: Postgres;
	let fixture: LogFixture;
	before(async () => {
		server = await Postgres.start();
	});
	after(() => server.stop());
	beforeEach(() => {
		fixture = new LogFixture();
	});
	afterEach(async () => {
		const log = fixture.open(server.settings);
		await log.store.write(async (db) => {
			for (const table of ["calls", "deliveries", "queues"] as const) await db.deleteFrom(table).execute();
		});
		await fixture.close();
	});

	it("take different records, whoever asks at the same moment", async () => {
		const logs = [fixture.open(server.settings), fixture.open(server.settings)];
		const depots = logs.map((log) => new QueueDepot(log, QUEUE, false, fixture.clock));
		for (const depot of depots) await depot.count();
		await fixture.put(logs[0] as (typeof logs)[0], ...Array.from({ length: 60 }, (_, n) => recordOf(n)));
		const takeAll = async (depot: QueueDepot) => {
			const taken: string[] = [];
			for (;;) {
				const some = await depot.claim(3, 45_000, []);
				if (some.length === 0) return taken;
				taken.push(...some.map(({ record }) => record.key));
			}
		};
		const [a, b] = await Promise.all(depots.map(takeAll));
		const all = [...(a ?? []), ...(b ?? [])];
		assert.deepEqual([all.length, new Set(all).size], [60, 60]);
	});

	it("have what one that died was handing over, when its lease has ended", async () => {
		const [dead, alive] = [fixture.open(server.settings), fixture.open(server.settings)];
		const first = new QueueDepot(dead, QUEUE, false, fixture.clock);
		await first.count();
		await fixture.put(dead, recordOf(1));
		assert.equal((await first.claim(1, 45_000, [])).length, 1);
		await dead.close();
		const second = new QueueDepot(alive, QUEUE, false, fixture.clock);
		fixture.clock.advance(44_000);
		assert.equal((await second.claim(1, 45_000, [])).length, 0);
		fixture.clock.advance(2_000);
		assert.deepEqual(
			(await second.claim(1, 45_000, [])).map(({ attempt }) => attempt),
			[2],
		);
	});

	it("write one row of a call that both tell, the richer one, in whatever order they come", async () => {
		const logs = [fixture.open(server.settings), fixture.open(server.settings)];
		const ns = Array.from({ length: 40 }, (_, n) => n);
		const poor = ns.map((n) => recordOf(n, { outcome: "unknown", complete: false }));
		const rich = ns.map((n) => recordOf(n));
		// In opposite orders, many to a transaction: they come into each other's way.
		const [a, b] = logs as [(typeof logs)[0], (typeof logs)[0]];
		await Promise.all([
			...poor.slice(0, 20).map((record) => fixture.put(a, record)),
			...rich.slice(20).map((record) => fixture.put(a, record)),
			...poor
				.slice(20)
				.reverse()
				.map((record) => fixture.put(b, record)),
			...rich
				.slice(0, 20)
				.reverse()
				.map((record) => fixture.put(b, record)),
		]);
		const found = await a.store.read((db) => callsOf(db, ALL, 100));
		assert.deepEqual(found.reverse(), rich);
		assert.deepEqual(fixture.failures, []);
	});

	it("keep what comes while the server is away, and write it when it is back", async () => {
		const log = fixture.open(server.settings);
		await fixture.put(log, recordOf(1));
		await server.goAway();
		const written = fixture.put(log, recordOf(2), recordOf(3));
		await eventually(() => assert.equal(log.store.state.kind, "failing"));
		await assert.rejects(
			log.store.read((db) => callsOf(db, ALL, 10)),
			{ code: "store-unavailable" },
		);
		await server.comeBack();
		await eventually(() => {
			fixture.clock.advance(10_000);
			assert.equal(log.store.state.kind, "ready");
		}, 20);
		await written;
		assert.equal((await log.store.read((db) => callsOf(db, ALL, 10))).length, 3);
		assert.deepEqual(
			fixture.failures.map(({ code }) => code),
			["store-unavailable"],
		);
	});

	it("outlive that the server ends a connection in the middle of a transaction, which is written all the same", async () => {
		const log = fixture.open(server.settings);
		await log.store.write(() => Promise.resolve());
		const other = new Client({ connectionString: addressOf(server.settings) });
		await other.connect();
		let tries = 0;
		await Promise.all([
			log.store.write(async (db) => {
				await putRecord(db, recordOf(1), 1, 1);
				if (++tries > 1) return;
				await other.query(
					"select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'node-red-pbx'",
				);
				// Nothing is asked of the server when it says so.
				await new Promise((resolve) => setTimeout(resolve, 200));
			}),
			eventually(() => {
				fixture.clock.advance(1_000);
				assert.equal(tries, 2);
			}),
		]);
		await other.end();
		assert.equal((await log.store.read((db) => callsOf(db, ALL, 10))).length, 1);
	});

	it("are told that the login is refused, and no password", async () => {
		fixture.open({ ...server.settings, password: "s3cret" });
		await eventually(() =>
			assert.deepEqual(
				fixture.failures.map(({ code }) => code),
				["store-refused"],
			),
		);
		assert.doesNotMatch(String(fixture.failures[0]?.message), /s3cret/);
	});

	it("take turns: one listens, the next when that one closes, and who has the turn keeps it while the server is away", async () => {
		const [first, second] = ["a", "b"].map(() => new AdvisoryTurn(server.settings, "227@pbx", systemClock));
		const turns = [false, false];
		try {
			first?.watch((isOurs) => {
				turns[0] = isOurs;
			});
			second?.watch((isOurs) => {
				turns[1] = isOurs;
			});
			await eventually(() => assert.equal(turns.filter(Boolean).length, 1), 10);
			const had = turns.indexOf(true);
			await server.goAway();
			await server.comeBack();
			await eventually(() => assert.equal(turns.filter(Boolean).length, 1), 15);
			const holder = turns.indexOf(true);
			assert.ok(holder === had || turns[had] === false);
			await (holder === 0 ? first : second)?.close();
			await eventually(() => assert.equal(turns[1 - holder], true), 10);
		} finally {
			await first?.close();
			await second?.close();
		}
	});
});
