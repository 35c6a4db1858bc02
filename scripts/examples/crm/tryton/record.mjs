/** Writes the call as a note of the party. */
export default function record(msg) {
	const { call } = msg;
	const found = msg.payload?.result;
	// A failure, or the call is there: then this request's 200 says that it is delivered.
	if (!/^2/.test(msg.statusCode) || !found || found.length > 0) return [null, msg];
	const note = { resource: msg.resource, message: `${call.crm.summary} [${call.key}]` };
	msg.headers = { ...msg.login };
	msg.payload = { id: 3, method: "model.ir.note.create", params: [[note], {}] };
	return [msg, null];
}
