import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { examplesIn } from "../scripts/examples";
import { inLanguage, type SourceNode, shownOf } from "../scripts/examples/example";
import { FOLDERS, LANGUAGES, SAME, say, translate, WORDS } from "../scripts/examples/language";
import { heightOf, MARGIN, type Placed, RIGHT_EDGE, reachOf, statusOf, widthOf } from "../scripts/examples/sizes";
import { ROOT } from "./support/nodeRed";

const nodesOf = ({ json }: { readonly json: string }) => JSON.parse(json) as SourceNode[];
/** What is seen in one language, with the place where it stands. */
function seenIn(language: (typeof LANGUAGES)[number]): [place: string, text: string][] {
	return examplesIn(language).flatMap((example, i) => {
		const nodes = nodesOf(example);
		return nodes.flatMap((node, n) =>
			shownOf(node, nodes).map(([property, text]): [string, string] => [`${i} ${n} ${property}`, text]),
		);
	});
}

describe("the texts of the examples", () => {
	const english = new Map(seenIn("en"));

	for (const language of ["es", "pt"] as const) {
		it(`have nothing English left in ${FOLDERS[language]}`, () => {
			const left = seenIn(language).filter(([place, text]) => english.get(place) === text && !SAME.has(text));
			assert.deepEqual(left, []);
		});

		it(`name in ${FOLDERS[language]} the nodes as they are called there`, () => {
			for (const example of examplesIn(language)) {
				const infos = nodesOf(example).map(({ info }) => String(info ?? ""));
				for (const [, name = ""] of infos.join("\n").matchAll(/(?<!\*)\*([^*\n]+)\*(?!\*)/g))
					assert.ok(WORDS[language][name] === undefined || WORDS[language][name] === name, `${example.path}: ${name}`);
			}
		});
	}

	it("are translated once each, the same texts in both tables, none of them left over", () => {
		assert.deepEqual(Object.keys(WORDS.es), Object.keys(WORDS.pt));
		const sources = examplesIn("en").map(({ path, json }) => `${path}${json}`);
		for (const text of Object.keys(WORDS.es)) {
			assert.ok(
				sources.some((source) => source.includes(JSON.stringify(text).slice(1, -1))),
				text,
			);
			assert.ok(!SAME.has(text), text);
			assert.ok(WORDS.es[text] !== text && WORDS.pt[text] !== text, text);
		}
	});

	it("cannot be forgotten: a flow with a text that no table has is not built", () => {
		const tab = { id: "0123456789abcdef", type: "tab", label: "Nobody translated this" };
		assert.throws(
			() => inLanguage("01 - Screen pop", [tab], "pt"),
			/words\/pt\.json says nothing for "Nobody translated/,
		);
		assert.throws(() => translate('node.warn(t("Nor this"));', "es"), /words\/es\.json says nothing for "Nor this"/);
		assert.equal(translate('node.warn(t("Not sent"));', "es"), `node.warn("${say("Not sent", "es")}");`);
		assert.equal(translate('msg.get("Not sent")', "es"), 'msg.get("Not sent")');
	});

	it("stand in three folders with the same examples, by number", () => {
		assert.deepEqual(readdirSync(join(ROOT, "examples")).sort(), Object.values(FOLDERS).sort());
		const numbers = (folder: string) =>
			readdirSync(join(ROOT, "examples", folder))
				.map((file) => file.slice(0, 3))
				.sort();
		for (const folder of Object.values(FOLDERS)) {
			assert.deepEqual(numbers(folder), numbers("English"));
			assert.equal(numbers(folder).length, 18);
			assert.equal(readdirSync(join(ROOT, "examples", folder, "CRM")).length, 10);
		}
	});
});

describe("the layout of the examples", () => {
	for (const example of LANGUAGES.flatMap(examplesIn)) {
		it(`${example.path} is seen without moving sideways, and no node lies on another`, () => {
			const placed = nodesOf(example).filter((node): node is SourceNode & Placed => node.wires !== undefined);
			const boxes = placed.map((node) => {
				const left = node.x - widthOf(node) / 2;
				const [top, bottom] = [node.y - heightOf(node) / 2, node.y + heightOf(node) / 2 + statusOf(node)];
				return { name: `${node.type} ${node.name}`, left, right: left + reachOf(node), top, bottom };
			});
			for (const [i, a] of boxes.entries()) {
				assert.ok(a.left >= MARGIN && a.right <= RIGHT_EDGE, `${a.name}: ${a.left} to ${a.right}`);
				for (const b of boxes.slice(i + 1)) {
					const isApart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
					assert.ok(isApart, `${a.name} lies on ${b.name}`);
				}
			}
		});
	}
});
