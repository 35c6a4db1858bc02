/** Writes the call, with an id of its own. */
export default function record(msg, flow, env) {
	const { call } = msg;
	if (!/^2/.test(msg.statusCode)) return [null, msg];
	const contact = msg.payload?.data?.[0]?.id;
	// SuiteCRM knows no seconds: the minutes are rounded up.
	const minutes = Math.ceil(call.crm.seconds / 60);
	const attributes = {
		name: call.crm.subject,
		description: call.crm.summary,
		status: call.outcome === "answered" ? "Held" : "Not Held",
		direction: call.direction === "outbound" ? "Outbound" : "Inbound",
		date_start: `${(call.startedAt ?? call.at).slice(0, 19)}+00:00`,
		duration_hours: Math.floor(minutes / 60),
		duration_minutes: minutes % 60,
	};
	if (contact !== undefined) Object.assign(attributes, { parent_type: "Contacts", parent_id: contact });
	if (call.crm.user.id !== "") attributes.assigned_user_id = call.crm.user.id;
	msg.method = "POST";
	msg.url = `${env.get("SUITECRM_URL")}/Api/V8/module`;
	const type = "application/vnd.api+json";
	msg.headers = { authorization: `Bearer ${flow.get("token")}`, accept: type, "content-type": type };
	msg.payload = { data: { type: "Calls", id: msg.id, attributes } };
	return [msg, null];
}
