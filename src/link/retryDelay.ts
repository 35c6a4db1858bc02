/** Why the next try has to wait. */
export type RetryCause = "disconnected" | "refused";

// Doubled each time. A wrong key does not mend itself, so a refused login waits longer.
const DELAYS: Readonly<Record<RetryCause, { readonly first: number; readonly longest: number }>> = {
	disconnected: { first: 2_000, longest: 60_000 },
	refused: { first: 120_000, longest: 600_000 },
};

/**
 * Milliseconds to wait before the next try: 1 to 60 s after a lost link, 1 to 10 minutes after a refused login.
 *
 * @param failures tries that failed in a row before this one, from 0
 * @param random   from 0 to 1: takes off up to half, so that many clients do not come back at the same moment
 */
export function retryDelay(cause: RetryCause, failures: number, random: number): number {
	const { first, longest } = DELAYS[cause];
	const delay = Math.min(longest, first * 2 ** Math.min(failures, 16));
	return Math.round(delay * (1 - random / 2));
}
