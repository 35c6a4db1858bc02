import type { CallRow } from "./history";

/** What calls are counted by. */
export const TOTALS_BY = ["day", "hour", "extension", "queue"] as const;
export type TotalsBy = (typeof TOTALS_BY)[number];

/** Seconds within which a call counts as quickly answered. */
const QUICK_SECONDS = 20;

/** The calls of one day, hour, extension or queue, counted. */
export interface Totals {
	/** `2026-01-15`, `2026-01-15 10:00`, the extension, or the queue; empty for none. */
	readonly group: string;
	readonly calls: number;
	readonly inbound: number;
	readonly outbound: number;
	readonly answered: number;
	readonly missed: number;
	/** Of those that came in: answered within twenty seconds. */
	readonly answeredQuickly: number;
	/** Seconds, of calls that came in and whose waiting is known. */
	readonly waitSeconds: number;
	readonly longestWaitSeconds: number;
	/** Seconds of talk, as far as they are known. */
	readonly talkSeconds: number;
}

type Counter = { -readonly [Key in keyof Totals]: Totals[Key] };

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

	add(call: CallRow): void {
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
	get totals(): Totals[] {
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

	#groupOf({ startedAt, extension, queue }: CallRow): string {
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
