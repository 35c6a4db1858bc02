// The tables of the messages' properties, made of the JSON Schema.
import { type Language, read } from "./languages";
import { type SiteTexts, TEXTS } from "./texts";

export interface SchemaPart {
	readonly type?: string | readonly string[];
	readonly enum?: readonly string[];
	readonly const?: string;
	readonly $ref?: string;
	readonly anyOf?: readonly SchemaPart[];
	readonly items?: SchemaPart;
	readonly description?: string;
	readonly properties?: Readonly<Record<string, SchemaPart>>;
}
export type Definitions = Readonly<Record<string, SchemaPart>>;

/** What each property means, by its English description: one that was changed is not found, which the build tells. */
export function translations(language: Exclude<Language, "en">): Readonly<Record<string, string>> {
	return JSON.parse(read("scripts", "docs", `messages.${language}.json`)) as Record<string, string>;
}

/** Every description that the tables show, in English. */
export function descriptions(definitions: Definitions): Set<string> {
	const objects = Object.values(definitions).filter(({ properties }) => properties !== undefined);
	const shown = objects.flatMap(({ description, properties = {} }) => [
		description,
		...Object.values(properties).map((part) => described(part, definitions)),
	]);
	return new Set(shown.filter((text) => text !== undefined).map((text) => text.replaceAll("\n", " ")));
}

const nameOf = ($ref: string) => decodeURIComponent($ref.replace("#/definitions/", ""));
/** What says nothing beyond its type's own name. */
const PLAIN = ["Time", "Seconds"];

/** A property's description, or else that of its type. */
function described(part: SchemaPart, definitions: Definitions): string | undefined {
	if (part.description !== undefined) return part.description;
	const $ref = part.$ref ?? part.anyOf?.find((each) => each.$ref !== undefined)?.$ref;
	return $ref === undefined || PLAIN.includes(nameOf($ref)) ? undefined : definitions[nameOf($ref)]?.description;
}

/** The type as people read it: its values where they are few, a link where it is an object of its own. */
function typeText(part: SchemaPart, definitions: Definitions, texts: SiteTexts): string {
	const told = (each: SchemaPart) => typeText(each, definitions, texts);
	if (part.const !== undefined) return `\`${part.const}\``;
	if (part.enum !== undefined) return part.enum.map((value) => `\`${value}\``).join(", ");
	if (part.anyOf !== undefined) return part.anyOf.map(told).join(", ");
	if (part.$ref !== undefined) {
		const name = nameOf(part.$ref);
		if (name === "Time" || name === "Seconds") return texts.types[name];
		const goal = definitions[name] ?? {};
		return goal.properties === undefined ? told(goal) : `[${name}](#${name.toLowerCase()})`;
	}
	if (part.items !== undefined) return `${texts.types.list} ${told(part.items)}`;
	const types = typeof part.type === "string" ? [part.type] : (part.type ?? []);
	const named: Readonly<Record<string, string>> = texts.types;
	return types.map((type) => named[type] ?? type).join(", ");
}

const BASE = ["at", "tenant", "extension", "raw"];

/** A section for each kind of object in a message, events first, as the schema has them. */
export function messagesText(language: Language, definitions: Definitions): string {
	const texts = TEXTS[language];
	const translated = language === "en" ? undefined : translations(language);
	const inLanguage = (english: string | undefined) => {
		const text = english?.replaceAll("\n", " ");
		if (text === undefined || translated === undefined) return text ?? "";
		const found = translated[text];
		if (found === undefined) throw new Error(`scripts/docs/messages.${language}.json does not translate: ${text}`);
		return found;
	};
	const table = (rows: readonly (readonly [string, SchemaPart])[]) =>
		[
			`| ${texts.columns.join(" | ")} |`,
			"| --- | --- | --- |",
			...rows.map(([name, part]) => {
				const type = typeText(part, definitions, texts);
				return `| \`${name}\` | ${type} | ${inLanguage(described(part, definitions))} |`;
			}),
		].join("\n");

	const base = definitions.LegEvent?.properties ?? {};
	const isEvent = ([, { properties }]: readonly [string, SchemaPart]) => properties?.event !== undefined;
	const objects = Object.entries(definitions)
		.filter(([, { properties }]) => properties !== undefined)
		.sort((one, other) => Number(isEvent(other)) - Number(isEvent(one)));
	const sections = objects.map(([name, { description, properties = {} }]) => {
		const event = properties.event === undefined ? undefined : typeText(properties.event, definitions, texts);
		const rows = Object.entries(properties).filter(
			([key, part]) => key !== "event" && !(BASE.includes(key) && part.description === base[key]?.description),
		);
		const title = event === undefined ? name : `${event} · ${name}`;
		return [`## ${title} {#${name.toLowerCase()}}`, inLanguage(description), table(rows)].join("\n\n");
	});
	const every = table(BASE.map((key) => [key, base[key] ?? {}] as const));
	return [`## ${texts.everyEvent}`, every, ...sections].join("\n\n");
}
