// The demo flow, written as code so that the page in it stays a file of its own.
import { readFileSync } from "node:fs";
import { inLanguage, say } from "./words.mjs";

const page = readFileSync(new URL("crm.html", import.meta.url), "utf8");

/** Customers of the demo CRM, by E.164 number. */
const CUSTOMERS = {
	"+34974319404": {
		name: "Lucía Abadías",
		company: "Quesos del Sobrarbe",
		city: "Boltaña",
		note: "Offer of October is open",
	},
	"+34600000101": { name: "Marc Vidal", company: "Vidal Instal·lacions", city: "Lleida", note: "Prefers WhatsApp" },
	"+351210000102": {
		name: "Inês Carvalho",
		company: "Azulejos Carvalho, Lda.",
		city: "Lisboa",
		note: "Invoice 2026/117 is due",
	},
	"+34910000103": { name: "Nuria Sanz", company: "Gestoría Sanz", city: "Madrid", note: "" },
};

/** What stands in for the CRM, with its notes in a language. */
function lookUp(language) {
	const customers = Object.entries(CUSTOMERS).map(([number, each]) => [
		number,
		{ ...each, note: say(each.note, language) },
	]);
	return `// As *http request* would leave it.
const customers = new Map(${JSON.stringify(customers, null, "\t")});
const customer = customers.get(new URL(msg.url).searchParams.get("phone"));
msg.payload = customer ? [customer] : [];
msg.statusCode = 200;
return msg;`;
}

const LOOKUP_URL = '"https://crm.example.com/customers?phone=" & call.crm.urlNumber';

/** What the page has not heard of yet stands behind the number of the last one it has. */
const keep = `const events = flow.get("events") ?? [];
const id = Math.max(Date.now(), (events.at(-1)?.id ?? 0) + 1);
flow.set("events", [...events, { ...msg.payload, id }].slice(-200));`;

const newEvents = `const after = Number(msg.req.query.after) || 0;
// Text, not an object: http response makes an object a script for any site that adds ?callback=.
msg.payload = JSON.stringify((flow.get("events") ?? []).filter(({ id }) => id > after));
return msg;`;

const SAFE = `Any page that you have open can send a form to /crm/call, unasked, and Node-RED lets it send JSON as well. Only JSON whose Origin, which no page can forge, is this Node-RED itself is let through.

Answers leave as text: of an object, *http response* makes a script for whoever adds ?callback= to the address. Their header access-control-allow-origin names nobody: Node-RED's own is *, which lets every site read.

The page asks for news each second: a WebSocket would be open to pages of any site.`;

const FROM_PAGE =
	'$contains(req.headers."content-type", /^application\\/json/) and (req.headers."sec-fetch-site" = "same-origin" or $not($exists(req.headers.origin)) or $substringAfter(req.headers.origin, "://") = req.headers.host)';

const JSON_HEADERS = {
	"content-type": "application/json; charset=utf-8",
	"x-content-type-options": "nosniff",
	"access-control-allow-origin": "https://none.invalid",
};

function node(id, type, x, y, wires, rest) {
	return { id, type, z: "demo", name: "", x, y, wires, ...rest };
}

function change(id, name, x, y, next, ...rules) {
	return node(id, "change", x, y, [[next].flat()], {
		name,
		rules: rules.map((rule) => ({ t: "set", pt: "msg", ...rule })),
	});
}

function asText(id, x, y, next) {
	return node(id, "json", x, y, [[next]], { name: "as text", property: "payload", action: "str", pretty: false });
}

/** Which begins at the left edge, however long it is in a language. */
function comment(id, name, y, info = "") {
	return node(id, "comment", 0, y, [], { name, info });
}

