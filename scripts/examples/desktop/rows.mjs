/** What the pages need of the calls of the log. */
export default function rows(msg, flow) {
	const short = msg.payload.map((call) => ({
		...{ key: call.key, at: call.startedAt || call.at, direction: call.direction, outcome: call.outcome },
		...{ display: call.crm.display, dial: call.anonymous ? "" : call.e164 || call.number || "" },
		...{ name: call.contact?.name || call.name || "", url: call.contact?.url || "", seconds: call.crm.seconds },
		...{ misses: call.misses ?? 0, answeredBy: call.answeredBy },
		phones: [...new Set(call.legs.map(({ extension }) => extension))],
	}));
	flow.set(msg.list, short);
	return msg;
}
