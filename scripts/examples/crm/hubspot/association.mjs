/** Puts the call on the contact, where there is one. */
export default function association(msg, env) {
	const written = msg.payload?.results?.[0]?.id;
	if (!/^2/.test(msg.statusCode) || written === undefined || msg.contact === undefined) return [null, msg];
	msg.method = "PUT";
	msg.url = `${env.get("HUBSPOT_URL")}/crm/v4/objects/calls/${written}/associations/default/contacts/${msg.contact}`;
	msg.headers = { authorization: `Bearer ${env.get("HUBSPOT_TOKEN")}` };
	msg.payload = "";
	return [msg, null];
}
