/** Tells Home Assistant of each extension once it is heard of, of all again when it starts, and then their states. */
export default function announce(msg, flow, env) {
	const people = Object(env.get("PEOPLE"));
	const known = flow.get("known") ?? {};
	const event = Object(msg.payload);
	const nameOf = (text) => String(text).replace(/[^\w-]/g, "_");
	const out = [];
	const say = (topic, payload) => out.push({ topic, payload, retain: true, qos: 1 });
	const about = (tenant, id, facts) => {
		const base = `pbx2ha/${nameOf(tenant)}`;
		const available = { payload_available: "online", payload_not_available: "offline" };
		say(`homeassistant/sensor/pbx_${nameOf(tenant)}_${id}/config`, {
			unique_id: `pbx_${nameOf(tenant)}_${id}`,
			object_id: `pbx_${nameOf(tenant)}_${id}`,
			state_topic: `${base}/${id}`,
			// Of what nobody hears, Home Assistant shows that it is unavailable.
			availability: [
				{ topic: "pbx2ha/gateway", ...available },
				{ topic: `${base}/link`, ...available },
			],
			availability_mode: "all",
			device: { identifiers: [`pbx_${nameOf(tenant)}`], name: `PBX ${tenant}`, manufacturer: "Meetip" },
			...facts,
		});
	};
	const phone = ({ tenant, extension }) =>
		about(tenant, nameOf(extension), {
			...{ name: people[extension] || `${t("Extension")} ${extension}`, icon: "mdi:phone" },
			...{ device_class: "enum", options: ["idle", "ringing", "busy", "unknown"] },
		});
	const missed = (tenant) =>
		about(tenant, "missed", {
			...{ name: t("Last missed call"), icon: "mdi:phone-missed" },
			json_attributes_topic: `pbx2ha/${nameOf(tenant)}/missed/details`,
		});

	if (event.event === "extension.state") {
		if (!known[event.extension]) {
			known[event.extension] = { tenant: event.tenant, extension: event.extension };
			flow.set("known", known);
			phone(event);
		}
		say(`pbx2ha/${nameOf(event.tenant)}/${nameOf(event.extension)}`, event.state);
	} else if (event.event === "link.state") {
		missed(event.tenant);
		say(`pbx2ha/${nameOf(event.tenant)}/link`, event.state === "connected" ? "online" : "offline");
	} else if (event.event === "call.record") {
		const { crm, startedAt, queue, contact, name } = event;
		const base = `pbx2ha/${nameOf(event.tenant)}/missed`;
		const phones = event.legs.map(({ extension }) => extension);
		say(`${base}/details`, { number: crm.number, display: crm.display, at: startedAt, queue: queue ?? "", phones });
		// The details first: an automation that the state sets off reads them. A state has at most 255 characters.
		say(base, (contact?.name || name || crm.display).slice(0, 255));
	} else if (msg.payload === "online") {
		for (const each of Object.values(known)) phone(each);
		for (const tenant of new Set(Object.values(known).map((each) => each.tenant))) missed(tenant);
	}
	return [out];
}
