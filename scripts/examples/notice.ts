import { bodyOf, Flow, OF_LANGUAGE } from "./flow";

const PORT = 9313;
const DAY = "09:00-14:00, 16:00-19:00";
const HOURS = { mon: DAY, tue: DAY, wed: DAY, thu: DAY, fri: "09:00-15:00", sat: "", sun: "" };

/** What stands for `&`, `<` and `>` in Slack, so that no name calls a whole channel. */
const FOR_SLACK = `$replace($replace($replace(topic & "\\n" & payload, "&", "&amp;"), "<", "&lt;"), ">", "&gt;")`;
const FOR_TEAMS = `{"type": "message", "attachments": [{"contentType": "application/vnd.microsoft.card.adaptive", "content": {"type": "AdaptiveCard", "version": "1.4", "body": [{"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": topic, "weight": "Bolder"}]}, {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": payload}]}]}}]}`;

function look(flow: Flow): void {
	flow.comment([40, 100], "1. Each minute: which missed calls has nobody returned in time?", {
		en: "The tab's variables (double click the tab): `MINUTES` until a notice, `HOURS` by day of the week (`09:00-14:00, 16:00-19:00`; empty for closed), `TIME_ZONE`. What is missed while it is closed is told when it opens. A caller is told of once, however often they call, until somebody has talked with them. What was told stands in the file `TOLD_FILE`, so that a restart repeats nothing; in Docker enter `/data/meetip-told.json`.",
		es: "Las variables de la pestaña (doble clic en ella): `MINUTES` hasta el aviso, `HOURS` por día de la semana (`09:00-14:00, 16:00-19:00`; vacío si está cerrado), `TIME_ZONE`. Lo que se pierde fuera de horario se avisa al abrir. De cada persona se avisa una vez, por más que llame, hasta que alguien haya hablado con ella. Lo avisado está en el archivo `TOLD_FILE`, así un reinicio no repite nada; en Docker pon `/data/meetip-told.json`.",
		pt: "As variáveis do separador (duplo clique nele): `MINUTES` até ao aviso, `HOURS` por dia da semana (`09:00-14:00, 16:00-19:00`; vazio se estiver fechado), `TIME_ZONE`. O que se perde fora de horas é avisado à abertura. De cada pessoa avisa-se uma vez, por mais que ligue, até alguém ter falado com ela. O que foi avisado está no ficheiro `TOLD_FILE`, para que um reinício não repita nada; em Docker indique `/data/meetip-told.json`.",
	});
	const file = { filename: "TOLD_FILE", filenameType: "env", encoding: "none" };
	const reading = { ...file, name: "told before", format: "utf8", chunk: false, sendError: false, allProps: false };
	flow.inject("look now, and each minute", [100, 160], "read", "", { payloadType: "date", repeat: "60", once: true });
	flow.add("read", "file in", [300, 160], ["told"], reading);
	flow.add("no file", "catch", [300, 220], ["nothing"], { scope: [flow.id("read")], uncaught: false });
	flow.change("told", [500, 160], "unreturned", [{ p: "told", to: "payload", tot: "msg" }]);
	flow.change("nothing", [500, 220], "unreturned", [{ p: "told", to: "", tot: "str" }]);
	flow.history("unreturned", [100, 300], "missed", "unreturned", { from: "-4", limit: 1000 });
	flow.change("missed", [300, 300], "called", [{ p: "missed", to: "payload", tot: "msg" }]);
	const out = { name: "called since", from: "-4", directions: ["outbound"], limit: 2000 };
	flow.history("called", [500, 300], "due", "calls", out);
	flow.function("due", [100, 370], [["mail", "which?"], "write"], bodyOf("notice/due.mjs"));
	const writing = { ...file, name: "told now", appendNewline: false, createDir: true, overwriteFile: "true" };
	flow.add("write", "file", [300, 370], [[]], writing);
	flow.pbxIn("calls", [100, 430], ["heard"], ["call.record"]);
	flow.debug("heard", [300, 430], "payload.crm.subject");
}

