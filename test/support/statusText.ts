import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const LOCALES = join(dirname(dirname(__dirname)), "nodes", "locales");
const KEY = /^@meetip\/node-red-pbx\/([\w-]+):([\w.-]+)$/;

/** A text of a catalog, by the key that stands behind the node's name. */
export function catalogText(language: string, node: string, key: string): string {
	let found: unknown = JSON.parse(readFileSync(join(LOCALES, language, `${node}.json`), "utf8"));
	for (const part of key.split(".")) found = Object(found)[part];
	if (typeof found !== "string") throw new Error(`${language}/${node} has no ${key}`);
	return found;
}

/** What a browser shows for the text of a status: that of the key, where it is one. */
export function statusText(sent: string, language = "en-US"): string {
	const [, node, key] = KEY.exec(sent) ?? [];
	return node && key ? catalogText(language, node, key) : sent;
}

/** The key alone, where the text of a status is one. */
export function statusKey(sent: string): string {
	return KEY.exec(sent)?.[2] ?? sent;
}
