import { type Kysely, sql } from "kysely";
import { type CallFilter, filtered } from "./history";
import type { Schema } from "./schema";

/** What calls are counted by. */
export const TOTALS_BY = ["day", "hour", "extension", "queue"] as const;
export type TotalsBy = (typeof TOTALS_BY)[number];

/** Calls that totals need not tell apart, counted by the database. */
export interface CountedCalls {
	/** The beginning of the quarter of an hour in which they began, in milliseconds since 1970; 0 where that is not asked for. */
	readonly startedAt: number;
	/** Empty where it is not asked for, or nobody knows. */
	readonly extension: string;
	readonly queue: string;
	readonly direction: string;
	readonly outcome: string;
	readonly calls: number;
	readonly talkSeconds: number;
	readonly waitSeconds: number;
	readonly longestWaitSeconds: number;
	/** Of those that were answered. */
	readonly answeredQuickly: number;
}

/** Seconds within which a call counts as quickly answered. */
const QUICK_SECONDS = 20;
/** Every time zone is off by a multiple of it. */
const QUARTER_MS = 900_000;
/** Rows that are read at a time. In a quarter of an hour there are fewer: one for each direction and outcome. */
const PAGE = 2_000;

const numbers = {
	calls: sql<number>`count(*)`,
	talk: sql<number>`coalesce(sum(talk_seconds), 0)`,
	wait: sql<number>`coalesce(sum(wait_seconds), 0)`,
	longest: sql<number>`coalesce(max(wait_seconds), 0)`,
	quickly: sql<number>`sum(case when outcome = 'answered' and wait_seconds <= ${QUICK_SECONDS} then 1 else 0 end)`,
};

/** Counts the calls of a period by what totals are wanted of, without holding them all. */
export async function* countedCalls(
	db: Kysely<Schema>,
	filter: CallFilter,
	by: TotalsBy,
): AsyncGenerator<CountedCalls> {
	const isByTime = by === "day" || by === "hour";
	const quarter = isByTime ? sql<number>`started_at - started_at % ${sql.lit(QUARTER_MS)}` : sql<number>`0`;
	const none = sql<string>`''`;
	let from = filter.from;
	for (;;) {
		const rows = await filtered(db.selectFrom("calls"), { ...filter, from })
			.select([
				quarter.as("quarter"),
				by === "extension" ? "extension" : none.as("extension"),
				by === "queue" ? "queue" : none.as("queue"),
				...(["direction", "outcome"] as const),
				...Object.entries(numbers).map(([name, value]) => value.as(name as keyof typeof numbers)),
			])
			.groupBy(["direction", "outcome", by === "extension" || by === "queue" ? by : quarter])
			.orderBy(sql`1`)
			.$if(isByTime, (query) => query.limit(PAGE))
			.execute();
		const isLast = !isByTime || rows.length < PAGE;
		// The last quarter of a full page may go on in the next one.
		const next = Number(rows.at(-1)?.quarter ?? 0);
		for (const row of rows) {
			if (!isLast && Number(row.quarter) === next) continue;
			const { extension, queue, direction, outcome } = row;
			yield {
				...{ startedAt: Number(row.quarter), extension, queue, direction, outcome, calls: Number(row.calls) },
				...{ talkSeconds: Number(row.talk), waitSeconds: Number(row.wait), longestWaitSeconds: Number(row.longest) },
				answeredQuickly: Number(row.quickly),
			};
		}
		if (isLast) return;
		from = next;
	}
}
