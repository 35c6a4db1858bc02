/** Asks whether the party has the call already: it may have been kept, and only the answer lost. */
export default function isThere(msg, env) {
	const { call } = msg;
	const found = msg.payload?.result;
	if (!/^2/.test(msg.statusCode ?? "2") || !found) return [null, msg, null];
	// Of somebody whom Tryton does not know: the party that is there for them.
	msg.resource = `party.party,${found[0]?.party ?? env.get("TRYTON_PARTY")}`;
	const key = call.key.replace(/[%_\\]/g, "\\$&");
	const domain = [
		["resource", "=", msg.resource],
		["message", "like", `%[${key}]`],
	];
	msg.headers = { ...msg.login };
	msg.payload = { id: 2, method: "model.ir.note.search", params: [domain, 0, 1, null, {}] };
	return [msg, null, null];
}
