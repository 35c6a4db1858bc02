import type { Client } from "pg";
import type { Clock, Timer } from "../link/clock";
import type { Turn } from "../pbx/keeper";
import { addressOf, type StoreSettings } from "./settings";

/** Milliseconds between two tries to have the turn, or signs of life while it is ours. */
const TRY_EVERY_MS = 2_000;
const STATEMENT_MS = 5_000;

/**
 * Of several processes on one PostgreSQL server the one that holds an advisory lock has the turn. The server gives it to
 * another one when the connection of the holder ends; one that answers no more is found by TCP, within seconds.
 */
export class AdvisoryTurn implements Turn {
	readonly #settings: Extract<StoreSettings, { kind: "postgresql" }>;
	readonly #name: string;
	readonly #clock: Clock;
	readonly #watchers = new Set<(isOurs: boolean) => void>();
	#client: Client | null = null;
	/** Of the present session. */
	#hasLock = false;
	#isOurs = false;
	#isClosed = false;
	#timer: Timer | null = null;

	/** @param name  of what is taken in turns */
	constructor(settings: Extract<StoreSettings, { kind: "postgresql" }>, name: string, clock: Clock) {
		this.#settings = settings;
		this.#name = name;
		this.#clock = clock;
		void this.#try();
	}

	watch(watcher: (isOurs: boolean) => void): () => void {
		this.#watchers.add(watcher);
		watcher(this.#isOurs);
		return () => void this.#watchers.delete(watcher);
	}

	/** Gives the turn to whoever waits. */
	async close(): Promise<void> {
		this.#isClosed = true;
		this.#timer?.cancel();
		const client = this.#client;
		this.#client = null;
		await client?.end().catch(() => {});
	}

	async #try(): Promise<void> {
		try {
			const client = this.#client ?? (await this.#connect());
			if (this.#isClosed) throw new Error("closed");
			const { rows } = await client.query<{ ours: boolean }>(
				// Once only in a session: a lock that is taken twice has to be given back twice.
				"select $2 or pg_try_advisory_lock(hashtextextended($1, 0)) as ours",
				[`meetip-pbx ${this.#name}`, this.#hasLock],
			);
			this.#hasLock = rows[0]?.ours === true;
			this.#set(this.#hasLock);
		} catch {
			// While the server is away nobody else can have the turn: who has it keeps it.
			const client = this.#client;
			this.#client = null;
			this.#hasLock = false;
			void client?.end().catch(() => {});
		}
		if (!this.#isClosed) this.#timer = this.#clock.after(TRY_EVERY_MS, () => void this.#try());
	}

	async #connect(): Promise<Client> {
		const { Client } = await import("pg");
		const client = new Client({
			...{ connectionString: addressOf(this.#settings), application_name: "node-red-pbx standby" },
			...{ connectionTimeoutMillis: STATEMENT_MS, query_timeout: STATEMENT_MS, keepAlive: true },
		});
		// Noticed by the next statement.
		client.on("error", () => {});
		await client.connect();
		this.#client = client;
		for (const setting of ["idle = 3", "interval = 1", "count = 3"])
			await client.query(`set tcp_keepalives_${setting}`);
		return client;
	}

	#set(isOurs: boolean): void {
		if (this.#isOurs === isOurs || this.#isClosed) return;
		this.#isOurs = isOurs;
		for (const watch of [...this.#watchers]) watch(isOurs);
	}
}
