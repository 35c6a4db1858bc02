import type { CountryCode, NumberType } from "libphonenumber-js/min";
import { detailedPhoneLibrary } from "./phoneLibrary";

/** A number that costs more than a call usually does, or of which nobody can tell. */
export interface SpecialCharge {
	/** How many of its last digits are its own: those before are dialled to get to its country, or its network. */
	readonly ownDigits: number;
	/** How many of them tell its range. */
	readonly rangeDigits: number;
}

/** Extensions, and short numbers such as 112, 016 and 1004. */
const MOST_SHORT_DIGITS = 6;
/** Directory enquiries, in most of Europe. */
const ENQUIRIES = /^118\d{2,3}$/;
/** Networks of satellites, and others that are in no country. */
const NETWORKS = ["870", "878", "881", "882", "883"];
/** Premium-rate numbers, those whose caller pays more than the called, and those that follow their owner at the caller's cost. */
const CHARGED: readonly NumberType[] = ["PREMIUM_RATE", "SHARED_COST", "UAN", "PERSONAL_NUMBER"];
/** Ranges of numbers are told by so many digits: 803, 905, 760. */
const RANGE_DIGITS = 3;

/**
 * Whether a number has a charge of its own: premium-rate, shared-cost, personal and satellite numbers, and all that belong to no
 * range that is known. Null for any other. Loads all that is known of numbers.
 *
 * @param number  digits, with `+` or what is dialled for it, or as within the country
 */
export function specialCharge(number: string, country: CountryCode): SpecialCharge | null {
	const digits = number.replace(/\D/g, "").length;
	if (ENQUIRIES.test(number)) return { ownDigits: digits, rangeDigits: RANGE_DIGITS };
	if (digits <= MOST_SHORT_DIGITS && !number.startsWith("+") && !number.startsWith("00")) return null;
	const parsed = detailedPhoneLibrary().parsePhoneNumberFromString(number, country);
	if (!parsed) return { ownDigits: digits, rangeDigits: RANGE_DIGITS };
	const ownDigits = parsed.nationalNumber.length;
	if (NETWORKS.includes(parsed.countryCallingCode)) return { ownDigits, rangeDigits: 0 };
	const type = parsed.getType();
	const isUsual = type !== undefined && !CHARGED.includes(type) && !parsed.ext;
	return isUsual ? null : { ownDigits, rangeDigits: RANGE_DIGITS };
}
