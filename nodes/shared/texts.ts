import type { NodeAPI } from "node-red";
import { PbxError } from "../../src/errors";
import { visible } from "../../src/visible";

/** The texts that several nodes need stand in the catalog of the config node. */
const CATALOG = "@meetip/node-red-pbx/pbx-config:";

/** A text of the shared catalog, in the language of the Node-RED. */
export function sharedText(RED: NodeAPI, key: string, values: Readonly<Record<string, string | number>> = {}): string {
	const entries = Object.entries(values).map(([name, value]) => [
		name,
		typeof value === "string" ? visible(value) : value,
	]);
	const text = RED._(CATALOG + key, Object.fromEntries(entries));
	return text.startsWith(CATALOG) ? key : text;
}

/** An error for people: `toString()`, which is what a catch node gets, is the bare sentence. */
class Sentence extends Error {
	override readonly name = "";
	constructor(
		message: string,
		readonly code: string,
		cause: unknown,
	) {
		super(message, { cause });
	}
}

/** An error of something else: what a message holds can stand in it, and would write lines of its own to the log. */
function oneLine(error: Error): Error {
	const text = visible(error.message);
	return text === error.message ? error : new Sentence(text, String(Object(error).code ?? ""), null);
}

/** What to hand to `done`: the localised sentence for an error, with its stable `code`. */
export function forPeople(RED: NodeAPI, error: unknown): Error {
	if (!(error instanceof PbxError)) return oneLine(error instanceof Error ? error : new Error(String(error)));
	const key = `errors.${error.code}`;
	const { state, why, reason } = error.details;
	const because = why === undefined ? "" : `: ${sharedText(RED, `reasons.${why}`)}`;
	// These are words of the code; people get the catalog's.
	const words = {
		...(state !== undefined && { state: sharedText(RED, `status.${state}`) + because }),
		...(reason !== undefined && { reason: sharedText(RED, `commands.${reason}`, error.details) }),
	};
	const text = sharedText(RED, key, { ...error.details, ...words });
	return new Sentence(text === key ? error.message : text, error.code, error);
}
