import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Kysely, Migrator } from "kysely";
import type { PbxError } from "../../src/errors";
import { isConflict, isItsOwnFault, storeError } from "../../src/store/errors";
import { callsWith } from "../../src/store/history";
import { migrations, VERSIONS } from "../../src/store/migrations";
import { putRecord } from "../../src/store/records";
import type { Schema } from "../../src/store/schema";
import { sqliteDialect } from "../../src/store/sqliteDialect";
import { LogFixture, recordOf } from "../support/callLogs";
import { eventually } from "../support/eventually";
import { ROOT } from "../support/nodeRed";

const PARTY = "+34600000101";

describe("the call log's file", () => {
	let fixture: LogFixture;
	beforeEach(() => {
		fixture = new LogFixture();
	});
	afterEach(() => fixture.close());

	const keys = (log: ReturnType<LogFixture["open"]>) =>
		log.store.read(async (db) => (await callsWith(db, "227", PARTY, 100)).map(({ key }) => key));
	const codes = () => fixture.failures.map(({ code }) => code);

	it("is made with its folder, for its owner only, and holds what was written when it is opened again", async () => {
		const log = fixture.open();
		await fixture.put(log, recordOf(1));
		await log.close();
		assert.equal(statSync(fixture.file).mode & 0o777, 0o600);
		assert.equal(statSync(join(fixture.folder, "data")).mode & 0o777, 0o700);
		assert.deepEqual(await keys(fixture.open()), ["227/1508337505.1"]);
	});

	it("lets only its owner read what is written ahead, either", async () => {
		await fixture.put(fixture.open(), recordOf(1));
		for (const name of readdirSync(join(fixture.folder, "data"))) {
			const entry = statSync(join(fixture.folder, "data", name));
			if (entry.isFile()) assert.equal(entry.mode & 0o077, 0, name);
		}
	});

	it("is set aside where it is damaged, with all that is in it, and a new one begun", async () => {
		mkdirSync(join(fixture.folder, "data"));
		writeFileSync(fixture.file, "This was a database once. ".repeat(400));
		const log = fixture.open();
		await eventually(() => assert.equal(log.store.state.kind, "failing"));
		const written = fixture.put(log, recordOf(1));
		fixture.clock.advance(10_000);
		await written;
		assert.deepEqual(codes(), ["store-damaged"]);
		const aside = readdirSync(join(fixture.folder, "data")).find((name) => name.includes(".damaged-"));
		assert.match(readFileSync(join(fixture.folder, "data", String(aside)), "utf8"), /^This was a database once/);
		assert.match(String(fixture.failures[0]?.details.file), /\.damaged-2026-01-15T10-00/);
	});

	it("is left alone where a newer version of this package wrote it", async () => {
		const log = fixture.open();
		await fixture.put(log, recordOf(1));
		await log.store.write(async (db) => {
			await db
				.insertInto("kysely_migration" as "calls")
				.values({ name: "99", timestamp: "2030-01-01" } as never)
				.execute();
		});
		await log.close();
		const newer = fixture.open();
		await eventually(() => assert.deepEqual(codes(), ["store-newer"]));
		await assert.rejects(
			newer.store.read(() => Promise.resolve()),
			{ code: "store-newer" },
		);
		assert.ok(!readdirSync(join(fixture.folder, "data")).some((name) => name.includes("damaged")));
	});

	for (const version of VERSIONS) {
		it(`is brought forward from version ${version}, with what it holds`, async () => {
			mkdirSync(join(fixture.folder, "data"));
			const db = new Kysely<Schema>({ dialect: sqliteDialect(fixture.file) });
			const { error } = await new Migrator({ db, provider: migrations }).migrateTo(version);
			assert.equal(error, undefined);
			await db.transaction().execute((transaction) => putRecord(transaction, recordOf(1), 1, 1));
			await db.destroy();
			assert.deepEqual(await keys(fixture.open()), ["227/1508337505.1"]);
		});
	}

	it("is another process's as long as that lives, and nobody's when it was killed", async function () {
		this.timeout(180_000);
		const child = spawn(
			process.execPath,
			["--require", "tsx/cjs", join(ROOT, "test", "support", "logHolder.ts"), fixture.file],
			{ stdio: ["ignore", "pipe", "inherit"] },
		);
		await once(child.stdout, "data");
		const log = fixture.open();
		await eventually(() => assert.deepEqual(codes(), ["store-in-use"]), 20);
		child.kill("SIGKILL");
		await once(child, "exit");
		// What it had written is there, what came meanwhile was kept.
		const written = fixture.put(log, recordOf(2));
		fixture.clock.advance(10_000);
		await written;
		assert.deepEqual(await keys(log), ["227/1508337505.2", "227/1508337505.1"]);
	});

	it("says that it cannot be written, and goes on asking; what waits is written when it can be", async () => {
		const folder = join(fixture.folder, "data");
		// A file where the folder should be.
		writeFileSync(folder, "");
		const log = fixture.open();
		await eventually(() => assert.equal(codes().length, 1));
		const written = fixture.put(log, recordOf(1));
		fixture.clock.advance(500);
		await eventually(() => assert.equal(log.store.waiting, 1));
		const { unlinkSync } = await import("node:fs");
		unlinkSync(folder);
		await eventually(async () => {
			fixture.clock.advance(10_000);
			assert.equal(log.store.state.kind, "ready");
		});
		await written;
		assert.deepEqual(await keys(log), ["227/1508337505.1"]);
		assert.equal(codes().length, 1);
	});

	it("keeps so much in memory while it is away, and says once that it is more", async () => {
		writeFileSync(join(fixture.folder, "data"), "");
		const log = fixture.open();
		await eventually(() => assert.equal(log.store.state.kind, "failing"));
		const writes = Array.from({ length: 10_050 }, () =>
			log.store.write(() => Promise.resolve()).catch(({ code }) => code),
		);
		assert.equal(log.store.waiting, 10_000);
		assert.equal(codes().filter((code) => code === "store-overflow").length, 1);
		await log.close();
		const ends = await Promise.all(writes);
		assert.deepEqual([ends[0], ends.at(-1)], ["closed", "store-overflow"]);
	});

	it("is not held up by a write that is wrong", async () => {
		const log = fixture.open();
		const wrong = log.store.write(async (db) => {
			await db
				.insertInto("queues")
				.values({ tenant: "227", queue: null as unknown as string })
				.execute();
		});
		const thrown = log.store.write(() => Promise.reject(new TypeError("no such property")));
		const right = fixture.put(log, recordOf(1));
		await assert.rejects(wrong, { code: "store-unavailable" });
		await assert.rejects(thrown, { code: "store-unavailable" });
		await right;
		assert.deepEqual(await keys(log), ["227/1508337505.1"]);
		assert.deepEqual(codes(), []);
	});

	it("writes what waits before it is closed, and nothing after", async () => {
		const log = fixture.open();
		const written = fixture.put(log, recordOf(1));
		await log.close();
		await written;
		await assert.rejects(fixture.put(log, recordOf(2)), { code: "closed" });
		assert.ok(!existsSync(`${fixture.file}.owner`));
	});
});

