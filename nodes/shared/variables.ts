import type { Node, NodeAPI } from "node-red";
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

const VARIABLE = /\$\{([^}]+)\}/g;

/**
 * A saved text with the variables within it filled in, as the node's own flow, group or process sets them. Node-RED itself
 * replaces only a field that is nothing but one.
 *
 * @throws PbxError `unset-variable` for one that is not set, or set to nothing
 */
export function filledIn(RED: NodeAPI, node: Node, text: string): string {
	return text.replace(VARIABLE, (_whole, name: string) => {
		const value: unknown = RED.util.evaluateNodeProperty(name, "env", node, {});
		if (value !== undefined && value !== null && value !== "") return String(value);
		throw new PbxError("unset-variable", `The environment variable ${name} is not set`, { name });
	});
}

/** A list of extensions as saved, with its variables filled in. */
export function filledInList(RED: NodeAPI, node: Node, list: unknown): unknown {
	return typeof list === "string" ? filledIn(RED, node, list) : list;
}

/** All texts of a configuration with their variables filled in; what stands in its lists is taken as it is. */
export function allFilledIn<Saved extends object>(RED: NodeAPI, node: Node, saved: Saved): Saved {
	const filled = Object.entries(saved).map(([name, value]) => [
		name,
		typeof value === "string" && name !== "name" ? filledIn(RED, node, value) : value,
	]);
	return Object.fromEntries(filled) as Saved;
}

/** A saved switch, of which a variable makes text; nothing is off, and null is neither. */
export function switchOf(value: unknown): boolean | null {
	const text = textOf(value).toLowerCase();
	return text === "true" ? true : text === "false" || text === "" ? false : null;
}
