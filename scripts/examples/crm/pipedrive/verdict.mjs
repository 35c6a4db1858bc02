/** Success is said in the answer as well. */
export default function verdict(msg) {
	if (/^2/.test(msg.statusCode) && msg.payload?.success === false) msg.statusCode = 422;
}
