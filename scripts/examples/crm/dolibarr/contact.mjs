/** Asks for the third party. Dolibarr compares letter by letter, so two spellings are asked for. */
export default function contact(msg, env) {
	const { call } = msg;
	// 404 says that there is none. What is found is the call: this request's 200 says that it is delivered.
	if (msg.statusCode !== 404 && !(/^2/.test(msg.statusCode) && msg.payload?.length === 0)) return [null, msg, null];
	msg.statusCode = 200;
	msg.payload = [];
	if (call.e164 === null) return [null, null, msg];
	const spellings = [...new Set([call.crm.national, call.crm.display])];
	const filter = spellings.map((each) => `(t.phone:like:'%${each}%')`).join(" or ");
	msg.url = `${env.get("DOLIBARR_URL")}/api/index.php/thirdparties?limit=1&sqlfilters=${encodeURIComponent(filter)}`;
	msg.headers = { DOLAPIKEY: env.get("DOLIBARR_KEY") };
	return [msg, null, null];
}
