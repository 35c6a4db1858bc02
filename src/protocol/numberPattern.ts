const PATTERN = /^[0-9*#+X]{1,32}\.?$/;

/** Whether a text is a pattern of numbers, such as `9XXXXXXXX` or `+351.`. */
export function isNumberPattern(text: string): boolean {
	return PATTERN.test(text.toUpperCase());
}

function isDigit(char: string): boolean {
	return char >= "0" && char <= "9";
}

/**
 * Whether a number fits a pattern: `X` is any digit, a dot at the end any more digits. `*`, `#` and `+` stand for themselves
 * only: what begins like a number and is a service code (`+351*21*…#`) fits no pattern that does not name it.
 */
export function fitsPattern(pattern: string, number: string): boolean {
	const isOpen = pattern.endsWith(".");
	const fixed = isOpen ? pattern.slice(0, -1) : pattern;
	if (isOpen ? number.length <= fixed.length : number.length !== fixed.length) return false;
	return [...number].every((char, i) => {
		const expected = (fixed[i] ?? "X").toUpperCase();
		return expected === "X" ? isDigit(char) : char === expected;
	});
}

/** How many characters a pattern names before its first `X` or its dot. */
export function namedLength(pattern: string): number {
	const [named = ""] = /^[^X.]*/i.exec(pattern) ?? [];
	return named.length;
}
