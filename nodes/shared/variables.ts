import { PbxError } from "../../src/errors";

/**
 * A text in which no variable is left: a `${NAME}` that Node-RED has not replaced names one that is not set.
 *
 * @throws PbxError `unset-variable`
 */
export function mustBeSet(text: string): string {
	const name = /^\$\{([^}]+)\}$/.exec(text)?.[1];
	if (name === undefined) return text;
	throw new PbxError("unset-variable", `The environment variable ${name} is not set`, { name });
}

/** A saved text, with its variables filled in. */
export function textOf(value: unknown): string {
	return mustBeSet(String(value ?? "").trim());
}
