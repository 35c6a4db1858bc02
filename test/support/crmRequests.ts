import assert from "node:assert/strict";
import type { CrmRequest } from "./crmServer";

/** The body, as far as its form is not known. */
export type Fields = Readonly<Record<string, unknown>>;

/** Whom the CRMs know, in the ways they are asked for. */
export const CALLER = "+34974319404";
export const NATIONAL = "974319404";
const DISPLAY = "974 31 94 04";

export function sends(
	{ method, headers }: CrmRequest,
	wanted: string,
	expected: Readonly<Record<string, string | RegExp>>,
) {
	assert.equal(method, wanted);
	for (const [name, value] of Object.entries(expected)) {
		if (typeof value === "string") assert.equal(headers[name], value, name);
		else assert.match(String(headers[name]), value, name);
	}
}
export const JSON_BODY = { "content-type": /^application\/json/ };
export const keyIn = (text: unknown) => /\[(227\/\S+)\]$/.exec(String(text))?.[1] ?? assert.fail(`no key in ${text}`);
export const fieldsOf = (body: unknown) => Object(body) as Fields;
export const isKnown = (asked: string) => [CALLER, NATIONAL, DISPLAY].some((each) => asked.includes(each));
