/** Decodes `%41`; text that is wrongly escaped, or not at all, stays as it is. Never throws. */
export function decoded(text: string): string {
	try {
		// Not form decoding: the `+` of an unescaped +34… has to stay.
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

/** The parameters of a URL as it was sent, decoded; the last one of a name counts. Never throws. */
export function queryOf(url: string): Record<string, string> {
	const [address = ""] = url.split("#");
	const question = address.indexOf("?");
	const pairs = question === -1 ? [] : address.slice(question + 1).split("&");
	return Object.fromEntries(
		pairs.filter(Boolean).map((pair) => {
			const equals = pair.indexOf("=");
			const name = equals === -1 ? pair : pair.slice(0, equals);
			return [decoded(name), equals === -1 ? "" : decoded(pair.slice(equals + 1))];
		}),
	);
}
