import { existsSync, renameSync } from "node:fs";
import { Kysely, Migrator, PostgresDialect } from "kysely";
import { migrations } from "./migrations";
import type { Schema } from "./schema";
import { addressOf, type StoreSettings } from "./settings";
import { sqliteDialect } from "./sqliteDialect";

/** Connections to a server. */
const MOST_CONNECTIONS = 4;
/** Milliseconds that connecting, and a statement, may take. */
const CONNECT_MS = 5_000;
const STATEMENT_MS = 20_000;

async function postgres(settings: Extract<StoreSettings, { kind: "postgresql" }>): Promise<Kysely<Schema>> {
	const { Pool, types } = await import("pg");
	const pool = new Pool({
		...{ connectionString: addressOf(settings), max: MOST_CONNECTIONS },
		...{ connectionTimeoutMillis: CONNECT_MS, statement_timeout: STATEMENT_MS, query_timeout: STATEMENT_MS },
		...{ keepAlive: true, application_name: "node-red-pbx", allowExitOnIdle: true },
		types: {
			// Moments are integers that a number holds.
			getTypeParser: (id: number, format?: "text" | "binary") =>
				id === types.builtins.INT8 ? Number : types.getTypeParser(id, format as "text"),
		},
	});
	// A connection at rest that falls is replaced when one is needed.
	pool.on("error", () => {});
	// One that falls between two statements says so to nobody else, and would end the process; the next statement fails.
	pool.on("connect", (client) => void client.on("error", () => {}));
	return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
}

/**
 * Opens the call log, and brings its tables to the present version.
 *
 * @throws whatever the database says is wrong
 */
export async function openDatabase(settings: StoreSettings): Promise<Kysely<Schema>> {
	const db =
		settings.kind === "file" ? new Kysely<Schema>({ dialect: sqliteDialect(settings.file) }) : await postgres(settings);
	try {
		const { error } = await new Migrator({ db, provider: migrations }).migrateToLatest();
		if (error) throw error;
		return db;
	} catch (error) {
		await db.destroy().catch(() => {});
		throw error;
	}
}

/** A file that is damaged is kept for somebody to look at, under another name, which is given. */
export function setAside(file: string, now: number): string {
	const aside = `${file}.damaged-${new Date(now).toISOString().replace(/[:.]/g, "-")}`;
	for (const suffix of ["", "-wal", "-journal"]) {
		if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix);
	}
	return aside;
}
