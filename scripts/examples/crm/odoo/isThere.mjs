/** Asks Odoo whether the call is there already: it may have been kept, and only the answer lost. */
export default function isThere(msg, env) {
	const { call } = msg;
	msg.requestTimeout = 10_000;
	msg.method = "POST";
	msg.url = `${env.get("ODOO_URL")}/json/2/mail.message/search_read`;
	msg.headers = {
		authorization: `bearer ${env.get("ODOO_KEY")}`,
		"x-odoo-database": env.get("ODOO_DATABASE"),
		"content-type": "application/json",
	};
	const domain = [
		["model", "=", "res.partner"],
		["body", "like", `[${call.key}]`],
	];
	msg.payload = { domain, fields: ["id"], limit: 1 };
	return [msg, null, null];
}
