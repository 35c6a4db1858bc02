import type { Flow } from "./flow";

/** What keeps pages of other sites from reading an answer: Node-RED's own headers let every site. */
export const FOR_NO_OTHER_SITE = {
	"x-content-type-options": "nosniff",
	"access-control-allow-origin": "https://none.invalid",
	"cache-control": "no-store",
};

/** What holds for every example that hands records over to a CRM, in the variable `CRM_URL` or one that stands in. */
export const CRM_URL = { name: "CRM_URL", value: "https://crm.example.com", type: "str" };
export const REAL_CRM = {
	en: "Have extension 999 registered at the server: the monitor logs in with it. *stand-in CRM* answers in place of your CRM: for yours, change path and fields in *the record*, enter its address in the tab's variable `CRM_URL` (double click the tab), enable *your CRM* (double click it; the switch is at the bottom of its form), and delete *stand-in CRM* with the row that it calls.",
	es: "Pide que se registre la extensión 999 en el servidor: el monitor inicia sesión con ella. *stand-in CRM* contesta en lugar de tu CRM: para usar el tuyo, cambia la ruta y los campos en *the record*, pon su dirección en la variable `CRM_URL` de la pestaña (doble clic en ella), activa *your CRM* (doble clic; el interruptor está en la parte inferior del formulario) y borra *stand-in CRM* con la fila a la que llama.",
	pt: "Peça que a extensão 999 seja registada no servidor: é com ela que o monitor inicia sessão. *stand-in CRM* responde em vez do seu CRM: para usar o seu, altere o caminho e os campos em *the record*, introduza o endereço dele na variável `CRM_URL` do separador (duplo clique nele), ative *your CRM* (duplo clique; o interruptor está na parte inferior do formulário) e elimine *stand-in CRM* com a linha que ele chama.",
};

/** A request to the CRM: what stands in for it, and beside it, disabled, the real one. */
export function request(flow: Flow, name: string, [x, y]: readonly [number, number], next: readonly string[]): void {
	const standIn = { name: "stand-in CRM", links: [flow.id("crm in")], linkType: "static", timeout: "8" };
	flow.add(`${name} stand-in`, "link call", [x, y], [next], standIn);
	flow.add(`${name} request`, "http request", [x - 20, y + 60], [next], {
		...{ name: "your CRM", method: "use", ret: "obj", paytoqs: "ignore", url: "", tls: "", persist: false, proxy: "" },
		...{ insecureHTTPParser: false, authType: "", senderr: false, headers: [], d: true },
	});
}

/** The names of the two nodes of a {@link request}, to be wired to. */
export function requestOf(name: string): readonly string[] {
	return [`${name} stand-in`, `${name} request`];
}

type Place = readonly [x: number, y: number];

/** A `pbx-log` whose request comes back to it over a pair of links, of which the one that leads away has a place of its own. */
export function log(flow: Flow, [x, y]: Place, away: Place, next: string, options: object = {}): void {
	flow.add("log", "pbx-log", [x, y], [next, "given up"], {
		...{ pbx: flow.id("pbx"), channel: "monitor", extensions: "", directions: [], outcomes: [], queue: "" },
		...{ timeout: 30, parallel: 2, giveUp: 72, fromStart: false, ...options },
	});
	const link = (key: string, type: string, place: Place, wires: string[][], more: object) =>
		flow.add(key, type, place, wires, { name: "how it went", l: true, ...more });
	link("went in", "link in", [x - 200, y], [["log"]], { links: [flow.id("went out")] });
	link("went out", "link out", away, [], { mode: "link", links: [flow.id("went in")] });
	flow.inject("try all again now", [x - 200, y + 60], "log", "", { props: [{ p: "retry", v: "all", vt: "str" }] });
	flow.debug("given up", [x + 200, y + 60], "reason");
}
