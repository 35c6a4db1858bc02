/** Keeps the token for the requests. What came instead of one is shown, and asked for again when it is needed. */
export default function keepToken(msg, flow, node) {
	const { access_token: token } = Object(msg.payload);
	if (typeof token === "string" && token !== "") {
		flow.set("token", token);
		node.status({ fill: "green", shape: "dot", text: "token" });
	} else {
		node.status({ fill: "red", shape: "ring", text: `${t("no token")}: ${msg.statusCode}` });
		node.warn(`${t("no token")}: ${msg.statusCode} ${JSON.stringify(msg.payload).slice(0, 300)}`);
	}
	return null;
}
