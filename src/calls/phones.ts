import { LruMap } from "../lruMap";
import type { Phone } from "./phone";

/**
 * The phones of an account, so many at most: of those at rest the one not heard of for longest makes room, and where all
 * have calls, one of those.
 */
export class Phones {
	readonly #most: number;
	readonly #atRest: LruMap<string, Phone>;
	readonly #withCalls = new Map<string, Phone>();

	constructor(most: number) {
		this.#most = most;
		this.#atRest = new LruMap(most);
	}

	get(extension: string): Phone | undefined {
		return this.#withCalls.get(extension) ?? this.#atRest.get(extension);
	}

	set(phone: Phone): void {
		const { extension } = phone;
		if (phone.legs.length > 0) {
			if (!this.#withCalls.has(extension)) this.#atRest.delete(extension);
			this.#withCalls.set(extension, phone);
			return;
		}
		if (this.#withCalls.size > 0) this.#withCalls.delete(extension);
		this.#atRest.set(extension, phone);
	}

	/** All of them. */
	extensions(): string[] {
		return [...this.#withCalls.keys(), ...Array.from(this.#atRest.entries(), ([extension]) => extension)];
	}

	/** Makes room for one more, where there is none; gives a phone that has calls, where only such ones are left. */
	makeRoom(): Phone | undefined {
		if (this.#withCalls.size + this.#atRest.size < this.#most) return undefined;
		const [oldest] = this.#atRest.entries();
		if (oldest) {
			this.#atRest.delete(oldest[0]);
			return undefined;
		}
		const [busy] = this.#withCalls.values();
		return busy;
	}

	delete(extension: string): void {
		this.#withCalls.delete(extension);
		this.#atRest.delete(extension);
	}

	clear(): void {
		this.#withCalls.clear();
		this.#atRest.clear();
	}
}
