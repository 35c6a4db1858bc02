import { type DialNumber, isDialNumber } from "../protocol/address";
import { type NumberPlan, readNumber, withoutPrefix } from "./numbers";
import { phoneLibrary } from "./phoneLibrary";

/** As many digits as an extension or a short number (112, 016, 1004) has: neither needs an outside line. */
const MOST_SHORT_DIGITS = 5;

/** A number with its `+`, as the PBX wants it. */
function fromPlus(number: string, { plus, country }: NumberPlan): string {
	if (plus !== "national") return plus + number.slice(1);
	const parsed = phoneLibrary().parsePhoneNumberFromString(number, country);
	const isOwn = parsed?.countryCallingCode === phoneLibrary().getCountryCallingCode(country);
	const national = parsed && isOwn ? parsed.formatNational() : parsed?.format("IDD", { fromCountry: country });
	return (national ?? `00${number.slice(1)}`).replace(/[^\d*#+]/g, "");
}

function needsPrefix(number: string, plan: NumberPlan, isExtension: (number: string) => boolean): boolean {
	const { prefix, country } = plan;
	if (prefix === "" || isExtension(number) || /[*#]/.test(number)) return false;
	if (number.replace(/\D/g, "").length <= MOST_SHORT_DIGITS) return false;
	// Who has dialled it already gets no second one.
	const isThere =
		number.startsWith(prefix) &&
		readNumber(number, { country, prefix: "" }) === null &&
		readNumber(withoutPrefix(number, plan), { country, prefix: "" }) !== null;
	return !isThere;
}

/**
 * A cleaned number as this PBX wants it dialled: with what stands for `+`, and with the prefix of an outside line where it
 * leads outside (not before extensions, service codes and numbers of up to five digits). Null where that is too long.
 */
export function asDialled(
	number: DialNumber,
	plan: NumberPlan,
	isExtension: (number: string) => boolean,
): DialNumber | null {
	const plain = number.startsWith("+") ? fromPlus(number, plan) : number;
	const whole = needsPrefix(plain, plan, isExtension) ? plan.prefix + plain : plain;
	return isDialNumber(whole) ? whole : null;
}
