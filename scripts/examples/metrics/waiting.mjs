/** How many records wait, as the status of pbx log says it: `⏳ 3 · 4 min`, `⚠ 10:31 · ⏳ 3`. */
export default function noteWaiting(msg, flow) {
	const { text = "", source } = msg.status;
	if (source?.type !== "pbx-log") return null;
	const [, waiting = "0"] = /⏳ (\d+)/.exec(text) ?? [];
	const logs = flow.get("logs") ?? {};
	logs[source.name || source.id] = Number(waiting);
	flow.set("logs", logs);
	return null;
}
