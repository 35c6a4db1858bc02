import { MOST_EXTENSIONS } from "../../src/protocol/address";
import { DEFAULT_KEEP_DAYS, DEFAULT_SETTLE, type PbxConfigOptions } from "./options";

/** The properties that `pbx-config` saves, but for the version of their form. */
export type ConfigName = Exclude<keyof PbxConfigOptions, "version">;

interface ConfigField<Value> {
	/** What a flow means that was saved before there was such a property. */
	readonly unsaved: Value;
	/**
	 * It bounds what may be done, and empty is no bound. One that names a variable which is set to nothing cannot be read, and must
	 * not come out as "no limit".
	 */
	readonly isLimit?: true;
}

/** All of them: whoever adds one finds here what else there is to say of it, and `readAccount` how it is read. */
export const CONFIG_FIELDS: { readonly [Name in ConfigName]: ConfigField<PbxConfigOptions[Name]> } = {
	name: { unsaved: "" },
	url: { unsaved: "" },
	tenant: { unsaved: "" },
	tls: { unsaved: "" },
	country: { unsaved: "ES" },
	plus: { unsaved: "+" },
	prefix: { unsaved: "" },
	// That of the country.
	language: { unsaved: "" },
	timeZone: { unsaved: "" },
	people: { unsaved: [] },
	words: { unsaved: [] },
	activations: { unsaved: [] },
	groups: { unsaved: true },
	settle: { unsaved: DEFAULT_SETTLE },
	mostExtensions: { unsaved: MOST_EXTENSIONS },
	dialAllowed: { unsaved: "", isLimit: true },
	dialPerExtension: { unsaved: 0, isLimit: true },
	dialInAll: { unsaved: 0, isLimit: true },
	dialRepeat: { unsaved: 0, isLimit: true },
	dryRun: { unsaved: false, isLimit: true },
	// Who had no call log keeps none.
	store: { unsaved: "none" },
	storeFile: { unsaved: "" },
	storeUrl: { unsaved: "" },
	keepDays: { unsaved: DEFAULT_KEEP_DAYS, isLimit: true },
	standby: { unsaved: false, isLimit: true },
};

/** Their names. */
export const CONFIG_NAMES = Object.keys(CONFIG_FIELDS) as ConfigName[];

/** Each property as it is where nothing was saved. */
export function unsavedConfig(): Omit<PbxConfigOptions, "version"> {
	const entries = Object.entries(CONFIG_FIELDS).map(([name, { unsaved }]) => [name, structuredClone(unsaved)]);
	return Object.fromEntries(entries) as Omit<PbxConfigOptions, "version">;
}
