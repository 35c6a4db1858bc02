/** A timer that can be ended before it fires. */
export interface Timer {
	cancel(): void;
}

/** Time, as the link sees it; tests pass one that they turn by hand. */
export interface Clock {
	/** Milliseconds since 1970. */
	now(): number;
	/** Runs once after so many milliseconds. */
	after(milliseconds: number, run: () => void): Timer;
}

/** The machine's clock. */
export const systemClock: Clock = {
	now: Date.now,
	after(milliseconds, run) {
		const timer = setTimeout(run, milliseconds);
		return { cancel: () => clearTimeout(timer) };
	},
};
