import type { Node, NodeAPI } from "node-red";
import { PbxError } from "../../src/errors";
import type { Pbx } from "../../src/pbx/pbx";
import { forPeople, sharedText } from "./texts";

/** The one secret: it lives in Node-RED's credentials and nowhere else. */
export interface KeyCredential {
	key?: string;
}

/** A `pbx-config` at run time: its PBX, or why it has none. */
export interface PbxConfigNode extends Node<KeyCredential> {
	account: { readonly pbx: Pbx } | { readonly fault: PbxError };
}

/**
 * The PBX that a node uses.
 *
 * @throws PbxError `no-config`, or what is wrong with the config node
 */
export function pbxOf(RED: NodeAPI, id: string): Pbx {
	const node = RED.nodes.getNode(id) as PbxConfigNode | null;
	if (!node?.account) throw new PbxError("no-config", "The node has no PBX: choose one in its form");
	if ("fault" in node.account) throw node.account.fault;
	return node.account.pbx;
}

/** Runs a node's set-up; where what was saved cannot work the node says so, once, and stays alive. */
export function setUp<Result>(RED: NodeAPI, node: Node, run: () => Result): Result | null {
	try {
		return run();
	} catch (error) {
		node.status({ fill: "red", shape: "ring", text: sharedText(RED, "status.misconfigured") });
		node.error(forPeople(RED, error));
		return null;
	}
}
