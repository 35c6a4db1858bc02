/** What stands in an order, between two others. */
export interface Linked<Item> {
	before: Item | null;
	after: Item | null;
}

/**
 * Items in the order in which they were put into it. Putting one last, taking one out and finding the first cost the same,
 * however many there are, which the order of a `Map` does not give: looking for its first entry goes over all those that were
 * deleted before it.
 */
export class LruOrder<Item extends Linked<Item>> {
	#size = 0;
	#oldest: Item | null = null;
	#newest: Item | null = null;

	get size(): number {
		return this.#size;
	}

	/** The one that was put into it longest ago; null for none. */
	get oldest(): Item | null {
		return this.#oldest;
	}

	/** Puts one last that is not in it. */
	append(item: Item): void {
		item.before = this.#newest;
		item.after = null;
		if (this.#newest) this.#newest.after = item;
		else this.#oldest = item;
		this.#newest = item;
		this.#size++;
	}

	/** Takes one out that is in it. */
	remove(item: Item): void {
		if (item.before) item.before.after = item.after;
		else this.#oldest = item.after;
		if (item.after) item.after.before = item.before;
		else this.#newest = item.before;
		this.#size--;
	}

	/** Puts one last that is in it. */
	renew(item: Item): void {
		if (item === this.#newest) return;
		this.remove(item);
		this.append(item);
	}

	clear(): void {
		this.#size = 0;
		this.#oldest = null;
		this.#newest = null;
	}

	/** The oldest first. */
	*[Symbol.iterator](): Generator<Item> {
		for (let item = this.#oldest; item; item = item.after) yield item;
	}
}
