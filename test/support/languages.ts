import { readdirSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./nodeRed";

/** The folders of the catalogs: a language is there when its folder is. */
export const LANGUAGES: readonly string[] = readdirSync(join(ROOT, "nodes", "locales"));

/** What a browser of such a user asks for: `es-ES` for the folder `es`. */
export function localeOf(language: string): string {
	return language.includes("-") ? language : `${language}-${language.toUpperCase()}`;
}

/** The language without its country, as texts in messages and the command's help name it. */
export function shortOf(language: string): string {
	return language.replace(/-.*/, "");
}
