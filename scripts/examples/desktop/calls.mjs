/** Follows the calls: keeps their cards, and asks about each one once, however many phones ring. */
export default function followCalls(msg, flow) {
	const MOST = 300;
	const { call } = msg;
	const key = `${call.tenant}/${call.callId}`;
	const cards = flow.get("cards") ?? {};
	const ringing = flow.get("ringing") ?? {};
	if (call.event === "call.ringing") ringing[call.legId] = { extension: call.extension, key };
	else delete ringing[call.legId];
	flow.set("ringing", ringing);
	if (call.event !== "call.ringing" || cards[key]) return [null, msg];
	const canBeKnown = !call.anonymous && !call.internal && !!call.number;
	cards[key] = {
		...{ display: call.crm.display, dial: call.e164 || call.number || "", queue: call.queue || "" },
		...{ name: call.contact?.name || call.name || "", url: call.contact?.url || "" },
		...{ crm: canBeKnown ? "asking" : "none", history: null },
	};
	for (const old of Object.keys(cards).slice(0, -MOST)) delete cards[old];
	flow.set("cards", cards);
	msg.key = key;
	msg.tries = 0;
	return [canBeKnown ? msg : null, msg];
}
