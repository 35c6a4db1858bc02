import type { NodeAPI } from "node-red";
import type { Pbx } from "../../src/pbx/pbx";
import type { PbxConfigNode } from "../shared/configNode";
import type { PbxSimulatorNode } from "../shared/simulatorNode";
import type { LiveAccount, LiveExtension, LiveLink, LiveView } from "./contract";

/** Tiles that a screen can hold. */
const MOST_TILES = 500;

interface SavedNode {
	readonly id: string;
	readonly type: string;
	readonly name?: string;
	readonly tenant?: string;
	readonly url?: string;
}

function savedNodes(RED: NodeAPI, type: string): SavedNode[] {
	const found: SavedNode[] = [];
	RED.nodes.eachNode((node) => {
		if (node.type === type) found.push(node as SavedNode);
	});
	return found;
}

function linksOf(pbx: Pbx): LiveLink[] {
	return pbx.links().map(({ extension, state, since }) => {
		const unconfirmed = state.kind === "connected" && !state.confirmed ? "unconfirmed" : "";
		return { extension, state: state.kind, reason: "reason" in state ? state.reason : unconfirmed, since };
	});
}

/** What is known of extensions: of all that have been heard of, unless told of which. */
export function extensionsOf(pbx: Pbx, heardOf = pbx.heardOf()): LiveExtension[] {
	return heardOf.flatMap((extension) => {
		const entry = pbx.look(extension);
		if (!entry) return [];
		const { state, since, stale } = entry;
		return { extension, state, since: since.wall, stale, call: pbx.currentCall(extension) };
	});
}

/** An address that is refused can hold a password. */
function withoutUser(url: string): string {
	return url.replace(/\/\/.*@/, "//…@");
}

function accountOf(RED: NodeAPI, saved: SavedNode, after: number): LiveAccount | null {
	const node = RED.nodes.getNode(saved.id) as PbxConfigNode | null;
	if (!node?.account) return null;
	const base = { id: saved.id, name: saved.name ?? "", tenant: String(saved.tenant ?? "") };
	if ("fault" in node.account) {
		const fault = node.account.fault.message;
		return {
			...base,
			server: withoutUser(String(saved.url ?? "")),
			fault,
			links: [],
			extensions: [],
			more: 0,
			events: [],
		};
	}
	const { pbx, journal } = node.account;
	const { tenant, server } = pbx;
	const heardOf = pbx.heardOf();
	return {
		...base,
		tenant,
		server,
		fault: null,
		links: linksOf(pbx),
		extensions: extensionsOf(pbx, heardOf.slice(0, MOST_TILES)),
		more: Math.max(0, heardOf.length - MOST_TILES),
		events: journal.look(after),
	};
}

/**
 * All that the sidebar shows now.
 *
 * @param after  by config node, the last place of its journal that is known already
 */
export function liveView(RED: NodeAPI, after: ReadonlyMap<string, number>): LiveView {
	const accounts = savedNodes(RED, "pbx-config").flatMap((saved) => {
		return accountOf(RED, saved, after.get(saved.id) ?? 0) ?? [];
	});
	const simulators = savedNodes(RED, "pbx-simulator").flatMap(({ id, name }) => {
		const node = RED.nodes.getNode(id) as PbxSimulatorNode | null;
		if (!node?.simulator) return [];
		return {
			id,
			name: name || `${node.simulator.port ?? ""}`,
			extensions: Object.keys(node.simulator.status().phones),
		};
	});
	return { now: Date.now(), accounts, simulators };
}
