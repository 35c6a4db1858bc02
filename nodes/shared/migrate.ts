import { CONFIG_VERSION, type PbxConfigOptions } from "./options";

/** What a flow file holds of a config node, whichever version of this package wrote it. */
export type SavedConfig = Partial<PbxConfigOptions>;

const FIRST_CHOICES = {
	...{ plus: "+", groups: true },
	...{ dialAllowed: "", dialPerExtension: 0, dialInAll: 0, dialRepeat: 0, dryRun: false },
};

/** How each version is made of the one before; 0 is what was saved before there were versions. */
const STEPS: readonly ((saved: SavedConfig) => SavedConfig)[] = [
	// 0 to 1: what is dialled for `+`, the recognition of groups and the limits of dialling became a choice.
	(saved) => ({ ...FIRST_CHOICES, ...saved }),
];

/** Makes what was saved by any version into what this one saves. A newer version's flow is taken as it is. */
export function migrate(saved: SavedConfig): PbxConfigOptions {
	const from = Number.isInteger(saved.version) ? Math.max(0, Number(saved.version)) : 0;
	// The editor gives a node all its properties, those that were not saved as undefined.
	const held: SavedConfig = Object.fromEntries(Object.entries(saved).filter(([, value]) => value !== undefined));
	const now = STEPS.slice(from).reduce<SavedConfig>((options, step) => step(options), held);
	const blank = { name: "", url: "", tenant: "", tls: "", country: "ES", activations: [] };
	return { ...blank, ...FIRST_CHOICES, ...now, version: Math.max(from, CONFIG_VERSION) };
}
