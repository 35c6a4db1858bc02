import type { Insertable, Transaction } from "kysely";
import type { CallRecord } from "../messages";
import type { CallsTable, Schema } from "./schema";

/** By what a call's other party is found again: E.164, else the digits as sent; empty where nobody knows. */
export function partyOf({ e164, number, anonymous }: Pick<CallRecord, "e164" | "number" | "anonymous">): string {
	if (e164 !== null) return e164;
	return anonymous || number === null ? "" : number.replace(/\D/g, "");
}

/** How much a record knows: of two of one call, whoever told them, the richer one stays. */
export function richnessOf(record: CallRecord): number {
	const { outcome, startedAt, answeredAt, endedAt, duration, waitDuration, number, queue, contact, name } = record;
	const known = [startedAt, answeredAt, endedAt, duration, waitDuration, number, queue, contact, name];
	const details = known.filter((each) => each !== null).length + Math.min(record.legs.length, 20);
	const certainty = (outcome === "unknown" ? 0 : 2) + (record.complete ? 1 : 0);
	const sources = { extension: 0, monitor: 1, pro: 2 };
	return certainty * 1_000 + details * 10 + sources[record.source];
}

/** Without characters that a database would refuse; nobody looks for them. */
function plain(text: string): string {
	return text.replace(/\p{Cc}/gu, "");
}

function rowOf(record: CallRecord, now: number): Insertable<CallsTable> {
	const extensions = [...new Set([record.extension, ...record.legs.map(({ extension }) => extension)])];
	return {
		key: plain(record.key),
		tenant: record.tenant,
		direction: record.direction,
		outcome: record.outcome,
		party: plain(partyOf(record)),
		extension: plain(record.extension),
		extensions: plain(`,${extensions.join(",")},`),
		queue: plain(record.queue ?? ""),
		started_at: record.startedAt === null ? now : Date.parse(record.startedAt),
		recorded_at: now,
		wait_seconds: record.waitDuration,
		talk_seconds: record.duration,
		richness: richnessOf(record),
		record: JSON.stringify(record),
	};
}

/**
 * Puts a record into the log, and in line for everybody who wants it. One that is there already is replaced where this one
 * knows more.
 *
 * @param dueAt  not to be handed over before: another gateway may know more
 */
export async function putRecord(
	db: Transaction<Schema>,
	record: CallRecord,
	now: number,
	dueAt: number,
): Promise<void> {
	const { key, ...values } = rowOf(record, now);
	// When it was recorded first is its place in line.
	const { recorded_at: _, ...better } = values;
	await db
		.insertInto("calls")
		.values({ key, ...values })
		.onConflict((conflict) =>
			conflict
				.column("key")
				.doUpdateSet(better)
				.whereRef("calls.richness", "<", (eb) => eb.ref("excluded.richness")),
		)
		.execute();
	const waiting = {
		state: "waiting",
		attempt: 0,
		lease_owner: null,
		lease_until: 0,
		first_tried_at: 0,
		reason: "",
	} as const;
	const queues = await db.selectFrom("queues").select("queue").where("tenant", "=", record.tenant).execute();
	if (queues.length === 0) return;
	await db
		.insertInto("deliveries")
		.values(
			queues.map(({ queue }) => ({ queue, key, tenant: record.tenant, recorded_at: now, due_at: dueAt, ...waiting })),
		)
		.onConflict((conflict) => conflict.columns(["queue", "key"]).doNothing())
		.execute();
}

/** Erases what was recorded of a tenant before a moment. Gives how many calls that were. */
export async function eraseBefore(db: Transaction<Schema>, tenant: string, moment: number): Promise<number> {
	const old = db.selectFrom("calls").select("key").where("tenant", "=", tenant).where("recorded_at", "<", moment);
	await db.deleteFrom("deliveries").where("key", "in", old).execute();
	const { numDeletedRows } = await db
		.deleteFrom("calls")
		.where("tenant", "=", tenant)
		.where("recorded_at", "<", moment)
		.executeTakeFirst();
	return Number(numDeletedRows);
}

/** Erases all calls with a number, and what is known of it. Gives how many calls that were. */
export async function erasePerson(db: Transaction<Schema>, tenant: string, party: string): Promise<number> {
	const calls = db.selectFrom("calls").select("key").where("tenant", "=", tenant).where("party", "=", party);
	await db.deleteFrom("deliveries").where("key", "in", calls).execute();
	await db.deleteFrom("contacts").where("tenant", "=", tenant).where("number", "=", party).execute();
	const { numDeletedRows } = await db
		.deleteFrom("calls")
		.where("tenant", "=", tenant)
		.where("party", "=", party)
		.executeTakeFirst();
	return Number(numDeletedRows);
}
