/** Writes on the card what was found of the caller. A CRM that did not answer is asked again, while the call goes on. */
export default function fillCard(msg, flow) {
	const TRIES = 20;
	const cards = flow.get("cards") ?? {};
	const known = cards[msg.key];
	if (!known) return null;
	if (msg.history) known.history = msg.history;
	if (msg.found === "contact") {
		const { contact } = msg.call;
		known.crm = contact ? "found" : "stranger";
		if (contact) {
			known.name = contact.name;
			known.url = contact.url;
		}
	}
	// What comes late is taken; what is late for that stays as it was.
	const hasFailed = msg.found === "failed" && known.crm !== "found" && known.crm !== "stranger";
	if (hasFailed) known.crm = "failed";
	flow.set("cards", cards);
	msg.tries = (msg.tries ?? 0) + 1;
	// The next try is judged by its own answer.
	delete msg.error;
	delete msg.statusCode;
	return [msg, hasFailed && msg.tries < TRIES ? msg : null];
}
