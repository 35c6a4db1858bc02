import type { CallTotals } from "../messages";
import type { CountedCall } from "./history";

/** What calls are counted by. */
export const TOTALS_BY = ["day", "hour", "extension", "queue"] as const;
export type TotalsBy = (typeof TOTALS_BY)[number];

/** Seconds within which a call counts as quickly answered. */
const QUICK_SECONDS = 20;

type Counter = { -readonly [Key in keyof CallTotals]: CallTotals[Key] };

function newCounter(group: string): Counter {
	return {
		...{ group, calls: 0, inbound: 0, outbound: 0, answered: 0, missed: 0, answeredQuickly: 0 },
		...{ waitSeconds: 0, longestWaitSeconds: 0, talkSeconds: 0 },
	};
}

/** Counts calls. */
export class TotalsCounter {
	readonly #by: TotalsBy;
	readonly #localText: (wall: number) => string;
	readonly #groups = new Map<string, Counter>();

	/** @param localText  a moment as `2026-01-15 10:00:00`, by the clock of the place */
	constructor(by: TotalsBy, localText: (wall: number) => string) {
		this.#by = by;
		this.#localText = localText;
	}

	add(call: CountedCall): void {
		const group = this.#groupOf(call);
		const counter = this.#groups.get(group) ?? newCounter(group);
		this.#groups.set(group, counter);
		counter.calls++;
		if (call.outcome === "answered") counter.answered++;
		if (call.outcome === "missed") counter.missed++;
		if (call.direction === "outbound") counter.outbound++;
		counter.talkSeconds += call.talkSeconds ?? 0;
		if (call.direction !== "inbound") return;
		counter.inbound++;
		const { waitSeconds } = call;
		if (waitSeconds === null) return;
		counter.waitSeconds += waitSeconds;
		counter.longestWaitSeconds = Math.max(counter.longestWaitSeconds, waitSeconds);
		if (call.outcome === "answered" && waitSeconds <= QUICK_SECONDS) counter.answeredQuickly++;
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

	#groupOf({ startedAt, extension, queue }: CountedCall): string {
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
