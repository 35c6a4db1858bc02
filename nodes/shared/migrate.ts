import type { Language } from "../../src/crm/texts";
import { unsavedConfig } from "./configFields";
import { CONFIG_VERSION, type PbxConfigOptions } from "./options";

/** What a flow file holds of a config node, whichever version of this package wrote it. */
export type SavedConfig = Partial<PbxConfigOptions>;

/** Countries where Portuguese is spoken, and those where neither it nor Spanish is. */
const PORTUGUESE = ["PT", "BR", "AO", "MZ", "CV"];
const SPANISH = ["ES", "AD", "MX", "AR", "CL", "CO", "PE", "UY", "PY", "BO", "EC", "VE", "CR", "PA", "GT", "DO", "CU"];

/** The language that a PBX of a country most likely works in. */
export function languageOf(country: string | undefined): Language {
	if (PORTUGUESE.includes(country ?? "")) return "pt";
	return SPANISH.includes(country ?? "ES") ? "es" : "en";
}

/**
 * Makes what was saved by any version into what this one saves: so far each has only added to the one before. A newer version's
 * flow is taken as it is.
 */
export function migrate(saved: SavedConfig): PbxConfigOptions {
	const from = Number.isInteger(saved.version) ? Math.max(0, Number(saved.version)) : 0;
	// The editor gives a node all its properties, those that were not saved as undefined.
	const held: SavedConfig = Object.fromEntries(Object.entries(saved).filter(([, value]) => value !== undefined));
	const language = languageOf(held.country);
	return { ...unsavedConfig(), language, ...held, version: Math.max(from, CONFIG_VERSION) };
}
