// Every page of the site: hand-written ones from docs/, the others made of what the package says of itself.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { errorsPage } from "./errors";
import { crmsText, examplesOf, examplesText } from "./examples";
import { NODES, nodePage } from "./help";
import { LANGUAGES, type Language, ROOT, read, readmeOf } from "./languages";
import type { Finder } from "./links";
import { type Definitions, messagesText } from "./messages";
import { section } from "./section";
import { TEXTS } from "./texts";

export interface Page {
	readonly language: Language;
	/** Its address below the language's, without ending: `nodes/pbx-in`. */
	readonly slug: string;
	/** The file of the repository whose folder its relative links start from. */
	readonly file: string;
	readonly title: string;
	/** What stands below the title. */
	readonly text: () => string;
}

/** A page's address on the site. */
export function addressOf({ language, slug }: Pick<Page, "language" | "slug">): string {
	const below = slug.replace(/(^|\/)index$/, "$1");
	return `${language === "en" ? "" : `/${language}`}/${below}`;
}

/** Pages for those who work on the package: in English only. */
export const FOR_DEVELOPERS: readonly (readonly [slug: string, file: string])[] = [
	["calls", "docs/calls.md"],
	["protocol", "docs/protocol.md"],
	["performance", "docs/performance.md"],
	["glossary", "docs/glossary.md"],
	["stability", "docs/stability.md"],
	["decisions/index", "docs/decisions/README.md"],
	...readdirSync(join(ROOT, "docs", "decisions"))
		.filter((file) => /^\d/.test(file))
		.map((file) => [`decisions/${file.slice(0, -".md".length)}`, `docs/decisions/${file}`] as const),
	["contributing", "CONTRIBUTING.md"],
	["security-policy", "SECURITY.md"],
	["changelog", "CHANGELOG.md"],
];

/** Pages that somebody wrote in each language. */
export const WRITTEN = ["index", "flows", "last-mile", "troubleshooting"] as const;

export const writtenFile = (language: Language, slug: string) =>
	language === "en" ? `docs/${slug}.md` : `docs/${language}/${slug}.md`;

function fromFile(language: Language, slug: string, file: string): Page {
	const whole = existsSync(join(ROOT, file)) ? read(file) : "";
	const [, title = "", text = ""] = /^# (.+)\n([\s\S]*)$/.exec(whole) ?? [];
	// The start page has no title of its own: its front matter is all.
	return title === ""
		? { language, slug, file, title, text: () => whole }
		: { language, slug, file, title, text: () => text };
}

/** The section of a README as a page. */
function fromReadme(language: Language, slug: string, englishTitle: string): Page {
	const { title, text } = section(language, englishTitle);
	return { language, slug, file: readmeOf(language), title, text: () => text };
}

function firstFlow(language: Language): Page {
	const install = section(language, "Install");
	const flow = section(language, "First flow in five minutes");
	const text = () => `## ${install.title}\n\n${install.text}\n\n## ${TEXTS[language].theFlow}\n\n${flow.text}`;
	return { language, slug: "first-flow", file: readmeOf(language), title: flow.title, text };
}

/** The README's table of examples, each leading to what it says of itself. */
function recipes(language: Language): Page {
	const { recipes: title, forYours } = TEXTS[language];
	const text = () => {
		let table = section(language, "Flows to start from").text;
		for (const { name, anchor } of examplesOf(language))
			table = table.replace(`| ${name} |`, `| [${name}](#${anchor}) |`);
		return `${table}\n\n${examplesText(language, forYours)}`;
	};
	return { language, slug: "recipes", file: readmeOf(language), title, text };
}

function crms(language: Language): Page {
	const { crms: title, unsure, download } = TEXTS[language];
	const text = () => `${section(language, "Your CRM").text}\n\n${crmsText(language, unsure, download)}`;
	return { language, slug: "crm", file: readmeOf(language), title, text };
}

function nodes(language: Language): Page[] {
	const { config, form, overview } = TEXTS[language];
	const pages = NODES.map((node): Page => {
		const title = node === "pbx-config" ? config : node.replace("-", " ");
		return {
			language,
			slug: `nodes/${node}`,
			file: readmeOf(language),
			title,
			text: () => nodePage(node, language, `${form}: ${title}`),
		};
	});
	return [{ ...fromReadme(language, "nodes/index", "The nodes"), title: overview }, ...pages];
}

function reference(language: Language, definitions: () => Definitions): Page[] {
	const { messages, errors } = TEXTS[language];
	const file = readmeOf(language);
	const told = () => `${section(language, "The messages").text}\n\n${messagesText(language, definitions())}`;
	return [
		{ language, slug: "messages", file, title: messages, text: told },
		{ language, slug: "errors", file, title: errors.title, text: () => errorsPage(language, errors.intro) },
		fromReadme(language, "limits", "The limits of the protocol"),
		fromReadme(language, "security", "Security"),
	];
}

/** All pages; the schema is made only when the text of one that shows it is asked for. */
export function sitePages(definitions: () => Definitions): Page[] {
	const forUsers = LANGUAGES.flatMap((language) => [
		...WRITTEN.map((slug) => fromFile(language, slug, writtenFile(language, slug))),
		...[firstFlow(language), recipes(language), crms(language), ...nodes(language)],
		...[fromReadme(language, "call-log", "The call log"), ...reference(language, definitions)],
	]);
	return [...forUsers, ...FOR_DEVELOPERS.map(([slug, file]) => fromFile("en", slug, file))];
}

/** Where a file of the repository is read on the site: in the reader's language where it is there, else in English. */
export function finderOf(pages: readonly Page[]): Finder {
	return (file, language) => {
		if (/^README(\.\w+)?\.md$/.test(file)) return addressOf({ language, slug: "index" });
		const slug =
			WRITTEN.find((each) => LANGUAGES.some((other) => writtenFile(other, each) === file)) ??
			FOR_DEVELOPERS.find(([, each]) => each === file)?.[0];
		const found = pages.filter((page) => page.slug === slug);
		const page = found.find((each) => each.language === language) ?? found.find((each) => each.language === "en");
		return page && addressOf(page);
	};
}
