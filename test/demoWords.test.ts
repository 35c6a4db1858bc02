import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "./support/nodeRed";

interface DemoNode {
	readonly [property: string]: unknown;
	readonly name?: string;
	readonly payload?: string;
}
interface Demo {
	demoFlow(options: { isSimulated: boolean; language: string }): readonly DemoNode[];
	languageOf(env: Readonly<Record<string, string>>): string;
}
/** What is called the same: nothing but the commands that a button sends, and what has no name. */
const shownOf = (node: DemoNode) =>
	["name", "label", "info"].flatMap((each) => (node[each] && node[each] !== node.payload ? [String(node[each])] : []));

describe("the demo's flow", () => {
	let demo: Demo;
	before(async () => {
		const load = (file: string) => import(pathToFileURL(join(ROOT, "demo", file)).href) as Promise<Partial<Demo>>;
		demo = { ...(await load("flow.mjs")), ...(await load("words.mjs")) } as Demo;
	});

	for (const language of ["es", "pt"]) {
		it(`has no English left in ${language}`, () => {
			const english = new Set(demo.demoFlow({ isSimulated: true, language: "en" }).flatMap(shownOf));
			const said = demo.demoFlow({ isSimulated: true, language }).flatMap(shownOf);
			assert.ok(said.length > 30);
			assert.deepEqual(
				said.filter((text) => english.has(text)),
				[],
			);
		});
	}

	it("is in the language that the system names first, and in English where it names another", () => {
		assert.equal(demo.languageOf({ LANG: "pt_PT.UTF-8" }), "pt");
		assert.equal(demo.languageOf({ LC_ALL: "es_ES.UTF-8", LANG: "pt_PT.UTF-8" }), "es");
		assert.equal(demo.languageOf({ LC_ALL: "", LANG: "es" }), "es");
		for (const LANG of ["C.UTF-8", "fr_FR", "est_EE", ""]) assert.equal(demo.languageOf({ LANG }), "en");
		assert.equal(demo.languageOf({}), "en");
	});
});
