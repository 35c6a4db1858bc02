import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { errorCodes } from "../scripts/docs/errors";
import { CRMS, examplesOf } from "../scripts/docs/examples";
import { NODES } from "../scripts/docs/help";
import { LANGUAGES, type Language, ROOT, read } from "../scripts/docs/languages";
import { FENCED, isOutside, relinked, SERVED, targetsOf } from "../scripts/docs/links";
import { sidebarOf } from "../scripts/docs/navigation";
import { addressOf, FOR_DEVELOPERS, finderOf, type Page, sitePages, WRITTEN, writtenFile } from "../scripts/docs/pages";
import { LANGUAGES as FOLDERS, shortOf } from "./support/languages";

const REPOSITORY = "https://example.org/repository";
const pages = sitePages(() => assert.fail("the schema takes seconds; the messages' own test looks at it"));
const find = finderOf(pages);
/** The page of messages is made of the schema. */
const quick = pages.filter(({ slug }) => slug !== "messages");
const textOf = (page: Page) => relinked(page.text(), page.file, page.language, find, REPOSITORY);
const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, found = ""]) => found);

/** The addresses of a page's headings: as they are given, or as GitHub and the site make them. */
function anchorsOf(text: string): string[] {
	return all(text.replace(new RegExp(FENCED, "gm"), ""), /^#+ (.+)$/gm).map((heading) => {
		const [, given] = /\{#(.+)\}$/.exec(heading) ?? [];
		const made = heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, "");
		return given ?? made.replaceAll(" ", "-");
	});
}

/** Where the site has nothing for a target of that page. */
function isDead(target: string, page: Page): boolean {
	if (isOutside(target))
		return (
			target.startsWith(REPOSITORY) &&
			!existsSync(join(ROOT, target.slice(REPOSITORY.length).replace("/blob/main/", "")))
		);
	const [path = "", heading] = target.split("#");
	const served = Object.entries(SERVED).find(([, below]) => path.startsWith(`/${below}/`));
	if (served !== undefined) return !existsSync(join(ROOT, decodeURI(path).slice(1).replace(served[1], served[0])));
	const goal = path === "" ? page : pages.find((each) => addressOf(each) === path);
	return (
		goal === undefined ||
		(heading !== undefined && goal.slug !== "messages" && !anchorsOf(goal.text()).includes(heading))
	);
}

describe("the documentation site", () => {
	it("has the languages of the catalogs", () => {
		assert.deepEqual([...LANGUAGES].sort(), FOLDERS.map(shortOf).sort());
	});

	it("has the same pages in each language, besides those for developers, and one for each node", () => {
		const developers = FOR_DEVELOPERS.map(([slug]) => slug);
		const slugs = (language: Language) =>
			pages.filter((page) => page.language === language && !developers.includes(page.slug)).map(({ slug }) => slug);
		for (const language of LANGUAGES) {
			assert.deepEqual(slugs(language), slugs("en"));
			assert.equal(new Set(slugs(language)).size, slugs(language).length);
			for (const node of NODES) assert.ok(slugs(language).includes(`nodes/${node}`), `${language} ${node}`);
		}
	});

	it("has a text on each page, and on each but the start page a title", () => {
		for (const page of quick) {
			assert.ok(page.text().trim().length > 200, addressOf(page));
			assert.equal(page.title === "", page.slug === "index", addressOf(page));
		}
	});

	it("leads to every page by its sidebar, and nowhere else", () => {
		for (const language of LANGUAGES) {
			const shown = sidebarOf(language, pages).flatMap(({ items }) => items.map(({ link }) => link));
			const own = pages.filter((page) => page.language === language || page.language === "en");
			for (const link of shown)
				assert.ok(
					own.some((page) => addressOf(page) === link),
					link,
				);
			for (const page of pages.filter((each) => each.language === language)) {
				if (page.slug === "index" || /^decisions\/\d/.test(page.slug)) continue;
				assert.ok(shown.includes(addressOf(page)), addressOf(page));
			}
		}
	});

	it("links to pages, headings and files that are there", () => {
		const targets = quick.flatMap((page) => targetsOf(textOf(page)).map((target) => ({ target, page })));
		assert.ok(targets.length > 200, `${targets.length}`);
		for (const { target, page } of targets) assert.ok(!isDead(target, page), `${addressOf(page)}: ${target}`);
	});

	it("leads from each start page to pages of its language", () => {
		for (const page of pages.filter(({ slug }) => slug === "index")) {
			const links = all(page.text(), /^ +link: (\S+)$/gm);
			assert.ok(links.length > 4);
			for (const link of links) {
				assert.ok(
					pages.some((each) => each.language === page.language && addressOf(each) === link),
					link,
				);
			}
			for (const picture of all(page.text(), /src: (\S+)/g))
				assert.ok(existsSync(join(ROOT, "docs", picture)), picture);
		}
	});

	it("tells every error code in each language, and none that is not thrown", () => {
		for (const page of pages.filter(({ slug }) => slug === "errors")) {
			assert.deepEqual(all(page.text(), /^### `([a-z-]+)`/gm).sort(), errorCodes().sort(), page.language);
		}
	});

	it("tells of every example and CRM in each language, in no other one's words", () => {
		const others = {
			en: /centralita|chamada/i,
			es: /chamada|\bthe\b.*\bthe\b.*\bthe\b/,
			pt: /llamada|\bthe\b.*\bthe\b.*\bthe\b/,
		};
		for (const language of LANGUAGES) {
			const textAt = (slug: string) =>
				pages.find((page) => page.language === language && page.slug === slug)?.text() ?? "";
			const examples = examplesOf(language);
			assert.equal(examples.length, 17);
			for (const { name, anchor } of examples) {
				assert.ok(textAt("recipes").includes(`## ${name} {#`), name);
				assert.ok(textAt("recipes").includes(`](#${anchor})`), name);
			}
			for (const name of CRMS) assert.ok(textAt("crm").includes(`## ${name}\n`), name);
			for (const slug of ["recipes", "crm"]) assert.doesNotMatch(textAt(slug), others[language]);
		}
	});
});

describe("the pages of docs that are translated", () => {
	const slugs = WRITTEN.filter((slug) => slug !== "index");
	const spans = (text: string) => [...new Set(all(text.replace(new RegExp(FENCED, "gm"), ""), /`([^`\n]+)`/g))].sort();

	it("are all those in the folders of languages", () => {
		for (const language of LANGUAGES.filter((each) => each !== "en")) {
			const files = readdirSync(join(ROOT, "docs", language)).sort();
			assert.deepEqual(files, WRITTEN.map((slug) => `${slug}.md`).sort());
		}
	});

	for (const language of LANGUAGES.filter((each) => each !== "en")) {
		for (const slug of slugs) {
			it(`have in ${language} the headings, codes, rows and pages of the English ${slug}`, () => {
				const english = read(writtenFile("en", slug));
				const text = read(writtenFile(language, slug));
				assert.deepEqual(all(text, /^(#+) /gm), all(english, /^(#+) /gm));
				assert.deepEqual(all(text, /^(\|)/gm), all(english, /^(\|)/gm));
				assert.deepEqual(spans(text), spans(english));
				// Pictures, and the folders of the examples, are those of the language.
				const goals = (of: string) =>
					targetsOf(of).map((target) =>
						decodeURI(target)
							.replace(/^(\.\.\/)+/, "")
							.replace(/-(es|pt)\.png$/, ".png")
							.replace(/^examples\/(Español|Português)\//, "examples/English/"),
					);
				assert.deepEqual([...new Set(goals(text))].sort(), [...new Set(goals(english))].sort());
			});
		}
	}
});
