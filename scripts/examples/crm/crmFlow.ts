import { bodyOf, Flow } from "../flow";
import type { Texts } from "../language";

/** A variable of the tab. */
export interface Variable {
	readonly name: string;
	/** What it is before somebody fills it in; null for a secret, which Node-RED keeps apart from the flow. */
	readonly value: string | null;
	/** What to enter. */
	readonly help: Texts;
}

/** What is particular to a CRM. */
export interface CrmOptions {
	/** Its name, and that of the file. */
	readonly name: string;
	/** What is written, and what of it keeps a call from being there twice. */
	readonly record: Texts;
	/** What to do in the CRM before. */
	readonly before: Texts;
	/** What was not found in the CRM's documentation, or not tried. */
	readonly unsure: Texts;
	readonly variables: readonly Variable[];
	/** The requests, one after the other: what each is for, and the file of the function that makes it. */
	readonly steps: readonly (readonly [name: string, file: string])[];
	/** The file of a function that turns this CRM's way to say no into a status; none where it has none of its own. */
	readonly verdict?: string;
	/** The file of a function that asks for a token, where a token ends by itself. */
	readonly token?: string;
}

/** One configuration for all of them: whoever imports two CRMs has one PBX. */
const PBX = new Flow("CRM", { label: "", info: "" }).id("pbx");
/** Calls within the house are no business of a CRM. */
const DIRECTIONS = ["inbound", "outbound", "unknown"];
/** Minutes between two tokens, which are good for an hour. */
const TOKEN_MINUTES = 20;

function request(flow: Flow, key: string, place: readonly [number, number], next: string): void {
	flow.add(key, "http request", place, [next], {
		...{ name: key, method: "use", ret: "obj", paytoqs: "ignore", url: "", tls: "", persist: false, proxy: "" },
		...{ insecureHTTPParser: false, authType: "", senderr: false, headers: [] },
	});
}

function comments(flow: Flow, { name, record, before, unsure, variables }: CrmOptions): void {
	const list = (language: keyof Texts) =>
		variables
			.map(({ name, value, help }) => `- \`${name}\`${value === null ? " 🔒" : ""}: ${help[language]}`)
			.join("\n");
	const title = {
		en: `Every call into ${name}: select me`,
		es: `Cada llamada en ${name}: selecciónalo`,
		pt: `Cada chamada em ${name}: selecione-me`,
	};
	flow.comment([40, 40], title, {
		en: `${record.en}\n\n**Fill in**\n\n1. Select your PBX in *pbx log*. Its configuration must keep calls (tab *Call log*, *Keep calls*: in a file of this Node-RED), and extension 999 must be registered at the server.\n2. ${before.en}\n3. Double click the tab and enter its variables (🔒 is a secret: Node-RED keeps it apart from the flow):\n\n${list("en")}\n\nWhom of the CRM's users an extension belongs to stands in the PBX configuration, under *People*.`,
		es: `${record.es}\n\n**Rellena**\n\n1. Selecciona tu centralita en *pbx log*. Su configuración debe guardar las llamadas (pestaña *Registro*, *Guardar en*: un archivo de este Node-RED), y la extensión 999 debe estar registrada en el servidor.\n2. ${before.es}\n3. Haz doble clic en la pestaña e introduce sus variables (🔒 es un secreto: Node-RED lo guarda aparte del flujo):\n\n${list("es")}\n\nA qué usuario del CRM pertenece cada extensión se indica en la configuración de la centralita, en *Personas*.`,
		pt: `${record.pt}\n\n**Preencha**\n\n1. Selecione o seu PBX em *pbx log*. A configuração tem de guardar as chamadas (separador *Registo*, *Guardar em*: um ficheiro deste Node-RED), e a extensão 999 tem de estar registada no servidor.\n2. ${before.pt}\n3. Faça duplo clique no separador e introduza as variáveis (🔒 é um segredo: o Node-RED guarda-o à parte do fluxo):\n\n${list("pt")}\n\nA que utilizador do CRM pertence cada extensão indica-se na configuração do PBX, em *Pessoas*.`,
	});
	flow.comment([400, 40], "What is unsure: select me", unsure);
}

function token(flow: Flow, file: string): void {
	flow.inject("a token, every 20 minutes", [100, 110], "token", "", {
		...{ payloadType: "date", repeat: String(TOKEN_MINUTES * 60), once: true },
	});
	flow.function("token", [300, 110], ["ask for a token"], bodyOf(file));
	request(flow, "ask for a token", [500, 110], "keep it");
	flow.function("keep it", [500, 170], [[]], bodyOf("crm/keepToken.mjs"));
}

/** `pbx log`, the requests one below the other, and what tells `pbx log` how it went. */
function deliver(flow: Flow, { steps, verdict, token }: CrmOptions): void {
	const top = token === undefined ? 110 : 230;
	const below = top + 140;
	const names = steps.map(([name]) => name);
	flow.add("log", "pbx-log", [300, top], [names.slice(0, 1), "given up"], {
		...{ pbx: PBX, channel: "monitor", extensions: "", directions: DIRECTIONS, outcomes: [], queue: "" },
		...{ timeout: 40, parallel: 2, giveUp: 72, fromStart: false },
	});
	const link = { name: "how it went", l: true };
	flow.add("went in", "link in", [100, top], ["log"], { ...link, links: [flow.id("went out")] });
	flow.inject("try all again now", [100, top + 60], "log", "", { props: [{ p: "retry", v: "all", vt: "str" }] });
	flow.debug("given up", [500, top], "reason");
	for (const [i, [name, file]] of steps.entries()) {
		const y = below + i * 60;
		const after = names[i + 1];
		// What is to be asked, what became of the call already, and where nothing is to be asked.
		const wires = [`${name}: ask`, "how it went", ...(after === undefined ? [] : [after])];
		const body = bodyOf(file);
		const libs = body.includes("crypto.") ? [{ var: "crypto", module: "crypto" }] : [];
		flow.function(name, [100, y], wires, body, libs);
		request(flow, `${name}: ask`, [300, y], after ?? "how it went");
	}
	const said = verdict === undefined ? "" : `${bodyOf(verdict)}\n`;
	const went = [["went out"], ...(token === undefined ? [] : ["token"])];
	flow.function("how it went", [500, below], went, `${said}${bodyOf("crm/howItWent.mjs")}`);
	flow.add("went out", "link out", [500, below + 60], [], { ...link, mode: "link", links: [flow.id("went in")] });
	const scope = [...names.flatMap((name) => [name, `${name}: ask`]), "how it went"].map((each) => flow.id(each));
	flow.add("failed", "catch", [300, below + steps.length * 60], ["went out"], {
		name: "failed",
		scope,
		uncaught: false,
	});
}

/** The request of one CRM, and nothing else: no simulated PBX, and nobody who stands in for the CRM. */
export function crmFlow(options: CrmOptions): Flow {
	const flow = new Flow(`CRM/${options.name}`, {
		label: options.name,
		info: options.record,
		env: options.variables.map(({ name, value }) => ({
			name,
			type: value === null ? "cred" : "str",
			value: value ?? "",
		})),
	});
	flow.pbx("ws://192.0.2.10:9300", { storeFile: "meetip-pbx/calls.db" }, PBX);
	comments(flow, options);
	if (options.token !== undefined) token(flow, options.token);
	deliver(flow, options);
	return flow;
}
