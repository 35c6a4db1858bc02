import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PbxConfigOptions } from "../../nodes/shared/options";
import { type Example, inLanguage, type SourceNode } from "./example";
import type { Language, Texts } from "./language";

/** What the PBX says in each language, and by which clock. Of the country are the numbers of the simulated PBX, whatever the language. */
export const OF_LANGUAGE = {
	country: "ES",
	language: { en: "en", es: "es", pt: "pt" },
	timeZone: { en: "Europe/Madrid", es: "Europe/Madrid", pt: "Europe/Lisbon" },
} as const;

type Wires = readonly (string | readonly string[])[];
type Place = readonly [x: number, y: number];

/** A file beside this one. */
export function source(path: string): string {
	return readFileSync(join(__dirname, path), "utf8");
}

/** What stands in the body of the function that a file exports: what a `function` node runs. */
export function bodyOf(path: string): string {
	const [, body] = /^export default function [\s\S]*?\{\n([\s\S]*)\n\}\n$/m.exec(source(path)) ?? [];
	if (body === undefined) throw new Error(`${path} exports no function`);
	return body.replace(/^\t/gm, "");
}

/** One example: a tab with its nodes. Ids are made of the names that nodes have here, so that they stay the same. */
export class Flow {
	readonly #nodes: SourceNode[] = [];
	readonly tab: string;

	/** @param file  the file's name in English, which is what the import dialog shows */
	constructor(
		readonly file: string,
		tab: { readonly label: string; readonly info: string | Texts; readonly env?: readonly object[] },
	) {
		this.tab = this.id("tab");
		this.#nodes.push({ id: this.tab, type: "tab", disabled: false, env: [], ...tab });
	}

	/** The id of a node by its name here. */
	id(key: string): string {
		return createHash("sha256").update(`${this.file}/${key}`).digest("hex").slice(0, 16);
	}

	/** A node on the tab, as on an endless sheet: see `layout.ts`. Each output is wired to one node, or to several. */
	add(key: string, type: string, [x, y]: Place, wires: Wires, properties: object = {}): void {
		const outputs = wires.map((to) =>
			[to]
				.flat()
				.filter(Boolean)
				.map((each) => this.id(each)),
		);
		this.#nodes.push({ id: this.id(key), type, z: this.tab, name: "", ...properties, x, y, wires: outputs });
	}

	/** A configuration, which stands on no tab. */
	config(key: string, type: string, properties: object): void {
		this.#nodes.push({ id: this.id(key), type, name: "", ...properties });
	}

	/** The simulated PBX of an example, with a call log of its own. */
	simulatedPbx(port: number, number: string, options: Partial<PbxConfigOptions> = {}): void {
		this.pbx(`ws://127.0.0.1:${port}`, { storeFile: `meetip-pbx/example-${number}.db`, ...options });
	}

	pbx(url: string, options: Partial<PbxConfigOptions>, id = this.id("pbx")): void {
		const saved: Omit<PbxConfigOptions, keyof typeof OF_LANGUAGE> = {
			...{ name: "", url, tenant: "227", tls: "", activations: [] },
			...{ groups: true, plus: "+", prefix: "", people: [], settle: 8, words: [] },
			mostExtensions: 5_000,
			...{ dialAllowed: "", dialPerExtension: 0, dialInAll: 0, dialRepeat: 0, dryRun: false },
			...{ store: "file", storeFile: "", storeUrl: "", keepDays: 365, standby: false, version: 3, ...options },
		};
		this.#nodes.push({ id, type: "pbx-config", ...OF_LANGUAGE, ...saved });
	}

	/** A comment; at the left edge it begins a section of the tab. */
	comment([x, y]: Place, name: string | Texts, info: Texts | string = ""): void {
		this.add(`comment ${typeof name === "string" ? name : name.en}`, "comment", [x, y], [], { name, info });
	}

	change(key: string, place: Place, next: string | readonly string[], rules: readonly object[]): void {
		const set = rules.map((rule) => ({ t: "set", pt: "msg", ...rule }));
		const fixed = { action: "", property: "", from: "", to: "", reg: false };
		this.add(key, "change", place, [next], { name: key, rules: set, ...fixed });
	}

