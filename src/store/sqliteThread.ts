import { extname, join } from "node:path";
import { Worker } from "node:worker_threads";

/** A statement; null closes the file. */
export interface Question {
	readonly id: number;
	readonly sql: string | null;
	readonly parameters: readonly (string | number | null)[];
}

/** What came of it. */
export type Answer =
	| { readonly id: number; readonly rows: readonly Record<string, unknown>[]; readonly changes: number }
	| { readonly id: number; readonly failure: string };

interface Pending {
	readonly resolve: (answer: { rows: readonly Record<string, unknown>[]; changes: number }) => void;
	readonly reject: (error: Error) => void;
}

/** The thread that has a database file open. */
export class SqliteThread {
	readonly #worker: Worker;
	readonly #pending = new Map<number, Pending>();
	#count = 0;
	#ended: Error | null = null;

	constructor(file: string) {
		const extension = extname(__filename);
		// From its sources it runs with what runs them.
		const execArgv = extension === ".ts" ? ["--require", "tsx/cjs"] : [];
		this.#worker = new Worker(join(__dirname, `sqliteWorker${extension}`), { workerData: file, execArgv });
		this.#worker.unref();
		this.#worker.on("message", (answer: Answer) => this.#answered(answer));
		this.#worker.on("error", (error) => this.#end(error));
		this.#worker.on("exit", () => this.#end(new Error("The call log's thread has ended")));
	}

	/** Runs a statement, one after the other. */
	run(
		sql: string | null,
		parameters: Question["parameters"] = [],
	): Promise<{ rows: readonly Record<string, unknown>[]; changes: number }> {
		if (this.#ended) return Promise.reject(this.#ended);
		return new Promise((resolve, reject) => {
			const id = ++this.#count;
			this.#pending.set(id, { resolve, reject });
			this.#worker.postMessage({ id, sql, parameters } satisfies Question);
			// A write that was begun is waited for by the process.
			this.#worker.ref();
		});
	}

	/** Closes the file; resolves when it is closed. */
	async close(): Promise<void> {
		if (this.#ended) return;
		await this.run(null).catch(() => {});
		await this.#worker.terminate();
	}

	#answered(answer: Answer): void {
		const pending = this.#pending.get(answer.id);
		this.#pending.delete(answer.id);
		if (this.#pending.size === 0) this.#worker.unref();
		if ("failure" in answer) pending?.reject(new Error(answer.failure));
		else pending?.resolve(answer);
	}

	#end(error: Error): void {
		this.#ended ??= error;
		for (const { reject } of this.#pending.values()) reject(error);
		this.#pending.clear();
	}
}
