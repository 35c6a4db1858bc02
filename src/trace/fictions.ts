/** From this length on, two writings of a number are compared by their last seven digits, as the call model does. */
const TAIL_DIGITS = 7;
/** Shorter ones are extensions and services such as 112: they stay. */
export const SHORTEST_NUMBER = 6;
const LETTERS = "abcdefghijklmnopqrstuvwxyz";

/** By what a number's writings are known to be the same one. */
function keyOf(digits: string): string {
	return digits.length >= TAIL_DIGITS ? digits.slice(-TAIL_DIGITS) : digits;
}

/** How many of its last digits are replaced: what stands before them says of what kind it is, and from where. */
function replacedOf(digits: string): number {
	return digits.length >= TAIL_DIGITS ? 6 : 4;
}

/** `a`, `b`, … `z`, `aa`, `ab`. */
function letters(index: number): string {
	const last = LETTERS.charAt(index % 26);
	return index < 26 ? last : letters(Math.floor(index / 26) - 1) + last;
}

/**
 * Numbers and names that stand for real ones: always the same for the same, of the same length, another for another, and none
 * that is among the real ones.
 */
export class Fictions {
	readonly #endings = new Set<string>();
	readonly #names: ReadonlySet<string>;
	readonly #numberOf = new Map<string, string>();
	readonly #nameOf = new Map<string, string>();
	readonly #next = new Map<number, number>();
	#nextName = 0;

	/** @param numbers  digits of all real numbers; `names`: all real names */
	constructor(numbers: ReadonlySet<string>, names: ReadonlySet<string>) {
		for (const digits of numbers) this.#endings.add(digits.slice(-4)).add(digits.slice(-6));
		this.#names = new Set(Array.from(names, (name) => name.toLowerCase()));
	}

	/** The digits that stand for those of a number. */
	number(digits: string): string {
		const count = replacedOf(digits);
		const key = keyOf(digits);
		const ending = this.#numberOf.get(key) ?? this.#newEnding(count);
		this.#numberOf.set(key, ending);
		return digits.slice(0, -count) + ending;
	}

	/** The word that stands for a name. */
	name(name: string): string {
		const word = this.#nameOf.get(name) ?? this.#newName();
		this.#nameOf.set(name, word);
		return word;
	}

	#newEnding(count: number): string {
		const all = 10 ** count;
		let next = this.#next.get(count) ?? 1;
		const text = () => String(next % all).padStart(count, "0");
		// Where all are taken, one is used twice.
		while (next < all && this.#endings.has(text())) next++;
		this.#next.set(count, next + 1);
		return text();
	}

	#newName(): string {
		let word = "";
		do word = `name${letters(this.#nextName++)}`;
		while (this.#names.has(word));
		return word;
	}
}
