/** Answers as *http request* would leave it, in the mood of the moment. */
export default function crm(msg, flow, node) {
	const mood = flow.get("mood") ?? "well";
	const answer = (statusCode, payload, headers = {}) => Object.assign(msg, { statusCode, payload, headers });
	flow.set("requests", (flow.get("requests") ?? 0) + 1);
	if (mood === "down") return answer("ECONNREFUSED", "Error: connect ECONNREFUSED");
	if (mood === "429") return answer(429, { error: "too many requests" }, { "retry-after": "10" });
	if (mood === "500") return answer(500, { error: "broken" });
	if (mood === "refusing") return answer(422, { error: "no such user" });
	// Written by its id: a second try makes no second record.
	const { id, subject } = msg.payload;
	const kept = flow.get("kept") ?? [];
	const known = kept.find((call) => call.id === id);
	if (known) known.writes++;
	flow.set("kept", known ? kept : [...kept, { id, subject, writes: 1 }].slice(-1000));
	if (mood === "answer lost") return null;
	answer(200, { kept: true });
	if (mood !== "slow") return msg;
	setTimeout(() => node.send(msg), 5000);
	return null;
}
