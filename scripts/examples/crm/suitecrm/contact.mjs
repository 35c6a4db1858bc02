/** Asks for the contact. SuiteCRM compares letter by letter: this finds numbers whose digits stand together. */
export default function contact(msg, flow, env) {
	const { call } = msg;
	// A failure, or the call is there: then this request's 200 says that it is delivered.
	if (!/^2/.test(msg.statusCode) || msg.payload?.data?.length > 0) return [null, msg, null];
	msg.payload = null;
	if (call.e164 === null) return [null, null, msg];
	msg.url = `${env.get("SUITECRM_URL")}/Api/V8/module/Contacts?filter[phone_work][like]=%25${call.crm.national}`;
	msg.headers = { authorization: `Bearer ${flow.get("token")}`, accept: "application/vnd.api+json" };
	return [msg, null, null];
}
