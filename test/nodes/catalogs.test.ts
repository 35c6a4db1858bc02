import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { LANGUAGES as MESSAGE_LANGUAGES } from "../../src/crm/texts";
import { HELP_LANGUAGES } from "../../src/simulator/cliHelp";
import { LANGUAGES, shortOf } from "../support/languages";
import { ROOT } from "../support/nodeRed";
import { SCHEMA } from "../support/schema";

const LOCALES = join(ROOT, "nodes", "locales");
const FILES = readdirSync(join(LOCALES, "en-US"));

type Catalog = { readonly [key: string]: string | Catalog };

/** The texts of a catalog by their full keys. */
function texts(catalog: Catalog, above = ""): Map<string, string> {
	return new Map(
		Object.entries(catalog).flatMap(([key, value]): [string, string][] =>
			typeof value === "string" ? [[above + key, value]] : [...texts(value, `${above + key}.`)],
		),
	);
}

function read(language: string, file: string): string {
	return readFileSync(join(LOCALES, language, file), "utf8");
}

function catalog(language: string, file: string): Map<string, string> {
	return texts(JSON.parse(read(language, file)) as Catalog);
}

const placeholders = (text: string) => (text.match(/__\w+__|<[^>]+>/g) ?? []).sort();

describe("the catalogs", () => {
	it("hold the same texts in each language, with the same places to fill in", () => {
		for (const file of FILES.filter((name) => name.endsWith(".json"))) {
			const english = catalog("en-US", file);
			for (const language of LANGUAGES) {
				const other = catalog(language, file);
				assert.deepEqual([...other.keys()].sort(), [...english.keys()].sort(), `${language}/${file}`);
				for (const [key, text] of other) {
					assert.notEqual(text.trim(), "", `${language}/${file} ${key}`);
					assert.deepEqual(placeholders(text), placeholders(english.get(key) ?? ""), `${language}/${file} ${key}`);
				}
			}
		}
	});

	it("are there for the languages of texts in messages, which a form can choose from, and of the command's help", () => {
		const languages = LANGUAGES.map(shortOf).sort();
		const form = readFileSync(join(ROOT, "nodes", "pbx-config.html"), "utf8");
		const [, choice = ""] = /<select id="node-config-input-language"[\s\S]*?>([\s\S]*?)<\/select>/.exec(form) ?? [];
		assert.deepEqual([...MESSAGE_LANGUAGES].sort(), languages);
		assert.deepEqual([...HELP_LANGUAGES].sort(), languages);
		assert.deepEqual([...choice.matchAll(/value="(\w+)"/g)].map(([, value]) => value).sort(), languages);
	});

	it("are translated: few texts are the same in two languages", () => {
		// Words that are the same in several languages, and what is no word.
		const isPlain = (text: string) => text.length < 12 || /^[\W\d_]*$/.test(text) || /^__|^pbx |^PBX/.test(text);
		for (const file of FILES.filter((name) => name.endsWith(".json"))) {
			for (const language of LANGUAGES.filter((name) => name !== "en-US")) {
				const english = catalog("en-US", file);
				const same = [...catalog(language, file)].filter(([key, text]) => english.get(key) === text && !isPlain(text));
				assert.deepEqual(same, [], `${language}/${file}`);
			}
		}
	});

	it("hold a key for every text that a form, the run time or the sidebar asks for", () => {
		const keys = new Set(
			FILES.filter((name) => name.endsWith(".json")).flatMap((file) => [...catalog("en-US", file).keys()]),
		);
		const sources = readdirSync(join(ROOT, "nodes"), { recursive: true, encoding: "utf8" })
			.filter((file) => /\.(ts|html)$/.test(file) && !file.startsWith("locales"))
			.map((file) => readFileSync(join(ROOT, "nodes", file), "utf8"));
		const asked = sources.flatMap((source) => [
			...[...source.matchAll(/(?:sharedText\((?:this\.#)?(?:RED, )?|this\._\(|RED\._\()"([\w.-]+)"/g)].map(
				([, key]) => key ?? "",
			),
			...[...source.matchAll(/data-i18n="(?:\[[\w-]+\])?([\w.-]+)"/g)].map(([, key]) => key ?? ""),
		]);
		assert.ok(asked.length > 60);
		assert.deepEqual(
			asked.filter((key) => !keys.has(key)),
			[],
		);
	});

	it("are all that people read: no attribute of a form holds a text of its own", () => {
		for (const file of readdirSync(join(ROOT, "nodes")).filter((name) => name.endsWith(".html"))) {
			const html = readFileSync(join(ROOT, "nodes", file), "utf8");
			for (const [, name, value] of html.matchAll(/(placeholder|title|aria-label)="([^"]*)"/g)) {
				const isExample = /^[\d.,:/ wsX+]+$|^postgresql:\/\/\S+$|^\S+\.db$/.test(value ?? "");
				assert.ok(isExample, `${file}: ${name}="${value}"`);
			}
		}
	});
});

const DEFINITIONS = SCHEMA.definitions;
const BASE = ["event", "at", "tenant", "extension", "raw"];
/** Which part of a node's help speaks of which definition; the names are the same in each language. */
const TABLES: readonly {
	readonly file: string;
	readonly terms: readonly string[];
	readonly definition: string;
	/** What another one has as well is described there. */
	readonly beyond?: string;
}[] = [
	{ file: "pbx-in", terms: ["call.ringing", "call.answered", "call.ended"], definition: "LegEvent" },
	{ file: "pbx-in", terms: ["call.record"], definition: "CallRecord", beyond: "LegEvent" },
	{ file: "pbx-in", terms: ["crm"], definition: "Crm" },
	{ file: "pbx-in", terms: ["extension.state"], definition: "ExtensionStateEvent" },
	{ file: "pbx-in", terms: ["dial.progress"], definition: "DialProgressEvent" },
	{ file: "pbx-in", terms: ["web.command"], definition: "WebCommandEvent" },
	{ file: "pbx-in", terms: ["link.state"], definition: "LinkStateEvent" },
	{ file: "pbx-in", terms: ["link.gap"], definition: "LinkGapEvent" },
	{ file: "pbx-in", terms: ["unrecognised"], definition: "UnrecognisedEvent" },
	{ file: "pbx-call", terms: ["Outputs"], definition: "DialResult" },
	{ file: "pbx-status", terms: ["Outputs"], definition: "StatusResult" },
	{ file: "pbx-history", terms: ['history <span class="property-type">object</span>'], definition: "NumberHistory" },
	{ file: "pbx-history", terms: ["rows"], definition: "CallRow" },
	{ file: "pbx-history", terms: ["totals"], definition: "CallTotals", beyond: "" },
	{ file: "pbx-history", terms: ["forgotten"], definition: "Forgotten" },
	{ file: "pbx-simulator", terms: ["Outputs"], definition: "SimulatorFrame" },
];

/** The names that stand as code behind a term of a list, or behind the last heading of outputs. */
function namesIn(html: string, term: string): string[] {
	const outputs = html.split(/<h3>/)[term === "Outputs" ? 2 : 0] ?? "";
	const list = term === "Outputs" ? /<dt>payload[\s\S]*?<dd>([\s\S]*?)<\/dd>/.exec(outputs)?.[1] : undefined;
	const text = list ?? html.split(`<dt>${term}</dt>`)[1]?.split("</dd>")[0] ?? "";
	return [...text.matchAll(/<code>([^<]+)<\/code>/g)].map(([, name]) => name ?? "");
}

describe("the help", () => {
	for (const language of LANGUAGES) {
		it(`names in ${language} exactly the properties that the messages have`, () => {
			for (const { file, terms, definition, beyond = "" } of TABLES) {
				const html = read(language, `${file}.html`);
				const names = terms.flatMap((term) => namesIn(html, term));
				const elsewhere = Object.keys(DEFINITIONS[beyond]?.properties ?? {});
				const own = Object.keys(DEFINITIONS[definition]?.properties ?? {});
				const known = own.filter((name) => !elsewhere.includes(name));
				const expected = file === "pbx-in" ? known.filter((name) => !BASE.includes(name)) : known;
				assert.deepEqual([...names].sort(), [...expected].sort(), `${language}/${file}: ${terms}`);
			}
		});

		it(`is there in ${language} for every node, with the examples it names`, () => {
			const folder = { "en-US": "English", es: "Español", pt: "Português" }[language];
			assert.ok(folder);
			const examples = readdirSync(join(ROOT, "examples", folder)).map((file) => file.replace(".json", ""));
			for (const file of FILES.filter((name) => name.endsWith(".html"))) {
				assert.ok(existsSync(join(LOCALES, language, file)), `${language}/${file}`);
				const html = read(language, file);
				const count = (text: string) => text.match(/<(h3|dt|code|pre|li)\b/g)?.length;
				assert.equal(count(html), count(read("en-US", file)), `${language}/${file} has the parts of the English one`);
				if (html.includes("01 - ")) assert.ok(html.includes(`&gt; ${folder}</b>`), `${language}/${file}: ${folder}`);
				for (const [, name] of html.matchAll(/<i>(\d\d - [^<]+)<\/i>/g)) {
					assert.ok(examples.includes((name ?? "").replace(/\s+/g, " ")), `${language}/${file}: ${name}`);
				}
			}
		});
	}
});
