import type { PbxError } from "../errors";

/** How the call log is. */
export type StoreState =
	| { readonly kind: "opening" }
	| { readonly kind: "ready" }
	/** It is tried again, and again; what is to be written waits. */
	| { readonly kind: "failing"; readonly error: PbxError; readonly since: number }
	| { readonly kind: "closed" };

/** The state of a store, and who follows it. */
export class WatchedState {
	#state: StoreState = { kind: "opening" };
	readonly #watchers = new Set<(state: StoreState) => void>();

	get now(): StoreState {
		return this.#state;
	}

	set(state: StoreState): void {
		this.#state = state;
		for (const watch of [...this.#watchers]) watch(state);
	}

	/** Follows it, the present one at once; gives what ends that. */
	watch(watcher: (state: StoreState) => void): () => void {
		this.#watchers.add(watcher);
		watcher(this.#state);
		return () => void this.#watchers.delete(watcher);
	}

	/** Resolves when it is so. */
	until(holds: (state: StoreState) => boolean): Promise<void> {
		return new Promise((resolve) => {
			const unwatch = this.watch((state) => {
				if (!holds(state)) return;
				resolve();
				queueMicrotask(() => unwatch());
			});
		});
	}
}
