import { bodyOf, Flow, OF_LANGUAGE } from "./flow";

const PORT = 9314;
/** What a day came to, as a file and as a mail. */
export function report(): Flow {
	const flow = new Flow("14 - The day's report", {
		label: "The day's report",
		info: "What the day came to, by extension and by hour: a CSV file, and a mail.",
		env: [
			{ name: "PEOPLE", value: '{"11":"Ana","12":"Bruno","13":"Carla"}', type: "json" },
			{ name: "LANGUAGE", value: OF_LANGUAGE.language, type: "str" },
			{ name: "TIME_ZONE", value: OF_LANGUAGE.timeZone, type: "str" },
			{ name: "FOLDER", value: { en: "reports", es: "informes", pt: "relatorios" }, type: "str" },
			{ name: "MAIL_TO", value: "manager@example.com", type: "str" },
			{ name: "MAIL_FROM", value: "pbx@example.com", type: "str" },
		],
	});
	flow.simulatedPbx(PORT, "14");
	flow.head("The day's report: calls by extension and hour, as file and mail. Needs node-red-node-email", "", PORT, {
		en: "Have extension 999 registered at the server: the monitor logs in with it. Double click the tab: names, language, folder, and whom the mail goes to. Double click *at seven in the evening* for another time.",
		es: "Pide que se registre la extensión 999 en el servidor: el monitor inicia sesión con ella. Doble clic en la pestaña: nombres, idioma, carpeta y a quién va el correo. Doble clic en *at seven in the evening* para otra hora.",
		pt: "Peça que a extensão 999 seja registada no servidor: é com ela que o monitor inicia sessão. Duplo clique no separador: nomes, idioma, pasta e a quem vai o correio. Duplo clique em *at seven in the evening* para outra hora.",
	});
	flow.comment([40, 100], "1. At seven in the evening, Monday to Saturday: what the call log has of today", {
		en: "The file is `FOLDER` and the day, such as `reports/calls-2026-01-15.csv`, below the folder that Node-RED was started in; in Docker enter `/data/reports`. It begins with the mark by which spreadsheets know UTF-8, and has semicolons, as Spanish and Portuguese ones expect. Times are seconds.\n\n**Mail** needs the package `node-red-node-email` (Menu > Manage palette > Install). Where it is missing the editor says on import that the type *e-mail* is unknown, and Node-RED starts **no flow at all** until you install it, or delete the node *mail*. Install it first; then double click *mail*: your server and account, and tick *Enabled*.",
		es: "El archivo es `FOLDER` y el día, por ejemplo `informes/llamadas-2026-01-15.csv`, en la carpeta desde la que se arrancó Node-RED; en Docker pon `/data/informes`. Empieza con la marca por la que las hojas de cálculo reconocen UTF-8, y lleva punto y coma. Los tiempos son segundos.\n\nEl **correo** necesita el paquete `node-red-node-email` (Menú > Gestionar paleta > Instalar). Si falta, el editor dice al importar que no conoce el tipo *e-mail*, y Node-RED no arranca **ningún flujo** hasta que lo instalas o borras el nodo *mail*. Instálalo antes; después, doble clic en *mail*: tu servidor y tu cuenta, y marca *Activado*.",
		pt: "O ficheiro é `FOLDER` e o dia, por exemplo `relatorios/chamadas-2026-01-15.csv`, na pasta em que o Node-RED foi iniciado; em Docker indique `/data/relatorios`. Começa com a marca pela qual as folhas de cálculo reconhecem UTF-8, e leva ponto e vírgula. Os tempos são segundos.\n\nO **correio** precisa do pacote `node-red-node-email` (Menu > Gerir paleta > Instalar). Se faltar, o editor diz ao importar que não conhece o tipo *e-mail*, e o Node-RED não inicia **nenhum fluxo** até o instalar ou eliminar o nó *mail*. Instale-o antes; depois, duplo clique em *mail*: o seu servidor e a sua conta, e marque *Ativado*.",
	});
	flow.inject("at seven in the evening", [100, 160], "by extension", "", {
		payloadType: "date",
		crontab: "00 19 * * 1-6",
	});
	flow.history("by extension", [300, 160], "keep", "totals", { from: "0", by: "extension" });
	flow.change("keep", [500, 160], "by hour", [{ p: "byExtension", to: "payload", tot: "msg" }]);
	flow.history("by hour", [100, 230], "keep too", "totals", { from: "0", by: "hour" });
	flow.change("keep too", [300, 230], "report", [{ p: "byHour", to: "payload", tot: "msg" }]);
	flow.function("report", [500, 230], [["csv", "as text"]], bodyOf("report/rows.mjs"));
	flow.add("csv", "csv", [100, 310], ["with mark"], {
		...{ name: "csv", spec: "rfc", sep: ";", hdrin: "", hdrout: "all", multi: "one", ret: "\\r\\n", temp: "" },
		...{ skip: "0", strings: true, include_empty_strings: "", include_null_values: "" },
	});
	flow.change(
		"with mark",
		[300, 310],
		["file", "where"],
		[
			{ p: "payload", to: '"\\uFEFF" & payload', tot: "jsonata" },
			{ p: "filename", to: '$env("FOLDER") & "/" & t("calls") & "-" & day & ".csv"', tot: "jsonata" },
		],
	);
	const writing = { appendNewline: false, createDir: true, overwriteFile: "true", encoding: "utf8" };
	flow.add("file", "file", [500, 300], [[]], { name: "file", filename: "filename", filenameType: "msg", ...writing });
	flow.debug("where", [500, 350], "filename");
	flow.change("as text", [100, 400], ["mail", "report text"], [{ p: "payload", to: "text", tot: "msg" }]);
	const server = { server: "smtp.example.com", port: "465", authtype: "BASIC", saslformat: true, token: "" };
	flow.add("mail", "e-mail", [300, 390], [], { ...server, secure: true, tls: true, dname: "mail", name: "", d: true });
	flow.debug("report text", [300, 440]);
	flow.pbxIn("calls", [100, 490], ["heard"], ["call.record"]);
	flow.debug("heard", [300, 490], "payload.crm.subject");
	flow.comment([40, 540], "The simulated PBX: let some calls come in, then press at seven in the evening");
	const buttons = ["ring 11 974319404", "answer 11", "hangup 11", "miss 11,12 600000101 3"];
	for (const [i, button] of buttons.entries()) flow.inject(button, [180, 600 + i * 50], "simulator");
	flow.simulator(PORT, [450, 680]);
	return flow;
}
