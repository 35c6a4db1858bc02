/** Calls that were made, as the PBX tells of them. */
export default function count(msg, flow) {
	const { key, crm } = msg.payload;
	const made = (flow.get("made") ?? []).filter((call) => call.id !== key);
	flow.set("made", [...made, { id: key, subject: crm.subject, at: crm.startedLocal }].slice(-1000));
}
