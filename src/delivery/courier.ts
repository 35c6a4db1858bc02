import type { Clock, Timer } from "../link/clock";
import type { CallRecord } from "../messages";
import type { Consignment, Depot, Progress } from "./depot";
import { REASONS } from "./reasons";
import { nextOf, type RetryPolicy } from "./schedule";
import { judge, type Reply } from "./verdict";

/** How records are handed over. */
export interface CourierOptions extends RetryPolicy {
	/** Milliseconds to wait for what became of a record. */
	readonly timeout: number;
	/** Records on their way at a time. */
	readonly parallel: number;
	/** Whether somebody wants a record. */
	readonly wants: (record: CallRecord) => boolean;
}

/** Who hands records over, and hears how it goes. */
export interface CourierListener {
	send(consignment: Consignment): void;
	gaveUp(consignment: Consignment, reason: string): void;
	progress(progress: Progress): void;
	failed(error: unknown): void;
}

/** Milliseconds of a lease, which is renewed: what a process has taken that died is taken by another one after them. */
const LEASE_MS = 45_000;
/** Failures in a row after which one record at a time is tried: nobody seems to be there. */
const FAILURES_TO_DOUBT = 3;
/** Milliseconds between two looks in any case, as others may have put something there, and at least. */
const LOOK_EVERY_MS = 10_000;
const LEAST_WAIT_MS = 50;
/** Milliseconds between two counts while no more can be handed over: where many wait, counting takes longer than all else. */
const COUNT_EVERY_MS = 1_000;
/** Milliseconds between the wall's clock and the steady one from which on it was set. */
const CLOCK_STEP_MS = 5_000;

interface Flight {
	readonly consignment: Consignment;
	readonly timer: Timer;
	firstTriedAt: number;
}

/** Hands records over, one try after the other, until they are delivered or given up. Each for itself. */
export class Courier {
	readonly #depot: Depot;
	readonly #options: CourierOptions;
	readonly #listener: CourierListener;
	readonly #clock: Clock;
	readonly #random: () => number;
	readonly #flights = new Map<string, Flight>();
	readonly #unlisten: () => void;
	#timer: Timer | null = null;
	#isLooking = false;
	#hasNews = false;
	#isClosed = false;
	#failures = 0;
	#unreachableSince: number | null = null;
	/** The wall's clock less the steady one. */
	#ahead: number;
	/** When it was last counted, by the steady clock. */
	#countedAt = Number.NEGATIVE_INFINITY;

	constructor(depot: Depot, options: CourierOptions, listener: CourierListener, clock: Clock, random: () => number) {
		this.#depot = depot;
		this.#options = options;
		this.#listener = listener;
		this.#clock = clock;
		this.#random = random;
		this.#ahead = clock.now() - clock.steady();
		this.#unlisten = depot.onRecorded(() => this.look());
		this.look();
	}

	/** Looks for records that are due, now. */
	look(): void {
		this.#hasNews = true;
		void this.#look();
	}

	/** Whether a record is on its way. */
	isInFlight(key: string): boolean {
		return this.#flights.has(key);
	}

