import type { Kysely } from "kysely";
import type { Queue } from "./deliveries";
import type { Schema } from "./schema";

/** How a queue is. */
export interface QueueCounts {
	readonly waiting: number;
	readonly givenUp: number;
	/** When the oldest record was made that is not delivered, in milliseconds since 1970; null where all are. */
	readonly oldest: number | null;
	/** When the next one is due. */
	readonly nextDueAt: number | null;
}

/** How a queue is. */
export async function countQueue(db: Kysely<Schema>, { tenant, queue }: Queue): Promise<QueueCounts> {
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
