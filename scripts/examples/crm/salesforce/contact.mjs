/** Asks for the contact. */
export default function contact(msg, flow, env) {
	const { call } = msg;
	const token = flow.get("token");
	msg.requestTimeout = 10_000;
	msg.payload = null;
	if (!token) {
		// As if Salesforce had said so: it is tried again, with a new one.
		msg.statusCode = 401;
		return [null, msg, null];
	}
	if (call.e164 === null) return [null, null, msg];
	// A plus sign means something in a search, unless a backslash stands before it.
	const search = `FIND {\\${call.e164}} IN PHONE FIELDS RETURNING Contact(Id) LIMIT 1`;
	msg.method = "GET";
	msg.url = `${env.get("SALESFORCE_URL")}/services/data/v62.0/search/?q=${encodeURIComponent(search)}`;
	msg.headers = { authorization: `Bearer ${token}` };
	return [msg, null, null];
}
