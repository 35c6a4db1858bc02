/** Asks for the contact, by the digits without country code: Odoo takes what else stands in a number away by itself. */
export default function contact(msg, env) {
	const { call } = msg;
	// A failure, or the call is there: then this request's 200 says that it is delivered.
	if (!/^2/.test(msg.statusCode) || msg.payload.length > 0) return [null, msg, null];
	msg.payload = [];
	if (call.e164 === null) return [null, null, msg];
	msg.url = `${env.get("ODOO_URL")}/json/2/res.partner/search_read`;
	msg.headers = {
		authorization: `bearer ${env.get("ODOO_KEY")}`,
		"x-odoo-database": env.get("ODOO_DATABASE"),
		"content-type": "application/json",
	};
	msg.payload = { domain: [["phone_mobile_search", "ilike", call.crm.national]], fields: ["id"], limit: 1 };
	return [msg, null, null];
}
