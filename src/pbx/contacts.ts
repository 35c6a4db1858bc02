import { kept, keptIfAny, LONGEST } from "../kept";
import type { Clock } from "../link/clock";
import { LruMap } from "../lruMap";
import type { Contact, LegEvent } from "../messages";

/** A contact, and until when it counts, in milliseconds since 1970. */
interface Known {
	readonly contact: Contact;
	readonly until: number;
}

/** Which call, and with whom. */
export type CallParty = Pick<LegEvent, "callId" | "number" | "e164" | "anonymous">;

/** Numbers, and calls, of which it is remembered who was found. */
const MOST_NUMBERS = 5_000;
const MOST_CALLS = 2_000;

/** Whom look-ups in a CRM have found: for a call as long as it lasts, for its number some minutes. */
export class Contacts {
	readonly #clock: Clock;
	readonly #remembered: (number: string, contact: Contact, until: number) => void;
	readonly #byNumber = new LruMap<string, Known>(MOST_NUMBERS);
	readonly #byCall = new LruMap<string, Contact>(MOST_CALLS);

	/** @param remembered  hears of contacts that count for longer than a call */
	constructor(clock: Clock, remembered: (number: string, contact: Contact, until: number) => void) {
		this.#clock = clock;
		this.#remembered = remembered;
	}

	/** Who was found for a call, else who was found behind its number; null for nobody. */
	of(callId: string, number: string | null): Contact | null {
		const found = this.#byCall.get(callId);
		if (found) return found;
		const known = number === null ? undefined : this.#byNumber.get(number);
		return known && known.until > this.#clock.now() ? known.contact : null;
	}

	/**
	 * A look-up found somebody: named on the call as long as it lasts, and on the next ones of its number.
	 *
	 * @param minutes  for how long the number's next calls are told with the contact; 0 for this call only
	 */
	found({ callId, number, e164, anonymous }: CallParty, contact: Contact, minutes: number): void {
		this.#byCall.set(kept(callId, LONGEST.id), contact);
		const party = anonymous ? null : keptIfAny(e164 ?? number, LONGEST.number);
		if (party === null || !(minutes > 0)) return;
		const until = this.#clock.now() + minutes * 60_000;
		this.remember(party, contact, until);
		this.#remembered(party, contact, until);
	}

	/** A number's contact counts until then, in milliseconds since 1970. */
	remember(number: string, contact: Contact, until: number): void {
		if (until > this.#clock.now()) this.#byNumber.set(number, { contact, until });
	}

	/** A number is forgotten, with the calls of whoever it was. */
	forget(number: string): void {
		const known = this.#byNumber.get(number);
		this.#byNumber.delete(number);
		if (!known) return;
		for (const [callId, contact] of [...this.#byCall.entries()]) {
			if (contact === known.contact) this.#byCall.delete(callId);
		}
	}
}
