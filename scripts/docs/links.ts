// Links of the repository, as the site has them.
import { posix } from "node:path";
import type { Language } from "./languages";

/** Folders that the site serves as they are, and where. */
export const SERVED: Readonly<Record<string, string>> = {
	"docs/images": "images",
	"docs/performance": "performance",
	"docs/grafana": "grafana",
	examples: "examples",
};

export const FENCED = /(^ *```[\s\S]*?^ *```$)/m;

/** Where something in the repository stands on the site, for a reader of that language; undefined for nowhere. */
export type Finder = (file: string, language: Language) => string | undefined;

/** Every target of a Markdown link or picture, outside of code. */
export function targetsOf(text: string): string[] {
	const prose = text.split(FENCED).filter((_, at) => at % 2 === 0);
	return prose.flatMap((part) => [...part.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target));
}

export const isOutside = (target: string) => /^(https?:|mailto:)/.test(target);

/** The same text with the links of a file in the repository turned into those of the site. */
export function relinked(text: string, file: string, language: Language, find: Finder, repository: string): string {
	const turned = (target: string) => {
		if (isOutside(target) || target.startsWith("#")) return target;
		const [path = "", heading] = target.split("#");
		const goal = posix.join(posix.dirname(file), decodeURI(path));
		const anchor = heading === undefined ? "" : `#${heading}`;
		const page = find(goal, language);
		if (page !== undefined) return `${page}${anchor}`;
		const served = Object.entries(SERVED).find(([folder]) => goal.startsWith(`${folder}/`));
		if (served !== undefined) return `/${encodeURI(goal.replace(...served))}`;
		return `${repository}/blob/main/${encodeURI(goal)}${anchor}`;
	};
	return text
		.split(FENCED)
		.map((part, at) =>
			at % 2 === 1 ? part : part.replace(/\]\(([^)\s]+)\)/g, (_, target: string) => `](${turned(target)})`),
		)
		.join("");
}
