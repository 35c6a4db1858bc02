import assert from "node:assert/strict";
import { localText } from "../../src/crm/localTime";
import type { CallRecord } from "../../src/messages";
import type { CallLog } from "../../src/store/callLog";
import type { TotalsBy } from "../../src/store/countedCalls";
import { openQueue } from "../../src/store/deliveries";
import { type CallFilter, callsOf, callsWith, numberHistory, unreturnedCalls } from "../../src/store/history";
import { eraseBefore, erasePerson, richnessOf } from "../../src/store/records";
import { totalsOf } from "../../src/store/totals";
import { LogFixture, recordOf } from "../support/callLogs";
import { Postgres } from "../support/postgres";

const ANA = "+34600000101";
const BEA = { number: "910000103", e164: "+34910000103" };
const ALL: CallFilter = {
	...{ tenant: "227", from: null, to: null, extensions: [], queues: [], directions: [], outcomes: [] },
};

/** What a call log answers, wherever it is kept. */
function answers(opened: (fixture: LogFixture) => CallLog | Promise<CallLog>): void {
	let fixture: LogFixture;
	let log: CallLog;
	beforeEach(async () => {
		fixture = new LogFixture();
		log = await opened(fixture);
	});
	afterEach(() => fixture.close());

	const numbers = (records: readonly CallRecord[]) => records.map(({ callId }) => Number(callId.split(".")[1]));
	const calls = (filter: Partial<CallFilter>, limit = 100) =>
		log.store.read(async (db) => numbers(await callsOf(db, { ...ALL, ...filter }, limit)));
	const unreturned = () => log.store.read((db) => unreturnedCalls(db, ALL, 100));

	it("gives the last calls with a number, newest first, of this tenant", async () => {
		const other = { ...recordOf(4), tenant: "9", key: "9/1508337505.4" };
		await fixture.put(log, recordOf(2), recordOf(1), recordOf(3, BEA), other);
		const found = await log.store.read((db) => callsWith(db, "227", ANA, 10));
		assert.deepEqual(found, [recordOf(2), recordOf(1)]);
		assert.deepEqual(numbers(await log.store.read((db) => callsWith(db, "227", ANA, 1))), [2]);
	});

	it("gives the calls of a period, an extension, a queue, an outcome and a direction", async () => {
		await fixture.put(
			log,
			recordOf(1, { outcome: "missed", queue: "Ventas" }),
			recordOf(2, { extension: "12", direction: "outbound" }),
			recordOf(3, { extension: "112" }),
			recordOf(4),
		);
		assert.deepEqual(await calls({}), [4, 3, 2, 1]);
		assert.deepEqual(await calls({ extensions: ["12"] }), [2]);
		assert.deepEqual(await calls({ extensions: ["12", "112"] }), [3, 2]);
		assert.deepEqual(await calls({ queues: ["Ventas"] }), [1]);
		assert.deepEqual(await calls({ outcomes: ["missed"] }), [1]);
		assert.deepEqual(await calls({ directions: ["outbound"] }), [2]);
		const second = Date.parse(String(recordOf(2).startedAt));
		assert.deepEqual(await calls({ from: second, to: second + 60_000 }), [2]);
		assert.deepEqual(await calls({ extensions: ["%"] }), []);
		assert.deepEqual(await calls({}, 2), [4, 3]);
	});

	it("knows missed calls that nobody has returned: no answered call since, in either direction", async () => {
		await fixture.put(
			log,
			recordOf(1, { outcome: "missed" }),
			recordOf(2, { outcome: "missed" }),
			recordOf(3, { ...BEA, outcome: "missed" }),
			recordOf(4, { number: null, e164: null, anonymous: true, outcome: "missed" }),
		);
		assert.deepEqual(
			(await unreturned()).map(({ number, misses }) => [number, misses]),
			[
				[BEA.number, 1],
				["600000101", 2],
			],
		);
		// An attempt that reached nobody returns nothing.
		await fixture.put(log, recordOf(5, { direction: "outbound", outcome: "no-answer" }));
		assert.equal((await unreturned()).length, 2);
		await fixture.put(log, recordOf(6, { direction: "outbound" }), recordOf(7, { ...BEA }));
		assert.deepEqual(await unreturned(), []);
		await fixture.put(log, recordOf(8, { outcome: "missed" }));
		assert.deepEqual(
			(await unreturned()).map(({ misses }) => misses),
			[1],
		);
	});

	it("sums a number up, and knows nothing of callers whom nobody can tell apart", async () => {
		await fixture.put(
			log,
			recordOf(1, { extension: "12" }),
			recordOf(2, { outcome: "missed" }),
			recordOf(3, { number: null, e164: null, anonymous: true }),
		);
		const at = (day: number) => log.store.read((db) => numberHistory(db, "227", ANA, Date.UTC(2026, 0, day)));
		assert.deepEqual(await at(16), {
			...{ number: ANA, calls: 2, answered: 1, missed: 1, lastSevenDays: 2, lastOutcome: "missed" },
			...{ lastAt: recordOf(2).startedAt, lastAnsweredBy: "12", unreturned: 1 },
		});
		assert.equal((await at(29)).lastSevenDays, 0);
		const nobody = await log.store.read((db) => numberHistory(db, "227", "", 0));
		assert.deepEqual([nobody.calls, nobody.lastOutcome], [0, null]);
	});

	it("counts each call once, however many quarters of an hour a period has", async () => {
		const calls = Array.from({ length: 4_200 }, (_, n) => recordOf(n * 8, { outcome: n % 2 ? "missed" : "answered" }));
		await fixture.put(log, ...calls);
		const totals = await log.store.read((db) => totalsOf(db, ALL, "day", (wall) => localText(wall, "Asia/Kathmandu")));
		const days = new Map<string, number>();
		for (const { startedAt } of calls) {
			const day = localText(Date.parse(String(startedAt)), "Asia/Kathmandu").slice(0, 10);
			days.set(day, (days.get(day) ?? 0) + 1);
		}
		assert.deepEqual(new Map(totals.map((day) => [day.group, day.calls])), days);
		assert.equal(
			totals.reduce((sum, { missed }) => sum + missed, 0),
			2_100,
		);
	});

	it("counts by day, hour, extension and queue, by the clock of the place", async () => {
		const late = { startedAt: "2026-01-15T23:30:00.000Z", waitDuration: 25, queue: "Ventas" };
		await fixture.put(
			log,
			recordOf(1),
			recordOf(2, { outcome: "missed", duration: null }),
			recordOf(3, { direction: "outbound", extension: "12" }),
			recordOf(4, late),
		);
		const totals = (by: TotalsBy) =>
			log.store.read((db) => totalsOf(db, ALL, by, (wall) => localText(wall, "Europe/Madrid")));
		assert.deepEqual(await totals("day"), [
			{
				...{ group: "2026-01-15", calls: 3, inbound: 2, outbound: 1, answered: 2, missed: 1, answeredQuickly: 1 },
				...{ waitSeconds: 80, longestWaitSeconds: 70, talkSeconds: 120 },
			},
			{
				...{ group: "2026-01-16", calls: 1, inbound: 1, outbound: 0, answered: 1, missed: 0, answeredQuickly: 0 },
				...{ waitSeconds: 25, longestWaitSeconds: 25, talkSeconds: 60 },
			},
		]);
		assert.deepEqual(
			(await totals("hour")).map(({ group }) => group),
			["2026-01-15 10:00", "2026-01-16 00:00"],
		);
		assert.deepEqual(
			(await totals("extension")).map(({ group, calls }) => [group, calls]),
			[
				["11", 3],
				["12", 1],
			],
		);
		assert.deepEqual(
			(await totals("queue")).map(({ group, calls }) => [group, calls]),
			[
				["", 3],
				["Ventas", 1],
			],
		);
	});

	it("keeps the richer one of two records of one call, whichever came first", async () => {
		const poor = recordOf(1, { outcome: "unknown", answeredAt: null, duration: null, complete: false });
		const rich = recordOf(1);
		assert.ok(richnessOf(poor) < richnessOf(rich));
		const missed = recordOf(2, { outcome: "missed" });
		const unknown = recordOf(2, { outcome: "unknown", complete: false });
		await fixture.put(log, poor, rich);
		await fixture.put(log, missed);
		await fixture.put(log, unknown);
		assert.deepEqual(await log.store.read((db) => callsOf(db, ALL, 10)), [missed, rich]);
	});

	it("erases a number, and what is older than it is kept, with what waits of it", async () => {
		await log.store.write((db) => openQueue(db, { tenant: "227", queue: "crm" }, false, 0));
		await fixture.put(log, recordOf(1), recordOf(2, BEA), recordOf(3));
		assert.equal(await log.store.write((db) => erasePerson(db, "227", ANA)), 2);
		assert.deepEqual(await calls({}), [2]);
		assert.equal(await log.store.write((db) => eraseBefore(db, "227", fixture.clock.now() + 1)), 1);
		assert.deepEqual(await calls({}), []);
		const left = await log.store.read((db) => db.selectFrom("deliveries").selectAll().execute());
		assert.deepEqual(left, []);
	});

	it("takes whatever a record holds", async () => {
		const odd = "\u0000'; drop table calls; -- %_\ud800🎉";
		await fixture.put(log, recordOf(1, { number: odd, e164: null, queue: odd, extension: odd, name: odd }));
		const [found] = await log.store.read((db) => callsOf(db, ALL, 10));
		assert.equal(found?.name, odd);
	});
}

describe("the call log in a file", () => {
	answers((fixture) => fixture.open());
});

describe("the call log on a PostgreSQL server", function () {
	this.timeout(180_000);
	let server: Postgres;
	before(async () => {
		server = await Postgres.start();
	});
	after(() => server.stop());

	answers(async (fixture) => {
		const log = fixture.open(server.settings);
		await log.store.write(async (db) => {
			for (const table of ["calls", "deliveries", "queues"] as const) await db.deleteFrom(table).execute();
		});
		return log;
	});
});
