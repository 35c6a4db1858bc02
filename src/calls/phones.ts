import { LruMap } from "../lruMap";
import { type DueEntry, DueQueue } from "./dueQueue";
import { type Phone, phoneDueAt } from "./phone";
import { MOST_LEGS } from "./timing";

/**
 * The phones of an account, so many at most: of those at rest the one not heard of for longest makes room, and where all
 * have calls, or more than any PBX has, one of those.
 */
export class Phones {
	/** How many they may be from now on. */
	most: number;
	readonly #atRest = new LruMap<string, Phone>(Number.POSITIVE_INFINITY);
	readonly #withCalls = new LruMap<string, Phone>(Number.POSITIVE_INFINITY);
	/** How many legs go on at them. */
	#legs = 0;
	/** When time alone changes something at a phone with calls: each waits once. */
	readonly #due = new DueQueue<string>();
	readonly #entries = new Map<string, DueEntry<string>>();

	constructor(most: number) {
		this.most = most;
	}

	/** When {@link takeDue} gives something, by the steady clock; null for never. */
	get dueAt(): number | null {
		return this.#due.dueAt;
	}

	get(extension: string): Phone | undefined {
		return this.#withCalls.get(extension) ?? this.#atRest.get(extension);
	}

	set(phone: Phone): void {
		const { extension } = phone;
		const before = this.#withCalls.get(extension)?.legs.length ?? 0;
		const hadCalls = before > 0;
		this.#legs += phone.legs.length - before;
		if (phone.legs.length > 0) {
			if (!hadCalls) this.#atRest.delete(extension);
			this.#withCalls.set(extension, phone);
		} else {
			if (hadCalls) this.#withCalls.delete(extension);
			this.#atRest.set(extension, phone);
		}
		if (hadCalls || phone.legs.length > 0) this.#schedule(phone);
	}

	/** A phone at which something is due by now; undefined for none. */
	takeDue(now: number): string | undefined {
		const extension = this.#due.take(now);
		if (extension !== undefined) this.#entries.delete(extension);
		return extension;
	}

	/** All of them. */
	extensions(): string[] {
		return [this.#withCalls, this.#atRest].flatMap((phones) =>
			Array.from(phones.entries(), ([extension]) => extension),
		);
	}

	/** Those that have calls, the one first that has had any for longest. */
	withCalls(): Phone[] {
		return Array.from(this.#withCalls.entries(), ([, phone]) => phone);
	}

	/** Makes room for one more, where there is none; gives a phone that has calls, where only such ones are left. */
	makeRoom(): Phone | undefined {
		while (this.#withCalls.size + this.#atRest.size >= this.most) {
			const [oldest] = this.#atRest.entries();
			if (!oldest) return this.#oldestBusy;
			this.#atRest.delete(oldest[0]);
		}
		return undefined;
	}

	/** The phone with calls that was not heard of for longest, where more legs go on than any PBX has; undefined where not. */
	get surplus(): Phone | undefined {
		return this.#legs > MOST_LEGS ? this.#oldestBusy : undefined;
	}

	get #oldestBusy(): Phone | undefined {
		const [oldest] = this.#withCalls.entries();
		return oldest?.[1];
	}

	delete(extension: string): void {
		this.#legs -= this.#withCalls.get(extension)?.legs.length ?? 0;
		this.#withCalls.delete(extension);
		this.#atRest.delete(extension);
		this.#unschedule(extension);
	}

	clear(): void {
		this.#withCalls.clear();
		this.#legs = 0;
		this.#atRest.clear();
		this.#due.clear();
		this.#entries.clear();
	}

	#schedule(phone: Phone): void {
		const dueAt = phoneDueAt(phone);
		const known = this.#entries.get(phone.extension);
		if (dueAt === null) this.#unschedule(phone.extension);
		else if (!known) this.#entries.set(phone.extension, this.#due.add(dueAt, phone.extension));
		else if (known.at !== dueAt) this.#due.move(known, dueAt);
	}

	#unschedule(extension: string): void {
		const known = this.#entries.get(extension);
		if (known) this.#due.remove(known);
		this.#entries.delete(extension);
	}
}
