import { type Linked, LruOrder } from "./lruOrder";

interface Entry<Key, Value> extends Linked<Entry<Key, Value>> {
	readonly key: Key;
	value: Value;
}

/** A map of at most so many entries: one more, and the one that was not set for longest makes room, at constant cost. */
export class LruMap<Key, Value> {
	readonly #most: number;
	readonly #entries = new Map<Key, Entry<Key, Value>>();
	readonly #order = new LruOrder<Entry<Key, Value>>();

	constructor(most: number) {
		this.#most = most;
	}

	get size(): number {
		return this.#entries.size;
	}

	/** Does not count as a use. */
	get(key: Key): Value | undefined {
		return this.#entries.get(key)?.value;
	}

	has(key: Key): boolean {
		return this.#entries.has(key);
	}

	/** Sets an entry, which is the newest then; gives the key of the one that made room, if one did. */
	set(key: Key, value: Value): Key | undefined {
		const known = this.#entries.get(key);
		if (known) {
			known.value = value;
			this.#order.renew(known);
			return undefined;
		}
		const entry: Entry<Key, Value> = { key, value, before: null, after: null };
		this.#entries.set(key, entry);
		this.#order.append(entry);
		const { oldest } = this.#order;
		if (this.#entries.size <= this.#most || !oldest) return undefined;
		this.delete(oldest.key);
		return oldest.key;
	}

	/** Changes the value of an entry that is there, without making it the newest. */
	update(key: Key, value: Value): void {
		const entry = this.#entries.get(key);
		if (entry) entry.value = value;
	}

	delete(key: Key): void {
		const entry = this.#entries.get(key);
		if (!entry) return;
		this.#entries.delete(key);
		this.#order.remove(entry);
	}

	clear(): void {
		this.#entries.clear();
		this.#order.clear();
	}

	/** Those set longest ago first. */
	*entries(): Generator<[Key, Value]> {
		for (const { key, value } of this.#order) yield [key, value];
	}
}
