import type { Clock, Timer } from "../link/clock";
import type { CallFeed } from "./callFeed";
import type { Connections } from "./connections";
import type { Contacts } from "./contacts";
import type { CallKeeper, KeeperSource, LeftBehind } from "./keeper";

/** Milliseconds that what was left behind may take to be read; calls wait meanwhile. */
const TAKE_UP_MS = 10_000;
/** Milliseconds between two notes of which connections are heard. */
const HEARD_MS = 5_000;

const NOTHING: LeftBehind = { calls: [], heardAt: new Map(), contacts: [] };

/** Has an account's calls kept beyond the process, and takes up what another process has left behind. */
export class Keeping {
	readonly #clock: Clock;
	readonly #calls: CallFeed;
	readonly #connections: Connections;
	readonly #contacts: Contacts;
	#name: string | undefined;
	#keeper: CallKeeper | null = null;
	#unfollow: (() => void) | null = null;
	#unwatch: (() => void) | null = null;
	#timer: Timer | null = null;
	/** How often the turn has changed. */
	#turns = 0;
	/** How often what was left behind is being read: nothing that is heard now may take its place before. */
	#reading = 0;

	constructor(clock: Clock, calls: CallFeed, connections: Connections, contacts: Contacts) {
		this.#clock = clock;
		this.#calls = calls;
		this.#connections = connections;
		this.#contacts = contacts;
	}

	/** Calls are kept there from now on; null for nowhere. */
	use(source: KeeperSource | null): void {
		if (source?.name === this.#name) return;
		this.#name = source?.name;
		const before = this.#keeper;
		const keeper = source?.open() ?? null;
		this.#keeper = keeper;
		this.#unwatch?.();
		this.#unwatch = null;
		void before?.close();
		this.#timer?.cancel();
		this.#unfollow ??= keeper && this.#calls.follow();
		this.#calls.keep(keeper, before === null);
		if (!keeper) {
			this.#unfollow?.();
			this.#unfollow = null;
			this.#connections.release();
			return;
		}
		this.#noteHeardLater(keeper);
		if (keeper.turn) this.#unwatch = keeper.turn.watch((isOurs) => this.#takeTurns(keeper, isOurs));
		else if (before === null) void this.#takeUp(keeper);
		else this.#connections.release();
	}

	/** Somebody was found behind a number. */
	found(number: string, contact: Parameters<CallKeeper["found"]>[1], until: number): void {
		this.#keeper?.found(number, contact, until);
	}

	/** Resolves when all that was heard so far is kept, or cannot be. */
	async flush(): Promise<void> {
		this.#noteHeard();
		await this.#keeper?.flush();
	}

	/** Nothing more is kept. */
	async close(): Promise<void> {
		this.#noteHeard();
		const keeper = this.#keeper;
		this.#keeper = null;
		this.#timer?.cancel();
		this.#unwatch?.();
		this.#unfollow?.();
		this.#unfollow = null;
		await keeper?.close();
	}

	/** Listens while it is this process's turn, from where the one before has stopped. */
	#takeTurns(keeper: CallKeeper, isOurs: boolean): void {
		const turn = ++this.#turns;
		if (isOurs) {
			void this.#takeUp(keeper).then(() => {
				if (this.#keeper === keeper && this.#turns === turn) this.#connections.release();
			});
			return;
		}
		this.#connections.hold();
		this.#calls.forget();
	}

	async #takeUp(keeper: CallKeeper): Promise<void> {
		this.#reading++;
		let timer: Timer | null = null;
		const tooLate = new Promise<null>((resolve) => {
			timer = this.#clock.after(TAKE_UP_MS, () => resolve(null));
		});
		const left = (await Promise.race([keeper.leftBehind().catch(() => null), tooLate])) ?? NOTHING;
		(timer as Timer | null)?.cancel();
		this.#reading--;
		for (const { number, contact, until } of left.contacts) this.#contacts.remember(number, contact, until);
		this.#connections.heardBefore(left.heardAt);
		this.#calls.takeUp(left.calls);
	}

	#noteHeard(): void {
		if (this.#reading > 0) return;
		const heard = this.#connections.on().filter(({ link }) => link.state.kind === "connected");
		if (heard.length > 0) this.#keeper?.heard(heard.map(({ extension }) => extension));
	}

	#noteHeardLater(keeper: CallKeeper): void {
		this.#timer = this.#clock.after(HEARD_MS, () => {
			if (this.#keeper !== keeper) return;
			this.#noteHeard();
			this.#noteHeardLater(keeper);
		});
	}
}
