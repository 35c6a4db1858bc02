/** Writes the figures in Prometheus' text form. */
export default function writeMetrics(msg, flow) {
	const m = flow.get("metrics") ?? { calls: {}, waits: {}, talk: { sum: 0, count: 0 }, links: {}, states: {}, gaps: 0 };
	const lines = [];
	const label = (value) => String(value).replace(/\\/g, "\\\\").replace(/\n/g, "\\n").replace(/"/g, '\\"');
	const metric = (name, type, help) => lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`);
	const sample = (name, labels, value) => {
		const pairs = Object.entries(labels).map(([key, each]) => `${key}="${label(each)}"`);
		lines.push(`${name}${pairs.length > 0 ? `{${pairs.join(",")}}` : ""} ${value}`);
	};
	metric("pbx_calls_total", "counter", "Calls that are over, by direction and outcome.");
	for (const [kind, value] of Object.entries(m.calls)) {
		const [direction, outcome] = JSON.parse(kind);
		sample("pbx_calls_total", { direction, outcome }, value);
	}
	metric("pbx_wait_seconds", "histogram", "How long callers waited, until somebody answered or they gave up.");
	for (const [answered, { sum, count, buckets }] of Object.entries(m.waits)) {
		for (const [bound, value] of buckets) sample("pbx_wait_seconds_bucket", { answered, le: bound }, value);
		sample("pbx_wait_seconds_bucket", { answered, le: "+Inf" }, count);
		sample("pbx_wait_seconds_sum", { answered }, sum);
		sample("pbx_wait_seconds_count", { answered }, count);
	}
	metric("pbx_talk_seconds", "summary", "How long was talked in a call.");
	sample("pbx_talk_seconds_sum", {}, m.talk.sum);
	sample("pbx_talk_seconds_count", {}, m.talk.count);
	metric("pbx_link_up", "gauge", "Whether the connection of an extension, 999 being the monitor, is up.");
	for (const [extension, value] of Object.entries(m.links)) sample("pbx_link_up", { extension }, value);
	metric("pbx_unheard_seconds_total", "counter", "How long nothing could be heard, as the connection was down.");
	sample("pbx_unheard_seconds_total", {}, m.gaps);
	metric("pbx_extensions", "gauge", "Extensions that were heard of, by state.");
	const states = { idle: 0, ringing: 0, busy: 0, unknown: 0 };
	for (const state of Object.values(m.states)) states[state]++;
	for (const [state, value] of Object.entries(states)) sample("pbx_extensions", { state }, value);
	if (Array.isArray(msg.payload)) {
		metric("pbx_unreturned_numbers", "gauge", "Numbers with a missed call since when nobody has talked with them.");
		sample("pbx_unreturned_numbers", {}, msg.payload.length);
	}
	metric("pbx_records_waiting", "gauge", "Records of calls that wait for the CRM, by pbx log node.");
	for (const [log, value] of Object.entries(flow.get("logs") ?? {})) sample("pbx_records_waiting", { log }, value);
	msg.payload = `${lines.join("\n")}\n`;
	return msg;
}
