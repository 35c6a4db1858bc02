import type { Language } from "../../src/crm/texts";
import { CONFIG_VERSION, DEFAULT_KEEP_DAYS, DEFAULT_SETTLE, type PbxConfigOptions } from "./options";

/** What a flow file holds of a config node, whichever version of this package wrote it. */
export type SavedConfig = Partial<PbxConfigOptions>;

const FIRST_CHOICES = {
	...{ plus: "+", groups: true },
	...{ dialAllowed: "", dialPerExtension: 0, dialInAll: 0, dialRepeat: 0, dryRun: false },
};

/** What came with the records of calls. */
const SECOND_CHOICES = { prefix: "", timeZone: "", people: [], settle: DEFAULT_SETTLE };

/** What came with the call log: who had none keeps none; and the words. */
const THIRD_CHOICES = {
	...{ store: "none", storeFile: "", storeUrl: "", keepDays: DEFAULT_KEEP_DAYS, standby: false },
	words: [],
};

/** Countries where Portuguese is spoken, and those where neither it nor Spanish is. */
const PORTUGUESE = ["PT", "BR", "AO", "MZ", "CV"];
const SPANISH = ["ES", "AD", "MX", "AR", "CL", "CO", "PE", "UY", "PY", "BO", "EC", "VE", "CR", "PA", "GT", "DO", "CU"];

/** The language that a PBX of a country most likely works in. */
export function languageOf(country: string | undefined): Language {
	if (PORTUGUESE.includes(country ?? "")) return "pt";
	return SPANISH.includes(country ?? "ES") ? "es" : "en";
}

/** How each version is made of the one before; 0 is what was saved before there were versions. */
const STEPS: readonly ((saved: SavedConfig) => SavedConfig)[] = [
	// 0 to 1: what is dialled for `+`, the recognition of groups and the limits of dialling became a choice.
	(saved) => ({ ...FIRST_CHOICES, ...saved }),
	// 1 to 2: calls got records, in a language, with people in them.
	(saved) => ({ ...SECOND_CHOICES, language: languageOf(saved.country), ...saved }),
	// 2 to 3: calls can be kept.
	(saved) => ({ ...THIRD_CHOICES, ...saved }),
];

/** Makes what was saved by any version into what this one saves. A newer version's flow is taken as it is. */
export function migrate(saved: SavedConfig): PbxConfigOptions {
	const from = Number.isInteger(saved.version) ? Math.max(0, Number(saved.version)) : 0;
	// The editor gives a node all its properties, those that were not saved as undefined.
	const held: SavedConfig = Object.fromEntries(Object.entries(saved).filter(([, value]) => value !== undefined));
	const now = STEPS.slice(from).reduce<SavedConfig>((options, step) => step(options), held);
	const blank = { name: "", url: "", tenant: "", tls: "", country: "ES", activations: [] };
	const language = languageOf(now.country);
	const choices = { ...FIRST_CHOICES, ...SECOND_CHOICES, ...THIRD_CHOICES, language };
	return { ...blank, ...choices, ...now, version: Math.max(from, CONFIG_VERSION) };
}
