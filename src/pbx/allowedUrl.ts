/** Whether a text is a host as an address has it: `crm.example`, `crm.example:8080`, `192.0.2.7`, `[::1]:80`. */
export function isHost(text: string): boolean {
	const address = `http://${text}/`;
	return URL.canParse(address) && new URL(address).host === text.toLowerCase().replace(/:80$/, "");
}

/** Scheme, host and path: what is before the query. */
const LOCATION = /^[^?#]*/;

/**
 * The address of a PRO event, where its host is one of those named (protocol 6); else null. A name without a port means
 * the usual ports. Nothing is allowed by its kind: who wants loopback or a private address names it. It is written as it was
 * understood, so that no other program understands another host; blanks and accents are percent-encoded.
 */
export function allowedUrl(url: string | null, hosts: readonly string[]): string | null {
	// What programs read differently, such as a control character, or a backslash before an @, is no address.
	if (url === null || /\p{Cc}/u.test(url) || LOCATION.exec(url)?.[0].includes("\\")) return null;
	const written = url.trim().replaceAll("\\", "%5C");
	if (!URL.canParse(written)) return null;
	const { protocol, host, username, password, href } = new URL(written);
	const isWeb = protocol === "http:" || protocol === "https:";
	if (!isWeb || username !== "" || password !== "") return null;
	const names = hosts.map((name) => new URL(`${protocol}//${name}/`).host);
	return names.includes(host) ? href : null;
}
