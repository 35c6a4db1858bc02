import { kept, LONGEST } from "../kept";
import { LruMap } from "../lruMap";

/** Where a word stood that is not in the vocabulary. */
export type WordPlace = "state" | "progress" | "caller";

/** A word that this PBX uses and that nobody knows. */
export interface UnknownWord {
	/** As the PBX wrote it last, cut where it is long. */
	readonly word: string;
	readonly place: WordPlace;
	/** How often it was said. */
	readonly count: number;
	/** The last ticket that held it, cut where it is long. */
	readonly ticket: string;
	/** When that was, in milliseconds since 1970. */
	readonly at: number;
}

const MOST_WORDS = 100;
const LONGEST_TICKET = 300;

/** The words of one account that the vocabulary does not hold, the last hundred of them. */
export class UnknownWords {
	readonly #words = new LruMap<string, UnknownWord>(MOST_WORDS);

	/** Counts one. */
	count(word: string, place: WordPlace, ticket: string, at: number): void {
		const shown = kept(word.trim(), LONGEST.word);
		const key = `${place} ${shown.toLowerCase()}`;
		const count = (this.#words.get(key)?.count ?? 0) + 1;
		this.#words.set(key, { word: shown, place, count, ticket: kept(ticket, LONGEST_TICKET), at });
	}

	/** Those that were said, the latest first. */
	list(): UnknownWord[] {
		return Array.from(this.#words.entries(), ([, word]) => word).reverse();
	}
}
