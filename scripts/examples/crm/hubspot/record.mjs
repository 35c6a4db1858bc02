/** Writes the call under its key: the same key a second time changes nothing. */
export default function record(msg, env) {
	const { call } = msg;
	if (!/^2/.test(msg.statusCode ?? "2")) return [null, msg, null];
	msg.contact = msg.payload?.results?.[0]?.id;
	const status = { answered: "COMPLETED", busy: "BUSY", failed: "FAILED" }[call.outcome] ?? "NO_ANSWER";
	const properties = {
		pbx_key: call.key,
		hs_timestamp: call.startedAt ?? call.at,
		hs_call_title: call.crm.subject,
		hs_call_body: call.crm.summary,
		hs_call_direction: call.direction === "outbound" ? "OUTBOUND" : "INBOUND",
		hs_call_status: status,
		// Milliseconds, as text: all properties of HubSpot are.
		hs_call_duration: String(call.crm.seconds * 1000),
		hs_call_from_number: call.direction === "outbound" ? call.extension : call.crm.number,
		hs_call_to_number: call.direction === "outbound" ? call.crm.number : call.extension,
	};
	if (call.crm.user.id !== "") properties.hubspot_owner_id = call.crm.user.id;
	msg.method = "POST";
	msg.url = `${env.get("HUBSPOT_URL")}/crm/v3/objects/calls/batch/upsert`;
	msg.headers = { authorization: `Bearer ${env.get("HUBSPOT_TOKEN")}`, "content-type": "application/json" };
	msg.payload = { inputs: [{ idProperty: "pbx_key", id: call.key, properties }] };
	return [msg, null, null];
}
