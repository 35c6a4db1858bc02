import { saysState } from "../calls/ticketEvents";
import { kept, LONGEST } from "../kept";
import { LruMap } from "../lruMap";
import type { Ticket } from "../protocol/ticket";
import { isKnownWord, type Vocabulary, type WordPlace } from "../protocol/vocabulary";
import type { UnknownWord } from "./unknownWord";

/** Hears of a word as it is said, and on which extension's connection (999 for the monitor's). */
export type WordWatcher = (word: UnknownWord, channel: string) => void;

const MOST_WORDS = 100;
const LONGEST_TICKET = 300;

/** The word of a ticket that its vocabulary does not hold, and where it stands; null where there is none. */
function unknownWordOf(ticket: Ticket, vocabulary: Vocabulary): Pick<UnknownWord, "word" | "place"> | null {
	const place = saysState(ticket) ? "state" : ticket.kind === "progress" ? "progress" : null;
	const isRead = saysState(ticket)
		? ticket.state !== "unknown"
		: ticket.kind === "progress" && ticket.outcome !== "unknown";
	if (place === null || isRead || !("text" in ticket)) return null;
	return isKnownWord(ticket.text, place, vocabulary) ? null : { word: ticket.text, place };
}

/** The words of one account that the vocabulary does not hold, the last hundred of them. */
export class UnknownWords {
	readonly #words = new LruMap<string, UnknownWord>(MOST_WORDS);
	readonly #watchers = new Set<WordWatcher>();

	/** Somebody hears of each, every time; gives what ends that. */
	watch(watcher: WordWatcher): () => void {
		this.#watchers.add(watcher);
		return () => void this.#watchers.delete(watcher);
	}

	/** Counts the word of a ticket that its vocabulary does not hold, where there is one; `channel` as in {@link count}. */
	look(ticket: Ticket, vocabulary: Vocabulary, at: number, channel: string): void {
		const unknown = unknownWordOf(ticket, vocabulary);
		if (unknown) this.count(unknown.word, unknown.place, ticket.raw, at, channel);
	}

	/**
	 * Counts one.
	 *
	 * @param channel  the extension on whose connection it was said
	 */
	count(word: string, place: WordPlace, ticket: string, at: number, channel: string): void {
		const shown = kept(word.trim(), LONGEST.word);
		const key = `${place} ${shown.toLowerCase()}`;
		const count = (this.#words.get(key)?.count ?? 0) + 1;
		const counted = { word: shown, place, count, ticket: kept(ticket, LONGEST_TICKET), at };
		this.#words.set(key, counted);
		for (const watch of this.#watchers) watch(counted, channel);
	}

	/** Drops those that are known from now on. */
	learn(vocabulary: Vocabulary): void {
		for (const [key, { word, place }] of [...this.#words.entries()]) {
			if (isKnownWord(word, place, vocabulary)) this.#words.delete(key);
		}
	}

	/** How many there are. */
	get size(): number {
		return this.#words.size;
	}

	/** Those that were said, the latest first. */
	list(): UnknownWord[] {
		return Array.from(this.#words.entries(), ([, word]) => word).reverse();
	}
}
