declare const checked: unique symbol;

/** Text that was checked to be safe in the place it is sent to. */
type Checked<Name extends string> = string & { readonly [checked]: Name };

/** An extension's number, such as `11`; `999` is the monitor channel. */
export type Extension = Checked<"Extension">;
/** The number of the customer's installation at the PBX. */
export type Tenant = Checked<"Tenant">;
/** A number the PBX can dial: `[0-9*#+]{1,32}`. */
export type DialNumber = Checked<"DialNumber">;
/** The security key of the installation, sent verbatim. */
export type Key = Checked<"Key">;

/** The extension whose connection hears all others and cannot place calls (protocol 5). */
export const MONITOR = "999" as Extension;

/** Extensions of one PBX that are followed at a time unless told otherwise, or asked for at once. */
export const MOST_EXTENSIONS = 5_000;

const LONGEST_ADDRESS = 64;
const LONGEST_KEY = 1024;
const ADDRESS = /^[^\s,/()\p{C}]+$/u;
/** The trunk prefix of an international writing, `+49 (0)30`: not dialled from abroad. */
const TRUNK_ZERO = /^((?:\+|00)[\s.-]*(\d{1,3})[\s.-]*)[([]\s*0\s*[)\]]/;
/** Italy, San Marino and the Vatican, whose zero belongs to the number. */
const KEEPS_ZERO = ["39", "378", "379"];
const PREFIX = /^[0-9*#]{0,4}$/;
const PLUS_PREFIX = /^[0-9*#+]{0,8}$/;
const DIALABLE = /^[0-9*#+]{1,32}$/;
/** What people write between the digits of a number: blanks, dots, dashes, slashes and brackets. */
const PUNCTUATION = /[\s.\-‐-―−/()[\]\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/g;
// \p{C} would also refuse the rare but harmless unassigned characters; a key is sent verbatim.
const UNSENDABLE = /[\p{Cc}\p{Cs}]/u;
const REQUEST = /\(\s*(call|status)\s*,/i;

function isAddress(text: string): boolean {
	return text.length <= LONGEST_ADDRESS && (isDigits(text) || ADDRESS.test(text));
}

/** Nearly every extension is: no need for an expression that knows all of Unicode. */
function isDigits(text: string): boolean {
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		if (code < 0x30 || code > 0x39) return false;
	}
	return text !== "";
}

/** Whether the text can be an extension: 1 to 64 characters, none of them blank, comma, slash or bracket (protocol 2). */
export function isExtension(text: string): text is Extension {
	return isAddress(text);
}

/** Whether the text can be a tenant; the rule is that of {@link isExtension}. */
export function isTenant(text: string): text is Tenant {
	return isAddress(text);
}

/**
 * Whether the text can be sent as a key. Almost anything can; not an empty one, one with control characters, or one that
 * holds a request, which could make one message into two.
 */
export function isKey(text: string): text is Key {
	return text !== "" && text.length <= LONGEST_KEY && !UNSENDABLE.test(text) && !REQUEST.test(text);
}

/** Whether a text can stand for the `+` of international numbers: up to 8 of the characters that can be dialled, or none. */
export function isPlusPrefix(text: string): boolean {
	return PLUS_PREFIX.test(text);
}

/** Whether a text can be dialled before a number to get an outside line: up to 4 digits, `*` and `#`, or none. */
export function isOutsidePrefix(text: string): boolean {
	return PREFIX.test(text);
}

/** Whether a text can be dialled as it is: 1 to 32 digits, `*`, `#` and `+` (protocol 4). */
export function isDialNumber(text: string): text is DialNumber {
	return DIALABLE.test(text);
}

/** An international number without the zero in `+49 (0)30`, which is the trunk prefix at home. */
export function withoutTrunkZero(text: string): string {
	return text.replace(TRUNK_ZERO, (whole, code: string, country: string) =>
		KEEPS_ZERO.includes(country) ? whole : code,
	);
}

/**
 * Cleans a number of what people write between the digits (protocol 4), and of the zero in `+49 (0)30`. Null when what is
 * left cannot be dialled: a `)` or `,` would put a second request on the wire.
 */
export function dialNumber(text: string): DialNumber | null {
	const plain = text.trim().replace(/^tel:/i, "").trim();
	const cleaned = withoutTrunkZero(plain).replace(PUNCTUATION, "");
	return isDialNumber(cleaned) ? cleaned : null;
}

let collator: Intl.Collator | null = null;

/** Orders extensions by their numbers. Making what compares takes milliseconds: it is made once, when first needed. */
export function byNumber(a: string, b: string): number {
	collator ??= new Intl.Collator("en", { numeric: true });
	return collator.compare(a, b);
}
