import type { CountryCode } from "libphonenumber-js/min";
import { fold, type Vocabulary } from "../protocol/vocabulary";
import { phoneLibrary } from "./phoneLibrary";

/** What can be said of a caller's number. */
export interface NumberFacts {
	/** `+34974319404`, or null where the text is no valid number of any country. */
	readonly e164: string | null;
	/** Whether the caller withholds the number. */
	readonly anonymous: boolean;
	/** Whether it is an extension of this PBX: known to be one, or as short as the extension it reached. */
	readonly internal: boolean;
}

/** Whether the text is the code of a country (ISO 3166, two letters) that numbers can be read for. */
export function isCountry(text: string): text is CountryCode {
	return phoneLibrary().isSupportedCountry(text);
}

const SHORT = /^\d{1,5}$/;
/** Longer ones are none, and not worth remembering. */
const LONGEST_NUMBER = 40;

/** What was found last, by country and number: each call is told of several times, and reading a number takes long. */
const found = new Map<string, string | null>();
const MOST_FOUND = 1_000;

/** `+34974319404`, or null where the text is no valid number of any country. */
function readNumber(number: string, country: CountryCode): string | null {
	const key = `${country} ${number}`;
	const known = found.get(key);
	if (known !== undefined) return known;
	const parsed = phoneLibrary().parsePhoneNumberFromString(number, country);
	const e164 = parsed?.isValid() ? parsed.number : null;
	if (found.size >= MOST_FOUND) found.clear();
	if (number.length <= LONGEST_NUMBER) found.set(key, e164);
	return e164;
}

/**
 * Describes a number as the PBX sent it. Never throws.
 *
 * @param extension    the extension that the call is at
 * @param country      the country whose national writing the PBX uses
 * @param isExtension  whether a number is known to be an extension here
 */
export function describeNumber(
	number: string,
	extension: string,
	country: CountryCode,
	words: Vocabulary,
	isExtension: (number: string) => boolean,
): NumberFacts {
	if (number === "" || words.withheld.has(fold(number))) return { e164: null, anonymous: true, internal: false };
	if (isExtension(number)) return { e164: null, anonymous: false, internal: true };
	const e164 = readNumber(number, country);
	if (e164 !== null) return { e164, anonymous: false, internal: false };
	// As short as an extension of this PBX, and no subscriber's number: one that nobody has spoken of yet.
	return { e164: null, anonymous: false, internal: SHORT.test(number) && number.length === extension.length };
}
