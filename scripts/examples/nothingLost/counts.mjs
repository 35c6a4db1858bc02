/** What the page shows; text, not an object: see the comment above. */
export default function counts(msg, flow) {
	const made = flow.get("made") ?? [];
	const writes = new Map((flow.get("kept") ?? []).map((call) => [call.id, call.writes]));
	msg.payload = JSON.stringify({
		...{ mood: flow.get("mood") ?? "well", requests: flow.get("requests") ?? 0 },
		...{ made: made.length, kept: made.filter(({ id }) => writes.has(id)).length, records: writes.size },
		calls: made.slice(-30).map((call) => ({ ...call, writes: writes.get(call.id) ?? 0 })),
	});
	return msg;
}
