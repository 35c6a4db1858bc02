/** Writes the call under its key: the same key a second time changes it, and makes no second one. */
export default function record(msg, flow, env) {
	const { call } = msg;
	if (!/^2/.test(msg.statusCode ?? "2")) return [null, msg];
	const contact = msg.payload?.data?.[0]?.id;
	const keyField = env.get("ZOHO_KEY_FIELD");
	const { seconds } = call.crm;
	const two = (number) => String(number).padStart(2, "0");
	const type = call.direction === "outbound" ? "Outbound" : "Inbound";
	const fields = {
		Subject: call.crm.subject,
		Description: call.crm.summary,
		Call_Type: call.outcome === "missed" ? "Missed" : type,
		Call_Start_Time: `${(call.startedAt ?? call.at).slice(0, 19)}+00:00`,
		// Minutes and seconds.
		Call_Duration: `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`,
		[keyField]: call.key,
	};
	if (contact !== undefined) fields.Who_Id = { id: contact };
	if (call.crm.user.id !== "") fields.Owner = { id: call.crm.user.id };
	msg.method = "POST";
	msg.url = `${env.get("ZOHO_API")}/crm/v8/Calls/upsert`;
	msg.headers = { authorization: `Zoho-oauthtoken ${flow.get("token")}`, "content-type": "application/json" };
	msg.payload = { data: [fields], duplicate_check_fields: [keyField] };
	return [msg, null];
}
