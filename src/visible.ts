/** What ends a line, moves a terminal's cursor, or turns the direction of what follows; and halves of characters. */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const NAMES: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function hexOf(char: string, digits: number): string {
	return char.charCodeAt(0).toString(16).padStart(digits, "0");
}

/**
 * A text from outside as it may stand in a log, a status or a terminal: on one line, with control characters and a terminal's
 * escapes written out (`\n`, `\x1b`, `\u202e`).
 */
export function visible(text: string): string {
	return text.replace(UNSEEN, (char) => {
		return NAMES[char] ?? (char.charCodeAt(0) < 0x100 ? `\\x${hexOf(char, 2)}` : `\\u${hexOf(char, 4)}`);
	});
}

/** The same of JSON, which stays JSON. */
export function visibleJson(value: unknown): string {
	return JSON.stringify(value).replace(UNSEEN, (char) => `\\u${hexOf(char, 4)}`);
}

/** The first so many characters of a text, of which no character is cut in two, and a mark where it was longer. */
export function shortened(text: string, longest: number): string {
	if (text.length <= longest) return text;
	const end = /[\ud800-\udbff]/.test(text.charAt(longest - 2)) ? longest - 2 : longest - 1;
	return `${text.slice(0, end)}…`;
}
