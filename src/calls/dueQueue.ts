/** An item's place in a queue. */
export interface DueEntry<Item> {
	readonly item: Item;
	at: number;
	/** Which came first, of those that are due at one time. */
	order: number;
	/** Its index in the heap; negative once it is out. */
	place: number;
}

function isBefore(a: DueEntry<unknown>, b: DueEntry<unknown>): boolean {
	return a.at === b.at ? a.order < b.order : a.at < b.at;
}

/** What is due by itself, soonest first: a binary heap whose entries can be moved and taken out. */
export class DueQueue<Item> {
	readonly #heap: DueEntry<Item>[] = [];
	#count = 0;

	/** When the first item is due; null for none. */
	get dueAt(): number | null {
		return this.#heap[0]?.at ?? null;
	}

	/** How many wait. */
	get size(): number {
		return this.#heap.length;
	}

	/** Adds an item that is due then. */
	add(at: number, item: Item): DueEntry<Item> {
		const entry = { item, at, order: this.#count++, place: this.#heap.length };
		this.#heap.push(entry);
		this.#rise(entry);
		return entry;
	}

	/** An item that waits is due at another time. */
	move(entry: DueEntry<Item>, at: number): void {
		if (entry.place < 0) return;
		entry.at = at;
		entry.order = this.#count++;
		this.#rise(entry);
		this.#sink(entry);
	}

	/** An item does not wait any more, if it did. */
	remove(entry: DueEntry<Item>): void {
		if (entry.place < 0) return;
		const last = this.#heap.pop();
		if (last && last !== entry) {
			last.place = entry.place;
			this.#heap[entry.place] = last;
			this.#rise(last);
			this.#sink(last);
		}
		entry.place = -1;
	}

	/** Takes the first item, where it is due by now. */
	take(now: number): Item | undefined {
		const [first] = this.#heap;
		if (!first || first.at > now) return undefined;
		this.remove(first);
		return first.item;
	}

	/** Nothing waits any more. */
	clear(): void {
		for (const entry of this.#heap) entry.place = -1;
		this.#heap.length = 0;
	}

	#rise(entry: DueEntry<Item>): void {
		while (entry.place > 0) {
			const parent = this.#heap[(entry.place - 1) >> 1];
			if (!parent || isBefore(parent, entry)) return;
			this.#swap(entry, parent);
		}
	}

	#sink(entry: DueEntry<Item>): void {
		for (;;) {
			const [left, right] = [this.#heap[2 * entry.place + 1], this.#heap[2 * entry.place + 2]];
			const least = left && right && isBefore(right, left) ? right : left;
			if (!least || isBefore(entry, least)) return;
			this.#swap(entry, least);
		}
	}

	#swap(a: DueEntry<Item>, b: DueEntry<Item>): void {
		[a.place, b.place] = [b.place, a.place];
		this.#heap[a.place] = a;
		this.#heap[b.place] = b;
	}
}

/** Takes one item after the other, no more than so many; gives how many more it could have been. */
export function takeEach<Item>(most: number, take: () => Item | undefined, run: (item: Item) => void): number {
	for (let left = most; left > 0; left--) {
		const item = take();
		if (item === undefined) return left;
		run(item);
	}
	return 0;
}
