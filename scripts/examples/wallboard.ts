import { bodyOf, Flow, source } from "./flow";

const PORT = 9312;
const LINE =
	"pbx2crm;estado=%*ESTADO*%;sentido=%*SENTIDO*%;numero=%*CALLER_ID*%;cola=%*QUEUE_NAME*%;id=%*ID*%;duracion=%*DURACION*%;extension=%*EXTENSION*%;";

function dashboard(flow: Flow): void {
	flow.config("ui", "ui-base", {
		...{ name: "PBX", path: "/dashboard", appIcon: "", includeClientData: true, showPathInSidebar: false },
		...{ acceptsClientConfig: ["ui-notification", "ui-control"], headerContent: "page", navigationStyle: "none" },
		...{ titleBarStyle: "hidden", showReconnectNotification: true, notificationDisplayTime: 1 },
		...{ showDisconnectNotification: true, allowInstall: false },
	});
	flow.config("theme", "ui-theme", {
		name: "Wallboard",
		colors: { surface: "#ffffff", primary: "#0b6354", bgPage: "#eef2f5", groupBg: "#ffffff", groupOutline: "#cccccc" },
		sizes: { pagePadding: "0px", groupGap: "0px", groupBorderRadius: "0px", widgetGap: "0px" },
	});
	const breakpoints = [{ name: "Default", px: "0", cols: "12" }];
	const page = { ui: flow.id("ui"), path: "/wallboard", icon: "phone", layout: "grid", theme: flow.id("theme") };
	const shown = { visible: true, disabled: false, className: "", order: 1 };
	flow.config("page", "ui-page", { ...page, ...shown, name: "Wallboard", breakpoints });
	const size = { width: "12", height: "1", showTitle: false, groupType: "default" };
	flow.config("group", "ui-group", { ...size, ...shown, name: "Wallboard", page: flow.id("page") });
}

