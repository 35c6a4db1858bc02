import type { CountryCode } from "libphonenumber-js/min";
import { withoutTrunkZero } from "../protocol/address";
import type { Vocabulary } from "../protocol/vocabulary";
import { isWithheld } from "./callerId";
import { phoneLibrary } from "./phoneLibrary";

/** How the PBX writes numbers, and wants them dialled. */
export interface NumberPlan {
	/** The country whose national writing it uses. */
	readonly country: CountryCode;
	/** What gets an outside line: dialled before a number, and left out when one is read. Empty for nothing. */
	readonly prefix: string;
	/** What is dialled instead of a leading `+`; `national` for own numbers in their national writing. */
	readonly plus: string;
}

/** What can be said of a caller's number. */
export interface NumberFacts {
	/** `+34974319404`, or null where the text is no valid number of any country. */
	readonly e164: string | null;
	/** Whether the caller withholds the number. */
	readonly anonymous: boolean;
	/** Whether it is an extension of this PBX: one of those that it has spoken of as its phones. */
	readonly internal: boolean;
}

/** Whether the text is the code of a country (ISO 3166, two letters) that numbers can be read for. */
export function isCountry(text: string): text is CountryCode {
	return phoneLibrary().isSupportedCountry(text);
}

/** Longer ones are none, and not worth remembering. */
const LONGEST_NUMBER = 40;
/** Numbers with fewer digits are not read as ones of another country that lack their `+`. */
const LEAST_INTERNATIONAL_DIGITS = 9;
const MOST_FOUND = 1_000;

/** What was found last: each call is told of several times, and reading a number takes long. */
const found = new Map<string, string | null>();

function valid(text: string, country: CountryCode): string | null {
	const parsed = phoneLibrary().parsePhoneNumberFromString(text, country);
	return parsed?.isValid() && !parsed.ext ? parsed.number : null;
}

/** A number without the prefix of an outside line; as it is where it does not begin with one. */
export function withoutPrefix(number: string, { prefix }: Pick<NumberPlan, "prefix">): string {
	return prefix !== "" && number.startsWith(prefix) ? number.slice(prefix.length) : number;
}

function readAnew(number: string, plan: Pick<NumberPlan, "country" | "prefix">): string | null {
	const { country } = plan;
	const text = withoutTrunkZero(number.trim());
	const national = valid(text, country);
	if (national !== null) return national;
	const outside = withoutPrefix(text, plan);
	const stripped = outside === text ? null : valid(outside, country);
	if (stripped !== null) return stripped;
	// One of another country, sent without its `+`.
	const digits = outside.replace(/[\s./()-]/g, "");
	const isBare = /^[1-9]\d+$/.test(digits) && digits.length >= LEAST_INTERNATIONAL_DIGITS;
	return isBare ? valid(`+${digits}`, country) : null;
}

/** `+34974319404`, or null where the text is no valid number of any country. Never throws. */
export function readNumber(number: string, plan: Pick<NumberPlan, "country" | "prefix">): string | null {
	if (number.length > LONGEST_NUMBER) return null;
	const key = `${plan.country} ${plan.prefix} ${number}`;
	const known = found.get(key);
	if (known !== undefined) return known;
	const e164 = readAnew(number, plan);
	if (found.size >= MOST_FOUND) found.clear();
	found.set(key, e164);
	return e164;
}

/**
 * Describes a number as the PBX sent it. Never throws.
 *
 * @param isExtension  whether the PBX has spoken of such an extension as one of its phones
 */
export function describeNumber(
	number: string,
	plan: Pick<NumberPlan, "country" | "prefix">,
	words: Vocabulary,
	isExtension: (number: string) => boolean,
): NumberFacts {
	if (isWithheld(number, words)) return { e164: null, anonymous: true, internal: false };
	if (isExtension(number)) return { e164: null, anonymous: false, internal: true };
	return { e164: readNumber(number, plan), anonymous: false, internal: false };
}
