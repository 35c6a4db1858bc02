/** One is closed: the next, until all are; what fails goes back to pbx log, which begins again later. */
export default function closed(msg) {
	const isClosed = msg.statusCode >= 200 && msg.statusCode < 300;
	if (isClosed) msg.close.shift();
	if (!isClosed || msg.close.length === 0) return [msg, null];
	// Those of the answer would go out with the next request.
	delete msg.headers;
	return [null, msg];
}
