/** Zoho answers 200 or 202 as well where it took nothing: each record has a status of its own. */
export default function verdict(msg) {
	if (/^2/.test(msg.statusCode) && msg.payload?.data?.[0]?.status === "error") msg.statusCode = 422;
}
