/** Asks for a token, which is good for an hour. */
export default function token(env) {
	const fields = {
		grant_type: "client_credentials",
		client_id: env.get("SUITECRM_CLIENT_ID"),
		client_secret: env.get("SUITECRM_CLIENT_SECRET"),
	};
	return {
		method: "POST",
		requestTimeout: 10_000,
		url: `${env.get("SUITECRM_URL")}/Api/access_token`,
		headers: { "content-type": "application/x-www-form-urlencoded" },
		payload: fields,
	};
}
