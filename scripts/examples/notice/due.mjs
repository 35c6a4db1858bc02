/** Picks the missed calls to tell of now: returned by nobody in time, of nobody told before, in business hours. */
export default function due(msg, flow, env, node) {
	const TRIES = 5;
	const minutes = Number(env.get("MINUTES"));
	const hours = Object(env.get("HOURS"));
	const format = {
		weekday: "short",
		hour: "2-digit",
		minute: "2-digit",
		hourCycle: "h23",
		timeZone: env.get("TIME_ZONE"),
	};
	const clock = {};
	for (const { type, value } of new Intl.DateTimeFormat("en-GB", format).formatToParts(new Date())) clock[type] = value;
	const now = `${clock.hour}:${clock.minute}`;
	const spans = String(hours[clock.weekday.toLowerCase().slice(0, 3)] ?? "").split(",");
	const isOpen = spans.some((span) => {
		const [from, to] = span.trim().split("-");
		return /^\d\d:\d\d$/.test(from) && now >= from && now < to;
	});

	const partyOf = (call) => call.e164 || call.number;
	const isFirst = msg.told === "";
	let before = {};
	try {
		before = isFirst ? {} : Object(JSON.parse(msg.told));
	} catch {
		node.error(t("The file of what was told holds no JSON: mend it, or delete it"), msg);
		return null;
	}
	// What could not be sent is sent again, some times.
	const again = new Set(flow.get("unsent") ?? []);
	flow.set("unsent", []);
	const told = {};
	const notices = [];
	for (const call of msg.missed) {
		const party = partyOf(call);
		// The PBX does not say whether a number that was called answered: whoever called it takes care of it.
		const isCalled = msg.payload.some((each) => partyOf(each) === party && each.startedAt > call.startedAt);
		if (isCalled) continue;
		const tries = before[party] ?? 0;
		const isTold = tries > 0 && !(again.has(party) && tries < TRIES);
		const isDue = Date.now() - Date.parse(call.endedAt ?? call.at) >= minutes * 60_000;
		// What is returned leaves the list, and is forgotten here; what was there before this flow is no news.
		if (isTold || isFirst) told[party] = Math.max(1, tries);
		else if (isDue && isOpen) {
			told[party] = tries + 1;
			const times = call.misses > 1 ? ` (${call.misses}×)` : "";
			const lines = [call.crm.summary, call.contact?.name ?? "", call.contact?.url ?? ""];
			notices.push({
				...{ topic: call.crm.subject + times, payload: lines.filter(Boolean).join("\n"), party, call },
				...{ to: env.get("MAIL_TO"), from: env.get("MAIL_FROM") },
			});
		} else if (tries > 0) told[party] = tries;
	}
	const state = isOpen ? t("open") : t("closed");
	node.status({
		fill: isOpen ? "green" : "grey",
		shape: "dot",
		text: `${now} ${state}, ${msg.missed.length} ${t("unreturned")}`,
	});
	const text = JSON.stringify(told, null, "\t");
	return [notices, text === msg.told ? null : { payload: text }];
}
