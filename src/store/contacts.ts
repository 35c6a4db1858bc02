import type { Kysely, Transaction } from "kysely";
import type { Contact } from "../messages";
import type { Schema } from "./schema";

/** A contact, and until when it counts. */
export interface KeptContact {
	readonly number: string;
	readonly contact: Contact;
	/** In milliseconds since 1970. */
	readonly until: number;
}

/** Keeps whom a look-up found behind a number. */
export async function putContact(
	db: Transaction<Schema>,
	tenant: string,
	{ number, contact, until }: KeptContact,
): Promise<void> {
	const text = JSON.stringify(contact);
	await db
		.insertInto("contacts")
		.values({ tenant, number, contact: text, until })
		.onConflict((conflict) => conflict.columns(["tenant", "number"]).doUpdateSet({ contact: text, until }))
		.execute();
}

/** The contacts of a tenant that still count, the newest ones. */
export async function readContacts(
	db: Kysely<Schema>,
	tenant: string,
	now: number,
	most: number,
): Promise<KeptContact[]> {
	const rows = await db
		.selectFrom("contacts")
		.selectAll()
		.where("tenant", "=", tenant)
		.where("until", ">", now)
		.orderBy("until", "desc")
		.limit(most)
		.execute();
	return rows.map(({ number, contact, until }) => ({ number, contact: JSON.parse(contact), until: Number(until) }));
}

/** Forgets contacts that do not count any more. */
export async function eraseContacts(db: Transaction<Schema>, now: number): Promise<void> {
	await db.deleteFrom("contacts").where("until", "<=", now).execute();
}
