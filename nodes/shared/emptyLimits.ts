import type { Node, NodeAPI } from "node-red";
import { PbxError } from "../../src/errors";
import { CONFIG_FIELDS, CONFIG_NAMES } from "./configFields";
import type { SavedConfig } from "./migrate";
import { variableOf } from "./variables";

/** What Node-RED knows of a node in a subflow: each instance has one of its own, made of the one that is saved. */
interface Placed {
	readonly id: string;
	readonly _alias?: string;
	/** A subflow that a module brings stands in no flow file. */
	readonly _flow?: { readonly subflowDef?: { readonly configs?: Readonly<Record<string, object | undefined>> } };
}

function savedOf(RED: NodeAPI, { id, _alias: savedId = id, _flow: flow }: Placed): SavedConfig {
	let found: object | undefined = flow?.subflowDef?.configs?.[savedId];
	RED.nodes.eachNode((saved) => {
		if (saved.id === savedId) found = saved;
	});
	return { ...found };
}

/**
 * Refuses a limit that names a variable which is set to nothing: it must not come out as no limit.
 *
 * @param config  what Node-RED gave the node, with its variables filled in
 * @throws PbxError `unset-variable`
 */
export function refuseEmptyLimits(RED: NodeAPI, node: Node, config: SavedConfig): void {
	const saved = savedOf(RED, node as unknown as Placed);
	for (const name of CONFIG_NAMES) {
		if (!CONFIG_FIELDS[name].isLimit || String(config[name] ?? "").trim() !== "") continue;
		const variable = variableOf(String(saved[name] ?? ""));
		if (variable === null) continue;
		throw new PbxError("unset-variable", `The environment variable ${variable} is empty`, { name: variable });
	}
}
