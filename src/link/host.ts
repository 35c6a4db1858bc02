import type { Clock } from "./clock";
import { LIMITS } from "./limits";

/** Where a link is on its way to its host. Whoever sleeps waits for the time of its next try. */
type Standing =
	| { readonly kind: "away" | "trying" | "answered" | "up" }
	| { readonly kind: "waiting"; readonly isFirst: boolean; readonly enter: () => void }
	| { readonly kind: "asleep"; readonly wake: () => void };

/**
 * The links to one host. After an outage all of them want to come back: so many at a time log in, since the server resets
 * what is too much without an answer (protocol 1), and the first one that is up wakes those who sleep.
 */
export class Host {
	readonly #clock: Clock;
	readonly #trying = new Set<Place>();
	readonly #up = new Set<Place>();
	readonly #asleep = new Set<Place>();
	/** Those who have not tried before go first: somebody may be waiting for them. */
	readonly #waiting = { first: new Set<Place>(), again: new Set<Place>() };
	#wokenAt: number | null = null;

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	/** A place for one more link. */
	place(): Place {
		return new Place((place, before, now) => this.#moved(place, before, now));
	}

	#moved(place: Place, before: Standing, now: Standing): void {
		this.#setOf(before)?.delete(place);
		const isBack = now.kind === "up" && this.#up.size === 0;
		this.#setOf(now)?.add(place);
		if (isBack) this.#wake();
		this.#enter();
	}

	#setOf(standing: Standing): Set<Place> | null {
		switch (standing.kind) {
			case "waiting":
				return standing.isFirst ? this.#waiting.first : this.#waiting.again;
			case "trying":
				return this.#trying;
			case "up":
				return this.#up;
			case "asleep":
				return this.#asleep;
			default:
				return null;
		}
	}

	#enter(): void {
		for (const waiting of [this.#waiting.first, this.#waiting.again]) {
			for (const place of waiting) {
				if (this.#trying.size >= LIMITS.loginsAtOnce) return;
				place.enter();
			}
		}
	}

	/** A server that takes logins and soon drops them would be stormed: once in a while is enough. */
	#wake(): void {
		const now = this.#clock.steady();
		if (this.#wokenAt !== null && now - this.#wokenAt < LIMITS.wakeInterval) return;
		this.#wokenAt = now;
		for (const place of [...this.#asleep]) place.wake();
	}
}

/** One link's place at its host. */
export class Place {
	readonly #moved: (place: Place, before: Standing, now: Standing) => void;
	#standing: Standing = { kind: "away" };

	constructor(moved: (place: Place, before: Standing, now: Standing) => void) {
		this.#moved = moved;
	}

	/** Whether it has to wait until others are through. */
	get isWaiting(): boolean {
		return this.#standing.kind === "waiting";
	}

	/** Wants to log in; `enter` runs when it is its turn, which may be at once. */
	try(isFirst: boolean, enter: () => void): void {
		this.#move({ kind: "waiting", isFirst, enter });
	}

	/** It is its turn. */
	enter(): void {
		if (this.#standing.kind !== "waiting") return;
		const { enter } = this.#standing;
		this.#move({ kind: "trying" });
		enter();
	}

	/** The login is said: it is the next one's turn. */
	answered(): void {
		if (this.#standing.kind === "trying") this.#move({ kind: "answered" });
	}

	/** Connected. */
	up(): void {
		if (this.#standing.kind !== "up") this.#move({ kind: "up" });
	}

	/** Down until its next try; `wake` runs before that where the host is found to be back. */
	sleep(wake: () => void): void {
		this.#move({ kind: "asleep", wake });
	}

	/** The host is back. */
	wake(): void {
		if (this.#standing.kind === "asleep") this.#standing.wake();
	}

	/** Wants nothing of the host. */
	leave(): void {
		this.#move({ kind: "away" });
	}

	#move(standing: Standing): void {
		const before = this.#standing;
		this.#standing = standing;
		this.#moved(this, before, standing);
	}
}
