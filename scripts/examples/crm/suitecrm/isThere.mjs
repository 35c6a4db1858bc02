/** Asks SuiteCRM whether the call is there already: it may have been kept, and only the answer lost. */
export default function isThere(msg, flow, env, crypto) {
	const token = flow.get("token");
	msg.requestTimeout = 10_000;
	msg.payload = "";
	if (!token) {
		// As if SuiteCRM had said so: it is tried again, with a new one.
		msg.statusCode = 401;
		return [null, msg, null];
	}
	// The id that the call is to have: the same for the same key, every time.
	const hash = crypto.createHash("sha1").update(msg.call.key).digest("hex");
	msg.id = `${hash.slice(0, 8)}-${hash.slice(8, 12)}-5${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
	msg.method = "GET";
	msg.url = `${env.get("SUITECRM_URL")}/Api/V8/module/Calls?filter[id][eq]=${msg.id}`;
	msg.headers = { authorization: `Bearer ${token}`, accept: "application/vnd.api+json" };
	return [msg, null, null];
}
