// `npm run examples`: writes the example flows, in each language, of what stands in scripts/examples.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { CRM_FLOWS } from "./examples/crm/crms";
import { desktop } from "./examples/desktop";
import { type Example, inLanguage, type SourceNode } from "./examples/example";
import { homeAssistant } from "./examples/homeAssistant";
import { LANGUAGES, type Language } from "./examples/language";
import { metrics } from "./examples/metrics";
import { mqtt } from "./examples/mqtt";
import { nothingLost } from "./examples/nothingLost";
import { notice } from "./examples/notice";
import { report } from "./examples/report";
import { ringing } from "./examples/ringing";
import { wallboard } from "./examples/wallboard";

const FOLDER = join(__dirname, "..", "examples");
const BY_HAND = join(__dirname, "examples", "byHand");

/** The first examples, whose source is a flow: drawn in the editor, with the texts that are too long for a table in all languages. */
function byHand(file: string): (language: Language) => Example {
	const nodes = JSON.parse(readFileSync(join(BY_HAND, file), "utf8")) as SourceNode[];
	return (language) => inLanguage(file.replace(/\.json$/, ""), nodes, language);
}

/** The example flows that run as they are. */
export const FLOWS: readonly ((language: Language) => Example)[] = [
	...readdirSync(BY_HAND).sort().map(byHand),
	...[nothingLost, ringing, desktop, wallboard, notice, report, metrics, homeAssistant, mqtt].map(
		(make) => (language: Language) => make().in(language),
	),
];

/** Those for a CRM, which need one. */
export const FOR_CRMS: readonly ((language: Language) => Example)[] = CRM_FLOWS.map(
	(make) => (language) => make().in(language),
);

/** All of them in a language. */
export function examplesIn(language: Language): Example[] {
	return [...FLOWS, ...FOR_CRMS].map((make) => make(language));
}

/** Where an example stands. */
export function pathOf({ path }: Example): string {
	return join(FOLDER, path);
}

if (require.main === module) {
	const examples = LANGUAGES.flatMap(examplesIn);
	rmSync(FOLDER, { recursive: true, force: true });
	for (const example of examples) {
		mkdirSync(dirname(pathOf(example)), { recursive: true });
		writeFileSync(pathOf(example), example.json);
	}
}
