import { type CountryCode, parsePhoneNumberFromString } from "libphonenumber-js/min";
import { PbxError } from "../errors";
import type { Clock } from "../link/clock";
import type { DialNumber, Extension } from "../protocol/address";
import { fitsPattern } from "../protocol/numberPattern";

/** What may be dialled: the administrator's protection against toll fraud. */
export interface DialRules {
	/** Patterns as of dial plans: `X` is any digit, a dot at the end any more of them; empty allows all numbers. */
	readonly allowed: readonly string[];
	/** Calls a minute from one extension; 0 for no limit. */
	readonly perExtension: number;
	/** Calls a minute in all; 0 for no limit. */
	readonly inAll: number;
	/** Milliseconds within which the same number is not dialled twice; 0 for no such window. */
	readonly repeat: number;
	/** Nothing is dialled: what would be is said. */
	readonly dryRun: boolean;
}

/** No limits. */
export const NO_RULES: DialRules = { allowed: [], perExtension: 0, inAll: 0, repeat: 0, dryRun: false };

/** The European emergency number: no pattern keeps it from being dialled. */
const EMERGENCY = "112";
const MINUTE = 60_000;
/** Calls that are remembered: more than any limit asks for. */
const MOST = 10_000;

interface Dialled {
	readonly at: number;
	readonly extension: Extension;
	readonly number: DialNumber;
}

/** Refuses calls that the rules do not allow. One for each account, as the bill is one. */
export class DialGuard {
	readonly #rules: DialRules;
	readonly #country: CountryCode;
	readonly #clock: Clock;
	#dialled: Dialled[] = [];

	/** @param country  how a number is read, so that a pattern with `+` fits its national writing too */
	constructor(rules: DialRules, country: CountryCode, clock: Clock) {
		this.#rules = rules;
		this.#country = country;
		this.#clock = clock;
	}

	/**
	 * Takes notice of a call that is about to be asked for, or refuses it. Gives what takes the notice back, for a call that
	 * was not asked for after all.
	 *
	 * @throws PbxError `number-not-allowed`, `too-many-calls`, `repeated-number`
	 */
	admit(extension: Extension, number: DialNumber): () => void {
		const { perExtension, inAll, repeat } = this.#rules;
		const now = this.#clock.now();
		this.#mustBeAllowed(number);
		// A clock that was set back leaves nothing in the future.
		const since = (window: number) => this.#dialled.filter(({ at }) => at <= now && now - at < window);
		const minute = since(MINUTE);
		const own = minute.filter((call) => call.extension === extension);
		if (perExtension > 0 && own.length >= perExtension) throw tooMany(perExtension, extension);
		if (inAll > 0 && minute.length >= inAll) throw tooMany(inAll, "*");
		if (repeat > 0 && since(repeat).some((call) => call.number === number)) {
			const seconds = Math.round(repeat / 1000);
			const text = `${number} was dialled less than ${seconds} s ago`;
			throw new PbxError("repeated-number", text, { number, seconds });
		}
		const call: Dialled = { at: now, extension, number };
		this.#dialled = [...since(Math.max(MINUTE, repeat)).slice(1 - MOST), call];
		return () => {
			this.#dialled = this.#dialled.filter((other) => other !== call);
		};
	}

	#mustBeAllowed(number: DialNumber): void {
		const { allowed } = this.#rules;
		if (allowed.length === 0 || number === EMERGENCY) return;
		const parsed = parsePhoneNumberFromString(number, this.#country);
		const e164 = parsed?.isValid() ? parsed.number : number;
		if (allowed.some((pattern) => fitsPattern(pattern, number) || fitsPattern(pattern, e164))) return;
		throw new PbxError("number-not-allowed", `${number} fits none of the allowed numbers`, { number });
	}
}

function tooMany(most: number, extension: string): PbxError {
	const who = extension === "*" ? "all extensions together" : `extension ${extension}`;
	return new PbxError("too-many-calls", `More than ${most} calls a minute from ${who}`, { most, extension });
}
