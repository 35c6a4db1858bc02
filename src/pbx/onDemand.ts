import { PbxError } from "../errors";
import type { Clock, Timer } from "../link/clock";
import type { Extension } from "../protocol/address";
import type { ExtensionConnection } from "./connection";
import type { Connections } from "./connections";

/** An unused connection that was opened for a message is closed after so many milliseconds. */
const IDLE = 60_000;
/** The server takes 15 connections per address; half of them may be opened by what stands in messages. */
const MOST = 8;

interface Borrowed {
	readonly connection: ExtensionConnection;
	users: number;
	idle: Timer | null;
}

/** Connections that messages ask for (`msg.extension`): opened when needed, kept while in use and a minute longer. */
export class OnDemand {
	readonly #clock: Clock;
	readonly #connections: Connections;
	readonly #borrowed = new Map<Extension, Borrowed>();

	constructor(clock: Clock, connections: Connections) {
		this.#clock = clock;
		this.#connections = connections;
	}

	/** Whether the connection of this extension is held here. */
	holds(extension: Extension): boolean {
		return this.#borrowed.has(extension);
	}

	/**
	 * Runs something with the connection of an extension.
	 *
	 * @throws PbxError `too-many-links` when eight others are in use
	 */
	async use<Result>(extension: Extension, run: (connection: ExtensionConnection) => Promise<Result>): Promise<Result> {
		const borrowed = this.#borrowed.get(extension) ?? this.#borrow(extension);
		borrowed.idle?.cancel();
		borrowed.users++;
		try {
			return await run(borrowed.connection);
		} finally {
			borrowed.users--;
			const isHeld = this.#borrowed.get(extension) === borrowed;
			if (borrowed.users === 0 && isHeld) {
				borrowed.idle = this.#clock.after(IDLE, () => void this.#giveBack(extension));
			}
		}
	}

	/** Gives all of them back. */
	async close(): Promise<void> {
		await Promise.all([...this.#borrowed.keys()].map((extension) => this.#giveBack(extension)));
	}

	#borrow(extension: Extension): Borrowed {
		if (this.#borrowed.size >= MOST) this.#giveBackOneIdle();
		const borrowed: Borrowed = { connection: this.#connections.open(extension), users: 0, idle: null };
		this.#borrowed.set(extension, borrowed);
		return borrowed;
	}

	#giveBackOneIdle(): void {
		const idle = [...this.#borrowed].find(([, borrowed]) => borrowed.users === 0);
		if (!idle) {
			throw new PbxError("too-many-links", `${MOST} connections opened by messages are in use`, { most: MOST });
		}
		void this.#giveBack(idle[0]);
	}

	async #giveBack(extension: Extension): Promise<void> {
		const borrowed = this.#borrowed.get(extension);
		this.#borrowed.delete(extension);
		borrowed?.idle?.cancel();
		if (borrowed) await this.#connections.giveBack(borrowed.connection);
	}
}
