// Builds the package into dist/: the run time by tsc, the messages' JSON Schema from their types, and for each node one
// HTML file of its form and editor code.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { asyncApi } from "./asyncapi.mjs";
import { messagesSchema } from "./messagesSchema.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, "dist");
const nodes = join(root, "nodes");

rmSync(dist, { recursive: true, force: true });
const tsc = createRequire(import.meta.url)
	.resolve("typescript/package.json")
	.replace(/package\.json$/, "bin/tsc");
execFileSync(process.execPath, [tsc, "-p", join(root, "tsconfig.build.json")], { stdio: "inherit" });

const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const schema = messagesSchema();
writeFileSync(join(dist, "messages.schema.json"), `${JSON.stringify(schema, null, "\t")}\n`);
writeFileSync(join(dist, "asyncapi.json"), `${JSON.stringify(asyncApi(schema, manifest), null, "\t")}\n`);

mkdirSync(join(dist, "nodes"), { recursive: true });
for (const file of readdirSync(nodes).filter((name) => name.endsWith(".editor.ts"))) {
	const node = file.slice(0, -".editor.ts".length);
	const form = readFileSync(join(nodes, `${node}.html`), "utf8");
	// The tab of the sidebar comes with the config node: its texts are in that one's catalog.
	const tab = node === "pbx-config" ? script("sidebar/sidebar.ts") + style("sidebar/sidebar.css") : "";
	writeFileSync(join(dist, "nodes", `${node}.html`), script(file) + style(`${node}.css`) + tab + form);
}

/** Editor code, bundled, so that forms and run time share one set of rules. */
function script(file) {
	const { outputFiles } = buildSync({
		entryPoints: [join(nodes, file)],
		bundle: true,
		format: "iife",
		target: "es2020",
		charset: "utf8",
		write: false,
	});
	return `<script type="text/javascript">\n${outputFiles.map(({ text }) => text).join("\n")}</script>\n`;
}

/** A style sheet; nothing where there is none. */
function style(file) {
	const css = join(nodes, file);
	return existsSync(css) ? `<style>\n${readFileSync(css, "utf8")}</style>\n` : "";
}

// Node-RED looks for both beside the nodes' JavaScript and nowhere else.
cpSync(join(nodes, "locales"), join(dist, "nodes", "locales"), { recursive: true });
cpSync(join(root, "icons"), join(dist, "nodes", "icons"), { recursive: true });
