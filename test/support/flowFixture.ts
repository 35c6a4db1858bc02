import assert from "node:assert/strict";
import type { EventEmitter } from "node:events";
import { createRequire } from "node:module";
import type { Node } from "node-red";
import helper from "node-red-node-test-helper";
import { accounts } from "../../nodes/shared/accounts";
import { Simulator, type SimulatorOptions } from "../../src/simulator/simulator";
import { eventually } from "./eventually";
import { assertPayload } from "./schema";
import { statusKey } from "./statusText";

import config = require("../../nodes/pbx-config");
import call = require("../../nodes/pbx-call");
import contact = require("../../nodes/pbx-contact");
import history = require("../../nodes/pbx-history");
import input = require("../../nodes/pbx-in");
import log = require("../../nodes/pbx-log");
import simulatorNode = require("../../nodes/pbx-simulator");
import status = require("../../nodes/pbx-status");

/** Core's own nodes have no types. */
const core = (file: string) => createRequire(__filename)(`@node-red/nodes/core/${file}`) as typeof config;
const tlsConfig = core("network/05-tls.js");
const csv = core("parsers/70-CSV.js");

/** Node-RED's log levels. */
const [ERROR, WARNING] = [20, 30];

helper.init(require.resolve("node-red"));

/** What a helper node received; tests look at any property. */
export type Received = Record<string, unknown> & { readonly payload: Record<string, unknown> };

export const KEY = "XX_673482yRTO988423432xx%";

/** A node as a flow saves it. */
export interface FlowNode {
	readonly id: string;
	readonly type: string;
	readonly [property: string]: unknown;
}

/** The config node that flows of tests use. */
export function pbxConfig(url: string, over: object = {}): FlowNode {
	return { id: "pbx", type: "pbx-config", url, tenant: "227", tls: "", country: "ES", activations: [], ...over };
}

/** Without a tab and a place on it, Node-RED takes a node for a config node. */
function placed(flow: readonly FlowNode[]): FlowNode[] {
	const onTab = flow.map((node) => (/-config$/.test(node.type) ? node : { z: "tab", x: 0, y: 0, ...node }));
	return [{ id: "tab", type: "tab" }, ...onTab];
}

/** Flows of this package's nodes in a real runtime, and the simulated PBX they talk to. */
export class FlowFixture {
	#simulators: Simulator[] = [];
	readonly #received = new Map<string, Received[]>();
	readonly #collecting = new WeakSet<Node>();
	readonly #seen: unknown[] = [];

	async start(): Promise<void> {
		await new Promise<void>((resolve) => helper.startServer(resolve));
	}

	async stop(): Promise<void> {
		await new Promise<void>((resolve) => helper.stopServer(resolve));
	}

	/** A simulated PBX on a free port, quick enough for tests. */
	async simulate(over: Partial<SimulatorOptions> = {}): Promise<{ simulator: Simulator; url: string }> {
		const simulator = new Simulator({
			...{ port: 0, tenant: "227", key: KEY, extensions: ["11", "12", "13"], silentExtensions: ["19"] },
			...{ pace: { pickUp: 20, talking: 60_000 } },
			...over,
		});
		this.#simulators.push(simulator);
		return { simulator, url: `ws://127.0.0.1:${await simulator.listen()}` };
	}

	/** Waits until so many clients are logged in: what a simulated PBX sends to one that is only connected reaches nobody. */
	async loggedIn(simulator: Simulator, clients = 1): Promise<void> {
		await eventually(() => assert.equal(simulator.status().clients.length, clients));
	}

	/** Loads a flow. Nodes of type `helper` collect what they receive. */
	async load(flow: readonly FlowNode[], credentials: Record<string, object> = { pbx: { key: KEY } }): Promise<void> {
		const nodes = [tlsConfig, csv, config, input, call, status, log, history, contact, simulatorNode];
		await helper.load(nodes, placed(flow), credentials);
		this.#collect(flow);
	}

	/** Deploys a flow in place of the one that is loaded; what nodes of type `helper` have received stays. */
	async deploy(
		flow: readonly FlowNode[],
		type: "full" | "flows" | "nodes",
		credentials: Record<string, object> = { pbx: { key: KEY } },
	): Promise<void> {
		await helper.setFlows(placed(flow), type, credentials);
		accounts.started();
		this.#collect(flow);
	}

	#collect(flow: readonly FlowNode[]): void {
		for (const { id, type } of flow) {
			if (type !== "helper" || this.#collecting.has(this.node(id))) continue;
			this.#collecting.add(this.node(id));
			const messages = this.received(id);
			this.#received.set(id, messages);
			this.node(id).on("input", (message: object) => {
				messages.push(message as Received);
				this.#seen.push((message as Received).payload);
			});
		}
	}

	node(id: string): Node & { receive(message: object): void } {
		return helper.getNode(id) as Node & { receive(message: object): void };
	}

	/** The codes of the errors that a node reports from now on. */
	errorCodes(id: string): string[] {
		const codes: string[] = [];
		const node: EventEmitter = this.node(id);
		node.on("call:error", ({ args }: { args: [{ code?: string }] }) => codes.push(String(args[0].code)));
		return codes;
	}

	received(id: string): Received[] {
		return this.#received.get(id) ?? [];
	}

	/** The payloads of one event that a helper node received. */
	events(id: string, event: string): Record<string, unknown>[] {
		return this.received(id).flatMap(({ payload }) => (payload.event === event ? [payload] : []));
	}

	/** The stable codes of the errors that a catch node passed on to a helper node. */
	codes(id: string): unknown[] {
		return this.received(id).map(({ error }) => Object(error).code);
	}

	/** The texts that a node's status has shown, in their order; of those that browsers translate, the keys. */
	statuses(id: string): string[] {
		const { args } = (this.node(id) as unknown as { status: { args: [{ text?: string }][] } }).status;
		return args.map(([shown]) => statusKey(shown.text ?? ""));
	}

	/** Errors that nodes have reported to the log. */
	errors(): string[] {
		return this.#logged(ERROR);
	}

	/** Warnings that nodes have reported to the log. */
	warnings(): string[] {
		return this.#logged(WARNING);
	}

	#logged(wanted: number): string[] {
		const entries = helper.log().args.flat() as { level: number; id?: string; msg: unknown }[];
		// Node-RED itself has no id.
		const ofNodes = entries.filter(({ level, id }) => level === wanted && (id !== undefined || wanted === ERROR));
		return ofNodes.map(({ msg }) => String(msg));
	}

	/** Stops the flow, and nothing starts again: what it left for a successor is given up, as after a deploy. */
	async clear(): Promise<void> {
		await helper.clearFlows();
		accounts.started();
	}

	async unload(): Promise<void> {
		await helper.unload();
		accounts.started();
		await Promise.all(this.#simulators.map((simulator) => simulator.close()));
		this.#simulators = [];
		this.#received.clear();
		const seen = this.#seen.splice(0);
		for (const payload of seen) assertPayload(payload);
	}
}
