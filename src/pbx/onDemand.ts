import { PbxError } from "../errors";
import type { Clock, Timer } from "../link/clock";
import { LIMITS } from "../link/limits";
import type { LinkState } from "../link/state";
import type { Extension } from "../protocol/address";
import type { ExtensionConnection } from "./connection";
import type { Connections } from "./connections";

/** An unused connection that was opened for a message is closed after so many milliseconds. */
const IDLE = 60_000;
/** The server takes 15 connections per address; half of them may be opened by what stands in messages. */
const MOST = 8;

/** The longest a first try is waited for: a handshake, a prompt and the silence after the login, or others' turns. */
const FIRST_TRY = LIMITS.handshake + LIMITS.prompt + LIMITS.loginSilence;

const isFirstTry = (state: LinkState) => (state.kind === "connecting" || state.kind === "queued") && state.first;

interface Borrowed {
	readonly connection: ExtensionConnection;
	users: number;
	idle: Timer | null;
}

/** Connections that messages ask for (`msg.extension`): opened when needed, kept while in use and a minute longer. */
export class OnDemand {
	readonly #clock: Clock;
	readonly #connections: Connections;
	#isClosed = false;
	readonly #borrowed = new Map<Extension, Borrowed>();

	constructor(clock: Clock, connections: Connections) {
		this.#clock = clock;
		this.#connections = connections;
	}

	/**
	 * Runs something with the connection of an extension: one that is open anyway is just used, without keeping it open; another
	 * one is opened, and only its first try waited for.
	 *
	 * @throws PbxError `too-many-links` when eight others are in use, `closed`
	 */
	async run<Result>(extension: Extension, run: (connection: ExtensionConnection) => Promise<Result>): Promise<Result> {
		this.#mustBeOpen();
		const tried = async (connection: ExtensionConnection) => {
			await this.#firstTry(connection);
			this.#mustBeOpen();
			return run(connection);
		};
		const open = this.#borrowed.has(extension) ? undefined : this.#connections.get(extension);
		return open ? tried(open) : this.#use(extension, tried);
	}

	/** Resolves when the first try is over, whatever came of it; at once where it is over already, and in any case in time. */
	#firstTry(connection: ExtensionConnection): Promise<void> {
		if (!isFirstTry(connection.link.state)) return Promise.resolve();
		return new Promise((resolve) => {
			const over = () => {
				deadline.cancel();
				unwatch();
				resolve();
			};
			const deadline = this.#clock.after(FIRST_TRY, over);
			const unwatch = connection.watch((state) => {
				if (!isFirstTry(state)) over();
			});
		});
	}

	async #use<Result>(extension: Extension, run: (connection: ExtensionConnection) => Promise<Result>): Promise<Result> {
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
		this.#isClosed = true;
		await Promise.all([...this.#borrowed.keys()].map((extension) => this.#giveBack(extension)));
	}

	#mustBeOpen(): void {
		if (this.#isClosed) throw new PbxError("closed", "The PBX configuration was closed");
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
