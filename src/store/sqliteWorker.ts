// A thread of its own for the database file: a slow disk holds up no call.
import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { Database } from "node-sqlite3-wasm";
import { FileLock } from "./fileLock";
import type { Answer, Question } from "./sqliteThread";

const file = String(workerData);

function openFile(): { db: Database; lock: FileLock } {
	mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
	// Nobody else's to read, from its first byte on.
	closeSync(openSync(file, "a", 0o600));
	chmodSync(file, 0o600);
	const lock = new FileLock(file);
	try {
		const db = new Database(file);
		// What is written is on the disk, and what is erased is not; one process alone needs no shared memory for the log that is
		// written ahead.
		for (const pragma of [
			"secure_delete = on",
			"locking_mode = exclusive",
			"journal_mode = wal",
			"synchronous = full",
			"busy_timeout = 2000",
		]) {
			db.get(`pragma ${pragma}`);
		}
		if (existsSync(`${file}-wal`)) chmodSync(`${file}-wal`, 0o600);
		return { db, lock };
	} catch (error) {
		lock.release();
		throw error;
	}
}

let opened: ReturnType<typeof openFile> | null = null;

function answer({ id, sql, parameters }: Question): Answer {
	try {
		if (sql === null) {
			opened?.db.close();
			opened?.lock.release();
			opened = null;
			return { id, rows: [], changes: 0 };
		}
		opened ??= openFile();
		const statement = opened.db.prepare(sql);
		try {
			const rows = statement.all([...parameters]) as Record<string, unknown>[];
			const counted = /^\s*(insert|update|delete)/i.test(sql) ? opened.db.get("select changes() as n") : null;
			return { id, rows, changes: Number(counted?.n ?? 0) };
		} finally {
			statement.finalize();
		}
	} catch (error) {
		return { id, failure: String(Object(error).message ?? error) };
	}
}

parentPort?.on("message", (question: Question) => {
	parentPort?.postMessage(answer(question));
	if (question.sql === null) parentPort?.close();
});
