import { bounded, LONGEST } from "../kept";
import { LruMap } from "../lruMap";
import type { Moment } from "../moment";
import { MOST_EXTENSIONS } from "../protocol/address";
import type { PhoneState } from "../protocol/vocabulary";
import { isoTime } from "./time";
import { REPEATING_MS } from "./timing";

/** What was heard last of an extension. */
export interface BoardEntry {
	readonly state: PhoneState;
	/** The state before; `unknown` where none was heard, or something may have been missed since. */
	readonly previous: PhoneState;
	/** The PBX's own word for the state, shortened where it is absurdly long. */
	readonly text: string;
	/** Since when it is in this state, as far as was heard. */
	readonly since: Moment;
	/** The same in ISO 8601, UTC: written once for all that is told of it. */
	readonly sinceText: string;
	/** When it was last spoken of. */
	readonly heardAt: Moment;
	/** The ticket that said so, likewise. */
	readonly raw: string;
	/** The connection has fallen since: it may have changed unheard. */
	readonly stale: boolean;
	/** Said on connecting, as the first word about it: no change that happened then. */
	readonly repeated: boolean;
}

/**
 * The states of the extensions that one connection has told of. One that no ticket has spoken of is not on it: unknown,
 * never idle.
 */
export class Board {
	readonly #entries = new LruMap<string, BoardEntry>(MOST_EXTENSIONS);
	/** By the steady clock. */
	#connectedAt: number | null = null;

	/** The connection is up. */
	connected(at: Moment): void {
		this.#connectedAt = at.steady;
	}

	/** Notes what a ticket says of an extension and gives the entry it made. */
	note(extension: string, state: PhoneState, text: string, raw: string, at: Moment): BoardEntry {
		const last = this.#entries.get(extension);
		const before = last?.stale ? undefined : last;
		const same = before?.state === state ? before : null;
		const [since, sinceText] = same ? [same.since, same.sinceText] : [at, isoTime(at.wall)];
		const isFirstWord = before === undefined;
		const repeated = isFirstWord && this.#connectedAt !== null && at.steady - this.#connectedAt <= REPEATING_MS;
		const previous = before?.state ?? "unknown";
		const said = { text: bounded(text, LONGEST.word), raw: bounded(raw, LONGEST.ticket) };
		const entry = { state, previous, ...said, since, sinceText, heardAt: at, stale: false, repeated };
		// The one not heard of for longest makes room.
		this.#entries.set(extension, entry);
		return entry;
	}

	/** What was heard last of an extension, or null. */
	look(extension: string): BoardEntry | null {
		return this.#entries.get(extension) ?? null;
	}

	/** The extensions heard of. */
	extensions(): string[] {
		return Array.from(this.#entries.entries(), ([extension]) => extension);
	}

	/** The connection has fallen: what was heard may have changed unheard. */
	disconnected(): void {
		for (const [extension, entry] of this.#entries.entries())
			this.#entries.update(extension, { ...entry, stale: true });
	}
}
