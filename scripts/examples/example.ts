import { createHash } from "node:crypto";
import { FOLDERS, type Language, say, translate } from "./language";
import { layOut } from "./layout";
import type { Placed } from "./sizes";

/** A node as a source has it: English, with {@link Texts} in it. */
export interface SourceNode {
	readonly [property: string]: unknown;
	readonly id: string;
	readonly type: string;
	readonly wires?: readonly (readonly string[])[];
}

/** A file of the import dialog. */
export interface Example {
	/** Below `examples`. */
	readonly path: string;
	readonly language: Language;
	readonly json: string;
}

/** What people read on a node in the editor. */
const SHOWN = ["name", "label", "info", "dname"] as const;

/** Examples of different languages can stand side by side: ports and files of call logs are their own. */
const PORTS: Readonly<Record<Language, string>> = { en: "93", es: "94", pt: "95" };

function isOn(node: SourceNode): node is SourceNode & Placed {
	return node.wires !== undefined && node.z !== undefined;
}

/** The texts that people read on a node; a button of the simulator may be called what it tells it. */
export function shownOf(node: SourceNode, nodes: readonly SourceNode[]): [property: string, text: string][] {
	const next = node.wires?.[0]?.[0];
	const isCommand = node.name === node.payload && nodes.some(({ id, type }) => id === next && type === "pbx-simulator");
	return SHOWN.flatMap((property): [string, string][] => {
		const text = node[property];
		return typeof text === "string" && text !== "" && !isCommand ? [[property, text]] : [];
	});
}

/** An example in a language. */
export function inLanguage(file: string, source: readonly SourceNode[], language: Language): Example {
	const nodes = source.map((node) => {
		const said = translate(node, language) as SourceNode;
		const shown = shownOf(node, source).map(([property, text]) => [property, say(text, language)]);
		return { ...said, ...Object.fromEntries(shown) } as SourceNode;
	});
	layOut(nodes.filter(isOn), ({ x }) => x < 100);
	const ids = new Set(nodes.map(({ id }) => id));
	const idOf = (id: string) => createHash("sha256").update(`${language}/${id}`).digest("hex").slice(0, 16);
	let json = `${JSON.stringify(nodes, null, "\t")}\n`;
	if (language !== "en") {
		json = json
			.replace(/\b[0-9a-f]{16}\b/g, (id) => (ids.has(id) ? idOf(id) : id))
			.replace(/\b93(?=(?:0[1-9]|1\d)\b)/g, PORTS[language])
			.replace(/\bexample-\d\d\b/g, (name) => `${name}-${language}`);
	}
	const name = file.startsWith("CRM/") ? file : say(file, language);
	return { path: `${FOLDERS[language]}/${name}.json`, language, json };
}
