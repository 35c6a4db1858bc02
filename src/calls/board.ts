import type { PhoneState } from "../protocol/vocabulary";

/** What was heard last of an extension. Times in milliseconds since 1970. */
export interface BoardEntry {
	readonly state: PhoneState;
	readonly previous: PhoneState;
	/** The PBX's own word for the state. */
	readonly text: string;
	/** Since when it is in this state, as far as was heard. */
	readonly since: number;
	/** When it was last spoken of. */
	readonly heardAt: number;
	/** The ticket that said so. */
	readonly raw: string;
}

/** More extensions than any one PBX has; the one not heard of for longest makes room. */
const MOST_EXTENSIONS = 5_000;

/** The states of the extensions that one connection has told of. One that no ticket has spoken of is not on it: unknown, never idle. */
export class Board {
	readonly #entries = new Map<string, BoardEntry>();

	/** Notes what a ticket says of an extension and gives the entry it made. */
	note(extension: string, state: PhoneState, text: string, raw: string, at: number): BoardEntry {
		const before = this.#entries.get(extension);
		const same = before?.state === state;
		const entry: BoardEntry = {
			state,
			previous: before?.state ?? "unknown",
			text,
			since: before && same ? before.since : at,
			heardAt: at,
			raw,
		};
		if (!before && this.#entries.size >= MOST_EXTENSIONS) this.#forgetStalest();
		this.#entries.set(extension, entry);
		return entry;
	}

	/** What was heard last of an extension, or null. */
	look(extension: string): BoardEntry | null {
		return this.#entries.get(extension) ?? null;
	}

	/** Nothing is known any more: the connection has fallen. */
	forget(): void {
		this.#entries.clear();
	}

	#forgetStalest(): void {
		let stalest: string | null = null;
		let heardAt = Number.POSITIVE_INFINITY;
		for (const [extension, entry] of this.#entries) {
			if (entry.heardAt < heardAt) [stalest, heardAt] = [extension, entry.heardAt];
		}
		if (stalest !== null) this.#entries.delete(stalest);
	}
}
