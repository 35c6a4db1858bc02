/** Asks Dolibarr whether the call is there already: it may have been kept, and only the answer lost. */
export default function isThere(msg, env) {
	const filter = `(t.ref_ext:=:'${msg.call.key.replace(/'/g, "")}')`;
	msg.requestTimeout = 10_000;
	msg.method = "GET";
	msg.url = `${env.get("DOLIBARR_URL")}/api/index.php/agendaevents?limit=1&sqlfilters=${encodeURIComponent(filter)}`;
	msg.headers = { DOLAPIKEY: env.get("DOLIBARR_KEY") };
	msg.payload = "";
	return [msg, null, null];
}
