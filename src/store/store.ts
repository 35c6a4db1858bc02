import type { Kysely, Transaction } from "kysely";
import { PbxError } from "../errors";
import type { Clock, Timer } from "../link/clock";
import type * as Database from "./database";
import { isConflict, isItsOwnFault, storeError } from "./errors";
import type { Schema } from "./schema";
import type { StoreSettings } from "./settings";
import { type StoreState, WatchedState } from "./storeState";

/** What a store needs. */
export interface StoreContext {
	readonly clock: Clock;
	/** Hears what goes wrong, once each time it begins. */
	readonly failed: (error: PbxError) => void;
}

/** The query layer, loaded when a call log is first opened: it takes longer than all the rest. */
function database(): typeof Database {
	return require("./database") as typeof Database;
}

type Write = (db: Transaction<Schema>) => Promise<unknown>;

interface Waiting {
	readonly write: Write;
	readonly resolve: (result: unknown) => void;
	readonly reject: (error: PbxError) => void;
}

/** Writes that wait while the database is away; and how many become one transaction. */
const MOST_WAITING = 10_000;
const MOST_AT_ONCE = 500;
/** Times in a row that others may be in the way of a transaction. */
const MOST_CONFLICTS = 20;
/** Milliseconds until it is tried again: at first, and at most. */
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 10_000;

/**
 * The call log's database: opened in the background, and again where it went away. Writes are kept in their order and put
 * together, so that a slow disk is asked once for many; they resolve when they are on the disk.
 */
export class Store {
	readonly #settings: StoreSettings;
	readonly #context: StoreContext;
	#db: Kysely<Schema> | null = null;
	readonly #state = new WatchedState();
	#waiting: Waiting[] = [];
	#isWorking = false;
	#failures = 0;
	#conflicts = 0;
	/** Writes that become one transaction now: fewer after others were in the way, as many hold what others wait for. */
	#atOnce = MOST_AT_ONCE;
	#hasOverflown = false;
	#timer: Timer | null = null;

	constructor(settings: StoreSettings, context: StoreContext) {
		this.#settings = settings;
		this.#context = context;
		void this.#work();
	}

	get state(): StoreState {
		return this.#state.now;
	}

	/** Whether several processes may use it at a time. */
	get isShared(): boolean {
		return this.#settings.kind === "postgresql";
	}

	/** Writes that wait. */
	get waiting(): number {
		return this.#waiting.length;
	}

	/** Follows its state, the present one at once; gives what ends that. */
	watch(watcher: (state: StoreState) => void): () => void {
		return this.#state.watch(watcher);
	}

