/** Counts what happens. Counters begin anew with Node-RED: Prometheus expects that of them. */
export default function count(msg, flow) {
	const BOUNDS = [10, 20, 30, 60, 120, 300];
	const event = msg.payload;
	const m = flow.get("metrics") ?? { calls: {}, waits: {}, talk: { sum: 0, count: 0 }, links: {}, states: {}, gaps: 0 };
	if (event.event === "call.record") {
		const kind = JSON.stringify([event.direction, event.outcome]);
		m.calls[kind] = (m.calls[kind] ?? 0) + 1;
		if (event.direction === "inbound" && event.waitDuration !== null) {
			const answered = event.outcome === "answered";
			const wait = m.waits[answered] ?? { sum: 0, count: 0, buckets: BOUNDS.map((bound) => [bound, 0]) };
			wait.sum += event.waitDuration;
			wait.count++;
			for (const bucket of wait.buckets) if (event.waitDuration <= bucket[0]) bucket[1]++;
			m.waits[answered] = wait;
		}
		if (event.duration !== null) {
			m.talk.sum += event.duration;
			m.talk.count++;
		}
	}
	if (event.event === "link.state") m.links[event.extension] = event.state === "connected" ? 1 : 0;
	if (event.event === "link.gap") m.gaps += event.seconds;
	if (event.event === "extension.state") m.states[event.extension] = event.state;
	flow.set("metrics", m);
	return null;
}
