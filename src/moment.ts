/**
 * When something happened, by two clocks: the wall's, which people read and somebody may set, and a steady one that only
 * goes forward, for durations and order.
 */
export interface Moment {
	/** Milliseconds since 1970. */
	readonly wall: number;
	/** Milliseconds since some moment of the process. */
	readonly steady: number;
}

/** Seconds from one moment to a later one, by the steady clock; null where one of them is not known. */
export function secondsBetween(from: Moment | null, to: Moment | null): number | null {
	return from === null || to === null ? null : Math.max(0, Math.round(to.steady - from.steady)) / 1000;
}
