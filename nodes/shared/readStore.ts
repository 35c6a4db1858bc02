import { isAbsolute, join, resolve } from "node:path";
import { PbxError, shown } from "../../src/errors";
import type { StoreSettings } from "../../src/store/settings";
import type { CallLogSettings } from "./callLogs";
import { isDatabaseUrl } from "./isDatabaseUrl";
import { migrate, type SavedConfig } from "./migrate";
import { DEFAULT_STORE_FILE, LONGEST_KEEP_DAYS, STORES } from "./options";
import { switchOf, textOf } from "./variables";

/**
 * Where a configuration keeps its calls; null for nowhere.
 *
 * @param userDir  where a file stands that is not given with its whole path
 * @throws PbxError `invalid-store`, `unset-variable`
 */
export function readStore(saved: SavedConfig, password: string | undefined, userDir: string): CallLogSettings | null {
	const config = migrate(saved);
	const kind = STORES.find((each) => each === textOf(config.store));
	if (!kind) throw invalid("Calls are kept in none of these", config.store);
	if (kind === "none") return null;
	const store: StoreSettings =
		kind === "file"
			? { kind, file: fileOf(textOf(config.storeFile), userDir) }
			: { kind, url: serverOf(textOf(config.storeUrl)), password: textOf(password) };
	const isStandby = kind === "postgresql" && standbyOf(config.standby);
	return { store, keepDays: daysOf(config.keepDays), isStandby };
}

function invalid(text: string, value: unknown): PbxError {
	return new PbxError("invalid-store", `${text}: ${shown(value)}`, { value: shown(value) });
}

function fileOf(text: string, userDir: string): string {
	const file = text === "" ? DEFAULT_STORE_FILE : text;
	if (/[/\\]$/.test(file) || file.includes("\0")) throw invalid("No file for the call log", file);
	return isAbsolute(file) ? resolve(file) : join(userDir, file);
}

function serverOf(text: string): string {
	if (isDatabaseUrl(text)) return text;
	// What stands there may be a password.
	const shownAddress = text.replace(/\/\/.*@/, "//…@").replace(/\?.*/s, "?…");
	throw invalid("No address of a PostgreSQL database without a password", shownAddress);
}

function daysOf(value: unknown): number {
	const text = textOf(value);
	const days = Number(text);
	if (text !== "" && Number.isInteger(days) && days >= 0 && days <= LONGEST_KEEP_DAYS) return days;
	throw invalid(`No days from 0 to ${LONGEST_KEEP_DAYS}`, value);
}

function standbyOf(value: unknown): boolean {
	const isOn = switchOf(value);
	if (isOn === null) throw invalid("Neither true nor false", value);
	return isOn;
}