	/**
	 * Writes, when it can, and resolves when that is on the disk.
	 *
	 * @throws PbxError `store-overflow` where too much waits, `closed`, or what is wrong with this very write
	 */
	write<Result>(write: (db: Transaction<Schema>) => Promise<Result>): Promise<Result> {
		if (this.state.kind === "closed") return Promise.reject(new PbxError("closed", "The call log was closed"));
		if (this.#waiting.length >= MOST_WAITING) return Promise.reject(this.#overflow());
		return new Promise<Result>((resolve, reject) => {
			this.#waiting.push({ write, resolve: (result) => resolve(result as Result), reject });
			void this.#work();
		});
	}

	/**
	 * Reads, where it can right now.
	 *
	 * @throws PbxError with the code of what is wrong with the database
	 */
	async read<Result>(read: (db: Kysely<Schema>) => Promise<Result>): Promise<Result> {
		if (this.state.kind === "opening") await this.#state.until(({ kind }) => kind !== "opening");
		const state = this.state;
		if (state.kind === "failing") throw state.error;
		if (!this.#db) throw new PbxError("closed", "The call log was closed");
		try {
			return await read(this.#db);
		} catch (error) {
			throw storeError(error);
		}
	}

	/** Writes what waits, where it can, and closes. */
	async close(): Promise<void> {
		if (this.state.kind === "closed") return;
		this.#timer?.cancel();
		this.#timer = null;
		if (this.state.kind !== "failing") await this.#drained();
		this.#state.set({ kind: "closed" });
		for (const { reject } of this.#waiting.splice(0)) reject(new PbxError("closed", "The call log was closed"));
		const db = this.#db;
		this.#db = null;
		await db?.destroy().catch(() => {});
	}

	async #work(): Promise<void> {
		if (this.#isWorking || this.#timer || this.state.kind === "closed") return;
		this.#isWorking = true;
		try {
			if (!this.#db) await this.#open();
			while (this.#waiting.length > 0 && this.#db && !this.#isClosed) await this.#writeSome(this.#db);
		} catch (error) {
			await this.#fail(storeError(error));
		} finally {
			this.#isWorking = false;
		}
	}

	get #isClosed(): boolean {
		return this.state.kind === "closed";
	}

	async #open(): Promise<void> {
		const db = await database().openDatabase(this.#settings);
		if (this.#isClosed) {
			await db.destroy();
			return;
		}
		this.#db = db;
		this.#isWell();
	}

	#isWell(): void {
		this.#failures = 0;
		this.#conflicts = 0;
		this.#hasOverflown = false;
		if (this.state.kind !== "ready") this.#state.set({ kind: "ready" });
	}

	async #writeSome(db: Kysely<Schema>): Promise<void> {
		const some = this.#waiting.slice(0, this.#atOnce);
		let failing: Waiting | null = null;
		try {
			const results = await db.transaction().execute(async (transaction) => {
				const done: unknown[] = [];
				for (const each of some) {
					failing = each;
					done.push(await each.write(transaction));
				}
				failing = null;
				return done;
			});
			this.#waiting.splice(0, some.length);
			this.#atOnce = Math.min(MOST_AT_ONCE, this.#atOnce * 2);
			this.#isWell();
			for (const [i, { resolve }] of some.entries()) resolve(results[i]);
		} catch (error) {
			if (isConflict(error) && this.#conflicts++ < MOST_CONFLICTS) {
				this.#atOnce = Math.max(1, Math.floor(some.length / 8));
				return;
			}
			const culprit = failing as Waiting | null;
			const fault = storeError(error);
			// What no other time would help: that one write is wrong, and holds up no other.
			if (!culprit || fault.code !== "store-unavailable" || !isItsOwnFault(error)) throw error;
			this.#waiting.splice(this.#waiting.indexOf(culprit), 1);
			culprit.reject(fault);
		}
	}

	async #fail(error: PbxError): Promise<void> {
		if (this.#isClosed) return;
		const isNew = this.state.kind !== "failing" || this.state.error.code !== error.code;
		const db = this.#db;
		this.#db = null;
		// Opened again: what is wrong may be the connection.
		await db?.destroy().catch(() => {});
		const told = error.code === "store-damaged" ? this.#replaceFile(error) : error;
		if (isNew) this.#context.failed(told);
		const since = this.state.kind === "failing" ? this.state.since : this.#context.clock.now();
		this.#state.set({ kind: "failing", error: told, since });
		const wait = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#failures++);
		this.#timer = this.#context.clock.after(wait, () => {
			this.#timer = null;
			void this.#work();
		});
	}

	#replaceFile(error: PbxError): PbxError {
		if (this.#settings.kind !== "file") return error;
		try {
			const file = database().setAside(this.#settings.file, this.#context.clock.now());
			return new PbxError("store-damaged", `${error.message}; it is kept as ${file}, and a new one begun`, { file });
		} catch {
			return error;
		}
	}

	#overflow(): PbxError {
		const error = new PbxError("store-overflow", `More than ${MOST_WAITING} changes wait for the call log`);
		if (!this.#hasOverflown) this.#context.failed(error);
		this.#hasOverflown = true;
		return error;
	}

	/** Nothing waits, or it fails. */
	async #drained(): Promise<void> {
		if (this.#waiting.length === 0) return;
		const written = this.write(() => Promise.resolve()).catch(() => {});
		await Promise.race([written, this.#state.until(({ kind }) => kind === "failing")]);
	}
}
