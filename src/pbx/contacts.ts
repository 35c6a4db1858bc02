import { kept, LONGEST } from "../kept";
import type { Clock } from "../link/clock";
import { LruMap } from "../lruMap";
import type { Contact, LegEvent } from "../messages";

/** A contact, and until when it counts, in milliseconds since 1970. */
interface Known {
	readonly contact: Contact;
	readonly until: number;
}

/** Who was found for a call, and by what its other party is known; empty for a number that is withheld. */
interface Named {
	readonly contact: Contact;
	readonly digits: string;
}

/** Which call, and with whom. */
export type CallParty = Pick<LegEvent, "callId" | "number" | "e164" | "anonymous">;

/** Numbers, and calls, of which it is remembered who was found. */
const MOST_NUMBERS = 5_000;
const MOST_CALLS = 2_000;

/** However a number is written. */
function digitsOf(number: string): string {
	return number.replace(/\D/g, "");
}

/** Whom look-ups in a CRM have found: for a call as long as it lasts, for its number some minutes. */
export class Contacts {
	readonly #clock: Clock;
	readonly #remembered: (number: string, contact: Contact, until: number) => void;
	readonly #byNumber = new LruMap<string, Known>(MOST_NUMBERS);
	readonly #byCall = new LruMap<string, Named>(MOST_CALLS);

	/** @param remembered  hears of contacts that count for longer than a call */
	constructor(clock: Clock, remembered: (number: string, contact: Contact, until: number) => void) {
		this.#clock = clock;
		this.#remembered = remembered;
	}

	/** Who was found for a call, else who was found behind its number; null for nobody. */
	of(callId: string, number: string | null): Contact | null {
		const found = this.#byCall.get(callId);
		if (found) return found.contact;
		const known = number === null ? undefined : this.#byNumber.get(digitsOf(number));
		return known && known.until > this.#clock.now() ? known.contact : null;
	}

	/**
	 * A look-up found somebody: named on the call as long as it lasts, and on the next ones of its number.
	 *
	 * @param minutes  for how long the number's next calls are told with the contact; 0 for this call only
	 */
	found({ callId, number, e164, anonymous }: CallParty, contact: Contact, minutes: number): void {
		const sent = anonymous ? "" : kept(e164 ?? number ?? "", LONGEST.number);
		const digits = digitsOf(sent);
		this.#byCall.set(kept(callId, LONGEST.id), { contact, digits });
		if (digits === "" || !(minutes > 0)) return;
		const until = this.#clock.now() + minutes * 60_000;
		// As calls are kept, so that both are found, and forgotten, by the same.
		const party = e164 === null ? digits : sent;
		this.remember(party, contact, until);
		this.#remembered(party, contact, until);
	}

	/** A number's contact counts until then, in milliseconds since 1970. */
	remember(number: string, contact: Contact, until: number): void {
		if (until > this.#clock.now()) this.#byNumber.set(digitsOf(number), { contact, until });
	}

	/** A number is forgotten, with the calls of whoever it was. */
	forget(number: string): void {
		const forgotten = digitsOf(number);
		if (forgotten === "") return;
		this.#byNumber.delete(forgotten);
		for (const [callId, { digits }] of [...this.#byCall.entries()]) {
			if (digits === forgotten) this.#byCall.delete(callId);
		}
	}
}
