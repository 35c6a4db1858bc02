/** Both tables as rows of one file, and as a text to read. */
export default function makeReport(msg, env) {
	const TEXTS = {
		en: {
			title: "Calls of {day}",
			calls: "calls",
			missed: "missed",
			wait: "longest wait",
			talk: "talk",
			none: "No calls.",
		},
		es: {
			title: "Llamadas del {day}",
			calls: "llamadas",
			missed: "perdidas",
			wait: "espera más larga",
			talk: "conversación",
			none: "Ninguna llamada.",
		},
		pt: {
			title: "Chamadas de {day}",
			calls: "chamadas",
			missed: "perdidas",
			wait: "espera mais longa",
			talk: "conversação",
			none: "Nenhuma chamada.",
		},
	};
	const HEADS = {
		en: ["By extension", "By hour"],
		es: ["Por extensión", "Por hora"],
		pt: ["Por extensão", "Por hora"],
	};
	const language = TEXTS[env.get("LANGUAGE")] ? env.get("LANGUAGE") : "en";
	const text = TEXTS[language];
	const people = Object(env.get("PEOPLE"));
	const day = new Intl.DateTimeFormat("sv-SE", { timeZone: env.get("TIME_ZONE"), dateStyle: "short" }).format(
		new Date(),
	);
	const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
	const columns = t(
		"day,by,group,calls,inbound,outbound,answered,missed,answered quickly,seconds waited,longest wait,seconds talked",
	);
	const names = columns.split(",");
	const tables = [
		{
			by: t("extension"),
			totals: msg.byExtension,
			name: ({ group }) => [group, people[group]].filter(Boolean).join(" "),
		},
		{ by: t("hour"), totals: msg.byHour, name: ({ group }) => group.slice(11) },
	];
	const rows = [];
	const lines = [];
	for (const [i, { by, totals, name }] of tables.entries()) {
		lines.push("", HEADS[language][i]);
		for (const each of totals) {
			const { calls, inbound, outbound, answered, missed, answeredQuickly } = each;
			const { waitSeconds, longestWaitSeconds, talkSeconds } = each;
			const counts = [calls, inbound, outbound, answered, missed, answeredQuickly];
			const values = [day, by, name(each), ...counts, waitSeconds, longestWaitSeconds, talkSeconds];
			rows.push(Object.fromEntries(values.map((value, n) => [names[n], value])));
			const facts = [`${each.calls} ${text.calls}`, `${each.missed} ${text.missed}`];
			facts.push(`${text.wait} ${clock(each.longestWaitSeconds)}`, `${text.talk} ${clock(each.talkSeconds)}`);
			lines.push(`  ${name(each)}: ${facts.join(", ")}`);
		}
	}
	const title = text.title.replace("{day}", day);
	const body = rows.length > 0 ? lines.join("\n").trim() : text.none;
	const report = {
		topic: title,
		day,
		to: env.get("MAIL_TO"),
		from: env.get("MAIL_FROM"),
		text: `${title}\n\n${body}\n`,
	};
	return { ...report, columns, payload: rows };
}
