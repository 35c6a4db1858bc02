/** A notice that did not get through is tried again at the next look. */
export default function unsent(msg, flow) {
	const parties = flow.get("unsent") ?? [];
	if (msg.party && parties.length < 1000) flow.set("unsent", [...parties, msg.party]);
	msg.payload = `${t("Not sent")}: ${msg.topic} (${msg.error?.message ?? msg.statusCode})`;
	return msg;
}
