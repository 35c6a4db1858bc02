/** Writes the call. Pipedrive has no key for one: see the comment. */
export default function record(msg, env) {
	const { call } = msg;
	if (!/^2/.test(msg.statusCode ?? "2")) return [null, msg];
	const person = msg.payload?.data?.items?.[0]?.item?.id;
	const isOutbound = call.direction === "outbound";
	const at = call.at.slice(0, 19).replace("T", " ");
	const fields = {
		subject: call.crm.subject,
		note: `${call.crm.summary} [${call.key}]`,
		outcome: { answered: "connected", busy: "busy" }[call.outcome] ?? "no_answer",
		from_phone_number: isOutbound ? call.extension : call.crm.number,
		to_phone_number: isOutbound ? call.crm.number : call.extension,
		// UTC.
		start_time: call.crm.started || at,
		end_time: call.crm.ended || at,
		// Seconds, as text.
		duration: String(call.crm.seconds),
	};
	if (person !== undefined) fields.person_id = person;
	if (call.crm.user.id !== "") fields.user_id = Number(call.crm.user.id);
	msg.method = "POST";
	msg.url = `${env.get("PIPEDRIVE_URL")}/v1/callLogs`;
	msg.headers = { "x-api-token": env.get("PIPEDRIVE_TOKEN"), "content-type": "application/json" };
	msg.payload = fields;
	return [msg, null];
}
