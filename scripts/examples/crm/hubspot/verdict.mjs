/** A batch answers 207 where something in it was refused. */
export default function verdict(msg) {
	if (msg.payload?.errors?.length > 0 && /^2/.test(msg.statusCode)) msg.statusCode = 422;
}
