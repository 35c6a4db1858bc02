import type { Node, NodeAPI } from "node-red";
import { PbxError } from "../../src/errors";
import type { TlsSettings } from "../../src/link/socket";
import type { Journal } from "../../src/pbx/journal";
import type { Pbx } from "../../src/pbx/pbx";
import type { CallLog } from "../../src/store/callLog";
import { faultStatus } from "./faultStatus";
import type { PbxConfigOptions } from "./options";
import { forPeople } from "./texts";

/** The secrets: they live in Node-RED's credentials and nowhere else. */
export interface KeyCredential {
	key?: string;
	/** Of the database that calls are kept in. */
	storePassword?: string;
}

/** A `pbx-config` at run time: its PBX, or why it has none. */
export interface PbxConfigNode extends Node<KeyCredential> {
	account:
		| {
				readonly pbx: Pbx;
				readonly journal: Journal;
				/** Null where it keeps none. */
				readonly callLog: CallLog | null;
		  }
		| { readonly fault: PbxError };
}

/** What a core `tls-config` node offers. */
interface TlsConfigNode {
	addTLSOptions(options: object): TlsSettings;
}

/**
 * The TLS settings that a PBX's form names; null where it is not `wss://` or names none.
 *
 * @throws PbxError `no-tls` where the node it names does not exist
 */
export function tlsSettings(RED: NodeAPI, { tls, url }: Pick<PbxConfigOptions, "tls" | "url">): TlsSettings | null {
	if (!tls || !/^\s*wss:/i.test(String(url))) return null;
	const node: unknown = RED.nodes.getNode(tls);
	if (typeof node !== "object" || node === null || !("addTLSOptions" in node)) {
		throw new PbxError("no-tls", "The TLS configuration chosen in the PBX does not exist (any more)");
	}
	return (node as TlsConfigNode).addTLSOptions({});
}

/**
 * The PBX that a node uses.
 *
 * @throws PbxError `no-config`, or what is wrong with the config node
 */
export function pbxOf(RED: NodeAPI, id: string): Pbx {
	return accountOf(RED, id).pbx;
}

/**
 * The call log of the PBX that a node uses.
 *
 * @throws PbxError `no-store`, `no-config`, or what is wrong with the config node
 */
export function callLogOf(RED: NodeAPI, id: string): CallLog {
	const { callLog } = accountOf(RED, id);
	if (!callLog) throw new PbxError("no-store", "The PBX configuration keeps no call log");
	return callLog;
}

function accountOf(RED: NodeAPI, id: string) {
	const node = RED.nodes.getNode(id) as PbxConfigNode | null;
	if (!node?.account) throw new PbxError("no-config", "The node has no PBX: choose one in its form");
	if ("fault" in node.account) throw node.account.fault;
	return node.account;
}

/** Runs a node's set-up; where what was saved cannot work the node says so, once, and stays alive. */
export function setUp<Result>(RED: NodeAPI, node: Node, run: () => Result): Result | null {
	try {
		return run();
	} catch (error) {
		node.status(faultStatus(error));
		node.error(forPeople(RED, error));
		return null;
	}
}
