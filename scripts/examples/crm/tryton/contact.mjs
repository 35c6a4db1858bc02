/** Asks for the party, by E.164, which is what Tryton keeps beside the number as it was typed. */
export default function contact(msg, env) {
	const { call } = msg;
	const login = `${env.get("TRYTON_USER")}:${env.get("TRYTON_PASSWORD")}`;
	msg.requestTimeout = 10_000;
	msg.method = "POST";
	msg.url = `${env.get("TRYTON_URL")}/${env.get("TRYTON_DATABASE")}/`;
	msg.headers = {
		authorization: `Basic ${Buffer.from(login).toString("base64")}`,
		"content-type": "application/json",
	};
	msg.login = { ...msg.headers };
	msg.payload = { result: [] };
	if (call.e164 === null) return [null, null, msg];
	const search = [[["value_compact", "=", call.e164]], 0, 1, null, ["party"], {}];
	msg.payload = { id: 1, method: "model.party.contact_mechanism.search_read", params: search };
	return [msg, null, null];
}
