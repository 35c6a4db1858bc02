/** Gives each person of the table a link, makes new ones where they are asked for, and takes those of others back. */
export default function giveLinks(msg, flow, env, node, crypto, global) {
	const people = Object(env.get("PEOPLE"));
	const JUST_MADE = "pbxAgentsLinks";
	flow.set("people", people);
	if (msg.error) {
		// There is no file yet, or it cannot be read: that one is left alone, and nobody gets in.
		if (msg.error.code !== "ENOENT" && !/ENOENT/.test(msg.error.message)) {
			node.error(`The file of the links cannot be read: ${msg.error.message}`, msg);
			return null;
		}
		// Another copy of this flow may be making it right now: both give the same links.
		const made = global.get(JUST_MADE) ?? { file: "", at: 0, links: {} };
		const isMeant = made.file === env.get("LINKS_FILE") && Date.now() - made.at < 10_000;
		msg.payload = JSON.stringify(isMeant ? made.links : {});
	}
	const isFile = typeof msg.renew !== "string";
	let known = flow.get("links") ?? {};
	if (isFile) {
		try {
			known = Object(JSON.parse(msg.payload));
		} catch {
			node.error(t("The file of the links holds no JSON: mend it, or delete it to have new links made"), msg);
			return null;
		}
	}
	const links = {};
	for (const extension of Object.keys(people)) {
		const isGood = /^[\w-]{32}$/.test(known[extension] ?? "") && msg.renew !== extension;
		links[extension] = isGood ? known[extension] : crypto.randomBytes(24).toString("base64url");
	}
	const list = Object.keys(links).map((each) => ({
		extension: each,
		name: people[each],
		link: `/agents/${links[each]}`,
	}));
	flow.set("links", links);
	global.set(JUST_MADE, { file: env.get("LINKS_FILE"), at: Date.now(), links });
	node.status({ fill: "green", shape: "dot", text: String(list.length) });
	const text = JSON.stringify(links, null, "\t");
	const isNew = JSON.stringify(known) !== JSON.stringify(links);
	return [isNew ? { payload: text } : null, { payload: list }, { topic: "links" }];
}
