import { type DueEntry, DueQueue } from "./dueQueue";
import { ExtensionMap } from "./extensionMap";
import { type Phone, phoneDueAt } from "./phone";
import { MOST_LEGS } from "./timing";

/**
 * The phones of an account, so many at most: of those at rest the one not heard of for longest makes room, and where all
 * have calls, or more than any PBX has, one of those.
 */
export class Phones {
	/** How many they may be from now on. */
	most: number;
	/** Busy are those that have calls. */
	readonly #phones = new ExtensionMap<Phone>();
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
		return this.#phones.get(extension);
	}

	set(phone: Phone): void {
		const now = phone.legs.length;
		const before = this.#phones.set(phone.extension, phone, now > 0)?.legs.length ?? 0;
		this.#legs += now - before;
		if (before > 0 || now > 0) this.#schedule(phone);
	}

	/** A phone at which something is due by now; undefined for none. */
	takeDue(now: number): string | undefined {
		const extension = this.#due.take(now);
		if (extension !== undefined) this.#entries.delete(extension);
		return extension;
	}

	/** All of them. */
	extensions(): string[] {
		return this.#phones.extensions();
	}

	/** Those that have calls, the one first that has had any for longest. */
	withCalls(): Phone[] {
		return this.#phones.busy();
	}

	/** Makes room for one more, where there is none; gives a phone that has calls, where only such ones are left. */
	makeRoom(): Phone | undefined {
		while (this.#phones.size >= this.most) {
			const oldest = this.#phones.oldestAtRest;
			if (oldest === undefined) return this.#oldestBusy;
			this.#phones.delete(oldest);
		}
		return undefined;
	}

	/** The phone with calls that was not heard of for longest, where more legs go on than any PBX has; undefined where not. */
	get surplus(): Phone | undefined {
		return this.#legs > MOST_LEGS ? this.#oldestBusy : undefined;
	}

	get #oldestBusy(): Phone | undefined {
		const oldest = this.#phones.oldestBusy;
		return oldest === undefined ? undefined : this.#phones.get(oldest);
	}

	delete(extension: string): void {
		this.#legs -= this.#phones.delete(extension)?.legs.length ?? 0;
		this.#unschedule(extension);
	}

	clear(): void {
		this.#phones.clear();
		this.#legs = 0;
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
