/** Asks for a token, which is good for an hour. */
export default function token(env) {
	const fields = {
		grant_type: "refresh_token",
		refresh_token: env.get("ZOHO_REFRESH_TOKEN"),
		client_id: env.get("ZOHO_CLIENT_ID"),
		client_secret: env.get("ZOHO_CLIENT_SECRET"),
	};
	return {
		method: "POST",
		requestTimeout: 10_000,
		url: `${env.get("ZOHO_ACCOUNTS")}/oauth/v2/token`,
		headers: { "content-type": "application/x-www-form-urlencoded" },
		payload: fields,
	};
}