function send(flow: Flow): void {
	flow.comment([40, 480], "2. The notice: by mail, and to Teams, Slack or Telegram", {
		en: "**Mail** needs the package `node-red-node-email` (Menu > Manage palette > Install). Where it is missing the editor says on import that the type *e-mail* is unknown, and Node-RED starts **no flow at all** until you install it, or delete the node *mail*. Install it first. Then double click *mail*: your server and account, and tick *Enabled*. `MAIL_TO` and `MAIL_FROM` are variables of the tab.\n\n**Webhook**: enter its address in `WEBHOOK_URL`, and `slack`, `teams` or `telegram` in `WEBHOOK_KIND`. For Telegram the address is `https://api.telegram.org/bot<token>/sendMessage`, and `TELEGRAM_CHAT` the chat. Whoever has such an address can write there: make the variable a credential.\n\nWhat does not get through is tried again each minute, five times in all.",
		es: "El **correo** necesita el paquete `node-red-node-email` (Menú > Gestionar paleta > Instalar). Si falta, el editor dice al importar que no conoce el tipo *e-mail*, y Node-RED no arranca **ningún flujo** hasta que lo instalas o borras el nodo *mail*. Instálalo antes. Después, doble clic en *mail*: tu servidor y tu cuenta, y marca *Activado*. `MAIL_TO` y `MAIL_FROM` son variables de la pestaña.\n\n**Webhook**: pon su dirección en `WEBHOOK_URL`, y `slack`, `teams` o `telegram` en `WEBHOOK_KIND`. En Telegram la dirección es `https://api.telegram.org/bot<token>/sendMessage`, y `TELEGRAM_CHAT` el chat. Quien tenga esa dirección puede escribir allí: convierte la variable en credencial.\n\nLo que no llega se reintenta cada minuto, cinco veces en total.",
		pt: "O **correio** precisa do pacote `node-red-node-email` (Menu > Gerir paleta > Instalar). Se faltar, o editor diz ao importar que não conhece o tipo *e-mail*, e o Node-RED não inicia **nenhum fluxo** até o instalar ou eliminar o nó *mail*. Instale-o antes. Depois, duplo clique em *mail*: o seu servidor e a sua conta, e marque *Ativado*. `MAIL_TO` e `MAIL_FROM` são variáveis do separador.\n\n**Webhook**: indique o endereço em `WEBHOOK_URL`, e `slack`, `teams` ou `telegram` em `WEBHOOK_KIND`. No Telegram o endereço é `https://api.telegram.org/bot<token>/sendMessage`, e `TELEGRAM_CHAT` a conversa. Quem tiver esse endereço pode escrever ali: torne a variável uma credencial.\n\nO que não chega volta a ser tentado a cada minuto, cinco vezes ao todo.",
	});
	const server = { server: "smtp.example.com", port: "465", authtype: "BASIC", saslformat: true, token: "" };
	const mail = { ...server, secure: true, tls: true, dname: "mail", name: "", d: true };
	flow.add("mail", "e-mail", [110, 540], [], mail);
	flow.add("mail failed", "catch", [260, 540], ["unsent"], { scope: [flow.id("mail")], uncaught: false });
	const rules = ["slack", "teams", "telegram"].map((v) => ({ t: "eq", v, vt: "str" }));
	flow.add("which?", "switch", [120, 660], ["Slack", "Teams", "Telegram", "no webhook"], {
		...{ name: "which?", property: '$env("WEBHOOK_URL") = "" ? "" : $env("WEBHOOK_KIND")', propertyType: "jsonata" },
		...{ rules: [...rules, { t: "else" }], checkall: "false", repair: false, outputs: 4 },
	});
	const url = { p: "url", to: "WEBHOOK_URL", tot: "env" };
	flow.change("Slack", [270, 620], "post", [url, { p: "payload", to: `{"text": ${FOR_SLACK}}`, tot: "jsonata" }]);
	flow.change("Teams", [270, 670], "post", [url, { p: "payload", to: FOR_TEAMS, tot: "jsonata" }]);
	flow.change("Telegram", [280, 720], "post", [
		url,
		{ p: "payload", to: '{"chat_id": $env("TELEGRAM_CHAT"), "text": topic & "\\n" & payload}', tot: "jsonata" },
	]);
	flow.debug("no webhook", [290, 770], "topic");
	flow.add("post", "http request", [450, 670], ["through?"], {
		...{ method: "POST", ret: "txt", paytoqs: "ignore", url: "", tls: "", persist: false, proxy: "" },
		...{ insecureHTTPParser: false, authType: "", senderr: false, headers: [] },
	});
	flow.add("through?", "switch", [620, 670], [[], "unsent"], {
		...{ name: "through?", property: "$contains($string(statusCode), /^2/)", propertyType: "jsonata" },
		...{ rules: [{ t: "true" }, { t: "else" }], checkall: "false", repair: false, outputs: 2 },
	});
	flow.function("unsent", [620, 740], ["not sent"], bodyOf("notice/unsent.mjs"));
	flow.debug("not sent", [620, 800]);
}

/** A message for each missed call that nobody returned in time. */
export function notice(): Flow {
	const flow = new Flow("13 - Missed-call notice", {
		label: "Missed-call notice",
		info: "A mail and a message to Teams, Slack or Telegram for each missed call that nobody returned within ten minutes.",
		env: [
			{ name: "MINUTES", value: "10", type: "num" },
			{ name: "HOURS", value: JSON.stringify(HOURS), type: "json" },
			{ name: "TIME_ZONE", value: OF_LANGUAGE.timeZone, type: "str" },
			{ name: "TOLD_FILE", value: "meetip-told.json", type: "str" },
			{ name: "MAIL_TO", value: "reception@example.com", type: "str" },
			{ name: "MAIL_FROM", value: "pbx@example.com", type: "str" },
			{ name: "WEBHOOK_KIND", value: "slack", type: "str" },
			{ name: "WEBHOOK_URL", value: "", type: "str" },
			{ name: "TELEGRAM_CHAT", value: "", type: "str" },
		],
	});
	flow.simulatedPbx(PORT, "13");
	flow.head("Missed-call notice: nobody returned a call within ten minutes. Needs node-red-node-email", "", PORT, {
		en: "Have extension 999 registered at the server: the monitor logs in with it. Enter your hours in the tab's variables (double click the tab), and where the notice goes.",
		es: "Pide que se registre la extensión 999 en el servidor: el monitor inicia sesión con ella. Introduce tu horario en las variables de la pestaña (doble clic en ella), y adónde va el aviso.",
		pt: "Peça que a extensão 999 seja registada no servidor: é com ela que o monitor inicia sessão. Introduza o seu horário nas variáveis do separador (duplo clique nele), e para onde vai o aviso.",
	});
	look(flow);
	send(flow);
	flow.comment([40, 880], "The simulated PBX: two callers give up. Set MINUTES to 0 to be told at the next look");
	for (const [i, button] of [
		"miss 11 974319404 3",
		"miss 11,12 600000101 3",
		"ring 11 974319404",
		"answer 11",
		"hangup 11",
	].entries())
		flow.inject(button, [180, 940 + i * 50], "simulator");
	flow.simulator(PORT, [450, 1040]);
	return flow;
}
