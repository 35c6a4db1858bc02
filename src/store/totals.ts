import type { Kysely } from "kysely";
import type { CallTotals } from "../messages";
import { type CountedCalls, countedCalls, type TotalsBy } from "./countedCalls";
import type { CallFilter } from "./history";
import type { Schema } from "./schema";

type Counter = { -readonly [Key in keyof CallTotals]: CallTotals[Key] };

function newCounter(group: string): Counter {
	return {
		...{ group, calls: 0, inbound: 0, outbound: 0, answered: 0, missed: 0, answeredQuickly: 0 },
		...{ waitSeconds: 0, longestWaitSeconds: 0, talkSeconds: 0 },
	};
}

/** Adds counted calls up. */
class TotalsCounter {
	readonly #by: TotalsBy;
	readonly #localText: (wall: number) => string;
	readonly #groups = new Map<string, Counter>();

	/** @param localText  a moment as `2026-01-15 10:00:00`, by the clock of the place */
	constructor(by: TotalsBy, localText: (wall: number) => string) {
		this.#by = by;
		this.#localText = localText;
	}

	add(counted: CountedCalls): void {
		const group = this.#groupOf(counted);
		const counter = this.#groups.get(group) ?? newCounter(group);
		this.#groups.set(group, counter);
		const { calls } = counted;
		counter.calls += calls;
		if (counted.outcome === "answered") counter.answered += calls;
		if (counted.outcome === "missed") counter.missed += calls;
		if (counted.direction === "outbound") counter.outbound += calls;
		counter.talkSeconds += counted.talkSeconds;
		if (counted.direction !== "inbound") return;
		counter.inbound += calls;
		counter.waitSeconds += counted.waitSeconds;
		counter.longestWaitSeconds = Math.max(counter.longestWaitSeconds, counted.longestWaitSeconds);
		counter.answeredQuickly += counted.answeredQuickly;
	}

	/** The totals, in the order of their groups. */
	get totals(): CallTotals[] {
		const round = (seconds: number) => Math.round(seconds);
		return [...this.#groups.values()]
			.map((counter) => ({
				...counter,
				waitSeconds: round(counter.waitSeconds),
				longestWaitSeconds: round(counter.longestWaitSeconds),
				talkSeconds: round(counter.talkSeconds),
			}))
			.sort((a, b) => a.group.localeCompare(b.group, "en", { numeric: true }));
	}

	#groupOf({ startedAt, extension, queue }: CountedCalls): string {
		switch (this.#by) {
			case "day":
				return this.#localText(startedAt).slice(0, 10);
			case "hour":
				return `${this.#localText(startedAt).slice(0, 13)}:00`;
			case "extension":
				return extension;
			case "queue":
				return queue;
		}
	}
}

/**
 * What the calls of a period come to, in the order of their groups.
 *
 * @param localText  a moment as `2026-01-15 10:00:00`, by the clock of the place
 */
export async function totalsOf(
	db: Kysely<Schema>,
	filter: CallFilter,
	by: TotalsBy,
	localText: (wall: number) => string,
): Promise<CallTotals[]> {
	const counter = new TotalsCounter(by, localText);
	for await (const counted of countedCalls(db, filter, by)) counter.add(counted);
	return counter.totals;
}
