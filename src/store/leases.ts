import { sql, type Transaction } from "kysely";
import type { Queue } from "./deliveries";
import type { Schema } from "./schema";

function within(db: Transaction<Schema>, { tenant, queue }: Queue) {
	return db.updateTable("deliveries").where("queue", "=", queue).where("tenant", "=", tenant);
}

/** Those that somebody has taken. */
function sent(db: Transaction<Schema>, queue: Queue) {
	return within(db, queue).where("state", "=", "sent");
}

/** What this owner has taken of these stays its own until then. */
export async function renew(
	db: Transaction<Schema>,
	queue: Queue,
	owner: string,
	keys: readonly string[],
	leaseUntil: number,
): Promise<void> {
	await sent(db, queue)
		.set({ lease_until: leaseUntil })
		.where("lease_owner", "=", owner)
		.where("key", "in", keys)
		.execute();
}

/** What others than this owner had taken is due again: they are no more. */
export async function releaseOthers(db: Transaction<Schema>, queue: Queue, owner: string, now: number): Promise<void> {
	await sent(db, queue).set({ lease_until: now }).where("lease_owner", "!=", owner).execute();
}

/** What was taken and not handed over waits as before. */
export async function putBack(
	db: Transaction<Schema>,
	queue: Queue,
	owner: string,
	keys: readonly string[],
): Promise<void> {
	await sent(db, queue)
		.set({ state: "waiting", lease_owner: null, lease_until: 0, attempt: sql<number>`attempt - 1` })
		.where("lease_owner", "=", owner)
		.where("key", "in", keys)
		.execute();
}

/**
 * The wall's clock was set: back, and what waits is due as much earlier; forward, and tries are counted from as much later.
 * Two that both say so of one queue do no harm.
 *
 * @param owner  whose leases end earlier, too
 */
export async function clockWasSet(db: Transaction<Schema>, queue: Queue, owner: string, step: number): Promise<void> {
	const moved = (column: string) => sql<number>`${sql.ref(column)} + ${sql.lit(Math.round(step))}`;
	if (step > 0) {
		await within(db, queue)
			.set({ first_tried_at: moved("first_tried_at") })
			.where("state", "in", ["waiting", "sent"])
			.where("first_tried_at", ">", 0)
			.execute();
		return;
	}
	await within(db, queue)
		.set({ due_at: moved("due_at") })
		.where("state", "=", "waiting")
		.execute();
	await sent(db, queue)
		.set({ lease_until: moved("lease_until") })
		.where("lease_owner", "=", owner)
		.execute();
}
