import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./support/nodeRed";
import { READMES } from "./support/readmes";

const read = (...path: string[]) => readFileSync(join(ROOT, ...path), "utf8");
const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, found = ""]) => found);

const FENCED = /^```\w+\n([\s\S]*?)^```$/gm;
const english = read("README.md");
const codes = all(read("src", "errors.ts"), /^\t\| "([a-z-]+)"/gm);
const FOLDERS: Readonly<Record<string, string>> = { es: "Español", pt: "Português" };
/** The examples of the folder in a README's language. */
const examplesIn = (folder: string) =>
	readdirSync(join(ROOT, "examples", folder))
		.filter((file) => file.endsWith(".json"))
		.map((file) => file.slice(0, -5));
const crms = readdirSync(join(ROOT, "examples", "English", "CRM")).map((file) => file.slice(0, -5));
const types = Object.keys(
	(JSON.parse(read("package.json")) as { "node-red": { nodes: Record<string, string> } })["node-red"].nodes,
);

describe("the README", () => {
	for (const file of READMES) {
		const text = read(file);
		const prose = text.replace(FENCED, "");
		const headings = (of: string) => all(of.replace(FENCED, ""), /^(#+) /gm);

		it(`${file} has the headings of the English one, level by level`, () => {
			assert.ok(headings(english).length > 10);
			assert.deepEqual(headings(text), headings(english));
		});

		it(`${file} has the same commands and code`, () => {
			assert.ok(all(english, FENCED).length > 5);
			assert.deepEqual(all(text, FENCED), all(english, FENCED));
		});

		it(`${file} names the same properties, codes and files`, () => {
			const spans = (of: string) => [...new Set(all(of.replace(FENCED, ""), /`([^`\n]+)`/g))].sort();
			assert.deepEqual(spans(text), spans(english));
		});

		it(`${file} leads to the same pages, and to the other languages`, () => {
			const pages = (of: string) => [...new Set(all(of, /\]\(((?!README)[^)\s]+\.md)\)/g))].sort();
			assert.deepEqual(pages(text), pages(english));
			for (const other of READMES) if (other !== file) assert.ok(text.includes(`](${other})`), other);
		});

		it(`${file} shows the English one's pictures, in its own language where there are such`, () => {
			const language = /README\.(\w+)\.md/.exec(file)?.[1];
			const expected = all(english, /!\[[^\]]*\]\(([^)]+)\)/g).map((picture) => {
				const own = language === undefined ? picture : picture.replace(/\.png$/, `-${language}.png`);
				return existsSync(join(ROOT, own)) ? own : picture;
			});
			assert.ok(expected.length > 5);
			assert.deepEqual(all(text, /!\[[^\]]*\]\(([^)]+)\)/g), expected);
		});

		it(`${file} tells of every error code, node, example and CRM`, () => {
			assert.ok(codes.length > 40);
			for (const code of codes) assert.ok(prose.includes(`\`${code}\``), code);
			for (const type of types) {
				if (type !== "pbx-config") assert.ok(prose.includes(`| **${type.replace("-", " ")}** |`), type);
			}
			const folder = FOLDERS[/README\.(\w+)\.md/.exec(file)?.[1] ?? ""] ?? "English";
			assert.ok(prose.includes(`> ${folder} >`), folder);
			const examples = examplesIn(folder);
			assert.ok(examples.length > 15);
			for (const name of examples) assert.ok(prose.includes(`| ${name} |`), name);
			for (const name of crms) assert.ok(prose.replace(/\s+/g, " ").includes(name), name);
		});
	}
});
