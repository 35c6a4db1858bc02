import { MOST_EXTENSIONS } from "../protocol/address";
import type { PhoneState } from "../protocol/vocabulary";
import { isoTime } from "./time";

/** What was heard last of an extension. Times in milliseconds since 1970. */
export interface BoardEntry {
	readonly state: PhoneState;
	/** The state before; `unknown` where none was heard, or something may have been missed since. */
	readonly previous: PhoneState;
	/** The PBX's own word for the state. */
	readonly text: string;
	/** Since when it is in this state, as far as was heard. */
	readonly since: number;
	/** The same in ISO 8601, UTC: written once for all that is told of it. */
	readonly sinceText: string;
	/** When it was last spoken of. */
	readonly heardAt: number;
	/** The ticket that said so. */
	readonly raw: string;
	/** The connection has fallen since: it may have changed unheard. */
	readonly stale: boolean;
	/** Said on connecting, as the first word about it: no change that happened then. */
	readonly repeated: boolean;
}

/** Milliseconds after connecting in which the PBX repeats how things are. */
export const REPEATING = 2_000;

/**
 * The states of the extensions that one connection has told of. One that no ticket has spoken of is not on it: unknown,
 * never idle.
 */
export class Board {
	readonly #entries = new Map<string, BoardEntry>();
	#connectedAt: number | null = null;

	/** The connection is up. */
	rise(at: number): void {
		this.#connectedAt = at;
	}

	/** Notes what a ticket says of an extension and gives the entry it made. */
	note(extension: string, state: PhoneState, text: string, raw: string, at: number): BoardEntry {
		const last = this.#entries.get(extension);
		const before = last?.stale ? undefined : last;
		const same = before?.state === state ? before : null;
		const [since, sinceText] = same ? [same.since, same.sinceText] : [at, isoTime(at)];
		const isFirstWord = before === undefined;
		const repeated = isFirstWord && this.#connectedAt !== null && at - this.#connectedAt <= REPEATING;
		const previous = before?.state ?? "unknown";
		const entry = { state, previous, text, since, sinceText, heardAt: at, raw, stale: false, repeated };
		if (!last && this.#entries.size >= MOST_EXTENSIONS) this.#makeRoom();
		this.#entries.set(extension, entry);
		return entry;
	}

	/** The one not heard of for longest goes. */
	#makeRoom(): void {
		let oldest: readonly [string, BoardEntry] | null = null;
		for (const each of this.#entries) if (!oldest || each[1].heardAt < oldest[1].heardAt) oldest = each;
		if (oldest) this.#entries.delete(oldest[0]);
	}

	/** What was heard last of an extension, or null. */
	look(extension: string): BoardEntry | null {
		return this.#entries.get(extension) ?? null;
	}

	/** The extensions heard of. */
	extensions(): string[] {
		return [...this.#entries.keys()];
	}

	/** The connection has fallen: what was heard may have changed unheard. */
	fall(): void {
		for (const [extension, entry] of this.#entries) this.#entries.set(extension, { ...entry, stale: true });
	}
}
