import {
	type CompiledQuery,
	type DatabaseConnection,
	type Dialect,
	type Driver,
	type Kysely,
	type QueryResult,
	SqliteAdapter,
	SqliteIntrospector,
	SqliteQueryCompiler,
} from "kysely";
import { SqliteThread } from "./sqliteThread";

/** A query layer's way to the thread: one connection, had by one at a time. */
class ThreadDriver implements Driver {
	readonly #thread: SqliteThread;
	readonly #connection: DatabaseConnection;
	#last: Promise<void> = Promise.resolve();
	#free: () => void = () => {};

	constructor(file: string) {
		const thread = new SqliteThread(file);
		this.#thread = thread;
		this.#connection = {
			async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
				const { rows, changes } = await thread.run(sql, parameters as (string | number | null)[]);
				return { rows: rows as Row[], numAffectedRows: BigInt(changes) };
			},
			streamQuery(): AsyncIterableIterator<never> {
				throw new Error("The call log streams nothing");
			},
		};
	}

	async init(): Promise<void> {}

	async acquireConnection(): Promise<DatabaseConnection> {
		const before = this.#last;
		let free = () => {};
		this.#last = new Promise((resolve) => {
			free = resolve;
		});
		await before;
		this.#free = free;
		return this.#connection;
	}

	async releaseConnection(): Promise<void> {
		this.#free();
	}

	async beginTransaction(): Promise<void> {
		await this.#thread.run("begin immediate");
	}

	async commitTransaction(): Promise<void> {
		await this.#thread.run("commit");
	}

	async rollbackTransaction(): Promise<void> {
		await this.#thread.run("rollback");
	}

	destroy(): Promise<void> {
		return this.#thread.close();
	}
}

/** The dialect of the file. */
export function sqliteDialect(file: string): Dialect {
	return {
		createAdapter: () => new SqliteAdapter(),
		createDriver: () => new ThreadDriver(file),
		createIntrospector: (db: Kysely<unknown>) => new SqliteIntrospector(db),
		createQueryCompiler: () => new SqliteQueryCompiler(),
	};
}