	function(key: string, place: Place, wires: Wires, func: string, libs: readonly object[] = []): void {
		const fixed = { timeout: 0, noerr: 0, initialize: "", finalize: "" };
		this.add(key, "function", place, wires, { name: key, func, outputs: wires.length, ...fixed, libs });
	}

	/** A button; `more` holds what sets it going by itself. */
	inject(name: string, place: Place, next: string | readonly string[], payload = name, more: object = {}): void {
		const fixed = { props: [{ p: "payload" }], repeat: "", crontab: "", once: false, onceDelay: 0.1, topic: "" };
		this.add(`inject ${name}`, "inject", place, [next], { name, ...fixed, payload, payloadType: "str", ...more });
	}

	debug(name: string, place: Place, complete = "payload"): void {
		const fixed = { active: true, tosidebar: true, console: false, tostatus: false, targetType: "msg" };
		this.add(name, "debug", place, [], { name, ...fixed, complete, statusVal: "", statusType: "auto" });
	}

	simulator(port: number, place: Place, options: object = {}): void {
		const saved = { port, host: "127.0.0.1", tenant: "227", extensions: "11, 12, 13", silent: "", traffic: 0, pbx: "" };
		this.add("simulator", "pbx-simulator", place, [[]], { ...saved, ...options });
	}

	pbxIn(key: string, place: Place, wires: Wires, events: readonly string[], more: object = {}): void {
		const saved = {
			channel: "monitor",
			extensions: "",
			directions: [],
			outcomes: [],
			urlHosts: "",
			outputs: wires.length,
		};
		this.add(key, "pbx-in", place, wires, { pbx: this.id("pbx"), events, split: wires.length > 1, ...saved, ...more });
	}

	history(key: string, place: Place, next: string | readonly string[], query: string, more: object = {}): void {
		const saved = {
			...{ number: "call.number", numberType: "msg", from: "-7", fromType: "str", to: "", toType: "str", by: "day" },
			...{ extensions: "", directions: [], outcomes: [], limit: 20, format: "objects" },
		};
		this.add(key, "pbx-history", place, [next], { name: key, pbx: this.id("pbx"), query, ...saved, ...more });
	}

	/** What it is, and below it what to change for a real PBX. */
	head(name: string, info: Texts | string, port: number, step: Texts): void {
		this.comment([40, 40], name, info);
		this.#realPbx(port, step);
	}

	/** What to change for a real PBX: the same in all examples, but for one step. */
	#realPbx(port: number, step: Texts): void {
		this.comment([400, 40], "For a real PBX: select me", {
			en: `This flow runs as it is against the simulated PBX in it, on port ${port} of this machine.\n\nFor your own PBX:\n\n1. Open the configuration **PBX 227** (the pencil beside *PBX* in any of the PBX nodes) and enter the server, such as \`ws://192.0.2.10:9300\`, your tenant and your key. The manager of your PBX has them.\n2. ${step.en}\n3. Delete the *pbx simulator* node with its comment and its buttons.`,
			es: `Este flujo funciona tal cual con la centralita simulada que lleva dentro, en el puerto ${port} de esta máquina.\n\nCon tu propia centralita:\n\n1. Abre la configuración **PBX 227** (el lápiz junto a *Centralita* en cualquiera de los nodos) e introduce el servidor, por ejemplo \`ws://192.0.2.10:9300\`, tu tenant y tu clave. Los tiene quien administra tu centralita.\n2. ${step.es}\n3. Borra el nodo *pbx simulator*, con su comentario y sus botones.`,
			pt: `Este fluxo funciona tal como está com o PBX simulado que traz consigo, na porta ${port} desta máquina.\n\nCom o seu próprio PBX:\n\n1. Abra a configuração **PBX 227** (o lápis ao lado de *PBX* em qualquer dos nós) e introduza o servidor, por exemplo \`ws://192.0.2.10:9300\`, o seu tenant e a sua chave. Tem-nos quem administra o seu PBX.\n2. ${step.pt}\n3. Elimine o nó *pbx simulator*, com o seu comentário e os seus botões.`,
		});
	}

	/** The file in a language. */
	in(language: Language): Example {
		return inLanguage(this.file, this.#nodes, language);
	}
}
