/** Tells each page what has changed of what it shows. A page is told nothing before it has sent its token. */
export default function tellPages(msg, flow, context) {
	const MOST_PAGES = 500;
	const SILENT_MS = 60_000;
	const now = Date.now();
	const links = flow.get("links");
	const people = flow.get("people") ?? {};
	const pages = context.get("pages") ?? {};
	const desks = context.get("desks") ?? {};
	const out = [];
	const say = (session, what) =>
		out.push({ _session: { type: "websocket", id: session }, payload: JSON.stringify(what) });

	if (msg.status?._session) {
		if (msg.status.event === "disconnect") delete pages[msg.status._session.id];
		context.set("pages", pages);
		return null;
	}
	const session = msg._session?.id;
	if (session) {
		let token = null;
		try {
			token = JSON.parse(String(msg.payload).slice(0, 500)).token;
		} catch {
			return null;
		}
		if (!pages[session] && Object.keys(pages).length >= MOST_PAGES) return null;
		pages[session] ??= { told: {} };
		Object.assign(pages[session], { token, at: now, isAsking: true });
	}
	// A page that comes back sooner than the file of the links is read waits: nobody is let in yet, nor turned away for good.
	if (!links) {
		context.set("pages", pages);
		return null;
	}

	const board = {};
	for (const entry of flow.get("board") ?? []) board[entry.extension] = entry;
	const cards = flow.get("cards") ?? {};
	const ringing = Object.values(flow.get("ringing") ?? {});
	const stateOf = (extension) => {
		const entry = board[extension];
		const isKnown = entry && !entry.stale;
		return { state: isKnown ? entry.state : "unknown", since: isKnown ? entry.since : null };
	};

	// The call at each phone; the last one stays on the desk.
	for (const extension of Object.keys(people)) {
		const call = board[extension]?.call;
		const before = desks[extension];
		if (call) {
			const key = `${board[extension].tenant}/${call.callId}`;
			const { direction, startedAt, answeredAt, anonymous } = call;
			const name = call.contact?.name || call.name || "";
			const display = call.e164 || call.number || "";
			const facts = { key, direction, anonymous, startedAt, answeredAt, name, display, dial: display };
			desks[extension] = { ...facts, phase: answeredAt ? "talking" : "ringing" };
		} else if (before && before.phase !== "ended" && !board[extension]?.stale) {
			desks[extension] = { ...before, phase: "ended" };
		}
	}
	context.set("desks", desks);

	const colleagues = Object.keys(people).map((extension) => ({
		extension,
		name: people[extension],
		...stateOf(extension),
	}));
	const mine = (list, extension, most) =>
		(flow.get(list) ?? []).filter(({ phones }) => phones.includes(extension)).slice(0, most);
	// The PBX does not say whether a number that was called answered: that somebody called it is said as what it is.
	const outgoing = (flow.get("calls") ?? []).filter(({ direction }) => direction === "outbound");
	const withReturn = (call) => {
		const back = outgoing.find(({ dial, at }) => dial !== "" && dial === call.dial && at > call.at);
		return back ? { ...call, back: { at: back.at, by: back.phones[0] ?? "" } } : call;
	};
	for (const [id, page] of Object.entries(pages)) {
		const { token, told } = page;
		const extension = Object.keys(links).find((each) => links[each] === token);
		if (extension === undefined || now - page.at > SILENT_MS) {
			if (extension === undefined) say(id, { gone: true });
			delete pages[id];
			continue;
		}
		if (page.isAsking) say(id, { pong: true });
		page.isAsking = false;
		const desk = desks[extension];
		const known = cards[desk?.key];
		const card = desk && { ...desk, ...known, name: known?.name || desk.name };
		const waiting = ringing
			.filter((each) => each.extension === extension && each.key !== desk?.key)
			.map(({ key }) => ({ display: cards[key]?.display ?? "", name: cards[key]?.name ?? "" }));
		const parts = {
			me: { extension, name: people[extension], ...stateOf(extension) },
			link: flow.get("link") ?? (Object.values(board).some(({ stale }) => !stale) ? "connected" : "unknown"),
			card: card ?? null,
			waiting,
			board: colleagues.filter((each) => each.extension !== extension),
			missed: mine("missed", extension, 50).map(withReturn),
			calls: mine("calls", extension, 20),
		};
		const news = {};
		for (const [name, part] of Object.entries(parts)) {
			const text = JSON.stringify(part);
			if (told[name] !== text) news[name] = part;
			told[name] = text;
		}
		if (Object.keys(news).length > 0) say(id, news);
	}
	context.set("pages", pages);
	return [out];
}
