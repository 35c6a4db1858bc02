import type { NodeAPI } from "node-red";
import { PbxError } from "../../src/errors";
import { visible } from "../../src/visible";

/** The texts that several nodes need stand in the catalog of the config node. */
const CATALOG = "@meetip/node-red-pbx/pbx-config:";

/** A status text that each browser shows in its own language: the editor looks up what is a key (as core nodes use it). */
export function statusKey(key: string): string {
	return CATALOG + key;
}

/** A text of the shared catalog, in the language of the Node-RED. */
export function sharedText(RED: NodeAPI, key: string, values: Readonly<Record<string, string | number>> = {}): string {
	const entries = Object.entries(values).map(([name, value]) => [
		name,
		typeof value === "string" ? visible(value) : value,
	]);
	const text = RED._(CATALOG + key, Object.fromEntries(entries));
	return text.startsWith(CATALOG) ? key : text;
}

/**
 * An error for people: `toString()`, which is what a catch node and the log get, is the bare sentence. No subclass of `Error`:
 * the debug sidebar takes those apart, and shows an object with a stack instead of the sentence.
 */
class Sentence implements Error {
	readonly name = "";
	readonly stack: string;
	constructor(
		readonly message: string,
		readonly code: string,
		readonly cause: PbxError | null,
	) {
		this.stack = cause?.stack ?? message;
	}

	toString(): string {
		return this.message;
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
