/** Only a link that somebody was given opens a page. */
export default function whose(msg, flow, crypto) {
	const links = flow.get("links") ?? {};
	const isKnown = Object.values(links).includes(msg.req.params.token);
	if (!isKnown) {
		msg.payload = t("This link is not valid.");
		return [null, msg];
	}
	msg.nonce = crypto.randomBytes(16).toString("base64url");
	// The page runs its own script, speaks with this Node-RED, and can stand in no other page.
	msg.headers = {
		"content-security-policy": `default-src 'none'; script-src 'nonce-${msg.nonce}'; style-src 'nonce-${msg.nonce}'; connect-src 'self' ws: wss:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
	};
	return [msg, null];
}
