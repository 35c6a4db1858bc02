/** An error may stand in an answer of 200. Of these words another try may help. */
export default function verdict(msg) {
	const { error, result } = Object(msg.payload);
	if (error === "QUERY_LIMIT_EXCEEDED" || error === "OPERATION_TIME_LIMIT") msg.statusCode = 429;
	else if (/^2/.test(msg.statusCode) && (error || !result)) msg.statusCode = 422;
}
