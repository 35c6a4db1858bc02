/** Asks for the contact, by all spellings of the number. */
export default function contact(msg, env) {
	const { call } = msg;
	msg.requestTimeout = 10_000;
	msg.payload = null;
	if (call.crm.search.length === 0) return [null, null, msg];
	msg.method = "POST";
	msg.url = `${env.get("HUBSPOT_URL")}/crm/v3/objects/contacts/search`;
	msg.headers = { authorization: `Bearer ${env.get("HUBSPOT_TOKEN")}`, "content-type": "application/json" };
	const filterGroups = ["phone", "mobilephone"].map((propertyName) => ({
		filters: [{ propertyName, operator: "IN", values: call.crm.search }],
	}));
	msg.payload = { filterGroups, properties: ["phone"], limit: 1 };
	return [msg, null, null];
}
