// What the example flows say of themselves, in the language of the page.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type Language, ROOT, read } from "./languages";

interface FlowNode {
	readonly type: string;
	readonly name?: string;
	readonly info?: string;
}

const HEADINGS: Readonly<Record<Exclude<Language, "en">, string>> = { es: "Español", pt: "Português" };

/** The part of a comment in one language; English is what stands before the others. */
function inLanguage(info: string, language: Language): string {
	const [english = "", ...others] = info.split(/(?:^|\n+---\n+)\*\*(Español|Português)\*\*\n+/);
	if (language === "en") return english.trim();
	return (others[others.indexOf(HEADINGS[language]) + 1] ?? "").replace(/\n+---\s*$/, "").trim();
}

function comments(...path: string[]): FlowNode[] {
	const flow = JSON.parse(read("examples", ...path)) as FlowNode[];
	return flow.filter(({ type }) => type === "comment");
}

const flowsIn = (...folder: string[]) =>
	readdirSync(join(ROOT, "examples", ...folder)).filter((file) => file.endsWith(".json"));

/** The example flows by name, with the anchor of each on its page. */
export const EXAMPLES: readonly { readonly name: string; readonly anchor: string }[] = flowsIn().map((file) => ({
	name: file.slice(0, -".json".length),
	anchor: `example-${file.slice(0, 2)}`,
}));

/** Each example: what it shows, and folded away what to change for a PBX of one's own. */
export function examplesText(language: Language, forYours: string): string {
	return EXAMPLES.map(({ name, anchor }) => {
		const [first, second] = comments(`${name}.json`);
		// In English the first sentence is the comment's own name, as the flow shows it.
		const opening = language === "en" ? `${first?.name}.` : "";
		const shows = [opening, inLanguage(first?.info ?? "", language)].filter((text) => text !== "").join("\n\n");
		const change = inLanguage(second?.info ?? "", language);
		if (shows === "" || change === "") throw new Error(`${name} says nothing in ${language}`);
		return `## ${name} {#${anchor}}\n\n${shows}\n\n::: details ${forYours}\n${change}\n:::`;
	}).join("\n\n");
}

/** The names of the flows for CRMs. */
export const CRMS: readonly string[] = flowsIn("CRM").map((file) => file.slice(0, -".json".length));

/** Each flow for a CRM: what it writes, what to fill in, what is unsure, and the flow itself. */
export function crmsText(language: Language, unsure: string, download: string): string {
	return CRMS.map((name) => {
		const [what, doubt] = comments("CRM", `${name}.json`).map(({ info }) => inLanguage(info ?? "", language));
		if (!what || !doubt) throw new Error(`The flow for ${name} says nothing in ${language}`);
		const link = `[${download}](examples/CRM/${encodeURI(name)}.json)`;
		return `## ${name}\n\n${what}\n\n::: warning ${unsure}\n${doubt}\n:::\n\n${link}`;
	}).join("\n\n");
}
