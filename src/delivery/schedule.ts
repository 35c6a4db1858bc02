import type { Verdict } from "./verdict";

/** How long a record is tried, and how often. */
export interface RetryPolicy {
	/** Milliseconds after its first try at which a record is given up. */
	readonly giveUpAfter: number;
}

/** What is to become of a record after a try. */
export type Next =
	| { readonly state: "delivered" }
	| { readonly state: "given-up"; readonly reason: string }
	| { readonly state: "waiting"; readonly dueAt: number; readonly reason: string };

/** Milliseconds until the second try, and at most between two. */
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 15 * 60_000;

/**
 * Milliseconds until the next try: twice as long each time, and never at the same time for many.
 *
 * @param attempt  how often it was tried, from 1
 * @param random   from 0 to 1
 */
export function waitAfter(attempt: number, random: number): number {
	const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempt - 1, 20));
	return Math.round(longest * (0.75 + random * 0.5));
}

/**
 * What is to become of a record after a try.
 *
 * @param firstTriedAt  when it was first tried, in milliseconds since 1970
 */
export function nextOf(
	verdict: Verdict,
	attempt: number,
	firstTriedAt: number,
	now: number,
	{ giveUpAfter }: RetryPolicy,
	random: number,
): Next {
	switch (verdict.kind) {
		case "delivered":
			return { state: "delivered" };
		case "refused":
			return { state: "given-up", reason: verdict.reason };
		case "again": {
			const dueAt = now + Math.max(verdict.after, waitAfter(attempt, random));
			const { reason } = verdict;
			const isTooLate = dueAt - firstTriedAt > giveUpAfter;
			return isTooLate ? { state: "given-up", reason } : { state: "waiting", dueAt, reason };
		}
	}
}
