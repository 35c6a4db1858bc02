/** Writes the call into the agenda. */
export default function record(msg, env) {
	const { call } = msg;
	// 404 says that there is no such third party.
	if (!/^2|^404$/.test(msg.statusCode)) return [null, msg];
	const company = msg.statusCode === 404 ? undefined : msg.payload?.[0]?.id;
	const seconds = (time) => Math.floor(Date.parse(time) / 1000);
	const fields = {
		ref_ext: call.key.replace(/'/g, ""),
		type_code: "AC_TEL",
		label: call.crm.subject,
		note: call.crm.summary,
		// Seconds since 1970.
		datep: seconds(call.startedAt ?? call.at),
		datep2: seconds(call.endedAt ?? call.at),
		// Done.
		percentage: 100,
		userownerid: Number(call.crm.user.id || env.get("DOLIBARR_USER")),
	};
	if (company !== undefined) fields.socid = Number(company);
	msg.method = "POST";
	msg.url = `${env.get("DOLIBARR_URL")}/api/index.php/agendaevents`;
	msg.headers = { DOLAPIKEY: env.get("DOLIBARR_KEY"), "content-type": "application/json" };
	msg.payload = fields;
	return [msg, null];
}
