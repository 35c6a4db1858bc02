import { type Kysely, type SelectQueryBuilder, sql } from "kysely";
import type { CallOutcome, CallRecord, Direction, NumberHistory, UnreturnedCall } from "../messages";
import type { Schema } from "./schema";

/** Which calls of a tenant. */
export interface CallFilter {
	readonly tenant: string;
	/** Milliseconds since 1970: begun from then on, and before then; null for no such bound. */
	readonly from: number | null;
	readonly to: number | null;
	/** Those at one of these; empty for all. */
	readonly extensions: readonly string[];
	readonly queues: readonly string[];
	readonly directions: readonly Direction[];
	readonly outcomes: readonly CallOutcome[];
}

const WEEK_MS = 7 * 86_400_000;

/** Of callers whom nobody can tell from one another. */
const NO_HISTORY: NumberHistory = {
	...{ number: "", calls: 0, answered: 0, missed: 0, lastSevenDays: 0, lastOutcome: null, lastAt: null },
	...{ lastAnsweredBy: "", unreturned: 0 },
};

type Selection<Output> = SelectQueryBuilder<Schema, "calls", Output>;

/** Whether an extension is one of a call's; as it stands there, whatever a pattern would make of it. */
function isAmong(extension: string) {
	const pattern = `%,${extension.replace(/[\\%_]/g, "\\$&")},%`;
	return sql<boolean>`extensions like ${pattern} escape '\\'`;
}

/** The calls that a filter lets through. */
export function filtered<Output>(query: Selection<Output>, filter: CallFilter): Selection<Output> {
	const { tenant, from, to, extensions, queues, directions, outcomes } = filter;
	return query
		.where("tenant", "=", tenant)
		.$if(from !== null, (all) => all.where("started_at", ">=", from ?? 0))
		.$if(to !== null, (all) => all.where("started_at", "<", to ?? 0))
		.$if(queues.length > 0, (all) => all.where("queue", "in", queues))
		.$if(directions.length > 0, (all) => all.where("direction", "in", directions))
		.$if(outcomes.length > 0, (all) => all.where("outcome", "in", outcomes))
		.$if(extensions.length > 0, (all) => all.where((eb) => eb.or(extensions.map(isAmong)))) as Selection<Output>;
}

function parsed(rows: readonly { readonly record: string }[]): CallRecord[] {
	return rows.map(({ record }) => JSON.parse(record) as CallRecord);
}

/** The last calls with a number, newest first. */
export async function callsWith(
	db: Kysely<Schema>,
	tenant: string,
	party: string,
	limit: number,
): Promise<CallRecord[]> {
	const rows = await db
		.selectFrom("calls")
		.select("record")
		.where("tenant", "=", tenant)
		.where("party", "=", party)
		.orderBy("started_at", "desc")
		.limit(limit)
		.execute();
	return parsed(rows);
}

/** What is known of a number, as of a moment in milliseconds since 1970. */
export async function numberHistory(
	db: Kysely<Schema>,
	tenant: string,
	party: string,
	now: number,
): Promise<NumberHistory> {
	if (party === "") return NO_HISTORY;
	const of = () => db.selectFrom("calls").where("tenant", "=", tenant).where("party", "=", party);
	const counts = await of()
		.select((eb) => ["outcome", eb.fn.countAll().as("count")])
		.groupBy("outcome")
		.execute();
	const count = (outcome: string) => Number(counts.find((row) => row.outcome === outcome)?.count ?? 0);
	const recent = await of()
		.select((eb) => eb.fn.countAll().as("count"))
		.where("started_at", ">=", now - WEEK_MS)
		.executeTakeFirst();
	const [last] = parsed(await of().select("record").orderBy("started_at", "desc").limit(1).execute());
	const talked = await of()
		.select(["started_at", "extension"])
		.where("outcome", "=", "answered")
		.orderBy("started_at", "desc")
		.executeTakeFirst();
	const missed = await of()
		.select((eb) => eb.fn.countAll().as("count"))
		.where("outcome", "=", "missed")
		.where("started_at", ">", Number(talked?.started_at ?? -1))
		.executeTakeFirst();
	return {
		number: party,
		calls: counts.reduce((sum, row) => sum + Number(row.count), 0),
		answered: count("answered"),
		missed: count("missed"),
		lastSevenDays: Number(recent?.count ?? 0),
		lastOutcome: last?.outcome ?? null,
		lastAt: last?.startedAt ?? last?.at ?? null,
		lastAnsweredBy: talked?.extension ?? "",
		unreturned: Number(missed?.count ?? 0),
	};
}

/** The calls of a period, newest first. */
export async function callsOf(db: Kysely<Schema>, filter: CallFilter, limit: number): Promise<CallRecord[]> {
	const rows = await filtered(db.selectFrom("calls").select("record"), filter)
		.orderBy("started_at", "desc")
		.limit(limit)
		.execute();
	return parsed(rows);
}

/** Missed calls since when nobody has talked with that number, in either direction: the last one of each, newest first. */
export async function unreturnedCalls(
	db: Kysely<Schema>,
	filter: CallFilter,
	limit: number,
): Promise<UnreturnedCall[]> {
	const missed: CallFilter = { ...filter, outcomes: ["missed"], directions: [] };
	const parties = await filtered(
		db.selectFrom("calls").select((eb) => [
			"party",
			eb.fn.countAll().as("misses"),
			// The last one of each, whatever else began at that moment.
			eb.fn.max("started_at").as("last"),
		]) as Selection<{ party: string; misses: number | string | bigint; last: number }>,
		missed,
	)
		.where("party", "!=", "")
		.where(({ not, exists, selectFrom, ref }) =>
			not(
				exists(
					selectFrom("calls as later")
						.select("later.key")
						.where("later.tenant", "=", ref("calls.tenant"))
						.where("later.party", "=", ref("calls.party"))
						.where("later.outcome", "=", "answered")
						.where("later.started_at", ">", ref("calls.started_at")),
				),
			),
		)
		.groupBy("party")
		.orderBy("last", "desc")
		.limit(limit)
		.execute();
	const found: UnreturnedCall[] = [];
	for (const { party, misses, last } of parties) {
		const row = await filtered(db.selectFrom("calls").select("record"), missed)
			.where("party", "=", party)
			.where("started_at", "=", Number(last))
			.limit(1)
			.executeTakeFirst();
		if (row) found.push({ ...(JSON.parse(row.record) as CallRecord), misses: Number(misses) });
	}
	return found;
}
