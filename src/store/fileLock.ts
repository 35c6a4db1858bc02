import { readFileSync, rmdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";

/** Milliseconds between two signs of life, and after which an owner that gives none is gone. */
const SIGN_OF_LIFE_MS = 5_000;
const GONE_AFTER_MS = 15_000;

interface Owner {
	readonly pid: number;
	readonly host: string;
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return Object(error).code === "EPERM";
	}
}

function readOwner(file: string): (Owner & { readonly lastSign: number }) | null {
	try {
		const { pid, host } = JSON.parse(readFileSync(file, "utf8")) as Owner;
		return { pid, host, lastSign: statSync(file).mtimeMs };
	} catch {
		return null;
	}
}

/**
 * Who has a database file open. The database's own lock outlives a process that was killed, and another process would wait for
 * it for ever; here a lock ends with its owner.
 */
export class FileLock {
	readonly #owner: string;
	#timer: NodeJS.Timeout | undefined;

	/**
	 * @param file  the database's
	 * @throws Error `in use` where another process that lives has it
	 */
	constructor(file: string) {
		this.#owner = `${file}.owner`;
		const before = readOwner(this.#owner);
		if (before && before.pid !== process.pid) {
			const isHere = before.host === hostname();
			const isGone = (isHere && !isAlive(before.pid)) || Date.now() - before.lastSign > GONE_AFTER_MS;
			if (!isGone) throw new Error(`in use by process ${before.pid} on ${before.host}`);
		}
		writeFileSync(this.#owner, JSON.stringify({ pid: process.pid, host: hostname() }), { mode: 0o600 });
		// The database's own lock, left behind.
		try {
			rmdirSync(`${file}.lock`);
		} catch {}
		this.#timer = setInterval(() => this.#live(), SIGN_OF_LIFE_MS);
	}

	release(): void {
		clearInterval(this.#timer);
		rmSync(this.#owner, { force: true });
	}

	#live(): void {
		try {
			const now = new Date();
			utimesSync(this.#owner, now, now);
		} catch {}
	}
}
