import type { Kysely } from "kysely";
import type { Backlog } from "../delivery/depot";
import type { CallRecord } from "../messages";
import type { Queue } from "./deliveries";
import type { Schema } from "./schema";

/** How a queue is. */
export async function countQueue(db: Kysely<Schema>, { tenant, queue }: Queue): Promise<Backlog> {
	const rows = await db
		.selectFrom("deliveries")
		.select((eb) => [
			"state",
			eb.fn.countAll().as("count"),
			eb.fn.min("recorded_at").as("oldest"),
			eb.fn.min("due_at").as("due"),
			eb.fn.min("lease_until").as("lease"),
		])
		.where("queue", "=", queue)
		.where("tenant", "=", tenant)
		.where("state", "in", ["waiting", "sent", "given-up"])
		.groupBy("state")
		.execute();
	const of = (state: string) => rows.find((row) => row.state === state);
	const count = (state: string) => Number(of(state)?.count ?? 0);
	const least = (values: (number | string | null | undefined)[]) => {
		const numbers = values.filter((value) => value !== undefined && value !== null).map(Number);
		return numbers.length > 0 ? Math.min(...numbers) : null;
	};
	return {
		waiting: count("waiting") + count("sent"),
		givenUp: count("given-up"),
		oldest: least([of("waiting")?.oldest, of("sent")?.oldest]),
		nextDueAt: least([of("waiting")?.due, of("sent")?.lease]),
	};
}

/** A record that is not delivered. */
export interface Undelivered {
	readonly record: CallRecord;
	/** `sent`: it is on its way right now. */
	readonly state: "waiting" | "sent" | "given-up";
	/** Why the last try came to nothing; empty before there was any. */
	readonly reason: string;
	/** Tries so far. */
	readonly attempt: number;
	/** When it is tried next, in milliseconds since 1970; null where it is on its way or given up. */
	readonly dueAt: number | null;
}

/**
 * Records that are not delivered: those given up, the newest first, then those that wait, the oldest first.
 *
 * @param most  of each of the two, at most
 */
export async function undelivered(db: Kysely<Schema>, queue: Queue, most: number): Promise<Undelivered[]> {
	return [
		...(await undeliveredIn(db, queue, ["given-up"], "desc", most)),
		...(await undeliveredIn(db, queue, ["waiting", "sent"], "asc", most)),
	];
}

async function undeliveredIn(
	db: Kysely<Schema>,
	{ tenant, queue }: Queue,
	states: readonly Undelivered["state"][],
	order: "asc" | "desc",
	most: number,
): Promise<Undelivered[]> {
	const rows = await db
		.selectFrom("deliveries")
		.innerJoin("calls", "calls.key", "deliveries.key")
		.select(["calls.record", "deliveries.state", "deliveries.reason", "deliveries.attempt", "deliveries.due_at"])
		.where("deliveries.queue", "=", queue)
		.where("deliveries.tenant", "=", tenant)
		.where("deliveries.state", "in", states)
		.orderBy("deliveries.recorded_at", order)
		.orderBy("deliveries.key", order)
		.limit(most)
		.execute();
	return rows.map(({ record, state, reason, attempt, due_at: dueAt }) => ({
		...{ record: JSON.parse(record) as CallRecord, state: state as Undelivered["state"], reason, attempt },
		dueAt: state === "waiting" ? Number(dueAt) : null,
	}));
}
