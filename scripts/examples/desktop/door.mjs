/** Lets a POST through that brings JSON and the token of somebody's page. A form of another site can send neither. */
export default function door(msg, flow) {
	const { headers } = msg.req;
	const refuse = (statusCode, error) => {
		msg.statusCode = statusCode;
		msg.payload = JSON.stringify({ error });
		msg.headers = { "content-type": "application/json" };
		return [null, msg];
	};
	if (!/^application\/json\b/i.test(headers["content-type"] ?? "")) return refuse(415, "JSON");
	const links = flow.get("links") ?? {};
	const token = headers["x-desk-token"];
	const extension = Object.keys(links).find((each) => links[each] === token);
	if (extension === undefined) return refuse(403, "token");
	const body = Object(msg.payload);
	msg.extension = extension;
	msg.person = flow.get("people")?.[extension] ?? "";
	msg.number = String(body.number ?? "").slice(0, 64);
	msg.note = {
		key: String(body.key ?? "").slice(0, 200),
		text: String(body.text ?? "")
			.slice(0, 4000)
			.trim(),
	};
	const isEmptyNote = "text" in body && (msg.note.key === "" || msg.note.text === "");
	return isEmptyNote ? refuse(400, "note") : [msg, null];
}
