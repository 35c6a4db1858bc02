/** Stands in for the CRM: keeps the last notes. */
export default function notes(msg, flow) {
	if (flow.get("crmDown")) return null;
	const kept = flow.get("notes") ?? [];
	kept.push({ ...msg.note, by: msg.person });
	flow.set("notes", kept.slice(-50));
	return msg;
}
