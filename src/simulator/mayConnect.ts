/** What may stand in the `Origin` of a page that this machine serves. */
const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** An address without what IPv6 writes before one of IPv4, and in brackets where it is one of IPv6. */
function hostOf(address: string): string {
	const plain = address.replace(/^::ffff:/i, "");
	return plain.includes(":") ? `[${plain}]` : plain;
}

/**
 * Whether a client may connect that says where it comes from. Programs say nothing; a browser names the site whose page asks,
 * and a page of any site could otherwise log in here. The name that it reached us by proves nothing: a site can have its own
 * name lead to this machine.
 *
 * @param origin        the header, undefined for none
 * @param localAddress  the address of ours that it has reached
 */
export function mayConnect(origin: string | undefined, localAddress: string | undefined): boolean {
	if (origin === undefined) return true;
	if (!URL.canParse(origin)) return false;
	const { protocol, hostname } = new URL(origin);
	if (protocol !== "http:" && protocol !== "https:") return false;
	return LOOPBACK_HOST.test(hostname) || (localAddress !== undefined && hostname === hostOf(localAddress));
}
