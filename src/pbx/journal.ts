import { EVENT_NAMES, type EventName } from "../eventNames";
import type { Clock, Timer } from "../link/clock";
import { LruMap } from "../lruMap";
import type { PbxEvent } from "../messages";
import type { JournalEntry } from "./journalEntry";
import { noted, sampleOf } from "./noted";
import type { Pbx } from "./pbx";

/** What people follow; the states of phones stand on the board. */
const EVENTS: ReadonlySet<EventName> = new Set(EVENT_NAMES.filter((name) => name !== "extension.state"));
/** Entries: a call is one of them. */
export const MOST_ENTRIES = 50;
/** Milliseconds after which nobody counts as looking any more. */
const ATTENTION_MS = 10_000;

const journals = new WeakMap<Pbx, Journal>();

/**
 * The last events of one account, each call once. While nobody looks, only those that somebody is told of anyway: no event is
 * made for it then, and a mark says so.
 */
export class Journal {
	readonly #pbx: Pbx;
	readonly #clock: Clock;
	readonly #entries = new LruMap<string, JournalEntry>(MOST_ENTRIES);
	/** The last event of each name, as somebody was told of it. */
	readonly #last = new Map<EventName, PbxEvent>();
	#seq = 0;
	/** Since when nobody looks, in milliseconds since 1970; null while somebody does. */
	#unwatchedSince: number | null;
	/** The mark on top of all; null where something has happened since. */
	#mark: { readonly key: string; readonly from: number } | null = null;
	#stop: (() => void) | null = null;
	#timer: Timer | null = null;

	private constructor(pbx: Pbx, clock: Clock) {
		this.#pbx = pbx;
		this.#clock = clock;
		this.#unwatchedSince = clock.now();
		pbx.tap.watch((event) => this.#note(event));
	}

	/** The journal of an account, as long as that lives: a deploy leaves it as it is. */
	static of(pbx: Pbx, clock: Clock): Journal {
		const journal = journals.get(pbx) ?? new Journal(pbx, clock);
		journals.set(pbx, journal);
		return journal;
	}

	/** The last entries, newest first. Whoever calls this looks, for another ten seconds. */
	look(): JournalEntry[] {
		this.#timer?.cancel();
		this.#timer = this.#clock.after(ATTENTION_MS, () => this.close());
		// It sees what others are told, so it is enough that somebody is.
		this.#stop ??= this.#pbx.observe({
			...{ events: EVENTS, extensions: null, directions: new Set(), outcomes: new Set() },
			event: () => {},
		});
		if (this.#unwatchedSince !== null) this.#markUnwatched(this.#unwatchedSince);
		this.#unwatchedSince = null;
		return Array.from(this.#entries.entries(), ([, entry]) => entry).reverse();
	}

	/** The last event of each name, of those that are kept. Whoever calls this looks as well. */
	last(): PbxEvent[] {
		this.look();
		return [...this.#last.values()];
	}

	/** Nobody looks any more. */
	close(): void {
		this.#timer?.cancel();
		this.#stop?.();
		this.#stop = null;
		this.#unwatchedSince ??= this.#clock.now();
	}

	#markUnwatched(since: number): void {
		// Nothing has happened while somebody looked in between.
		if (this.#mark) this.#entries.delete(this.#mark.key);
		const from = this.#mark?.from ?? since;
		const key = this.#nextKey();
		this.#mark = { key, from };
		const [fromText, at] = [from, this.#clock.now()].map((time) => new Date(time).toISOString());
		this.#entries.set(key, { kind: "unwatched", key, from: fromText ?? "", at: at ?? "" });
	}

	#note(event: PbxEvent): void {
		// That it is being tried stands beside the connection; here, what came of it.
		if (!EVENTS.has(event.event) || (event.event === "link.state" && event.state === "connecting")) return;
		const key = "callId" in event ? `call ${event.callId}` : this.#nextKey();
		this.#mark = null;
		this.#last.set(event.event, sampleOf(event));
		this.#entries.set(key, noted(key, this.#entries.get(key), event));
	}

	#nextKey(): string {
		return String(++this.#seq);
	}
}
