// The languages of the examples: flows are written in English, and said in the others by the tables in `words`.
import es from "./words/es.json";
import pt from "./words/pt.json";

/** A text in each language, where it is too long, or too much of a language's own, for a table. */
export interface Texts {
	readonly en: string;
	readonly es: string;
	readonly pt: string;
}
export type Language = keyof Texts;

/** The folder of each language, as the import dialog shows it. */
export const FOLDERS: Texts = { en: "English", es: "Español", pt: "Português" };
export const LANGUAGES = ["en", "es", "pt"] as const satisfies readonly Language[];

/** What the table of a language says for each English text. */
export const WORDS: Readonly<Record<Exclude<Language, "en">, Readonly<Record<string, string>>>> = { es, pt };

/** What is called the same in all of them: products, names of an interface, buttons that are what they send. */
export const SAME: ReadonlySet<string> = new Set([
	...["CRM", "PBX", "Monitor", "429", "500", "11, 12, 77, 19", "csv", "token", "register", "finish"],
	...["Slack", "Teams", "Telegram", "Home Assistant", "16 - Home Assistant"],
	...["Bitrix24", "Dolibarr", "Dynamics 365", "HubSpot", "Odoo"],
	...["Pipedrive", "Salesforce", "SuiteCRM", "Tryton", "Zoho"],
]);

/**
 * An English text in a language.
 *
 * @throws where the language's table has no such text
 */
export function say(english: string, language: Language): string {
	if (language === "en" || english === "" || SAME.has(english)) return english;
	const said = WORDS[language][english];
	if (said === undefined) {
		throw new Error(`scripts/examples/words/${language}.json says nothing for ${JSON.stringify(english)}`);
	}
	return said;
}

/** A long text: what it names between asterisks, such as a node, is named as it is in that language. */
function tell(texts: Texts, language: Language): string {
	const text = texts[language];
	if (language === "en") return text;
	return text.replace(/(?<!\*)\*([^*\n]+)\*(?!\*)/g, (whole, name: string) => {
		const said = WORDS[language][name];
		return said === undefined ? whole : `*${said}*`;
	});
}

function isTexts(value: object): value is Texts {
	return Object.keys(value).join() === "en,es,pt";
}

/**
 * Code whose texts are said in a language.
 *
 * @throws where something is marked that is not a text
 */
function translateCode(code: string, language: Language): string {
	const said = code.replace(/\bt\(\s*("(?:[^"\\\n]|\\.)*"),?\s*\)/g, (_, text: string) =>
		JSON.stringify(say(JSON.parse(text) as string, language)),
	);
	const [left] = /(?<![\w.$])t\(.*/.exec(said) ?? [];
	if (left !== undefined) throw new Error(`What is marked as a text must be one in double quotes: ${left}`);
	return said;
}

/** Whatever a node holds, in a language: {@link Texts}, and what code marks as `t("…")`. */
export function translate(value: unknown, language: Language): unknown {
	if (typeof value === "string") return translateCode(value, language);
	if (Array.isArray(value)) return value.map((each) => translate(each, language));
	if (typeof value !== "object" || value === null) return value;
	if (isTexts(value)) return tell(value, language);
	return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, translate(each, language)]));
}
