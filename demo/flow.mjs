// The demo flow, written as code so that the page in it stays a file of its own.
import { readFileSync } from "node:fs";

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

const lookUp = `const customers = new Map(Object.entries(${JSON.stringify(CUSTOMERS, null, "\t")}));
msg.payload = customers.get(msg.req.query.phone) ?? {};
return msg;`;

const LOOKUP_URL = '"http://127.0.0.1:" & $env("PORT") & "/demo-crm/customers?phone=" & payload.crm.urlNumber';

function node(id, type, x, y, wires, rest) {
	return { id, type, z: "demo", name: "", x, y, wires, ...rest };
}

function change(id, name, x, y, next, ...rules) {
	return node(id, "change", x, y, [[next]], { name, rules: rules.map((rule) => ({ t: "set", pt: "msg", ...rule })) });
}

function comment(id, name, x, y, info = "") {
	return node(id, "comment", x, y, [], { name, info });
}

/** The demo: a tab with the flow, and one with the simulated PBX, which is off where a real one is used. */
export function demoFlow({ isSimulated }) {
	return [
		{ id: "demo", type: "tab", label: "PBX and CRM", disabled: false, info: "" },
		{ id: "simulation", type: "tab", label: "Simulated PBX", disabled: !isSimulated, info: "" },
		{
			...{ id: "demo-pbx", type: "pbx-config", name: "", url: "${PBX_URL}", tenant: "${PBX_TENANT}" },
			...{ tls: "", country: "ES", activations: [], groups: true, language: "es", timeZone: "", version: 2 },
		},
		{ id: "demo-live", type: "websocket-listener", path: "/crm/live", wholemsg: "false" },

		comment("c1", "1. A call comes in: look the caller up in the CRM and pop the card on the page", 320, 40),
		node("in", "pbx-in", 150, 100, [["kind"]], {
			...{ pbx: "demo-pbx", channel: "extension", extensions: "${PBX_EXTENSION}" },
			...{ events: ["call.ringing", "extension.state", "link.state"], directions: [], outcomes: [], split: false },
		}),
		node("kind", "switch", 340, 100, [["keep"], ["live"]], {
			...{ name: "which event?", property: "payload.event", propertyType: "msg", checkall: "false", outputs: 2 },
			rules: [
				{ t: "jsonata_exp", v: 'payload.event = "call.ringing" and payload.direction != "outbound"', vt: "jsonata" },
				{ t: "regex", v: "^(extension|link)\\.state$", vt: "str", case: false },
			],
		}),
		change("keep", "ask the CRM", 530, 80, "request", { p: "url", to: LOOKUP_URL, tot: "jsonata" }),
		node("request", "http request", 690, 80, [["merge"]], { method: "GET", ret: "obj", url: "", senderr: false }),
		change("merge", "the card", 840, 80, "live", {
			p: "payload",
			to: '{"call": call, "customer": payload}',
			tot: "jsonata",
		}),
		node("live", "websocket out", 1000, 100, [], { server: "demo-live", client: "" }),

		comment("c2", "2. Click to call: the page's button makes the extension's phone ring, then calls", 310, 180),
		node("callIn", "http in", 150, 240, [["fields"]], { url: "/crm/call", method: "post" }),
		change(
			"fields",
			"extension and number",
			350,
			240,
			"call",
			{ p: "extension", to: "payload.extension", tot: "msg" },
			{ p: "payload", to: "payload.number", tot: "msg" },
		),
		node("call", "pbx-call", 590, 240, [["callOut"], ["callOut"]], {
			...{ pbx: "demo-pbx", extension: "extension", extensionType: "msg" },
			...{ number: "payload", numberType: "msg", timeout: 60 },
		}),
		node("callOut", "http response", 770, 240, [], { statusCode: "" }),
		node("catch", "catch", 380, 300, [["error"]], { scope: ["call", "states"], uncaught: false }),
		change("error", "say what is wrong", 590, 300, "callOut", {
			p: "payload",
			to: '{"error": error.message}',
			tot: "jsonata",
		}),

		comment("c3", "3. The page itself: open /crm", 180, 380),
		node("pageIn", "http in", 150, 440, [["page"]], { url: "/crm", method: "get" }),
		node("page", "template", 350, 440, [["pageOut"]], {
			...{ name: "the page", field: "payload", fieldType: "msg", format: "html", syntax: "plain", output: "str" },
			template: page,
		}),
		node("pageOut", "http response", 550, 440, [], {
			statusCode: "200",
			headers: { "content-type": "text/html; charset=utf-8" },
		}),
		node("extensionsIn", "http in", 190, 500, [["extensions"]], { url: "/crm/extensions", method: "get" }),
		change("extensions", "extensions", 390, 500, "states", {
			...{ p: "payload", to: '$split($env("PBX_EXTENSION"), /[\\s,]+/)', tot: "jsonata" },
		}),
		node("states", "pbx-status", 570, 500, [["statesOut"]], {
			...{ pbx: "demo-pbx", extension: "payload", extensionType: "msg", via: "${PBX_STATUS_VIA}" },
			...{ source: "ask", timeout: 2 },
		}),
		node("statesOut", "http response", 770, 500, [], { statusCode: "" }),

		comment("c4", "4. A small CRM: answers which customer a number belongs to", 260, 580),
		node("crmIn", "http in", 190, 640, [["crm"]], { url: "/demo-crm/customers", method: "get" }),
		node("crm", "function", 400, 640, [["crmOut"]], { name: "customers", func: lookUp, outputs: 1 }),
		node("crmOut", "http response", 570, 640, [], { statusCode: "" }),

		{
			...comment(
				"s1",
				"Calls come in by themselves, until traffic 0. The buttons cause more, and faults. After refuse nobody, deploy to log in at once.",
				480,
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
			...node("simulator", "pbx-simulator", 640, 275, [["frames"]], {
				...{ port: "${PBX_SIMULATOR_PORT}", host: "127.0.0.1", tenant: "${PBX_TENANT}" },
				...{ extensions: "11, 12, 13, 14", silent: "", traffic: 7 },
			}),
			z: "simulation",
		},
		{
			...node("frames", "debug", 960, 275, [], {
				...{ name: "frames on the wire", active: false, tosidebar: true, console: false, tostatus: false },
				...{ complete: "payload", targetType: "msg", statusVal: "", statusType: "auto" },
			}),
			z: "simulation",
		},
	];
}
