import { randomUUID } from "node:crypto";
import type { Clock, Timer } from "../link/clock";
import type { CallRecord, Contact } from "../messages";
import type { CallKeeper, LeftBehind } from "../pbx/keeper";
import { type Follower, putActive, putHeard, readLeftBehind } from "./active";
import type { AdvisoryTurn } from "./advisoryTurn";
import type { CallLog } from "./callLog";
import { eraseContacts, putContact, readContacts } from "./contacts";
import { eraseBefore, putRecord } from "./records";

/** What an account's log needs to know. */
export interface AccountLogOptions extends Follower {
	readonly tenant: string;
	/** Records are erased after so many days; 0 for never. */
	readonly keepDays: number;
}

/** Milliseconds that a record waits to be handed over where another gateway may tell of the same call, and know more. */
const OTHERS_MS = 3_000;
const ERASE_EVERY_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Milliseconds that closing waits for a disk that does not answer. */
const FLUSH_MS = 5_000;
/** Milliseconds that a record waits to be told until it is kept. */
const RECORD_MS = 2_000;
const MOST_CONTACTS = 5_000;

/** Keeps the calls of one account in a call log. */
export class AccountLog implements CallKeeper {
	readonly #log: CallLog;
	readonly #options: AccountLogOptions;
	readonly #clock: Clock;
	readonly #released: () => Promise<void>;
	/** Of this process: what it keeps is not mistaken for what another one has left behind. */
	readonly #run = randomUUID();
	/** What has changed and is not on the disk, and what of it is being written. */
	#changes = new Map<string, (() => string) | null>();
	#writing = new Map<string, string | null>();
	/** What is on the disk of calls that go on. */
	readonly #kept = new Set<string>();
	#isScheduled = false;
	/** Connections that are to be noted as heard. */
	readonly #heard = new Set<string>();
	#timer: Timer | null = null;
	readonly #unwatch: (() => void) | undefined;

	/**
	 * @param turn      null where this process listens in any case
	 * @param released  ends the use of the call log
	 */
	constructor(
		log: CallLog,
		options: AccountLogOptions,
		clock: Clock,
		readonly turn: AdvisoryTurn | null,
		released: () => Promise<void>,
	) {
		this.#log = log;
		this.#options = options;
		this.#clock = clock;
		this.#released = released;
		this.#eraseOld();
		// What goes on is another one's to keep, then.
		this.#unwatch = turn?.watch((isOurs) => !isOurs && this.#changes.clear());
	}

	async leftBehind(): Promise<LeftBehind | null> {
		const { store } = this.#log;
		const left = await store.read((db) => readLeftBehind(db, this.#options));
		const contacts = await store.read((db) => readContacts(db, this.#options.tenant, this.#clock.now(), MOST_CONTACTS));
		// What is taken up is kept anew, by this run's name.
		for (const id of left.calls.keys()) this.#writing.set(id, null);
		this.#schedule();
		return { calls: [...left.calls.values()], heardAt: left.heardAt, contacts };
	}

	changed(id: string, save: (() => string) | null): void {
		const key = `${this.#run}/${id}`;
		// Of a call that is over before it was written, nothing is: while the database is away, calls come and go by the thousand.
		if (save === null && !this.#kept.has(key) && !this.#writing.has(key)) {
			this.#changes.delete(key);
			return;
		}
		this.#changes.set(key, save);
		this.#schedule();
	}

	async recorded(record: CallRecord): Promise<void> {
		const now = this.#clock.now();
		const { store } = this.#log;
		const written = store
			.write((db) => putRecord(db, record, now, now + (store.isShared ? OTHERS_MS : 0)))
			.then(() => this.#log.hasRecorded(record.tenant))
			// Whoever holds the store has said so.
			.catch(() => {});
		await this.#soon(written, RECORD_MS);
	}

	heard(extensions: readonly string[]): void {
		const isNoting = this.#heard.size > 0;
		for (const extension of extensions) this.#heard.add(extension);
		if (isNoting) return;
		this.#log.store
			.write(async (db) => {
				const heard = [...this.#heard];
				this.#heard.clear();
				await putHeard(db, this.#options, heard, this.#clock.now());
			})
			.catch(() => this.#heard.clear());
	}

	found(number: string, contact: Contact, until: number): void {
		this.#log.store.write((db) => putContact(db, this.#options.tenant, { number, contact, until })).catch(() => {});
	}

	flush(): Promise<void> {
		return this.#soon(
			this.#log.store.write(() => Promise.resolve()).catch(() => {}),
			FLUSH_MS,
		);
	}

	async close(): Promise<void> {
		this.#timer?.cancel();
		this.#unwatch?.();
		await this.flush();
		await this.turn?.close();
		await this.#released();
	}

	/** Waits for what is written, but not where the database is away, and no longer than that. */
	async #soon(written: Promise<unknown>, milliseconds: number): Promise<void> {
		if (this.#log.store.state.kind === "failing") return;
		let timer: Timer | null = null;
		const tooLong = new Promise<void>((resolve) => {
			timer = this.#clock.after(milliseconds, resolve);
		});
		await Promise.race([written, tooLong]);
		(timer as Timer | null)?.cancel();
	}

	/** Writes what has changed, all at once, when there is time to. */
	#schedule(): void {
		if (this.#isScheduled) return;
		this.#isScheduled = true;
		this.#log.store
			.write(async (db) => {
				// Where this is tried again, with what has changed meanwhile.
				this.#isScheduled = false;
				for (const [id, save] of this.#changes) this.#writing.set(id, save?.() ?? null);
				this.#changes.clear();
				await putActive(db, this.#options, this.#writing);
			})
			.then(() => this.#written())
			.catch(() => {
				this.#isScheduled = false;
				// What cannot be written holds up nothing that comes after it.
				this.#writing.clear();
			});
	}

	#written(): void {
		for (const [id, data] of this.#writing) {
			if (data === null) this.#kept.delete(id);
			else this.#kept.add(id);
		}
		this.#writing = new Map();
	}

	#eraseOld(): void {
		const { tenant, keepDays } = this.#options;
		this.#timer = this.#clock.after(ERASE_EVERY_MS, () => this.#eraseOld());
		const now = this.#clock.now();
		this.#log.store
			.write(async (db) => {
				await eraseContacts(db, now);
				if (keepDays > 0) await eraseBefore(db, tenant, now - keepDays * DAY_MS);
			})
			.catch(() => {});
	}
}
