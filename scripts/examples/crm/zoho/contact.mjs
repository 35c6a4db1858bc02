/** Asks for the contact. */
export default function contact(msg, flow, env) {
	const { call } = msg;
	const token = flow.get("token");
	msg.requestTimeout = 10_000;
	msg.payload = null;
	if (!token) {
		// As if Zoho had said so: it is tried again, with a new one.
		msg.statusCode = 401;
		return [null, msg, null];
	}
	if (call.e164 === null) return [null, null, msg];
	msg.method = "GET";
	msg.url = `${env.get("ZOHO_API")}/crm/v8/Contacts/search?phone=${call.crm.urlNumber}`;
	msg.headers = { authorization: `Zoho-oauthtoken ${token}` };
	return [msg, null, null];
}