	/**
	 * What became of a record, as the flow tells. Nothing where it is not on its way, and did not get through.
	 *
	 * @param attempt  of which try, where the flow still knows it; else null
	 */
	async answered(key: string, reply: Reply, attempt: number | null): Promise<void> {
		const flight = this.#flights.get(key);
		const verdict = judge(reply, this.#clock.now());
		const isPresent = flight !== undefined && (attempt === null || attempt === flight.consignment.attempt);
		// A late answer to an earlier try, or after a restart: that it got through counts all the same.
		if (!isPresent && verdict.kind !== "delivered") return;
		await this.#land(key, flight ?? null, verdict);
	}

	/** Tries again what waits, or was given up: one record, or all. Gives how many. */
	async retry(key: string | null): Promise<number> {
		const count = await this.#depot.hurry(key, true);
		this.look();
		return count;
	}

	/** Gives up one record that waits or is on its way; gives whether there was one. */
	async giveUp(key: string): Promise<boolean> {
		const given = await this.#depot.giveUp(key, REASONS.byHand);
		if (!given) return false;
		const flight = this.#flights.get(key);
		if (flight) this.#end(key, flight);
		this.#listener.gaveUp(given, REASONS.byHand);
		this.look();
		return true;
	}

	/** Nothing more is handed over; what is on its way is tried again when its lease ends. */
	close(): void {
		this.#isClosed = true;
		this.#unlisten();
		this.#timer?.cancel();
		for (const { timer } of this.#flights.values()) timer.cancel();
		this.#flights.clear();
	}

	get #room(): number {
		const parallel = this.#failures >= FAILURES_TO_DOUBT ? 1 : this.#options.parallel;
		return parallel - this.#flights.size;
	}

	async #look(): Promise<void> {
		if (this.#isLooking || this.#isClosed) return;
		this.#isLooking = true;
		this.#timer?.cancel();
		try {
			await this.#heedClock();
			while (this.#hasNews && !this.#isClosed) {
				this.#hasNews = false;
				await this.#handOver();
			}
			if (this.#flights.size > 0) await this.#depot.renew([...this.#flights.keys()], LEASE_MS);
			await this.#report();
		} catch (error) {
			if (!this.#isClosed) this.#listener.failed(error);
			this.#hasNews = false;
			this.#lookAfter(LOOK_EVERY_MS);
		} finally {
			this.#isLooking = false;
		}
		// There was news while it looked at something else.
		if (this.#hasNews) void this.#look();
	}

	/** Deadlines are by the wall's clock, which outlives a process; where it is set they move with it. */
	async #heedClock(): Promise<void> {
		const ahead = this.#clock.now() - this.#clock.steady();
		const step = ahead - this.#ahead;
		if (Math.abs(step) < CLOCK_STEP_MS) return;
		this.#ahead = ahead;
		for (const flight of this.#flights.values()) flight.firstTriedAt += step;
		await this.#depot.clockWasSet(step);
	}

	async #handOver(): Promise<void> {
		const room = this.#room;
		if (room <= 0) return;
		const claimed = await this.#depot.claim(room, LEASE_MS, [...this.#flights.keys()]);
		if (claimed.length === room) this.#hasNews = true;
		for (const [i, consignment] of claimed.entries()) {
			const { record, attempt } = consignment;
			// It ended while this was taken: whoever comes next has it at once.
			if (this.#isClosed) return this.#depot.putBack(claimed.slice(i).map((each) => each.record.key));
			if (this.#options.wants(record)) this.#send(consignment);
			else await this.#depot.settle(record.key, attempt, { state: "skipped" });
		}
	}

	#send(consignment: Consignment): void {
		const { key } = consignment.record;
		const timer = this.#clock.after(this.#options.timeout, () => {
			const flight = this.#flights.get(key);
			const verdict = { kind: "again", reason: REASONS.late, after: 0, isUnreachable: true } as const;
			if (flight?.timer === timer) void this.#land(key, flight, verdict);
		});
		this.#flights.set(key, { consignment, timer, firstTriedAt: consignment.firstTriedAt });
		this.#listener.send(consignment);
	}

	async #land(key: string, flight: Flight | null, verdict: ReturnType<typeof judge>): Promise<void> {
		const heeded = this.#heedClock();
		if (flight) this.#end(key, flight);
		const now = this.#clock.now();
		const wasUnreachable = this.#unreachableSince !== null;
		this.#noteReachable(verdict, now);
		const attempt = flight?.consignment.attempt ?? 0;
		const next = nextOf(verdict, attempt, flight?.firstTriedAt ?? now, now, this.#options, this.#random());
		try {
			await heeded;
			// It is there again: what waits because it was not need not wait any longer. This one is not among it.
			if (wasUnreachable && this.#unreachableSince === null) await this.#depot.hurry(null, false);
			const counts = await this.#depot.settle(key, attempt, next);
			if (counts && flight && next.state === "given-up") this.#listener.gaveUp(flight.consignment, next.reason);
		} catch (error) {
			this.#listener.failed(error);
		}
		this.look();
	}

	#end(key: string, { timer }: Flight): void {
		timer.cancel();
		this.#flights.delete(key);
	}

	#noteReachable(verdict: ReturnType<typeof judge>, now: number): void {
		if (verdict.kind === "again" && verdict.isUnreachable) {
			this.#failures++;
			this.#unreachableSince ??= now;
		} else {
			this.#failures = 0;
			this.#unreachableSince = null;
		}
	}

	async #report(): Promise<void> {
		const sinceCount = this.#clock.steady() - this.#countedAt;
		if (this.#room <= 0 && sinceCount < COUNT_EVERY_MS) {
			return this.#lookAfter(COUNT_EVERY_MS - sinceCount);
		}
		this.#countedAt = this.#clock.steady();
		const backlog = await this.#depot.count();
		if (this.#isClosed) return;
		const unreachableSince = backlog.waiting > 0 ? this.#unreachableSince : null;
		this.#listener.progress({ ...backlog, inFlight: this.#flights.size, unreachableSince });
		const due = this.#room > 0 && backlog.nextDueAt !== null ? backlog.nextDueAt - this.#clock.now() : LOOK_EVERY_MS;
		this.#lookAfter(Math.min(LOOK_EVERY_MS, Math.max(LEAST_WAIT_MS, due)));
	}

	#lookAfter(milliseconds: number): void {
		this.#timer?.cancel();
		if (this.#isClosed) return;
		this.#timer = this.#clock.after(milliseconds, () => this.look());
	}
}
