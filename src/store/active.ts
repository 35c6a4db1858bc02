import type { Kysely, Transaction } from "kysely";
import type { Schema } from "./schema";

/** Whose calls these are: an account, and the process that follows them. */
export interface Follower {
	/** The tenant and its server. */
	readonly account: string;
	readonly gateway: string;
}

/** What a process left behind. */
export interface LeftBehind {
	/** What was known of the calls that went on, by the ids under which it was kept. */
	readonly calls: ReadonlyMap<string, string>;
	/** When each extension's connection was last heard, in milliseconds since 1970. */
	readonly heardAt: ReadonlyMap<string, number>;
}

/** Reads what a process left behind. */
export async function readLeftBehind(db: Kysely<Schema>, { account, gateway }: Follower): Promise<LeftBehind> {
	const calls = await db
		.selectFrom("active_calls")
		.select(["id", "data"])
		.where("account", "=", account)
		.where("gateway", "=", gateway)
		.execute();
	const heard = await db
		.selectFrom("heard")
		.select(["extension", "at"])
		.where("account", "=", account)
		.where("gateway", "=", gateway)
		.execute();
	return {
		calls: new Map(calls.map(({ id, data }) => [id, data])),
		heardAt: new Map(heard.map(({ extension, at }) => [extension, Number(at)])),
	};
}

/** Writes what is known of calls that go on now; null of one that does not any more. */
export async function putActive(
	db: Transaction<Schema>,
	{ account, gateway }: Follower,
	changes: ReadonlyMap<string, string | null>,
): Promise<void> {
	for (const [id, data] of changes) {
		if (data === null) {
			await db.deleteFrom("active_calls").where("id", "=", id).execute();
			continue;
		}
		await db
			.insertInto("active_calls")
			.values({ id, account, gateway, data })
			.onConflict((conflict) => conflict.column("id").doUpdateSet({ data }))
			.execute();
	}
}

/** Writes when connections were last heard. */
export async function putHeard(
	db: Transaction<Schema>,
	{ account, gateway }: Follower,
	extensions: readonly string[],
	at: number,
): Promise<void> {
	if (extensions.length === 0) return;
	await db
		.insertInto("heard")
		.values(extensions.map((extension) => ({ account, gateway, extension, at })))
		.onConflict((conflict) => conflict.columns(["account", "gateway", "extension"]).doUpdateSet({ at }))
		.execute();
}
