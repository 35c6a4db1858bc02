import { type Linked, LruOrder } from "../lruOrder";

interface Entry<Value> extends Linked<Entry<Value>> {
	readonly extension: string;
	value: Value;
	isBusy: boolean;
}

/**
 * What is kept of each extension, looked up once whatever it does; the busy ones and those at rest each stand in the order in
 * which they were set, at constant cost.
 */
export class ExtensionMap<Value> {
	readonly #entries = new Map<string, Entry<Value>>();
	readonly #busy = new LruOrder<Entry<Value>>();
	readonly #atRest = new LruOrder<Entry<Value>>();

	get size(): number {
		return this.#entries.size;
	}

	/** The busy extension that was not set for longest; undefined for none. */
	get oldestBusy(): string | undefined {
		return this.#busy.oldest?.extension;
	}

	/** Likewise of those at rest. */
	get oldestAtRest(): string | undefined {
		return this.#atRest.oldest?.extension;
	}

	get(extension: string): Value | undefined {
		return this.#entries.get(extension)?.value;
	}

	/** Sets what is kept of one, which is the newest then; gives what was kept before. */
	set(extension: string, value: Value, isBusy: boolean): Value | undefined {
		const known = this.#entries.get(extension);
		const order = isBusy ? this.#busy : this.#atRest;
		if (!known) {
			const entry: Entry<Value> = { extension, value, isBusy, before: null, after: null };
			this.#entries.set(extension, entry);
			order.append(entry);
			return undefined;
		}
		const before = known.value;
		known.value = value;
		if (known.isBusy === isBusy) order.renew(known);
		else {
			(known.isBusy ? this.#busy : this.#atRest).remove(known);
			known.isBusy = isBusy;
			order.append(known);
		}
		return before;
	}

	/** Gives what was kept of it. */
	delete(extension: string): Value | undefined {
		const entry = this.#entries.get(extension);
		if (!entry) return undefined;
		this.#entries.delete(extension);
		(entry.isBusy ? this.#busy : this.#atRest).remove(entry);
		return entry.value;
	}

	clear(): void {
		this.#entries.clear();
		this.#busy.clear();
		this.#atRest.clear();
	}

	/** Changes what is kept of all, in their places. */
	change(changed: (value: Value) => Value): void {
		for (const entry of this.#entries.values()) entry.value = changed(entry.value);
	}

	/** What is kept of the busy ones, the one first that was not set for longest. */
	busy(): Value[] {
		return Array.from(this.#busy, ({ value }) => value);
	}

	/** The busy ones, and then those at rest. */
	extensions(): string[] {
		return [...this.#busy, ...this.#atRest].map(({ extension }) => extension);
	}
}
