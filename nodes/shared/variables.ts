import { PbxError } from "../../src/errors";

/** The variable that a field names, in either of the forms that Node-RED fills in: `${NAME}`, `$(NAME)`; null for none. */
export function variableOf(text: string): string | null {
	const [, name, former] = /^\$(?:\{([^}]+)\}|\((\S+)\))$/.exec(text) ?? [];
	return name ?? former ?? null;
}

/**
 * A text in which no variable is left: a `${NAME}` that Node-RED has not replaced names one that is not set.
 *
 * @throws PbxError `unset-variable`
 */
export function mustBeSet(text: string): string {
	const name = variableOf(text);
	if (name === null) return text;
	throw new PbxError("unset-variable", `The environment variable ${name} is not set`, { name });
}

/** A saved text, with its variables filled in. */
export function textOf(value: unknown): string {
	return mustBeSet(String(value ?? "").trim());
}

/** A saved switch, of which a variable makes text; nothing is off, and null is neither. */
export function switchOf(value: unknown): boolean | null {
	const text = textOf(value).toLowerCase();
	return text === "true" ? true : text === "false" || text === "" ? false : null;
}