describe("what a database says", () => {
	const cases: readonly (readonly [object, PbxError["code"]])[] = [
		[new Error("database disk image is malformed"), "store-damaged"],
		[new Error("file is not a database"), "store-damaged"],
		[new Error("database or disk is full"), "store-full"],
		[Object.assign(new Error("could not extend file"), { code: "53100" }), "store-full"],
		[new Error("attempt to write a readonly database"), "store-read-only"],
		[Object.assign(new Error("EROFS: read-only file system, mkdir"), { code: "EROFS" }), "store-read-only"],
		[new Error("database is locked"), "store-in-use"],
		[Object.assign(new Error("password authentication failed for user"), { code: "28P01" }), "store-refused"],
		[Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:5432"), { code: "ECONNREFUSED" }), "store-unavailable"],
		[new Error("Connection terminated unexpectedly"), "store-unavailable"],
		[new Error("corrupted migrations: previously executed migration 99 is missing"), "store-newer"],
	];
	for (const [error, code] of cases) {
		it(`is ${code}: ${String(error)}`, () => assert.equal(storeError(error).code, code));
	}

	it("is told without the password of its address", () => {
		const { message } = storeError(new Error("cannot reach postgresql://nodered:s3cret@db/calls"));
		assert.doesNotMatch(message, /s3cret/);
	});

	it("is a conflict, a fault of one write, or of the database", () => {
		assert.ok(isConflict({ code: "40P01" }) && isConflict({ code: "40001" }) && !isConflict({ code: "42601" }));
		assert.ok(isItsOwnFault({ code: "23505" }) && isItsOwnFault(new Error("NOT NULL constraint failed")));
		assert.ok(!isItsOwnFault({ code: "57P01" }) && !isItsOwnFault(new Error("disk I/O error")));
	});
});
