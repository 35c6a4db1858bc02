import { fold, type TaughtWord, WORD_MEANINGS, type WordMeaning } from "../../src/protocol/vocabulary";

/** A row of the table of words. */
export interface SavedWord {
	word: string;
	/** Empty while nobody has said. */
	meaning: WordMeaning | "";
}

/** Longer ones are no words. */
export const LONGEST_WORD = 64;
/** More rows than any PBX has words. */
export const MOST_WORDS = 500;

/** What makes a row of the table of words unfit. */
export type WordFault = "word" | "meaning" | "twice";

function text(value: unknown): string {
	return typeof value === "string" ? value.trim() : "";
}

function meaningOf({ meaning }: Partial<SavedWord>): WordMeaning | undefined {
	return WORD_MEANINGS.find((each) => each === meaning);
}

/** A word may say one thing of a phone and another of a call that is placed (`Ocupado`). */
function groupOf(meaning: WordMeaning): string {
	return meaning.startsWith("dial-") ? "dial" : meaning === "withheld" ? "caller" : "state";
}

/** Each row's fault, or null; a row without a word is none. */
export function wordFaults(rows: readonly Partial<SavedWord>[]): (WordFault | null)[] {
	const seen = new Set<string>();
	return rows.map((row) => {
		const word = text(row.word);
		if (word === "") return null;
		if (word.length > LONGEST_WORD || fold(word) === "") return "word";
		const meaning = meaningOf(row);
		if (!meaning) return "meaning";
		const key = `${groupOf(meaning)} ${fold(word)}`;
		if (seen.has(key)) return "twice";
		seen.add(key);
		return null;
	});
}

/** The table of words. A row that is not fit teaches nothing: its word goes on being told of as unknown. */
export function readWords(saved: unknown): TaughtWord[] {
	const isRow = (row: unknown): row is Partial<SavedWord> => typeof row === "object" && row !== null;
	const rows = (Array.isArray(saved) ? saved.filter(isRow) : []).slice(0, MOST_WORDS);
	const faults = wordFaults(rows);
	return rows.flatMap((row, i) => {
		const [word, meaning] = [text(row.word), meaningOf(row)];
		return word !== "" && meaning && faults[i] === null ? [{ word, meaning }] : [];
	});
}
