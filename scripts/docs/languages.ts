import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

export const ROOT = dirname(dirname(__dirname));

export type Language = "en" | "es" | "pt";
export const LANGUAGES: readonly Language[] = ["en", "es", "pt"];

/** A file of the repository, as text. */
export function read(...path: string[]): string {
	return readFileSync(join(ROOT, ...path), "utf8");
}

/** The catalogs' folder for a language: `en-US` for `en`. */
export function folderOf(language: Language): string {
	const folder = readdirSync(join(ROOT, "nodes", "locales")).find((name) => name.replace(/-.*/, "") === language);
	if (folder === undefined) throw new Error(`There are no catalogs for ${language}`);
	return join("nodes", "locales", folder);
}

export function readmeOf(language: Language): string {
	return language === "en" ? "README.md" : `README.${language}.md`;
}
