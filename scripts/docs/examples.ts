// What the example flows say of themselves, in the language of the page.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type Language, ROOT, read } from "./languages";

interface FlowNode {
	readonly type: string;
	readonly name?: string;
	readonly info?: string;
}

/** The folder of each language's examples. */
const FOLDERS: Readonly<Record<Language, string>> = { en: "English", es: "Español", pt: "Português" };

function comments(...path: string[]): FlowNode[] {
	const flow = JSON.parse(read("examples", ...path)) as FlowNode[];
	return flow.filter(({ type }) => type === "comment");
}

const namesIn = (...folder: string[]) =>
	readdirSync(join(ROOT, "examples", ...folder)).flatMap((file) => /^(.+)\.json$/.exec(file)?.[1] ?? []);

/** A language's example flows by name, with the anchor of each on its page. */
export function examplesOf(language: Language): readonly { readonly name: string; readonly anchor: string }[] {
	return namesIn(FOLDERS[language]).map((name) => ({ name, anchor: `example-${name.slice(0, 2)}` }));
}

/** Each example: what it shows, and folded away what to change for a PBX of one's own. */
export function examplesText(language: Language, forYours: string): string {
	return examplesOf(language)
		.map(({ name, anchor }) => {
			const [first, second] = comments(FOLDERS[language], `${name}.json`);
			// The first sentence is the comment's own name, as the flow shows it.
			const shows = [`${first?.name}.`, first?.info ?? ""].filter((text) => text !== "").join("\n\n");
			const change = second?.info ?? "";
			if (!first || change === "") throw new Error(`${name} says nothing in ${language}`);
			return `## ${name} {#${anchor}}\n\n${shows}\n\n::: details ${forYours}\n${change}\n:::`;
		})
		.join("\n\n");
}

/** The names of the flows for CRMs. */
export const CRMS: readonly string[] = namesIn(FOLDERS.en, "CRM");

/** Each flow for a CRM: what it writes, what to fill in, what is unsure, and the flow itself. */
export function crmsText(language: Language, unsure: string, download: string): string {
	return CRMS.map((name) => {
		const [what, doubt] = comments(FOLDERS[language], "CRM", `${name}.json`).map(({ info }) => info);
		if (!what || !doubt) throw new Error(`The flow for ${name} says nothing in ${language}`);
		const link = `[${download}](${encodeURI(`examples/${FOLDERS[language]}/CRM/${name}.json`)})`;
		return `## ${name}\n\n${what}\n\n::: warning ${unsure}\n${doubt}\n:::\n\n${link}`;
	}).join("\n\n");
}
