import { randomUUID } from "node:crypto";
import type { Backlog, Consignment, Depot } from "../delivery/depot";
import type { Next } from "../delivery/schedule";
import type { Clock } from "../link/clock";
import { countQueue } from "./backlog";
import type { CallLog } from "./callLog";
import { claim, giveUp, hurry, openQueue, type Queue, settle } from "./deliveries";
import { clockWasSet, putBack, releaseOthers, renew } from "./leases";

/** This process: nodes come and go with deploys, and what they had on its way stays on it. */
const OWNER = randomUUID();

/** A queue of a call log, as one process hands its records over. */
export class QueueDepot implements Depot {
	readonly #log: CallLog;
	readonly #queue: Queue;
	readonly #clock: Clock;
	readonly #fromStart: boolean;
	/** Null where it could not be opened: it is tried again with the next look. */
	#isOpen: Promise<unknown> | null = null;

	/** @param fromStart  what was recorded before it is opened for the first time is wanted, too */
	constructor(log: CallLog, queue: Queue, fromStart: boolean, clock: Clock) {
		this.#log = log;
		this.#queue = queue;
		this.#clock = clock;
		this.#fromStart = fromStart;
		this.#opened().catch(() => {});
	}

	#opened(): Promise<unknown> {
		const { store } = this.#log;
		this.#isOpen ??= store
			.write(async (db) => {
				await openQueue(db, this.#queue, this.#fromStart, this.#clock.now());
				// Of a file this process is the only owner: what another one had taken it was killed with.
				if (!store.isShared) await releaseOthers(db, this.#queue, OWNER, this.#clock.now());
			})
			.catch((error: unknown) => {
				this.#isOpen = null;
				throw error;
			});
		return this.#isOpen;
	}

	async claim(most: number, lease: number, inFlight: readonly string[]): Promise<readonly Consignment[]> {
		await this.#opened();
		const { store } = this.#log;
		return store.write((db) => {
			// Read when it is written, which may be long after it was asked for.
			const now = this.#clock.now();
			return claim(db, this.#queue, {
				owner: OWNER,
				most,
				now,
				leaseUntil: now + lease,
				inFlight,
				isShared: store.isShared,
			});
		});
	}

	async renew(keys: readonly string[], lease: number): Promise<void> {
		await this.#log.store.write((db) => renew(db, this.#queue, OWNER, keys, this.#clock.now() + lease));
	}

	async putBack(keys: readonly string[]): Promise<void> {
		await this.#log.store.write((db) => putBack(db, this.#queue, OWNER, keys));
		this.#log.hasRecorded(this.#queue.tenant);
	}

	settle(key: string, attempt: number, next: Next | { readonly state: "skipped" }): Promise<boolean> {
		return this.#log.store.write((db) => settle(db, this.#queue, key, attempt, next));
	}

	hurry(key: string | null, withGivenUp: boolean): Promise<number> {
		return this.#log.store.write((db) => hurry(db, this.#queue, key, withGivenUp, this.#clock.now()));
	}

	giveUp(key: string, reason: string): Promise<Consignment | null> {
		return this.#log.store.write((db) => giveUp(db, this.#queue, key, reason));
	}

	async clockWasSet(step: number): Promise<void> {
		await this.#log.store.write((db) => clockWasSet(db, this.#queue, OWNER, step));
	}

	async count(): Promise<Backlog> {
		await this.#opened();
		return this.#log.store.read((db) => countQueue(db, this.#queue));
	}

	onRecorded(listener: () => void): () => void {
		return this.#log.onRecorded(this.#queue.tenant, listener);
	}
}
