import { bounded, LONGEST } from "../kept";
import type { Moment } from "../moment";
import { MOST_EXTENSIONS } from "../protocol/address";
import type { PhoneState } from "../protocol/vocabulary";
import { ExtensionMap } from "./extensionMap";
import { isoTime } from "./isoTime";
import { SortedExtensions } from "./sortedExtensions";
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

/** Hears which extensions a board holds. */
export interface BoardListener {
	added(extension: string): void;
	/** It made room for another one. */
	removed(extension: string): void;
	/** There are more than it holds: said each time. */
	overflown(): void;
}

const NOBODY: BoardListener = { added: () => {}, removed: () => {}, overflown: () => {} };

/**
 * The states of the extensions that one connection has told of, so many of them: one more, and of those that have no call the
 * one not heard of for longest makes room, else of all. One that no ticket has spoken of is not on it: unknown, never idle.
 */
export class Board {
	readonly #listener: BoardListener;
	readonly #most: () => number;
	/** Busy are those that ring or talk. */
	readonly #entries = new ExtensionMap<BoardEntry>();
	readonly #extensions = new SortedExtensions();
	/** By the steady clock. */
	#connectedAt: number | null = null;

	/** @param most  extensions that it holds now */
	constructor(listener = NOBODY, most = () => MOST_EXTENSIONS) {
		this.#listener = listener;
		this.#most = most;
	}

	/** The connection is up. */
	connected(at: Moment): void {
		this.#connectedAt = at.steady;
	}

	/** Notes what a ticket says of an extension and gives the entry it made. */
	note(extension: string, state: PhoneState, text: string, raw: string, at: Moment): BoardEntry {
		const last = this.look(extension);
		const before = last?.stale ? null : last;
		const same = before?.state === state ? before : null;
		const [since, sinceText] = same ? [same.since, same.sinceText] : [at, isoTime(at.wall)];
		const isFirstWord = before === null;
		const repeated = isFirstWord && this.#connectedAt !== null && at.steady - this.#connectedAt <= REPEATING_MS;
		const previous = before?.state ?? "unknown";
		const said = { text: bounded(text, LONGEST.word), raw: bounded(raw, LONGEST.ticket) };
		const entry = { state, previous, ...said, since, sinceText, heardAt: at, stale: false, repeated };
		if (!last) this.#makeRoom();
		this.#entries.set(extension, entry, isBusy(state));
		if (!last) {
			this.#extensions.add(extension);
			this.#listener.added(extension);
		}
		return entry;
	}

	/** What was heard last of an extension, or null. */
	look(extension: string): BoardEntry | null {
		return this.#entries.get(extension) ?? null;
	}

	/** The extensions heard of, in the order of their numbers. */
	extensions(): readonly string[] {
		return this.#extensions.sorted;
	}

	/** The connection has fallen: what was heard may have changed unheard. */
	disconnected(): void {
		this.#entries.change((entry) => ({ ...entry, stale: true }));
	}

	#makeRoom(): void {
		const most = this.#most();
		while (this.#extensions.size >= most) {
			const extension = this.#entries.oldestAtRest ?? this.#entries.oldestBusy;
			if (extension === undefined) return;
			this.#entries.delete(extension);
			this.#extensions.delete(extension);
			this.#listener.removed(extension);
			this.#listener.overflown();
		}
	}
}

function isBusy(state: PhoneState): boolean {
	return state === "ringing" || state === "busy";
}
