import { bodyOf, Flow, source } from "./flow";

const PORT = 9311;
const PEOPLE = { "11": "Ana Belén", "12": "Bruno", "13": "Carla" };
const CRYPTO = [{ var: "crypto", module: "crypto" }];

/** The page in one piece, as a `template` node holds it. */
function page(): string {
	const texts = JSON.stringify(JSON.parse(source("desktop/texts.json")));
	const parts: Record<string, string> = {
		css: source("desktop/page.css"),
		script: `const TEXTS = ${texts};\n${source("desktop/page.mjs")}`,
	};
	const whole = source("desktop/page.html").replace(/\/\*(css|script)\*\//g, (_, part) => parts[part] ?? "");
	// The template node fills these in.
	if (/\{\{(?!nonce\}\})/.test(whole)) throw new Error("Two braces in the page are no part of it to the template node");
	return whole;
}

function httpIn(flow: Flow, method: string, url: string, place: readonly [number, number], next: string): void {
	flow.add(`${method} ${url}`, "http in", place, [next], { url, method, upload: false, swaggerDoc: "" });
}

function answer(flow: Flow, key: string, place: readonly [number, number], type: string, statusCode = ""): void {
	const safe = { "cache-control": "no-store", "referrer-policy": "no-referrer", "x-content-type-options": "nosniff" };
	flow.add(key, "http response", place, [], { statusCode, headers: { "content-type": type, ...safe } });
}

function caught(flow: Flow, key: string, place: readonly [number, number], of: string, next: string): void {
	flow.add(key, "catch", place, [next], { scope: [flow.id(of)], uncaught: false });
}

function linkCall(flow: Flow, key: string, place: readonly [number, number], next: string, to: string): void {
	flow.add(key, "link call", place, [next], { name: key, links: [flow.id(to)], linkType: "static", timeout: "5" });
}

function links(flow: Flow): void {
	flow.comment([40, 100], "1. A personal link for each person of the table: they stand in the debug sidebar", {
		en: "Who has a page stands in the tab's variable `PEOPLE` (double click the tab): extensions with names. Each gets a link with a random token in it. Press *the links*, and send each person theirs: `https://your-node-red` and what stands in `link`. Whoever has a link can see that person's calls and make that person's phone dial, so it is like a password. *new link for 11* makes another one; the old one is dead at once.\n\nThe links are kept in the file of the variable `LINKS_FILE`, below the folder that Node-RED was started in. In Docker enter `/data/meetip-agents.json`: other folders go with the container.",
		es: "Quién tiene página está en la variable `PEOPLE` de la pestaña (doble clic en la pestaña): extensiones con nombres. Cada persona recibe un enlace con un código aleatorio. Pulsa *the links* y envía a cada una el suyo: `https://tu-node-red` y lo que pone en `link`. Quien tiene un enlace ve las llamadas de esa persona y puede hacer llamar a su teléfono: trátalo como una contraseña. *new link for 11* crea otro; el anterior deja de valer al momento.\n\nLos enlaces se guardan en el archivo de la variable `LINKS_FILE`, en la carpeta desde la que se arrancó Node-RED. En Docker pon `/data/meetip-agents.json`: las demás carpetas se van con el contenedor.",
		pt: "Quem tem página está na variável `PEOPLE` do separador (duplo clique no separador): extensões com nomes. Cada pessoa recebe uma ligação com um código aleatório. Prima *the links* e envie a cada uma a sua: `https://o-seu-node-red` e o que está em `link`. Quem tem uma ligação vê as chamadas dessa pessoa e pode fazer o seu telefone ligar: trate-a como uma palavra-passe. *new link for 11* cria outra; a anterior deixa logo de ser válida.\n\nAs ligações ficam guardadas no ficheiro da variável `LINKS_FILE`, na pasta em que o Node-RED foi iniciado. Em Docker indique `/data/meetip-agents.json`: as outras pastas desaparecem com o contentor.",
	});
	const file = { filename: "LINKS_FILE", filenameType: "env", encoding: "none" };
	const reading = { ...file, name: "read", format: "utf8", chunk: false, sendError: false, allProps: false };
	const writing = { ...file, name: "write", appendNewline: false, createDir: true, overwriteFile: "true" };
	flow.inject("the links", [100, 160], "read", "", { payloadType: "date", once: true });
	flow.add("read", "file in", [300, 160], ["links"], reading);
	caught(flow, "no file", [300, 220], "read", "links");
	flow.inject("new link for 11", [100, 280], "renew", "11");
	flow.change("renew", [300, 280], "links", [{ p: "renew", to: "payload", tot: "msg" }]);
	flow.function("links", [500, 160], ["write", "personal links", "desks"], bodyOf("desktop/links.mjs"), CRYPTO);
	flow.add("write", "file", [700, 140], ["read again"], writing);
	const second = { pauseType: "delay", timeout: "1", timeoutUnits: "seconds", outputs: 1, drop: false };
	const unused = { rate: "1", nbRateUnits: "1", rateUnits: "second", randomFirst: "1", randomLast: "5" };
	const delay = { ...second, ...unused, randomUnits: "seconds", allowrate: false };
	flow.add("read again", "delay", [700, 200], ["read"], { name: "read again", ...delay });
	flow.debug("personal links", [500, 250]);
	flow.add("ask again", "delay", [100, 1080], ["CRM: who?"], { name: "ask again", ...delay, timeout: "5" });
}

function phones(flow: Flow): void {
	flow.comment([40, 340], "2. The phones: whatever happens, the board is read and the pages hear what is new");
	const events = ["call.ringing", "call.answered", "call.ended", "call.record", "extension.state", "link.state"];
	const wires = ["calls", "calls", "calls", "soon", "at once", "link"];
	flow.pbxIn("phones", [100, 440], wires, events);
	flow.function("calls", [300, 400], [["before", "CRM: who?"], "at once"], bodyOf("desktop/calls.mjs"));
	flow.change("link", [300, 500], "at once", [{ p: "link", pt: "flow", to: "payload.state", tot: "msg" }]);
	const trigger = {
		...{ op1: "", op1type: "nul", op2: "*", op2type: "str", extend: false, overrideDelay: false, units: "ms" },
		...{ reset: "", bytopic: "all", topic: "topic", outputs: 1 },
	};
	flow.add("at once", "trigger", [500, 430], ["board"], { name: "at once", ...trigger, duration: "100" });
	flow.add("soon", "trigger", [500, 490], [["missed", "last"]], { name: "soon", ...trigger, duration: "1000" });
	const asked = { extension: "payload", extensionType: "msg", via: "999", source: "board", timeout: 5 };
	flow.add("board", "pbx-status", [100, 620], ["keep the board"], { name: "board", pbx: flow.id("pbx"), ...asked });
	flow.change("keep the board", [300, 620], "desks", [{ p: "board", pt: "flow", to: "payload", tot: "msg" }]);
	caught(flow, "no board", [100, 680], "board", "no board yet");
	flow.change("no board yet", [300, 680], "desks", [{ p: "board", pt: "flow", to: "[]", tot: "json" }]);
	flow.function("desks", [500, 620], ["to the page"], bodyOf("desktop/desks.mjs"));
	flow.inject("at start, and each minute", [100, 530], ["at once", "soon"], "", {
		...{ payloadType: "date", once: true, onceDelay: "1", repeat: "60" },
	});
	flow.history("missed", [100, 760], "missed rows", "unreturned", { name: "not returned", from: "-14", limit: 1000 });
	flow.change("missed rows", [300, 760], "rows", [{ p: "list", to: "missed", tot: "str" }]);
	flow.history("last", [100, 820], "last rows", "calls", { name: "last calls", from: "-14", limit: 2000 });
	flow.change("last rows", [300, 820], "rows", [{ p: "list", to: "calls", tot: "str" }]);
	flow.function("rows", [500, 780], ["desks"], bodyOf("desktop/rows.mjs"));
}

function callers(flow: Flow): void {
	flow.comment([40, 900], "3. Who calls: what the log has of the number, and whom the CRM knows");
	flow.history("before", [500, 950], "card", "number", { name: "what was before", limit: 1 });
	linkCall(flow, "CRM: who?", [100, 1010], "contact", "CRM in");
	const saved = { contactName: "payload.name", contactId: "payload.id", contactUrl: "payload.url", minutes: 30 };
	const types = { contactNameType: "msg", contactIdType: "msg", contactUrlType: "msg" };
	flow.add("contact", "pbx-contact", [300, 1010], ["looked up", "failed"], { pbx: flow.id("pbx"), ...saved, ...types });
	flow.change("looked up", [500, 1000], "card", [{ p: "found", to: "contact", tot: "str" }]);
	flow.change("failed", [500, 1060], "card", [{ p: "found", to: "failed", tot: "str" }]);
	caught(flow, "no answer", [300, 1080], "CRM: who?", "failed");
	flow.function("card", [700, 1000], ["desks", "ask again"], bodyOf("desktop/card.mjs"));
}

function pages(flow: Flow): void {
	flow.comment([40, 1140], "4. The pages: a link opens one, a message with its token makes it live", {
		en: "Without a token nothing is shown and nothing is sent. Use *https* where people are not in your own network: the link is a password. Browsers allow notifications, and phone links (`tel:`) that open here, on https and on localhost only. A phone link only fills the number in: the person presses *Call*.\n\nCalls are placed over a connection of the person's extension, which is opened for it and kept for a minute. The PBX takes 15 connections from one address: eight of them serve here.",
		es: "Sin código no se muestra ni se envía nada. Usa *https* si alguien entra desde fuera de tu red: el enlace es una contraseña. Los navegadores permiten las notificaciones, y que los enlaces de teléfono (`tel:`) se abran aquí, solo con https o en localhost. Un enlace de teléfono solo rellena el número: la persona pulsa *Llamar*.\n\nLas llamadas salen por una conexión de la extensión de la persona, que se abre para eso y dura un minuto. La centralita admite 15 conexiones por dirección: aquí se usan hasta ocho.",
		pt: "Sem código nada se mostra nem se envia. Use *https* se alguém entrar de fora da sua rede: a ligação é uma palavra-passe. Os navegadores permitem as notificações, e que as ligações de telefone (`tel:`) se abram aqui, só com https ou em localhost. Uma ligação de telefone só preenche o número: a pessoa prime *Ligar*.\n\nAs chamadas saem por uma conexão da extensão da pessoa, aberta para isso e mantida um minuto. O PBX aceita 15 conexões por endereço: aqui usam-se até oito.",
	});
	httpIn(flow, "get", "/agents/:token", [100, 1200], "whose?");
	flow.function("whose?", [300, 1200], ["page", "no page"], bodyOf("desktop/whose.mjs"), CRYPTO);
	const template = { field: "payload", fieldType: "msg", format: "html", syntax: "mustache", output: "str" };
	flow.add("page", "template", [500, 1190], ["the page"], { name: "page", ...template, template: page() });
	answer(flow, "the page", [700, 1190], "text/html; charset=utf-8", "200");
	answer(flow, "no page", [500, 1240], "text/plain; charset=utf-8", "404");

	flow.config("live", "websocket-listener", { path: "/agents/live", wholemsg: "false" });
	const live = { server: flow.id("live"), client: "" };
	flow.add("from the page", "websocket in", [100, 1270], ["desks"], live);
	flow.add("gone", "status", [100, 1280], ["desks"], { name: "a page is gone", scope: [flow.id("from the page")] });
	flow.add("to the page", "websocket out", [500, 680], [], live);

	httpIn(flow, "post", "/agents/call", [100, 1300], "may call?");
	flow.function("may call?", [300, 1300], ["dial", "refused"], bodyOf("desktop/door.mjs"));
	const dialled = { extension: "extension", extensionType: "msg", number: "number", numberType: "msg", timeout: 60 };
	flow.add("dial", "pbx-call", [500, 1300], ["dialled", "dialled"], { pbx: flow.id("pbx"), ...dialled });
	flow.change("dialled", [700, 1300], "done", [
		{ p: "payload", to: '$string({"outcome": payload.outcome})', tot: "jsonata" },
	]);
	caught(flow, "not dialled", [500, 1360], "dial", "why not");
	flow.change("why not", [700, 1360], "done", [
		{ p: "payload", to: '$string({"error": error.message})', tot: "jsonata" },
	]);
	answer(flow, "done", [700, 1420], "application/json", "200");
	answer(flow, "refused", [500, 1420], "application/json");

	httpIn(flow, "post", "/agents/notes", [100, 1480], "may write?");
	flow.function("may write?", [300, 1480], ["CRM: note", "refused"], bodyOf("desktop/door.mjs"));
	linkCall(flow, "CRM: note", [500, 1480], "saved?", "CRM note in");
	const isSaved = '$string({"saved": $not($exists(statusCode)) or $contains($string(statusCode), /^2/)})';
	flow.change("saved?", [700, 1480], "done", [{ p: "payload", to: isSaved, tot: "jsonata" }]);
	caught(flow, "not saved", [500, 1540], "CRM: note", "not taken");
	flow.change("not taken", [700, 1540], "done", [{ p: "payload", to: '{"saved":false}', tot: "str" }]);
}

function crm(flow: Flow): void {
	flow.comment([40, 1620], "5. Your CRM: a stand-in answers; below it the request to yours, switched off", {
		en: 'Two questions go to the CRM: who is behind `msg.call.crm.number`, and a note for the call `msg.note.key`. The stand-in answers both. For yours: double click *your CRM*, enter address and fields, enable the three grey nodes in each row (*Enabled*, at the bottom of their forms), and delete the two functions. The answer of the first is to be like `{"id": "17", "name": "…", "url": "https://…"}`, or other fields, if you enter those in *pbx contact*.',
		es: 'Al CRM van dos preguntas: quién está detrás de `msg.call.crm.number`, y una nota para la llamada `msg.note.key`. El sustituto responde a las dos. Para el tuyo: doble clic en *your CRM*, introduce dirección y campos, activa los nodos grises de cada fila (*Activado*, al pie de sus formularios) y borra las dos funciones. La respuesta a la primera debe ser como `{"id": "17", "name": "…", "url": "https://…"}`, o con otros campos, si los pones en *pbx contact*.',
		pt: 'Ao CRM vão duas perguntas: quem está por trás de `msg.call.crm.number`, e uma nota para a chamada `msg.note.key`. O substituto responde às duas. Para o seu: duplo clique em *your CRM*, introduza endereço e campos, ative os nós cinzentos de cada linha (*Ativado*, no fundo dos formulários) e elimine as duas funções. A resposta à primeira deve ser como `{"id": "17", "name": "…", "url": "https://…"}`, ou com outros campos, se os indicar em *pbx contact*.',
	});
	const request = {
		...{ ret: "obj", paytoqs: "ignore", url: "", tls: "", persist: false, proxy: "", insecureHTTPParser: false },
		...{ authType: "", senderr: false, headers: [], d: true },
	};
	flow.add("CRM in", "link in", [100, 1680], [["customers", "your CRM"]], {
		name: "CRM: who is it?",
		links: [],
		l: true,
	});
	flow.function("customers", [300, 1680], ["CRM out"], bodyOf("desktop/customers.mjs"));
	flow.change("your CRM", [300, 1740], "ask", [
		{ p: "url", to: '"https://crm.example.com/contacts?phone=" & call.crm.urlNumber', tot: "jsonata" },
	]);
	flow.add("ask", "http request", [500, 1740], ["CRM out"], { name: "", method: "GET", ...request });
	flow.add("CRM out", "link out", [700, 1680], [], { name: "", mode: "return", links: [] });
	flow.add("CRM note in", "link in", [100, 1800], [["keep the note", "your CRM's notes"]], {
		name: "CRM: a note",
		links: [],
		l: true,
	});
	flow.function("keep the note", [300, 1800], ["CRM note out"], bodyOf("desktop/notes.mjs"));
	flow.change("your CRM's notes", [300, 1860], "send", [
		{ p: "url", to: '"https://crm.example.com/notes"', tot: "jsonata" },
		{ p: "payload", to: '{"call": note.key, "text": note.text, "by": person}', tot: "jsonata" },
	]);
	flow.add("send", "http request", [500, 1860], ["CRM note out"], { name: "", method: "POST", ...request });
	flow.add("CRM note out", "link out", [700, 1800], [], { name: "", mode: "return", links: [] });
	flow.inject("the CRM stops answering", [100, 1920], "down", "true", { payloadType: "bool" });
	flow.inject("the CRM answers again", [100, 1970], "down", "false", { payloadType: "bool" });
	flow.change("down", [300, 1940], "", [{ p: "crmDown", pt: "flow", to: "payload", tot: "msg" }]);
}

function simulated(flow: Flow): void {
	flow.comment([40, 2040], "The simulated PBX: let calls come in to 11 and 12, answer them, hang up");
	const buttons = ["ring 11 974319404", "answer 11", "hangup 11", "ring 11,12,13 600000101", "miss 12 974319404 3"];
	for (const [i, button] of buttons.entries()) flow.inject(button, [100, 2100 + i * 50], "simulator");
	flow.simulator(PORT, [300, 2200]);
}

/** One page for each person who answers the phone. */
export function desktop(): Flow {
	const info =
		"A page for each person who answers the phone: who calls, what was before, notes, colleagues, missed calls to return.";
	const flow = new Flow("11 - Agents' desktop", {
		...{ label: "Agents' desktop", info },
		env: [
			{ name: "PEOPLE", value: JSON.stringify(PEOPLE), type: "json" },
			{ name: "LINKS_FILE", value: "meetip-agents.json", type: "str" },
		],
	});
	flow.simulatedPbx(PORT, "11");
	flow.head(
		"Agents' desktop: a page for each person who answers the phone. Open a link of the debug sidebar",
		"",
		PORT,
		{
			en: "Have extension 999 registered at the server: the monitor logs in with it. Enter your people in the tab's variable `PEOPLE` (double click the tab), and your CRM in part 5.",
			es: "Pide que se registre la extensión 999 en el servidor: el monitor inicia sesión con ella. Introduce a tu gente en la variable `PEOPLE` de la pestaña (doble clic en la pestaña), y tu CRM en la parte 5.",
			pt: "Peça que a extensão 999 seja registada no servidor: é com ela que o monitor inicia sessão. Introduza as suas pessoas na variável `PEOPLE` do separador (duplo clique no separador), e o seu CRM na parte 5.",
		},
	);
	links(flow);
	phones(flow);
	callers(flow);
	pages(flow);
	crm(flow);
	simulated(flow);
	return flow;
}