/** The demo in a language: a tab with the flow, and one with the simulated PBX, which is off where a real one is used. */
export function demoFlow({ isSimulated, language }) {
	const nodes = [
		{ id: "demo", type: "tab", label: "PBX and CRM", disabled: false, info: "" },
		{ id: "simulation", type: "tab", label: "Simulated PBX", disabled: !isSimulated, info: "" },
		{
			...{ id: "demo-pbx", type: "pbx-config", name: "", url: "${PBX_URL}", tenant: "${PBX_TENANT}" },
			...{ tls: "", country: "ES", plus: "+", prefix: "", language, timeZone: "", people: [], activations: [] },
			...{
				groups: true,
				settle: 8,
				mostExtensions: 5_000,
				dialAllowed: "",
				dialPerExtension: 0,
				dialInAll: 0,
				dialRepeat: 0,
				dryRun: false,
			},
			...{ store: "none", storeFile: "", storeUrl: "", keepDays: 365, standby: false, version: 3 },
		},

		comment("c1", "1. A call comes in: look the caller up in the CRM and pop the card on the page", 40),
		node("in", "pbx-in", 140, 100, [["kind"]], {
			...{ pbx: "demo-pbx", channel: "extension", extensions: "${PBX_EXTENSION}" },
			...{ events: ["call.ringing", "extension.state", "link.state"], directions: [], outcomes: [], split: false },
		}),
		node("kind", "switch", 350, 100, [["searchable"], ["events"]], {
			...{ name: "which event?", property: "payload.event", propertyType: "msg", checkall: "false", outputs: 2 },
			rules: [
				{ t: "jsonata_exp", v: 'payload.event = "call.ringing" and payload.direction != "outbound"', vt: "jsonata" },
				{ t: "regex", v: "^(extension|link)\\.state$", vt: "str", case: false },
			],
		}),
		node("searchable", "switch", 570, 100, [["ask"], ["nobody"]], {
			...{
				name: "a number to look up?",
				property: "call.crm.search",
				propertyType: "msg",
				checkall: "false",
				outputs: 2,
			},
			rules: [{ t: "nempty" }, { t: "else" }],
		}),
		change("ask", "ask the CRM", 140, 180, ["crm-call", "crm-request"], { p: "url", to: LOOKUP_URL, tot: "jsonata" }),
		node("crm-call", "link call", 350, 180, [["took"]], {
			name: "stand-in CRM",
			links: ["crmIn"],
			linkType: "static",
			timeout: "30",
		}),
		node("crm-request", "http request", 350, 240, [["took"]], {
			...{ name: "your CRM", method: "GET", ret: "obj", url: "", senderr: true, d: true },
		}),
		node("took", "switch", 570, 180, [["merge"], ["failed"]], {
			...{ name: "did it answer?", property: "statusCode", propertyType: "msg", checkall: "false", outputs: 2 },
			rules: [{ t: "btwn", v: "200", vt: "num", v2: "299", v2t: "num" }, { t: "else" }],
		}),
		change("merge", "the card", 350, 320, "events", {
			...{ p: "payload", to: '{"call": call, "customers": [payload[name]]}', tot: "jsonata" },
		}),
		change("failed", "no answer", 350, 380, "events", {
			p: "payload",
			to: '{"call": call, "customers": [], "failed": $string(error ? error.message : statusCode)}',
			tot: "jsonata",
		}),
		change("nobody", "nobody to look up", 570, 240, "events", {
			...{ p: "payload", to: '{"call": call, "customers": []}', tot: "jsonata" },
		}),
		node("catchCrm", "catch", 140, 380, [["failed"]], {
			...{ scope: ["ask", "crm-call", "crm-request", "merge"], uncaught: false },
		}),
		node("events", "function", 580, 350, [], { name: "keep for the page", func: keep, outputs: 0 }),

		comment("c2", "2. Click to call: the page's button makes the extension's phone ring, then calls", 460, SAFE),
		node("callIn", "http in", 140, 520, [["json"]], { url: "/crm/call", method: "post" }),
		node("json", "switch", 350, 520, [["fields"], ["refused"]], {
			...{ name: "sent by the page?", property: "req.headers", propertyType: "msg" },
			...{ checkall: "false", outputs: 2 },
			rules: [{ t: "jsonata_exp", v: FROM_PAGE, vt: "jsonata" }, { t: "else" }],
		}),
		change(
			"fields",
			"extension and number",
			590,
			520,
			"call",
			{ p: "extension", to: "payload.extension", tot: "msg" },
			{ p: "payload", to: "payload.number", tot: "msg" },
		),
		node("call", "pbx-call", 140, 640, [["callText"], ["callText"]], {
			...{ pbx: "demo-pbx", extension: "extension", extensionType: "msg" },
			...{ number: "payload", numberType: "msg", timeout: 60 },
		}),
		asText("callText", 350, 640, "callOut"),
		node("callOut", "http response", 560, 640, [], { statusCode: "", headers: JSON_HEADERS }),
		change(
			"refused",
			"not from other sites",
			590,
			580,
			"callText",
			{ p: "payload", to: JSON.stringify({ error: say("Only the page itself may call.", language) }), tot: "json" },
			{ p: "statusCode", to: "403", tot: "num" },
		),
		node("catch", "catch", 140, 700, [["error"]], { scope: ["call", "states"], uncaught: false }),
		change("error", "say what is wrong", 350, 700, "callText", {
			p: "payload",
			to: '{"error": error.message}',
			tot: "jsonata",
		}),

		comment("c3", "3. The page itself: open /crm", 780),
		node("pageIn", "http in", 150, 840, [["page"]], { url: "/crm", method: "get" }),
		node("page", "template", 350, 840, [["pageOut"]], {
			...{ name: "the page", field: "payload", fieldType: "msg", format: "html", syntax: "plain", output: "str" },
			template: page,
		}),
		node("pageOut", "http response", 550, 840, [], {
			statusCode: "200",
			headers: { "content-type": "text/html; charset=utf-8" },
		}),
		node("eventsIn", "http in", 170, 900, [["news"]], { url: "/crm/events", method: "get" }),
		node("news", "function", 360, 900, [["newsOut"]], { name: "news", func: newEvents, outputs: 1 }),
		node("newsOut", "http response", 550, 900, [], { statusCode: "", headers: JSON_HEADERS }),
		node("extensionsIn", "http in", 190, 960, [["extensions"]], { url: "/crm/extensions", method: "get" }),
		change("extensions", "extensions", 390, 960, "states", {
			...{ p: "payload", to: '$split($env("PBX_EXTENSION"), /[\\s,]+/)', tot: "jsonata" },
		}),
		node("states", "pbx-status", 570, 960, [["statesText"]], {
			...{ pbx: "demo-pbx", extension: "payload", extensionType: "msg", via: "${PBX_STATUS_VIA}" },
			...{ source: "ask", timeout: 2 },
		}),

		asText("statesText", 390, 1030, "statesOut"),
		node("statesOut", "http response", 570, 1030, [], { statusCode: "", headers: JSON_HEADERS }),

		comment("c4", "4. A small CRM: answers which customer a number belongs to", 1110),
		node("crmIn", "link in", 150, 1170, [["crm"]], { name: "stand-in CRM", links: [], l: true }),
		node("crm", "function", 340, 1170, [["crmOut"]], { name: "customers", func: lookUp(language), outputs: 1 }),
		node("crmOut", "link out", 510, 1170, [], { name: "back", mode: "return", links: [], l: true }),

		{
			...comment(
				"s1",
				"Calls come in by themselves, until traffic 0. After refuse nobody, deploy to log in at once.",
				40,
			),
			z: "simulation",
		},
		...[
			"ring 11 974319404",
			"answer 11",
			"hangup 11",
			"miss 12 +351210000102 4",
			"traffic 0",
			"drop",
			"refuse close",
			"refuse nobody",
		].map((command, i) => ({
			...node(`s-${i}`, "inject", 200, 100 + i * 50, [["simulator"]], {
				...{ name: command, props: [{ p: "payload" }], payload: command, payloadType: "str", topic: "" },
				...{ repeat: "", crontab: "", once: false, onceDelay: 0.1 },
			}),
			z: "simulation",
		})),
		{
			...node("simulator", "pbx-simulator", 480, 275, [["frames"]], {
				...{ port: "${PBX_SIMULATOR_PORT}", host: "127.0.0.1", tenant: "${PBX_TENANT}" },
				...{ extensions: "11, 12, 13, 14", silent: "", traffic: 7 },
			}),
			z: "simulation",
		},
		{
			...node("frames", "debug", 710, 275, [], {
				...{ name: "frames on the wire", active: false, tosidebar: true, console: false, tostatus: false },
				...{ complete: "payload", targetType: "msg", statusVal: "", statusType: "auto" },
			}),
			z: "simulation",
		},
	];
	return inLanguage(nodes, language);
}
