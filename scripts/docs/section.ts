// Sections of the READMEs, which a test holds to the same headings in each language: the site's pages take them from
// there, so that each fact is written once.
import { type Language, read, readmeOf } from "./languages";

/** A section: its title, and what stands below it, with headings one level higher than in the README. */
export interface Section {
	readonly title: string;
	readonly text: string;
}

function sectionsOf(language: Language): Section[] {
	const [, ...parts] = read(readmeOf(language)).split(/^#{2,3} /m);
	return parts.map((part) => {
		const end = part.indexOf("\n");
		return { title: part.slice(0, end), text: part.slice(end).trim() };
	});
}

/** The section that has this title in English. */
export function section(language: Language, englishTitle: string): Section {
	const at = sectionsOf("en").findIndex(({ title }) => title === englishTitle);
	const found = sectionsOf(language)[at];
	if (at < 0 || found === undefined) throw new Error(`No README section ${englishTitle} in ${language}`);
	return found;
}
