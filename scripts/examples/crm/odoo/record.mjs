/** Writes the call into the contact's history; of somebody whom Odoo does not know into that of ODOO_PARTNER. */
export default function record(msg, env) {
	const { call } = msg;
	if (!/^2/.test(msg.statusCode)) return [null, msg];
	const partner = msg.payload[0]?.id ?? Number(env.get("ODOO_PARTNER"));
	msg.url = `${env.get("ODOO_URL")}/json/2/res.partner/message_post`;
	msg.headers = {
		authorization: `bearer ${env.get("ODOO_KEY")}`,
		"x-odoo-database": env.get("ODOO_DATABASE"),
		"content-type": "application/json",
	};
	msg.payload = { ids: [partner], body: `${call.crm.summary} [${call.key}]` };
	return [msg, null];
}
