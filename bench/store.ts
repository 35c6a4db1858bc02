import { createRequire } from "node:module";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { Courier } from "../src/delivery/courier";
import { systemClock } from "../src/link/clock";
import type { CallLog } from "../src/store/callLog";
import { numberHistory } from "../src/store/history";
import { QueueDepot } from "../src/store/queueDepot";
import { putRecord } from "../src/store/records";
import { totalsOf } from "../src/store/totals";
import { LogFixture, recordOf } from "../test/support/callLogs";
import type { Effort } from "./effort";
import { type Spread, spread } from "./stats";

/** The part of the SQLite library that a bare query takes. */
interface Sqlite {
	readonly Database: new (
		file: string,
	) => { exec(sql: string): void; all(sql: string, values: readonly (string | number)[]): unknown[]; close(): void };
}

/** What the call log takes, with so many records in it. */
export interface StoreResult {
	readonly records: number;
	/** Milliseconds of a bare query of the same library for the last twenty calls of a number, by its index. */
	readonly "bare query, ms": Spread;
	readonly "history of a number, ms": Spread;
	readonly "history against bare query": number;
	/** Milliseconds of the totals of a month, by day. */
	readonly "totals of a month, ms": Spread;
	/** MiB that two thousand histories leave behind. */
	readonly "memory of 2,000 histories, MiB": number;
	/** Milliseconds that the event loop stood still at most, in the three seconds after a queue was opened. */
	readonly "longest pause with nothing waiting, ms": number;
	readonly "longest pause with 10,000 waiting, ms": number;
}

const NUMBERS = 5_000;
const BATCH = 1_000;
const BACKLOG = 10_000;
const TIMES = 200;
const HISTORIES = 2_000;
const MONTH_MS = 30 * 86_400_000;
const partyOf = (n: number) => `+34600${String(n % NUMBERS).padStart(6, "0")}`;

/** Puts records in, one a minute by their times. */
export async function fill(log: CallLog, from: number, to: number): Promise<void> {
	for (let n = from; n < to; n += BATCH) {
		const now = Date.now();
		await log.store.write(async (db) => {
			for (let i = n; i < Math.min(n + BATCH, to); i++) {
				const outcome = i % 5 === 0 ? "missed" : "answered";
				await putRecord(db, recordOf(i, { e164: partyOf(i), outcome, extension: String(11 + (i % 40)) }), now, now);
			}
		});
	}
}

async function timed(times: number, run: (n: number) => unknown): Promise<Spread> {
	const taken: number[] = [];
	for (let n = 0; n < times; n++) {
		const started = performance.now();
		await run(n);
		taken.push(performance.now() - started);
	}
	return spread(taken);
}

/** What the library itself takes for the last calls of a number. */
async function bareQueries(file: string): Promise<Spread> {
	const { Database } = createRequire(__filename)("node-sqlite3-wasm") as Sqlite;
	const database = new Database(file);
	// As the call log opens it: otherwise the library cannot read a write-ahead log.
	database.exec("pragma locking_mode = exclusive");
	const sql = "select record from calls where tenant = ? and party = ? order by started_at desc limit 20";
	const taken = await timed(TIMES, (n) => database.all(sql, ["227", partyOf(n * 37)]));
	database.close();
	return taken;
}

/** How long the event loop stands still while a queue is opened and handed over, to somebody who answers at once. */
async function longestPause(log: CallLog, queue: string, fromStart: boolean): Promise<number> {
	const delay = monitorEventLoopDelay({ resolution: 1 });
	delay.enable();
	const courier: Courier = new Courier(
		new QueueDepot(log, { tenant: "227", queue }, fromStart, systemClock),
		{ timeout: 30_000, parallel: 2, giveUpAfter: 72 * 3_600_000, wants: () => true },
		{
			send: ({ record }) => void courier.answered(record.key, { statusCode: 200 }, null),
			gaveUp: () => {},
			progress: () => {},
			failed: () => {},
		},
		systemClock,
		Math.random,
	);
	await new Promise((resolve) => setTimeout(resolve, 3_000));
	courier.close();
	delay.disable();
	return delay.max / 1e6;
}

/** The call log in a file, on its own: what is asked of it by flows, and what waits in it. */
export async function store(effort: Effort): Promise<StoreResult> {
	const fixture = new LogFixture();
	const log = fixture.open();
	const records = effort.rounds > 1 ? 100_000 : 20_000;
	try {
		await fill(log, 0, BACKLOG);
		const busy = await longestPause(log, "new", true);
		await log.store.write((db) => db.deleteFrom("deliveries").execute());
		await log.store.write((db) => db.deleteFrom("queues").execute());
		const idle = await longestPause(log, "idle", false);
		await log.store.write((db) => db.deleteFrom("queues").execute());
		await fill(log, BACKLOG, records);
		effort.note(`store: ${records} records`);
		const now = Date.parse(recordOf(records).at);
		const history = (n: number) => log.store.read((db) => numberHistory(db, "227", partyOf(n * 37), now));
		const historyMs = await timed(TIMES, history);
		const month = {
			tenant: "227",
			from: now - MONTH_MS,
			to: now,
			extensions: [],
			queues: [],
			directions: [],
			outcomes: [],
		};
		const totalsMs = await timed(5, () =>
			log.store.read((db) => totalsOf(db, month, "day", (wall) => new Date(wall).toISOString())),
		);
		const before = process.memoryUsage.rss();
		await timed(HISTORIES, history);
		const memory = (process.memoryUsage.rss() - before) / 1024 / 1024;
		// One process at a time has the file.
		await log.close();
		const bareMs = await bareQueries(fixture.file);
		return {
			...{ records, "bare query, ms": bareMs, "history of a number, ms": historyMs },
			"history against bare query": historyMs.median / bareMs.median,
			"totals of a month, ms": totalsMs,
			"memory of 2,000 histories, MiB": memory,
			"longest pause with nothing waiting, ms": idle,
			"longest pause with 10,000 waiting, ms": busy,
		};
	} finally {
		await fixture.close();
	}
}
