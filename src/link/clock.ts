import type { Moment } from "../moment";

/** A timer that can be ended before it fires. */
export interface Timer {
	cancel(): void;
}

/** Time, as the link sees it; tests pass one that they turn by hand. */
export interface Clock {
	/** The wall's clock: milliseconds since 1970. It may be set while we run. */
	now(): number;
	/** A clock that only goes forward, in milliseconds: for all that is measured or waited for. */
	steady(): number;
	/** Runs once after so many milliseconds. */
	after(milliseconds: number, run: () => void): Timer;
}

/** The machine's clocks. */
export const systemClock: Clock = {
	now: Date.now,
	steady: () => performance.now(),
	after(milliseconds, run) {
		const timer = setTimeout(run, milliseconds);
		return { cancel: () => clearTimeout(timer) };
	},
};

/** A moment of the past, by the wall's clock, by both. */
export function momentAt(wall: number, clock: Clock): Moment {
	return { wall, steady: clock.steady() - Math.max(0, clock.now() - wall) };
}

/** This moment, by both clocks. */
export function momentOf(clock: Clock): Moment {
	return { wall: clock.now(), steady: clock.steady() };
}
