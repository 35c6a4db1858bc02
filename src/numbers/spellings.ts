import type { PhoneNumber } from "libphonenumber-js/min";
import type { NumberPlan } from "./numbers";
import { phoneLibrary } from "./phoneLibrary";

/** A number in all the ways that a CRM may need it. */
export interface Spellings {
	/** The digits as they are dialled within their country. */
	readonly national: string;
	/** As people read it. */
	readonly display: string;
	/** All spellings worth asking for, best first. */
	readonly search: readonly string[];
}

const MOST_REMEMBERED = 1_000;
const remembered = new Map<string, Spellings>();

/** `974319404` by threes, as many people write nine digits. */
function byThrees(digits: string): string[] {
	return digits.length === 9 ? [digits.replace(/(\d{3})(?=\d)/g, "$1 ")] : [];
}

function spell(parsed: PhoneNumber, country: string): Spellings {
	const code = `+${parsed.countryCallingCode}`;
	const grouped = parsed.formatNational();
	const international = parsed.formatInternational();
	const national = grouped.replace(/\D/g, "");
	const threes = byThrees(national);
	const digits = parsed.number.slice(1);
	const search = [
		...[parsed.number, national, grouped, ...threes],
		...[international, ...threes.map((text) => `${code} ${text}`)],
		...[`00${digits}`, digits, international.replace("+", "00")],
		...[grouped, ...threes].flatMap((text) => [text.replaceAll(" ", "-"), text.replaceAll(" ", ".")]),
		`${code}${national}`,
	];
	return {
		national,
		display: parsed.country === country ? grouped : international,
		search: [...new Set(search)],
	};
}

/** All spellings of a number in E.164. */
export function spellingsOf(e164: string, { country }: Pick<NumberPlan, "country">): Spellings {
	const key = `${country} ${e164}`;
	const known = remembered.get(key);
	if (known) return known;
	const parsed = phoneLibrary().parsePhoneNumberFromString(e164);
	const found = parsed ? spell(parsed, country) : { national: e164, display: e164, search: [e164] };
	if (remembered.size >= MOST_REMEMBERED) remembered.clear();
	remembered.set(key, found);
	return found;
}
