interface Link<Key, Value> {
	readonly key: Key;
	value: Value;
	before: Link<Key, Value> | null;
	after: Link<Key, Value> | null;
}

/**
 * A map of at most so many entries: one more, and the one that was not set for longest makes room. All at constant cost,
 * which the order of a `Map` does not give: looking for its first entry goes over all those that were deleted before it.
 */
export class LruMap<Key, Value> {
	readonly #most: number;
	readonly #links = new Map<Key, Link<Key, Value>>();
	#oldest: Link<Key, Value> | null = null;
	#newest: Link<Key, Value> | null = null;

	constructor(most: number) {
		this.#most = most;
	}

	get size(): number {
		return this.#links.size;
	}

	/** Does not count as a use. */
	get(key: Key): Value | undefined {
		return this.#links.get(key)?.value;
	}

	has(key: Key): boolean {
		return this.#links.has(key);
	}

	/** Sets an entry, which is the newest then; gives the key of the one that made room, if one did. */
	set(key: Key, value: Value): Key | undefined {
		const known = this.#links.get(key);
		if (known) {
			known.value = value;
			if (known !== this.#newest) {
				this.#unlink(known);
				this.#append(known);
			}
			return undefined;
		}
		const link: Link<Key, Value> = { key, value, before: null, after: null };
		this.#links.set(key, link);
		this.#append(link);
		const oldest = this.#oldest;
		if (this.#links.size <= this.#most || !oldest) return undefined;
		this.delete(oldest.key);
		return oldest.key;
	}

	/** Changes the value of an entry that is there, without making it the newest. */
	update(key: Key, value: Value): void {
		const link = this.#links.get(key);
		if (link) link.value = value;
	}

	delete(key: Key): void {
		const link = this.#links.get(key);
		if (!link) return;
		this.#links.delete(key);
		this.#unlink(link);
	}

	clear(): void {
		this.#links.clear();
		this.#oldest = null;
		this.#newest = null;
	}

	/** Those set longest ago first. */
	*entries(): Generator<[Key, Value]> {
		for (let link = this.#oldest; link; link = link.after) yield [link.key, link.value];
	}

	#append(link: Link<Key, Value>): void {
		link.before = this.#newest;
		link.after = null;
		if (this.#newest) this.#newest.after = link;
		else this.#oldest = link;
		this.#newest = link;
	}

	#unlink(link: Link<Key, Value>): void {
		if (link.before) link.before.after = link.after;
		else this.#oldest = link.after;
		if (link.after) link.after.before = link.before;
		else this.#newest = link.before;
	}
}
