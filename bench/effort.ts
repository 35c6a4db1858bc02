import type { Amount } from "./stats";

/** How much is measured. */
export interface Effort {
	readonly rounds: number;
	/** Tickets of a run without a rate. */
	readonly amount: Amount;
	/** Tickets a second for which latency is measured. */
	readonly rates: readonly number[];
	/** Seconds at the rate before latency is measured: after a flood, Node.js tidies up and compiles for some time. */
	readonly settle: number;
	/** Seconds of a run at a rate, and how many tickets it has at least. */
	readonly seconds: number;
	readonly least: number;
	/** Seconds for which the highest rate must be held. */
	readonly hold: number;
	/** How much higher each rate is that is tried last, when looking for the highest one. */
	readonly step: number;
	/** Tickets in a flood. */
	readonly flood: number;
	/** How many filters are compared with one node. */
	readonly filters: readonly number[];
	/** Tickets that go through core's `switch` nodes, after as many of warming up. */
	readonly switched: number;
	/** Calls in the longest life cycle. */
	readonly calls: number;
	/** Hears how far it is. */
	readonly note: (text: string) => void;
}

/** What takes some forty minutes, eight of them for hostile servers. */
export const FULL: Omit<Effort, "note"> = {
	...{ rounds: 5, amount: { warm: 40_000, total: 120_000 }, rates: [1_000, 10_000] },
	...{ settle: 3, seconds: 2, least: 3_000 },
	...{ hold: 30, step: 2 ** 0.25, flood: 2_000_000, filters: [10, 100, 1_000], switched: 5_000, calls: 1_000_000 },
};

/** What takes a quarter of an hour: hostile servers do the same as ever. */
export const QUICK: Omit<Effort, "note"> = {
	...{ rounds: 1, amount: { warm: 10_000, total: 50_000 }, rates: [10_000] },
	...{ settle: 0.5, seconds: 1, least: 1_000 },
	...{ hold: 1, step: 2, flood: 100_000, filters: [10, 1_000], switched: 2_000, calls: 200_000 },
};
