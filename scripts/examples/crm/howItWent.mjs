/** Tells pbx log how it went: by msg.statusCode, or by msg.error. The second output, if any, asks for a new token. */
export default function howItWent(msg, node) {
	const said = `${msg.statusCode} ${JSON.stringify(msg.payload ?? null).slice(0, 300)}`;
	if (msg.statusCode === 401 || msg.statusCode === 403) {
		// A key that is not accepted is no fault of the call: it is tried again, and goes through when the key is right.
		msg.error = { message: `${t("the CRM does not accept the key or token")}: ${msg.statusCode}` };
		delete msg.statusCode;
		node.warn(said);
		return [msg, {}];
	}
	if (/^4/.test(msg.statusCode)) node.warn(said);
	return [msg, null];
}