/** The team's calls on a big screen, on FlowFuse's dashboard. */
export function wallboard(): Flow {
	const flow = new Flow("12 - Wallboard", {
		label: "Wallboard",
		info: "The team's calls on a big screen: who waits, who talks, what the day came to, what has to be returned.",
		env: [{ name: "PEOPLE", value: '{"11":"Ana","12":"Bruno","13":"Carla","14":"David"}', type: "json" }],
	});
	const states = ["timbre", "descolgado", "colgado"] as const;
	const activations = states.flatMap((state) =>
		(["entrante", "saliente"] as const).map((direction) => ({ state, direction, command: LINE })),
	);
	flow.simulatedPbx(PORT, "12", { activations });
	dashboard(flow);
	flow.head(
		"Wallboard, at /dashboard/wallboard: the team's calls. Needs @flowfuse/node-red-dashboard",
		{
			en: "The wallboard stands on FlowFuse's Dashboard 2, the package `@flowfuse/node-red-dashboard` (Menu > Manage palette > Install). Where it is missing the editor says on import that types such as *ui-template* are unknown, and Node-RED starts **no flow at all** until you install it, or delete those nodes. Install it first. If you have a dashboard already, choose yours in the form of the page *Wallboard*, and delete the one that came along.\n\nDark or light: as the browser is. *Away* is who is in the tab's variable `PEOPLE` and was not heard of.",
			es: "El panel funciona sobre el Dashboard 2 de FlowFuse, el paquete `@flowfuse/node-red-dashboard` (Menú > Gestionar paleta > Instalar). Si falta, el editor dice al importar que no conoce tipos como *ui-template*, y Node-RED no arranca **ningún flujo** hasta que lo instalas o borras esos nodos. Instálalo antes. Si ya tienes un panel, elige el tuyo en el formulario de la página *Wallboard* y borra el que viene con el ejemplo.\n\nOscuro o claro: como esté el navegador. *Ausente* es quien está en la variable `PEOPLE` de la pestaña y de quien no se ha oído nada.",
			pt: "O painel funciona sobre o Dashboard 2 da FlowFuse, o pacote `@flowfuse/node-red-dashboard` (Menu > Gerir paleta > Instalar). Se faltar, o editor diz ao importar que não conhece tipos como *ui-template*, e o Node-RED não inicia **nenhum fluxo** até o instalar ou eliminar esses nós. Instale-o antes. Se já tem um painel, escolha o seu no formulário da página *Wallboard* e elimine o que veio com o exemplo.\n\nEscuro ou claro: como estiver o navegador. *Ausente* é quem está na variável `PEOPLE` do separador e de quem nada se ouviu.",
		},
		PORT,
		{
			en: "Have extension 999 registered at the server: the monitor logs in with it. Enter your people in the tab's variable `PEOPLE` (double click the tab). Queues are told by PRO events only: see example 08.",
			es: "Pide que se registre la extensión 999 en el servidor: el monitor inicia sesión con ella. Introduce a tu gente en la variable `PEOPLE` de la pestaña (doble clic en la pestaña). Las colas solo se saben por los eventos PRO: mira el ejemplo 08.",
			pt: "Peça que a extensão 999 seja registada no servidor: é com ela que o monitor inicia sessão. Introduza as suas pessoas na variável `PEOPLE` do separador (duplo clique no separador). As filas só se sabem pelos eventos PRO: veja o exemplo 08.",
		},
	);
	const events = ["call.ringing", "call.answered", "call.ended", "call.record", "extension.state", "link.state"];
	flow.pbxIn("events", [100, 140], ["soon"], events);
	flow.pbxIn("queues", [100, 330], [[]], ["web.command"], { channel: "extension", extensions: "11, 12, 13, 14" });
	flow.inject("each minute", [100, 200], "soon", "", { payloadType: "date", once: true, onceDelay: "1", repeat: "60" });
	const trigger = { op1: "", op1type: "nul", op2: "*", op2type: "str", duration: "500", extend: false, units: "ms" };
	const rest = { overrideDelay: false, reset: "", bytopic: "all", topic: "topic", outputs: 1 };
	flow.add("soon", "trigger", [300, 140], ["board"], { name: "soon", ...trigger, ...rest });
	const asked = { extension: "payload", extensionType: "msg", via: "999", source: "board", timeout: 5 };
	flow.add("board", "pbx-status", [500, 140], ["keep board"], { name: "board", pbx: flow.id("pbx"), ...asked });
	flow.add("no board", "catch", [500, 200], ["nobody"], { scope: [flow.id("board")], uncaught: false });
	flow.change("nobody", [700, 200], "keep board", [{ p: "payload", to: "[]", tot: "json" }]);
	flow.change("keep board", [700, 140], "today", [{ p: "board", to: "payload", tot: "msg" }]);
	flow.history("today", [100, 280], "keep day", "totals", { from: "0", by: "day" });
	flow.change("keep day", [300, 280], "by queue", [{ p: "day", to: "payload", tot: "msg" }]);
	flow.history("by queue", [500, 280], "keep queues", "totals", { from: "0", by: "queue" });
	flow.change("keep queues", [700, 280], "missed", [{ p: "queues", to: "payload", tot: "msg" }]);
	flow.history("missed", [100, 350], "keep missed", "unreturned", { from: "-1", limit: 200 });
	flow.change("keep missed", [300, 350], "called", [{ p: "missed", to: "payload", tot: "msg" }]);
	flow.history("called", [500, 350], "figures", "calls", { from: "-1", directions: ["outbound"], limit: 1000 });
	flow.function("figures", [700, 350], ["wall"], bodyOf("wallboard/figures.mjs"));
	flow.add("wall", "ui-template", [700, 410], [[]], {
		...{ group: flow.id("group"), page: "", ui: "", name: "wallboard", order: 1, width: "12", height: "1", head: "" },
		...{ format: source("wallboard/wall.vue"), storeOutMessages: true, passthru: false, resendOnRefresh: true },
		...{ templateScope: "local", className: "" },
	});
	flow.comment([40, 420], "The simulated PBX: calls come in by queues; miss one, then call it back from 12");
	const buttons = ["ring 11,12 974319404@Ventas", "answer 11", "hangup 11", "miss 13 600000101@Soporte 3"];
	for (const [i, button] of buttons.entries()) flow.inject(button, [190, 480 + i * 50], "simulator");
	flow.inject("12 calls 600000101", [190, 680], "dial", "600000101");
	const dialled = { extension: "12", extensionType: "str", number: "payload", numberType: "msg", timeout: 60 };
	flow.add("dial", "pbx-call", [380, 680], [[], []], { pbx: flow.id("pbx"), ...dialled });
	flow.simulator(PORT, [480, 560], { extensions: "11, 12, 13, 14", pbx: flow.id("pbx") });
	return flow;
}
