// A page for each node, made of the editor's help.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { folderOf, type Language, ROOT, read } from "./languages";

const manifest = JSON.parse(read("package.json")) as { "node-red": { nodes: Readonly<Record<string, string>> } };

/** The nodes, in the order of the package. */
export const NODES: readonly string[] = Object.keys(manifest["node-red"].nodes);

const decoded = (text: string) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** Markdown of a help text: headings and examples become Markdown, so that the search finds them; the rest stays HTML. */
export function helpText(html: string): string {
	const [, inner = ""] = /<script[^>]*>([\s\S]*?)<\/script>/.exec(html) ?? [];
	return inner
		.split(/(<pre>[\s\S]*?<\/pre>|<h3>.*?<\/h3>)/)
		.map((part) => {
			const [, title, example] = /^<h3>(.*?)<\/h3>$|^<pre>([\s\S]*?)<\/pre>$/.exec(part) ?? [];
			if (title !== undefined) return `## ${title}`;
			if (example !== undefined) return `\`\`\`json\n${decoded(example).trim()}\n\`\`\``;
			// Without blanks in front it is HTML to Markdown, and without pairs of braces text to Vue.
			return part.replace(/^\s+/gm, "").trim().replaceAll("{{", "&#123;&#123;").replaceAll("}}", "&#125;&#125;");
		})
		.filter((part) => part !== "")
		.join("\n\n");
}

/** The picture of a node's form, in the page's language where there is one. */
function picture(node: string, language: Language, caption: string): string {
	const names = [`form-${node}-${language}.png`, `form-${node}.png`];
	const name = names.find((file) => existsSync(join(ROOT, "docs", "images", file)));
	return name === undefined ? "" : `\n\n![${caption}](docs/images/${name})`;
}

export function nodePage(node: string, language: Language, caption: string): string {
	return `${helpText(read(folderOf(language), `${node}.html`))}${picture(node, language, caption)}`;
}
