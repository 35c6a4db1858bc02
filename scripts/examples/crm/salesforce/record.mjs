/** Writes the call under its key: the same key a second time changes it, and makes no second one. */
export default function record(msg, flow, env) {
	const { call } = msg;
	if (!/^2/.test(msg.statusCode ?? "2")) return [null, msg];
	const contact = msg.payload?.searchRecords?.[0]?.Id;
	const type = { inbound: "Inbound", outbound: "Outbound" }[call.direction] ?? "Internal";
	const fields = {
		Subject: call.crm.subject,
		Description: call.crm.summary,
		Status: "Completed",
		TaskSubtype: "Call",
		CallType: type,
		CallDurationInSeconds: call.crm.seconds,
		CallDisposition: call.outcome,
		CallObject: call.key,
		ActivityDate: (call.crm.startedLocal || call.at).slice(0, 10),
	};
	if (contact !== undefined) fields.WhoId = contact;
	if (call.crm.user.id !== "") fields.OwnerId = call.crm.user.id;
	// Neither slash nor dot: both mean something in the path.
	const key = call.key.replace(/\W/g, "_");
	msg.method = "PATCH";
	msg.url = `${env.get("SALESFORCE_URL")}/services/data/v62.0/sobjects/Task/${env.get("SALESFORCE_KEY_FIELD")}/${key}`;
	msg.headers = { authorization: `Bearer ${flow.get("token")}`, "content-type": "application/json" };
	msg.payload = fields;
	return [msg, null];
}
