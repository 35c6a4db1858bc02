import { isTimeZone } from "../../src/crm/localTime";
import { LANGUAGES } from "../../src/crm/texts";
import { PbxError, type PbxErrorCode, shown } from "../../src/errors";
import type { TlsSettings } from "../../src/link/socket";
import { checkServerUrl } from "../../src/link/url";
import { isCountry, type NumberPlan } from "../../src/numbers/numbers";
import type { DialRules } from "../../src/pbx/dialGuard";
import type { PbxOptions } from "../../src/pbx/options";
import {
	type Extension,
	isExtension,
	isKey,
	isOutsidePrefix,
	isPlusPrefix,
	isTenant,
} from "../../src/protocol/address";
import { isNumberPattern } from "../../src/protocol/numberPattern";
import { migrate, type SavedConfig } from "./migrate";
import { LARGEST_MOST_EXTENSIONS, LONGEST_SETTLE, type PbxConfigOptions, splitList } from "./options";
import { readPeople } from "./people";
import { mustBeSet, switchOf, textOf } from "./variables";

const DEFAULT_COUNTRY = "ES";

/**
 * Reads what the config node saved.
 *
 * @throws PbxError `unset-variable`, `invalid-url`, `invalid-tenant`, `invalid-key`, `invalid-country`, `invalid-plus`,
 *   `invalid-prefix`, `invalid-language`, `invalid-time-zone`, `invalid-people`, `invalid-settle`,
 *   `invalid-most-extensions`, `invalid-rules`
 */
export function readAccount(saved: SavedConfig, key: string | undefined, tls: TlsSettings | null): PbxOptions {
	const config = migrate(saved);
	const url = checkServerUrl(textOf(config.url));
	const tenant = textOf(config.tenant);
	if (!isTenant(tenant))
		throw new PbxError("invalid-tenant", "The tenant is missing or holds a blank, comma or bracket");
	const rows = Array.isArray(config.activations) ? config.activations : [];
	const language = LANGUAGES.find((each) => each === textOf(config.language).toLowerCase());
	if (!language) throw invalid("invalid-language", "No language of texts", config.language);
	const timeZone = textOf(config.timeZone);
	if (timeZone !== "" && !isTimeZone(timeZone)) throw invalid("invalid-time-zone", "No time zone", timeZone);
	return {
		...{ url, tenant, key: readKey(key), tls },
		activations: rows.filter((row) => typeof row?.command === "string"),
		crm: { plan: readPlan(config), language, timeZone, people: readPeople(config.people) },
		infersGroups: switchOf(config.groups) !== false,
		settle: readSettle(config.settle) * 1000,
		mostExtensions: readMostExtensions(config.mostExtensions),
		rules: readRules(config),
	};
}

function invalid(code: PbxErrorCode, text: string, value: unknown): PbxError {
	return new PbxError(code, `${text}: ${shown(value)}`, { value: shown(value) });
}

function readPlan(config: PbxConfigOptions): NumberPlan {
	const country = String(config.country || DEFAULT_COUNTRY).toUpperCase();
	if (!isCountry(country)) throw new PbxError("invalid-country", `There is no country ${country}`, { country });
	const plus = textOf(config.plus);
	if (plus !== "national" && !isPlusPrefix(plus)) {
		throw new PbxError("invalid-plus", `Not to be dialled instead of +: ${plus}`, { plus });
	}
	const prefix = textOf(config.prefix);
	if (!isOutsidePrefix(prefix)) throw invalid("invalid-prefix", "No prefix of an outside line", prefix);
	return { country, plus, prefix };
}

function readSettle(value: number | string): number {
	const text = textOf(value);
	const seconds = Number(text);
	if (text !== "" && seconds >= 0 && seconds <= LONGEST_SETTLE) return seconds;
	throw invalid("invalid-settle", `No seconds from 0 to ${LONGEST_SETTLE}`, value);
}

function readMostExtensions(value: number | string): number {
	const most = Number(textOf(value));
	if (Number.isInteger(most) && most >= 1 && most <= LARGEST_MOST_EXTENSIONS) return most;
	throw invalid("invalid-most-extensions", `No number of extensions from 1 to ${LARGEST_MOST_EXTENSIONS}`, value);
}

/** What may be dialled. A limit that cannot be read is an error: it must not come out as none. */
function readRules(config: PbxConfigOptions): DialRules {
	const allowed = splitList(textOf(config.dialAllowed));
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

function readSwitch(value: unknown): boolean {
	const isOn = switchOf(value);
	if (isOn === null) throw invalidRules(shown(value));
	return isOn;
}

function readLimit(value: number | string): number {
	const text = textOf(value);
	const limit = Number(text);
	if (!Number.isInteger(limit) || limit < 0) throw invalidRules(text);
	return limit;
}

function invalidRules(value: string): PbxError {
	return invalid("invalid-rules", "Not a pattern of numbers or a limit", value);
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
