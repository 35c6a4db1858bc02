/** JSON-RPC answers 200 where something went wrong. Of what a user did wrong no other try helps. */
export default function verdict(msg) {
	const { error, result } = Object(msg.payload);
	if (/^2/.test(msg.statusCode) && (error || result === undefined)) {
		msg.statusCode = /^User(Error|Warning)$|NotFound|AccessError/.test(error?.[0]) ? 422 : 500;
	}
}
