import type { Transaction } from "kysely";
import type { Consignment } from "../delivery/depot";
import type { Next } from "../delivery/schedule";
import type { CallRecord } from "../messages";
import type { DeliveryState, Schema } from "./schema";

/** One who wants records. */
export interface Queue {
	readonly tenant: string;
	readonly queue: string;
}

/** Somebody wants every record from now on, or all that there are, too. Nothing changes for one who is known. */
export async function openQueue(
	db: Transaction<Schema>,
	{ tenant, queue }: Queue,
	fromStart: boolean,
	now: number,
): Promise<void> {
	const known = await db
		.selectFrom("queues")
		.select("queue")
		.where("tenant", "=", tenant)
		.where("queue", "=", queue)
		.executeTakeFirst();
	if (known) return;
	await db
		.insertInto("queues")
		.values({ tenant, queue })
		.onConflict((conflict) => conflict.doNothing())
		.execute();
	if (!fromStart) return;
	await db
		.insertInto("deliveries")
		.columns([
			...(["queue", "key", "tenant", "state", "recorded_at", "due_at"] as const),
			...(["attempt", "lease_until", "first_tried_at", "reason"] as const),
		])
		.expression((eb) =>
			eb
				.selectFrom("calls")
				.where("calls.tenant", "=", tenant)
				.select((each) => [
					each.cast<string>(each.val(queue), "text").as("queue"),
					"calls.key",
					"calls.tenant",
					each.cast<DeliveryState>(each.val("waiting"), "text").as("state"),
					"calls.recorded_at",
					each.cast<number>(each.val(now), "bigint").as("due_at"),
					each.lit(0).as("attempt"),
					each.lit(0).as("lease_until"),
					each.lit(0).as("first_tried_at"),
					each.cast<string>(each.val(""), "text").as("reason"),
				]),
		)
		.onConflict((conflict) => conflict.columns(["queue", "key"]).doNothing())
		.execute();
}

/** Who takes records, how many, and until when. */
export interface Claim {
	/** A process that dies leaves them to others when its lease ends. */
	readonly owner: string;
	readonly most: number;
	/** Moments, in milliseconds since 1970. */
	readonly now: number;
	readonly leaseUntil: number;
	/** Keys of what is not to be taken again. */
	readonly inFlight: readonly string[];
	/** Whether others may take some at this very moment. */
	readonly isShared: boolean;
}

/** Takes records that are due, which nobody else may hand over until the lease ends: what was left, then the oldest first. */
export async function claim(
	db: Transaction<Schema>,
	{ tenant, queue }: Queue,
	{ owner, most, now, leaseUntil, inFlight, isShared }: Claim,
): Promise<Consignment[]> {
	// Two questions, each of which the index answers in order: one of both goes over all that waits.
	const next = (state: "sent" | "waiting", many: number) =>
		db
			.selectFrom("deliveries")
			.select(["key", "attempt", "first_tried_at"])
			.where("queue", "=", queue)
			.where("tenant", "=", tenant)
			.where("state", "=", state)
			.where(state === "sent" ? "lease_until" : "due_at", "<=", now)
			.$if(inFlight.length > 0, (query) => query.where("key", "not in", inFlight))
			.orderBy("recorded_at")
			.orderBy("key")
			.limit(many)
			.$if(isShared, (query) => query.forUpdate().skipLocked())
			.execute();
	const left = await next("sent", most);
	const due = left.length < most ? [...left, ...(await next("waiting", most - left.length))] : left;
	const claimed: Consignment[] = [];
	for (const { key, attempt, first_tried_at: firstTriedAt } of due) {
		const row = await db.selectFrom("calls").select("record").where("key", "=", key).executeTakeFirst();
		if (!row) {
			await db.deleteFrom("deliveries").where("queue", "=", queue).where("key", "=", key).execute();
			continue;
		}
		const first = Number(firstTriedAt) || now;
		await db
			.updateTable("deliveries")
			.set({ state: "sent", attempt: attempt + 1, lease_owner: owner, lease_until: leaseUntil, first_tried_at: first })
			.where("queue", "=", queue)
			.where("key", "=", key)
			.execute();
		claimed.push({ record: JSON.parse(row.record) as CallRecord, attempt: attempt + 1, firstTriedAt: first });
	}
	return claimed;
}

/** Writes what became of a try; nothing where the record was tried again meanwhile, and this one did not get through. */
export async function settle(
	db: Transaction<Schema>,
	{ tenant, queue }: Queue,
	key: string,
	attempt: number,
	settled: Next | { readonly state: "skipped" },
): Promise<boolean> {
	const reason = "reason" in settled ? settled.reason : "";
	const { numUpdatedRows } = await db
		.updateTable("deliveries")
		.set({
			state: settled.state,
			reason,
			lease_owner: null,
			lease_until: 0,
			...("dueAt" in settled && { due_at: settled.dueAt }),
		})
		.where("queue", "=", queue)
		.where("tenant", "=", tenant)
		.where("key", "=", key)
		.where((eb) =>
			settled.state === "delivered"
				? eb("state", "!=", "delivered")
				: eb.and([eb("state", "=", "sent"), eb("attempt", "=", attempt)]),
		)
		.executeTakeFirst();
	return Number(numUpdatedRows) > 0;
}

/**
 * What waits for a later try is due now: all of a queue but what a server put off, or one record. Gives how many.
 *
 * @param withGivenUp  what was given up, and put off, too
 */
export async function hurry(
	db: Transaction<Schema>,
	{ tenant, queue }: Queue,
	key: string | null,
	withGivenUp: boolean,
	now: number,
): Promise<number> {
	const states = withGivenUp ? (["waiting", "given-up"] as const) : (["waiting"] as const);
	const { numUpdatedRows } = await db
		.updateTable("deliveries")
		.set({ state: "waiting", due_at: now, ...(withGivenUp && { first_tried_at: 0 }) })
		.where("queue", "=", queue)
		.where("tenant", "=", tenant)
		.where("state", "in", states)
		.$if(key !== null, (query) => query.where("key", "=", key ?? ""))
		.$if(!withGivenUp, (query) => query.where("reason", "not like", "HTTP %"))
		.executeTakeFirst();
	return Number(numUpdatedRows);
}

/** Gives up a record that waits, or is on its way; gives it, or null where it is neither. */
export async function giveUp(
	db: Transaction<Schema>,
	{ tenant, queue }: Queue,
	key: string,
	reason: string,
): Promise<Consignment | null> {
	const { numUpdatedRows } = await db
		.updateTable("deliveries")
		.set({ state: "given-up", reason, lease_owner: null, lease_until: 0 })
		.where("queue", "=", queue)
		.where("tenant", "=", tenant)
		.where("key", "=", key)
		.where("state", "in", ["waiting", "sent"])
		.executeTakeFirst();
	if (Number(numUpdatedRows) === 0) return null;
	const row = await db
		.selectFrom("deliveries")
		.innerJoin("calls", "calls.key", "deliveries.key")
		.select(["calls.record", "deliveries.attempt", "deliveries.first_tried_at"])
		.where("deliveries.queue", "=", queue)
		.where("deliveries.key", "=", key)
		.executeTakeFirst();
	if (!row) return null;
	const record = JSON.parse(row.record) as CallRecord;
	return { record, attempt: row.attempt, firstTriedAt: Number(row.first_tried_at) };
}
