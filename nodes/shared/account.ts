import { isCountry } from "../../src/calls/numbers";
import { PbxError, shown } from "../../src/errors";
import type { TlsSettings } from "../../src/link/socket";
import { checkServerUrl } from "../../src/link/url";
import type { DialRules } from "../../src/pbx/dialGuard";
import type { PbxOptions } from "../../src/pbx/pbx";
import { type Extension, isExtension, isKey, isPlusPrefix, isTenant } from "../../src/protocol/address";
import { isNumberPattern } from "../../src/protocol/numberPattern";
import { migrate, type SavedConfig } from "./migrate";
import { type PbxConfigOptions, splitList } from "./options";

const DEFAULT_COUNTRY = "ES";

/**
 * Reads what the config node saved.
 *
 * @throws PbxError `unset-variable`, `invalid-url`, `invalid-tenant`, `invalid-key`, `invalid-country`, `invalid-plus`, `invalid-rules`
 */
export function readAccount(saved: SavedConfig, key: string | undefined, tls: TlsSettings | null): PbxOptions {
	const config = migrate(saved);
	const url = checkServerUrl(mustBeSet(String(config.url ?? "").trim()));
	const tenant = mustBeSet(String(config.tenant ?? "").trim());
	if (!isTenant(tenant))
		throw new PbxError("invalid-tenant", "The tenant is missing or holds a blank, comma or bracket");
	const country = String(config.country || DEFAULT_COUNTRY).toUpperCase();
	if (!isCountry(country)) throw new PbxError("invalid-country", `There is no country ${country}`, { country });
	const rows = Array.isArray(config.activations) ? config.activations : [];
	const activations = rows.filter((row) => typeof row?.command === "string");
	const findGroups = config.groups !== false;
	const plus = mustBeSet(String(config.plus).trim());
	if (!isPlusPrefix(plus)) throw new PbxError("invalid-plus", `Not to be dialled instead of +: ${plus}`, { plus });
	return { url, tenant, key: readKey(key), tls, country, activations, findGroups, plus, rules: readRules(config) };
}

/** What may be dialled. A limit that cannot be read is an error: it must not come out as none. */
function readRules(config: PbxConfigOptions): DialRules {
	const allowed = splitList(mustBeSet(String(config.dialAllowed).trim()));
	const wrong = allowed.find((pattern) => !isNumberPattern(pattern));
	if (wrong !== undefined) throw invalidRules(wrong);
	return {
		allowed,
		perExtension: readLimit(config.dialPerExtension),
		inAll: readLimit(config.dialInAll),
		repeat: readLimit(config.dialRepeat) * 1000,
		dryRun: readSwitch(config.dryRun),
	};
}

/** A variable makes text of it. */
function readSwitch(value: boolean | string): boolean {
	const text = mustBeSet(String(value ?? "").trim()).toLowerCase();
	if (text === "true") return true;
	if (text === "false" || text === "") return false;
	throw invalidRules(text);
}

function readLimit(value: number | string): number {
	const text = mustBeSet(String(value ?? "").trim());
	const limit = Number(text);
	if (!Number.isInteger(limit) || limit < 0) throw invalidRules(text);
	return limit;
}

function invalidRules(value: string): PbxError {
	return new PbxError("invalid-rules", `Not a pattern of numbers or a limit: ${shown(value)}`, { value: shown(value) });
}

/** A `${NAME}` that Node-RED has not replaced names a variable that is not set. */
function mustBeSet(text: string): string {
	const name = /^\$\{([^}]+)\}$/.exec(text)?.[1];
	if (name === undefined) return text;
	throw new PbxError("unset-variable", `The environment variable ${name} is not set`, { name });
}

function readKey(key: string | undefined) {
	if (!key) return null;
	mustBeSet(key);
	if (!isKey(key)) throw new PbxError("invalid-key", "The key holds a control character or a request");
	return key;
}

/**
 * Reads one extension, from a form or a message.
 *
 * @throws PbxError `unset-variable`, `invalid-extension`
 */
export function readExtension(value: unknown): Extension {
	const text = typeof value === "number" ? String(value) : value;
	const extension = typeof text === "string" ? mustBeSet(text.trim()) : "";
	if (isExtension(extension)) return extension;
	throw new PbxError("invalid-extension", `Not an extension: ${shown(value)}`, { extension: shown(value) });
}

/**
 * Reads a list such as `11, 12`.
 *
 * @throws PbxError `unset-variable`, `invalid-extension`
 */
export function readExtensions(list: unknown): Extension[] {
	const items = typeof list === "string" || typeof list === "number" ? splitList(String(list)) : (list ?? []);
	return [...new Set(Array.isArray(items) ? items.map(readExtension) : [readExtension(items)])];
}
