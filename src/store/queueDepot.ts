import { randomUUID } from "node:crypto";
import type { Backlog, Consignment, Depot } from "../delivery/courier";
import type { Next } from "../delivery/schedule";
import type { Clock } from "../link/clock";
import { countQueue } from "./backlog";
import type { CallLog } from "./callLog";
import { claim, giveUp, hurry, openQueue, type Queue, releaseOthers, renew, settle } from "./deliveries";

/** This process: nodes come and go with deploys, and what they had on its way stays on it. */
const OWNER = randomUUID();

/** A queue of a call log, as one process hands its records over. */
export class QueueDepot implements Depot {
	readonly #log: CallLog;
	readonly #queue: Queue;
	readonly #clock: Clock;
	readonly #isOpen: Promise<unknown>;

	/** @param fromStart  what was recorded before it is opened for the first time is wanted, too */
	constructor(log: CallLog, queue: Queue, fromStart: boolean, clock: Clock) {
		this.#log = log;
		this.#queue = queue;
		this.#clock = clock;
		this.#isOpen = log.store.write(async (db) => {
			await openQueue(db, queue, fromStart, clock.now());
			// Of a file this process is the only owner: what another one had taken it was killed with.
			if (!log.store.isShared) await releaseOthers(db, queue, OWNER, clock.now());
		});
		this.#isOpen.catch(() => {});
	}

	async claim(most: number, lease: number): Promise<readonly Consignment[]> {
		await this.#isOpen;
		const { store } = this.#log;
		return store.write((db) => {
			// Read when it is written, which may be long after it was asked for.
			const now = this.#clock.now();
			return claim(db, this.#queue, OWNER, most, now, now + lease, store.isShared);
		});
	}

	async renew(lease: number): Promise<void> {
		await this.#log.store.write((db) => renew(db, this.#queue, OWNER, this.#clock.now() + lease));
	}

	settle(key: string, attempt: number, next: Next | { readonly state: "skipped" }): Promise<boolean> {
		return this.#log.store.write((db) => settle(db, this.#queue.queue, key, attempt, next));
	}

	hurry(key: string | null, withGivenUp: boolean): Promise<number> {
		return this.#log.store.write((db) => hurry(db, this.#queue, key, withGivenUp, this.#clock.now()));
	}

	giveUp(key: string, reason: string): Promise<Consignment | null> {
		return this.#log.store.write((db) => giveUp(db, this.#queue, key, reason));
	}

	async count(): Promise<Backlog> {
		await this.#isOpen;
		return this.#log.store.read((db) => countQueue(db, this.#queue));
	}

	onRecorded(listener: () => void): () => void {
		return this.#log.onRecorded(this.#queue.tenant, listener);
	}
}
