/** Asks for the person, by the digits without country code, which stand in every spelling. */
export default function contact(msg, env) {
	const { call } = msg;
	msg.requestTimeout = 10_000;
	msg.payload = null;
	if (call.e164 === null) return [null, null, msg];
	msg.method = "GET";
	msg.url = `${env.get("PIPEDRIVE_URL")}/api/v2/persons/search?term=${call.crm.national}&fields=phone&exact_match=false&limit=1`;
	msg.headers = { "x-api-token": env.get("PIPEDRIVE_TOKEN") };
	return [msg, null, null];
}
