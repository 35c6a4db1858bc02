// `npm run docs` and `npm run docs:build`: writes the site's pages into .docs/pages, from which VitePress makes the site.
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ROOT, read } from "./docs/languages";
import { relinked, SERVED } from "./docs/links";
import type { Definitions } from "./docs/messages";
import { localesOf } from "./docs/navigation";
import { finderOf, sitePages } from "./docs/pages";
import { messagesSchema } from "./messagesSchema.mjs";

const OUT = join(ROOT, ".docs");
const PAGES = join(OUT, "pages");

/** Pairs of braces in code are expressions to Vue, which runs over the page. */
function withoutBraces(text: string): string {
	return text.replace(/`([^`\n]*\{\{[^`\n]*)`/g, (_, code: string) => {
		return `<code>${code.replaceAll("{", "&#123;").replaceAll("}", "&#125;")}</code>`;
	});
}

const { repository } = JSON.parse(read("package.json")) as { repository: { url: string } };
const address = repository.url.replace(/^git\+|\.git$/g, "");
let definitions: Definitions | undefined;
const pages = sitePages(() => {
	definitions ??= messagesSchema().definitions as Definitions;
	return definitions;
});
const find = finderOf(pages);

rmSync(PAGES, { recursive: true, force: true });
for (const page of pages) {
	const title = page.title === "" ? "" : `# ${page.title}\n\n`;
	const text = withoutBraces(relinked(page.text(), page.file, page.language, find, address));
	const below = page.language === "en" ? "" : page.language;
	const file = join(PAGES, below, `${page.slug}.md`);
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, `${title}${text.trim()}\n`);
}
for (const [folder, served] of Object.entries(SERVED)) {
	cpSync(join(ROOT, folder), join(PAGES, "public", served), { recursive: true });
}
writeFileSync(join(OUT, "locales.json"), JSON.stringify(localesOf(pages), null, "\t"));
process.stdout.write(`${pages.length} pages\n`);
