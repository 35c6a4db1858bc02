import { run, type Under } from "./contestants";
import type { Effort } from "./effort";
import { type RunStats, type Spread, spread } from "./stats";
import { each, perMillion } from "./throughput";

/** What so many filters cost. */
export interface Filters {
	/** CPU seconds a million tickets. */
	readonly cpu: Spread;
	/** Against one node that hears the same tickets, in the same round. */
	readonly ofOne: Spread;
}

export type FiltersResult = Record<string, Record<number, Filters>>;

/** Core's way is measured up to so many: it costs in proportion, and takes longer than all the rest. */
const MOST_SWITCHES = 100;

/** As many tickets in a run as elsewhere would reach each of a thousand nodes a few times only. */
const TIMES = 3;

/** What so many nodes cost that do nothing is measured where it is much. */
const LEAST_NODES = 1_000;

/**
 * CPU of many nodes on one link that pass on one extension each, against one node that hears the same tickets; beside nodes
 * that do nothing else.
 */
export async function filters(effort: Effort, under: Under): Promise<FiltersResult> {
	const own: Record<number, Filters> = {};
	const handOver: Record<number, Filters> = {};
	const core: Record<number, Filters> = {};
	for (const filters of effort.filters) {
		const { warm, total } = effort.amount;
		const options = { rate: 0, warm, total: total * TIMES, perFrame: 1, phones: filters, kind: "state" } as const;
		// Each ticket goes to each switch.
		const few = { ...options, warm: effort.switched, total: effort.switched };
		const measure = {
			one: () => run("pbx-in tickets", options, under),
			many: () => run("pbx-in tickets", { ...options, filters }, under),
			"hand-over, one": () => run("hand-over", options, under),
			"hand-over, many": () => run("hand-over", { ...options, filters }, under),
			"core, one": () => run("core", few, under),
			"core, many": () => run("core", { ...few, filters }, under),
		} as const;
		const names = Object.keys(measure) as (keyof typeof measure)[];
		const wanted = names.filter((name) => {
			if (name.startsWith("core")) return filters <= MOST_SWITCHES;
			return !name.startsWith("hand-over") || filters >= LEAST_NODES;
		});
		const rounds: Partial<Record<keyof typeof measure, RunStats>>[] = [];
		for (let round = 0; round < effort.rounds; round++) {
			rounds.push(await each(wanted, round, (name) => measure[name]()));
			effort.note(`${filters} filters: round ${round + 1} of ${effort.rounds}`);
		}
		const figures = (many: keyof typeof measure, one: keyof typeof measure): Filters | null => {
			const pairs = rounds.flatMap((stats) => {
				const [a, b] = [stats[many], stats[one]];
				return a && b ? [[perMillion(a), perMillion(b)] as const] : [];
			});
			if (pairs.length === 0) return null;
			return { cpu: spread(pairs.map(([a]) => a)), ofOne: spread(pairs.map(([a, b]) => a / b)) };
		};
		for (const [found, many, one] of [
			[own, "many", "one"],
			[handOver, "hand-over, many", "hand-over, one"],
			[core, "core, many", "core, one"],
		] as const) {
			const measured = figures(many, one);
			if (measured) found[filters] = measured;
		}
	}
	return { "pbx-in tickets": own, "hand-over": handOver, "core switch": core };
}
