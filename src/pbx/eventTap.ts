import type { PbxEvent } from "../messages";

/** Whoever looks on as events are told: no event is made for them. */
export class EventTap {
	readonly #spectators = new Set<(event: PbxEvent) => void>();

	/** Sees each event that is told to anybody, before they get it, and keeps none of it: it is theirs. Gives what ends that. */
	watch(see: (event: PbxEvent) => void): () => void {
		this.#spectators.add(see);
		return () => void this.#spectators.delete(see);
	}

	readonly see = (event: PbxEvent): void => {
		for (const see of this.#spectators) see(event);
	};
}
