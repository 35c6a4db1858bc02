import type { StoreSettings } from "./settings";
import { Store, type StoreContext } from "./store";

/** A call log: its database, and who waits for new records. */
export class CallLog {
	readonly store: Store;
	readonly #listeners = new Map<string, Set<() => void>>();

	constructor(settings: StoreSettings, context: StoreContext) {
		this.store = new Store(settings, context);
	}

	/** Hears that a tenant has a new record on the disk; gives what ends that. */
	onRecorded(tenant: string, listener: () => void): () => void {
		const listeners = this.#listeners.get(tenant) ?? new Set();
		this.#listeners.set(tenant, listeners.add(listener));
		return () => {
			listeners.delete(listener);
			if (listeners.size === 0) this.#listeners.delete(tenant);
		};
	}

	/** A tenant has a new record. */
	hasRecorded(tenant: string): void {
		for (const listener of [...(this.#listeners.get(tenant) ?? [])]) listener();
	}

	/** Writes what waits, where it can, and closes. */
	close(): Promise<void> {
		return this.store.close();
	}
}
