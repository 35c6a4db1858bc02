// The error codes: what they say from the catalogs, in the groups of the README.
import { folderOf, type Language, read } from "./languages";
import { section } from "./section";

/** Every code that the package throws. */
export function errorCodes(): string[] {
	return [...read("src", "errors.ts").matchAll(/^\t\| "([a-z-]+)"/gm)].map(([, code = ""]) => code);
}

/** The codes in groups, each with its title: `of a message`. */
function groupsOf(language: Language): { readonly title: string; readonly codes: readonly string[] }[] {
	const { text } = section(language, "The nodes");
	return [...text.matchAll(/^- ([^`:]+): ((?:`[a-z-]+`,?\s*)+)$/gm)].map(([, title = "", codes = ""]) => ({
		title,
		codes: [...codes.matchAll(/`([a-z-]+)`/g)].map(([, code = ""]) => code),
	}));
}

export function errorsPage(language: Language, intro: string): string {
	const { errors } = JSON.parse(read(folderOf(language), "pbx-config.json")) as { errors: Record<string, string> };
	const groups = groupsOf(language);
	const shown = groups.flatMap(({ codes }) => codes);
	const forgotten = errorCodes().filter((code) => !shown.includes(code) || errors[code] === undefined);
	if (forgotten.length > 0) throw new Error(`No text or group in ${language} for ${forgotten.join(", ")}`);
	const told = groups.map(({ title, codes }) => {
		const entries = codes.map((code) => `### \`${code}\` {#${code}}\n\n${errors[code]?.replace(/__\w+__/g, "…")}`);
		return [`## ${title.charAt(0).toUpperCase()}${title.slice(1)}`, ...entries].join("\n\n");
	});
	return [intro, ...told].join("\n\n");
}
