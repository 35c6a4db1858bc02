import { isTimeZone } from "../../../src/crm/localTime";
import { checkServerUrl } from "../../../src/link/url";
import { isExtension, isOutsidePrefix, isPlusPrefix, isTenant, MONITOR } from "../../../src/protocol/address";
import { isNumberPattern } from "../../../src/protocol/numberPattern";
import { isDatabaseUrl } from "../isDatabaseUrl";
import { LONGEST_SETTLE, LONGEST_TIMEOUT, splitList } from "../options";
import type { Validator } from "./red";

const MOST_LIMIT = 86_400;

/** The forms' own rules and the run time's are the same functions: what a form takes, the run time takes. */
function text(key: string, values?: Record<string, string | number>): string {
	return RED._(`@meetip/node-red-pbx/pbx-config:invalid.${key}`, values);
}

/** Node-RED fills these in when the flow starts. */
export function isVariable(value: unknown): boolean {
	return typeof value === "string" && /^\$(\{[^}]+\}|\([^)]+\))$/.test(value);
}

/** A text as it may be once the variables within it are filled in: for what is checked piece by piece. */
function withValues(value: unknown): string {
	return String(value ?? "").replace(/\$\{[^}\s]+\}/g, "1");
}

/** A server address. */
export const serverUrl: Validator<unknown> = (value, _options) => {
	try {
		checkServerUrl(withValues(value));
		return true;
	} catch {
		return isVariable(value) || text("url");
	}
};

/** A tenant. */
export const tenant: Validator<unknown> = (value, _options) =>
	isVariable(value) || isTenant(withValues(value).trim()) || text("tenant");

/** One extension. */
export function extension(value: unknown): true | string {
	return isVariable(value) || isExtension(withValues(value).trim()) || text("extension");
}

/** The extension that a call is placed from: any but the monitor. */
export function dialingExtension(value: unknown): true | string {
	return String(value ?? "").trim() === MONITOR ? text("monitor") : extension(value);
}

/** A list of extensions, which may be empty where `least` is 0. */
export function extensions(value: unknown, least: 0 | 1): true | string {
	if (isVariable(value)) return true;
	const list = splitList(withValues(value));
	if (list.length < least) return text("extensions");
	// `$(X)` within a text is filled in by nobody.
	const wrong = list.find((item) => !isExtension(item) || isVariable(item));
	return wrong === undefined || text("one-extension", { extension: wrong });
}

/** What is dialled instead of `+`. */
export const plusPrefix: Validator<unknown> = (value, _options) =>
	isVariable(value) || value === "national" || isPlusPrefix(String(value ?? "+").trim()) || text("plus");

/** The prefix of an outside line. */
export const outsidePrefix: Validator<unknown> = (value, _options) =>
	isVariable(value) || isOutsidePrefix(String(value ?? "").trim()) || text("prefix");

/** A time zone, or none for the machine's own. */
export const timeZone: Validator<unknown> = (value, _options) => {
	const zone = String(value ?? "").trim();
	return isVariable(value) || zone === "" || isTimeZone(zone) || text("time-zone", { zone });
};

/** Seconds that a call waits for another leg. */
export const settle: Validator<unknown> = (value, _options) => {
	const seconds = Number(value ?? 0);
	const isRight = String(value ?? "0").trim() !== "" && seconds >= 0 && seconds <= LONGEST_SETTLE;
	return isVariable(value) || isRight || text("settle", { most: LONGEST_SETTLE });
};

/** Patterns of numbers. */
export const numberPatterns: Validator<unknown> = (value, _options) => {
	if (isVariable(value)) return true;
	const wrong = splitList(String(value ?? "")).find((pattern) => !isNumberPattern(pattern));
	return wrong === undefined || text("pattern", { pattern: wrong });
};

/** A limit; 0 or nothing for none. */
export const limit: Validator<unknown> = (value, _options) =>
	String(value ?? "").trim() === "" || wholeNumber(value, 0, MOST_LIMIT);

/** Seconds to wait. */
export const timeout: Validator<unknown> = (value, _options) => {
	const seconds = Number(value);
	const isRight = String(value ?? "").trim() !== "" && seconds >= 0.1 && seconds <= LONGEST_TIMEOUT;
	return isVariable(value) || isRight || text("timeout", { most: LONGEST_TIMEOUT });
};

/** A number within bounds. */
export function numberBetween(value: unknown, least: number, most: number): true | string {
	const number = Number(value);
	const isRight = String(value ?? "").trim() !== "" && number >= least && number <= most;
	return isVariable(value) || isRight || text("number-between", { least, most });
}

/** The server of a call log. */
export const databaseUrl: Validator<unknown> = (value, _options) =>
	isVariable(value) || isDatabaseUrl(String(value ?? "").trim()) || text("database-url");

/** A whole number within bounds. */
export function wholeNumber(value: unknown, least: number, most: number): true | string {
	const number = Number(value);
	const isRight = String(value ?? "").trim() !== "" && Number.isInteger(number) && number >= least && number <= most;
	return isVariable(value) || isRight || text("number", { least, most });
}
