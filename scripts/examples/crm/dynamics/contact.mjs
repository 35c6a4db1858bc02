/** Asks for the contact. Dynamics compares letter by letter, so two spellings are asked for. */
export default function contact(msg, flow, env) {
	const { call } = msg;
	const token = flow.get("token");
	msg.requestTimeout = 10_000;
	msg.payload = null;
	if (!token) {
		// As if Dynamics had said so: it is tried again, with a new one.
		msg.statusCode = 401;
		return [null, msg, null];
	}
	if (call.e164 === null) return [null, null, msg];
	const spellings = [...new Set([call.crm.national, call.crm.display])];
	const filter = ["telephone1", "mobilephone"]
		.flatMap((field) => spellings.map((each) => `contains(${field},'${each}')`))
		.join(" or ");
	msg.method = "GET";
	msg.url = `${env.get("DYNAMICS_URL")}/api/data/v9.2/contacts?$select=contactid&$top=1&$filter=${encodeURIComponent(filter)}`;
	msg.headers = { authorization: `Bearer ${token}`, accept: "application/json" };
	return [msg, null, null];
}
