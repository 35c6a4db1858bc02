import { bodyOf, Flow } from "./flow";

const PORT = 9315;

/** Figures of the PBX for Prometheus, and so for Grafana. */
export function metrics(): Flow {
	const flow = new Flow("15 - Figures for Prometheus", {
		label: "Figures for Prometheus",
		info: "Calls, waiting and talking time, connections and waiting records at /metrics, in the form that Prometheus reads.",
	});
	flow.simulatedPbx(PORT, "15");
	flow.head(
		"Figures for Prometheus: calls, times, connections and waiting records. Open /metrics",
		{
			en: 'In Prometheus: `scrape_configs: [{job_name: pbx, metrics_path: /metrics, static_configs: [{targets: ["your-node-red:1880"]}]}]`. A dashboard for Grafana is in the repository of this package, `docs/grafana/pbx.json`. No number and no name is among the figures; whoever reaches Node-RED can read them, unless `httpNodeAuth` in the settings file asks for a password.',
			es: 'En Prometheus: `scrape_configs: [{job_name: pbx, metrics_path: /metrics, static_configs: [{targets: ["tu-node-red:1880"]}]}]`. Hay un panel para Grafana en el repositorio de este paquete, `docs/grafana/pbx.json`. Entre las cifras no hay números ni nombres; quien llegue a Node-RED puede leerlas, salvo que `httpNodeAuth`, en el archivo de configuración, pida una contraseña.',
			pt: 'No Prometheus: `scrape_configs: [{job_name: pbx, metrics_path: /metrics, static_configs: [{targets: ["o-seu-node-red:1880"]}]}]`. Há um painel para o Grafana no repositório deste pacote, `docs/grafana/pbx.json`. Entre os valores não há números nem nomes; quem chegar ao Node-RED pode lê-los, a menos que `httpNodeAuth`, no ficheiro de configuração, peça uma palavra-passe.',
		},
		PORT,
		{
			en: "Have extension 999 registered at the server: the monitor logs in with it. In part 3 take your own *pbx log* in, or delete that part.",
			es: "Pide que se registre la extensión 999 en el servidor: el monitor inicia sesión con ella. En la parte 3 pon tu propio *pbx log*, o borra esa parte.",
			pt: "Peça que a extensão 999 seja registada no servidor: é com ela que o monitor inicia sessão. Na parte 3 ponha o seu próprio *pbx log*, ou elimine essa parte.",
		},
	);
	flow.comment([40, 100], "1. What happens is counted");
	flow.pbxIn("events", [150, 160], ["count"], ["call.record", "extension.state", "link.state", "link.gap"]);
	flow.function("count", [330, 160], [[]], bodyOf("metrics/count.mjs"));
	flow.comment([40, 240], "2. Prometheus asks for the figures");
	flow.add("in", "http in", [100, 300], ["unreturned"], {
		url: "/metrics",
		method: "get",
		upload: false,
		swaggerDoc: "",
	});
	flow.history("unreturned", [300, 300], "text", "unreturned", { from: "-14", limit: 10000 });
	flow.add("no log", "catch", [100, 360], ["none"], { scope: [flow.id("unreturned")], uncaught: false });
	flow.change("none", [300, 360], "text", [{ p: "payload", to: "", tot: "str" }]);
	flow.function("text", [500, 300], ["out"], bodyOf("metrics/text.mjs"));
	const type = { "content-type": "text/plain; version=0.0.4; charset=utf-8", "cache-control": "no-store" };
	flow.add("out", "http response", [700, 300], [], { statusCode: "200", headers: type });
	flow.comment(
		[40, 440],
		"3. Records that wait for the CRM: the status of the pbx log nodes on this tab says how many",
		{
			en: "A *status* node hears the nodes of its own tab only: copy it, with the function behind it, to the tab of your *pbx log*, and let its function write to `global` instead of `flow`; or move your *pbx log* here. The function *CRM* stands in for yours.",
			es: "Un nodo *status* solo oye los nodos de su pestaña: cópialo, con la función que le sigue, a la pestaña de tu *pbx log*, y que su función escriba en `global` en lugar de `flow`; o trae aquí tu *pbx log*. La función *CRM* hace de la tuya.",
			pt: "Um nó *status* só ouve os nós do seu separador: copie-o, com a função que se segue, para o separador do seu *pbx log*, e que a função escreva em `global` em vez de `flow`; ou traga para aqui o seu *pbx log*. A função *CRM* faz as vezes da sua.",
		},
	);
	flow.add("log", "pbx-log", [150, 500], ["CRM", []], {
		...{ name: "records", pbx: flow.id("pbx"), channel: "monitor", extensions: "", directions: [], outcomes: [] },
		...{ queue: "example-15", timeout: 5, parallel: 2, giveUp: 72, fromStart: false },
	});
	const crm = 'msg.statusCode = flow.get("crmDown") ? 503 : 200;\nreturn msg;';
	flow.function("CRM", [330, 500], ["log"], crm);
	flow.add("status", "status", [150, 560], ["waiting"], { name: "status of pbx log", scope: [flow.id("log")] });
	flow.function("waiting", [340, 560], [[]], bodyOf("metrics/waiting.mjs"));
	flow.inject("the CRM is down", [560, 500], "down", "true", { payloadType: "bool" });
	flow.inject("the CRM is up", [560, 550], "down", "false", { payloadType: "bool" });
	flow.change("down", [730, 520], "", [{ p: "crmDown", pt: "flow", to: "payload", tot: "msg" }]);
	flow.comment([40, 640], "The simulated PBX: let calls come in, or press traffic 5");
	const buttons = ["ring 11 974319404", "answer 11", "hangup 11", "miss 12 600000101 3", "traffic 5", "traffic 0"];
	for (const [i, button] of buttons.entries()) flow.inject(button, [180, 700 + i * 50], "simulator");
	flow.simulator(PORT, [450, 820]);
	return flow;
}
