import { type Kysely, type Migration, type MigrationProvider, sql } from "kysely";

/** Each may be run again where a power cut ended it in the middle. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
	"1": {
		async up(db: Kysely<unknown>): Promise<void> {
			const { schema } = db;
			await schema
				.createTable("calls")
				.ifNotExists()
				.addColumn("key", "text", (column) => column.primaryKey())
				.addColumn("tenant", "text", (column) => column.notNull())
				.addColumn("direction", "text", (column) => column.notNull())
				.addColumn("outcome", "text", (column) => column.notNull())
				.addColumn("party", "text", (column) => column.notNull())
				.addColumn("extension", "text", (column) => column.notNull())
				.addColumn("extensions", "text", (column) => column.notNull())
				.addColumn("queue", "text", (column) => column.notNull())
				.addColumn("started_at", "bigint", (column) => column.notNull())
				.addColumn("recorded_at", "bigint", (column) => column.notNull())
				.addColumn("wait_seconds", "double precision")
				.addColumn("talk_seconds", "double precision")
				.addColumn("richness", "integer", (column) => column.notNull())
				.addColumn("record", "text", (column) => column.notNull())
				.execute();
			await schema
				.createIndex("calls_by_party")
				.ifNotExists()
				.on("calls")
				.columns(["tenant", "party", "started_at"])
				.execute();
			await schema.createIndex("calls_by_start").ifNotExists().on("calls").columns(["tenant", "started_at"]).execute();
			await schema
				.createTable("active_calls")
				.ifNotExists()
				.addColumn("id", "text", (column) => column.primaryKey())
				.addColumn("account", "text", (column) => column.notNull())
				.addColumn("gateway", "text", (column) => column.notNull())
				.addColumn("data", "text", (column) => column.notNull())
				.execute();
			await schema
				.createTable("heard")
				.ifNotExists()
				.addColumn("account", "text", (column) => column.notNull())
				.addColumn("gateway", "text", (column) => column.notNull())
				.addColumn("extension", "text", (column) => column.notNull())
				.addColumn("at", "bigint", (column) => column.notNull())
				.addPrimaryKeyConstraint("heard_key", ["account", "gateway", "extension"])
				.execute();
			await schema
				.createTable("queues")
				.ifNotExists()
				.addColumn("tenant", "text", (column) => column.notNull())
				.addColumn("queue", "text", (column) => column.notNull())
				.addPrimaryKeyConstraint("queues_key", ["tenant", "queue"])
				.execute();
			await schema
				.createTable("deliveries")
				.ifNotExists()
				.addColumn("queue", "text", (column) => column.notNull())
				.addColumn("key", "text", (column) => column.notNull())
				.addColumn("tenant", "text", (column) => column.notNull())
				.addColumn("state", "text", (column) => column.notNull())
				.addColumn("recorded_at", "bigint", (column) => column.notNull())
				.addColumn("attempt", "integer", (column) => column.notNull().defaultTo(0))
				.addColumn("due_at", "bigint", (column) => column.notNull())
				.addColumn("lease_owner", "text")
				.addColumn("lease_until", "bigint", (column) => column.notNull().defaultTo(0))
				.addColumn("first_tried_at", "bigint", (column) => column.notNull().defaultTo(0))
				.addColumn("reason", "text", (column) => column.notNull().defaultTo(""))
				.addPrimaryKeyConstraint("deliveries_key", ["queue", "key"])
				.execute();
			await sql`create index if not exists deliveries_to_do on deliveries (queue, state, recorded_at)`.execute(db);
			await schema
				.createTable("contacts")
				.ifNotExists()
				.addColumn("tenant", "text", (column) => column.notNull())
				.addColumn("number", "text", (column) => column.notNull())
				.addColumn("contact", "text", (column) => column.notNull())
				.addColumn("until", "bigint", (column) => column.notNull())
				.addPrimaryKeyConstraint("contacts_key", ["tenant", "number"])
				.execute();
		},
	},
};

/** The versions of the call log, in their order: each brings the one before forward. */
export const VERSIONS: readonly string[] = Object.keys(MIGRATIONS);

export const migrations: MigrationProvider = { getMigrations: () => Promise.resolve({ ...MIGRATIONS }) };
