const PATTERN = /^[0-9*#+X]{1,32}\.?$/;

/** Whether a text is a pattern of numbers, such as `9XXXXXXXX` or `+351.`. */
export function isNumberPattern(text: string): boolean {
	return PATTERN.test(text.toUpperCase());
}

/** Whether a number fits a pattern: `X` is any digit, a dot at the end any more characters. */
export function fitsPattern(pattern: string, number: string): boolean {
	const isOpen = pattern.endsWith(".");
	const fixed = isOpen ? pattern.slice(0, -1) : pattern;
	if (isOpen ? number.length <= fixed.length : number.length !== fixed.length) return false;
	return [...fixed.toUpperCase()].every((char, i) => (char === "X" ? /\d/.test(number.charAt(i)) : char === number[i]));
}
