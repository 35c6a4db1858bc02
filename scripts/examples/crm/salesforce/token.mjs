/** Asks for a token. */
export default function token(env) {
	const fields = {
		grant_type: "client_credentials",
		client_id: env.get("SALESFORCE_CLIENT_ID"),
		client_secret: env.get("SALESFORCE_CLIENT_SECRET"),
	};
	return {
		method: "POST",
		requestTimeout: 10_000,
		url: `${env.get("SALESFORCE_URL")}/services/oauth2/token`,
		headers: { "content-type": "application/x-www-form-urlencoded" },
		payload: fields,
	};
}
