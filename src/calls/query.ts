import { frameText } from "../protocol/frameText";

/**
 * Decodes escapes such as `%41`: those that are not UTF-8 as Latin-1, like the frames they come in (protocol 1). What is no
 * escape stays as it is; a `+` too, which may stand before a number. Never throws.
 */
export function decoded(text: string): string {
	return text.replace(/(?:%[\da-f]{2})+/gi, (escapes) => {
		const bytes = escapes.slice(1).split("%");
		return frameText(Uint8Array.from(bytes, (byte) => Number.parseInt(byte, 16)));
	});
}

/** More parameters than any address has. */
const MOST_PARAMETERS = 1_000;

/** The first thousand parameters of a URL as it was sent, decoded; the last one of a name counts. Never throws. */
export function queryOf(url: string): Record<string, string> {
	const [address = ""] = url.split("#");
	const question = address.indexOf("?");
	const pairs = question === -1 ? [] : address.slice(question + 1).split("&", MOST_PARAMETERS);
	return Object.fromEntries(
		pairs.filter(Boolean).map((pair) => {
			const equals = pair.indexOf("=");
			const name = equals === -1 ? pair : pair.slice(0, equals);
			return [decoded(name), equals === -1 ? "" : decoded(pair.slice(equals + 1))];
		}),
	);
}
