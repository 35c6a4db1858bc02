/** Asks for a token, which is good for about an hour. */
export default function token(env) {
	const fields = {
		grant_type: "client_credentials",
		client_id: env.get("DYNAMICS_CLIENT_ID"),
		client_secret: env.get("DYNAMICS_CLIENT_SECRET"),
		scope: `${env.get("DYNAMICS_URL")}/.default`,
	};
	return {
		method: "POST",
		requestTimeout: 10_000,
		url: env.get("DYNAMICS_TOKEN_URL"),
		headers: { "content-type": "application/x-www-form-urlencoded" },
		payload: fields,
	};
}
