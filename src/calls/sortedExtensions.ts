import { byNumber } from "../protocol/address";

/** Changes after which sorting all anew costs no more than putting them in their places. */
const MOST_PLACED = 64;

/**
 * A set of extensions that is asked for in the order of its numbers: sorted when it is asked for, and again only as far as it
 * has changed since.
 */
export class SortedExtensions {
	readonly #all = new Set<string>();
	#sorted: string[] | null = null;
	/** Those that came or went since they were sorted. */
	#changed = new Set<string>();

	get size(): number {
		return this.#all.size;
	}

	has(extension: string): boolean {
		return this.#all.has(extension);
	}

	add(extension: string): void {
		if (this.#all.has(extension)) return;
		this.#all.add(extension);
		this.#note(extension);
	}

	delete(extension: string): void {
		if (this.#all.delete(extension)) this.#note(extension);
	}

	/** All of them, in the order of their numbers; the same list until one comes or goes. */
	get sorted(): readonly string[] {
		if (!this.#sorted) this.#sorted = [...this.#all].sort(byNumber);
		else if (this.#changed.size > 0) this.#sorted = this.#placed(this.#sorted);
		this.#changed.clear();
		return this.#sorted;
	}

	/** Whoever holds a list that was given keeps it as it was. */
	#placed(before: readonly string[]): string[] {
		const stayed = before.filter((extension) => !this.#changed.has(extension));
		const added = [...this.#changed].filter((extension) => this.#all.has(extension)).sort(byNumber);
		const sorted: string[] = [];
		let from = 0;
		for (const extension of added) {
			const to = placeOf(stayed, extension, from);
			for (; from < to; from++) sorted.push(stayed[from] ?? "");
			sorted.push(extension);
		}
		for (; from < stayed.length; from++) sorted.push(stayed[from] ?? "");
		return sorted;
	}

	#note(extension: string): void {
		if (!this.#sorted) return;
		this.#changed.add(extension);
		if (this.#changed.size <= Math.max(MOST_PLACED, this.#all.size / 8)) return;
		this.#sorted = null;
		this.#changed.clear();
	}
}

/** Where an extension belongs in a sorted list, from a place on. */
function placeOf(sorted: readonly string[], extension: string, from: number): number {
	let [low, high] = [from, sorted.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if (byNumber(sorted[middle] ?? "", extension) < 0) low = middle + 1;
		else high = middle;
	}
	return low;
}
