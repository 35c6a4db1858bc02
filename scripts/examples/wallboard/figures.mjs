/** What the wall shows, of the phones as they are now and of the day so far. */
export default function makeFigures(msg, env) {
	const people = Object(env.get("PEOPLE"));
	const board = msg.board ?? [];
	const isDeaf = board.length === 0 || board.every(({ stale }) => stale);
	const heard = new Map(board.filter(({ stale }) => !stale).map((entry) => [entry.extension, entry]));
	const extensions = Object.keys(people).length > 0 ? Object.keys(people) : [...heard.keys()];
	const stateOf = (extension) => heard.get(extension)?.state ?? "unknown";
	const count = (...states) => extensions.filter((each) => states.includes(stateOf(each))).length;

	// One caller rings many phones: callers are counted, not phones.
	const waiting = new Map();
	const answered = new Set();
	for (const { call } of heard.values()) {
		if (call?.direction !== "inbound") continue;
		if (call.answeredAt) answered.add(call.callId);
		else waiting.set(call.callId, call.startedAt);
	}
	for (const callId of answered) waiting.delete(callId);
	const since = [...waiting.values()].filter(Boolean).sort();

	const [day = {}] = msg.day;
	const called = msg.payload;
	const missed = msg.missed.map((call) => {
		const party = (each) => each.e164 || each.number;
		const back = called.find((each) => party(each) === party(call) && each.startedAt > call.startedAt);
		return {
			...{ key: call.key, at: call.startedAt ?? call.at, who: call.contact?.name || call.name || call.crm.display },
			...{ misses: call.misses, by: back ? people[back.extension] || back.extension : "" },
		};
	});
	const shareOf = ({ inbound = 0, answeredQuickly = 0 }) =>
		inbound > 0 ? Math.round((100 * answeredQuickly) / inbound) : null;
	msg.payload = {
		...{ isDeaf, waiting: waiting.size, waitingSince: since[0] ?? null },
		...{ talking: count("busy"), free: count("idle"), away: count("unknown"), ringing: count("ringing") },
		...{ calls: day.inbound ?? 0, missed: day.missed ?? 0, quick: shareOf(day), longest: day.longestWaitSeconds ?? 0 },
		queues: msg.queues
			.filter(({ group, inbound }) => group !== "" && inbound > 0)
			.map((queue) => ({ name: queue.group, calls: queue.inbound, missed: queue.missed, quick: shareOf(queue) })),
		toReturn: missed.filter(({ by }) => by === "").length,
		list: [...missed.filter(({ by }) => by === ""), ...missed.filter(({ by }) => by !== "")].slice(0, 6),
	};
	return { payload: msg.payload };
}
