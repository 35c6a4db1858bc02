import type { NodeAPI } from "node-red";
import type { PbxConfigNode } from "../shared/configNode";
import type { PbxLogNode } from "../shared/logNode";
import type { PbxSimulatorNode } from "../shared/simulatorNode";
import { forPeople } from "../shared/texts";
import { callsOf, cut, eventsOf, extensionsOf, linksOf, wordsOf } from "./account";
import { LIVE_PARTS, type LiveAccount, type LiveAnswer, type LiveRequest, type LiveSimulator } from "./contract";
import { type QueueView, QueueViews } from "./queues";
import type { ShownLists, Viewers } from "./viewers";

/** Config nodes to choose from, `pbx-log` nodes of one, simulators, and the phones of each, that the tab shows. */
const MOST_ACCOUNTS = 1_000;
const MOST_QUEUES = 20;
const MOST_SIMULATORS = 10;
const MOST_PHONES = 200;
const LONGEST_WORD = 100;

interface SavedNode {
	readonly id: string;
	readonly type: string;
	readonly name?: string;
	readonly tenant?: string;
	readonly url?: string;
	readonly pbx?: string;
	readonly queue?: string;
}

type Running = Extract<PbxConfigNode["account"], { readonly pbx: unknown }>;

const TYPES = ["pbx-config", "pbx-log", "pbx-simulator"] as const;

/** An address that is refused can hold a password. */
function withoutUser(url: string): string {
	return url.replace(/\/\/.*@/, "//…@");
}

/** What the browser asked for, as far as it is what it should be. */
export function readLiveRequest(query: Readonly<Record<string, unknown>>): LiveRequest {
	const text = (name: string) => String(query[name] ?? "").slice(0, LONGEST_WORD);
	const parts = text("parts").split(",");
	return {
		...{ viewer: text("viewer"), seen: Number.parseInt(text("seen"), 10) || 0, account: text("account") },
		...{ parts: LIVE_PARTS.filter((part) => parts.includes(part)), find: text("find") },
	};
}

/** What the tab *PBX* shows. */
export class LiveView {
	readonly #RED: NodeAPI;
	readonly #viewers: Viewers;
	readonly queues: QueueViews;

	constructor(RED: NodeAPI, viewers: Viewers) {
		this.#RED = RED;
		this.#viewers = viewers;
		this.queues = new QueueViews(RED);
	}

	/** What has changed of what a tab shows, since it asked last. */
	answer(request: LiveRequest): LiveAnswer {
		const saved = this.#savedNodes();
		const known = saved["pbx-config"].flatMap((node) => {
			const { account } = (this.#RED.nodes.getNode(node.id) ?? {}) as Partial<PbxConfigNode>;
			return account ? [{ node, account }] : [];
		});
		const chosen = known.find(({ node }) => node.id === request.account) ?? known[0];
		const running = chosen && "pbx" in chosen.account ? chosen.account : null;
		const accounts = known.slice(0, MOST_ACCOUNTS).map(({ node, account }) => this.#account(node, account));
		// What matters most first: an answer takes only so much.
		const shown: ShownLists = {
			...this.#listsOf(running, request),
			accounts: { items: accounts, more: known.length - accounts.length },
			...(request.parts.includes("log") && this.#logsOf(saved["pbx-log"].filter(({ pbx }) => pbx === chosen?.node.id))),
			...(request.parts.includes("simulators") && { simulators: this.#simulators(saved["pbx-simulator"]) }),
		};
		const told = this.#viewers.of(request.viewer).tell(request.seen, shown);
		return { ...told, now: Date.now(), account: chosen?.node.id ?? "" };
	}

	#savedNodes(): Readonly<Record<(typeof TYPES)[number], SavedNode[]>> {
		const found: Record<(typeof TYPES)[number], SavedNode[]> = {
			...{ "pbx-config": [], "pbx-log": [], "pbx-simulator": [] },
		};
		this.#RED.nodes.eachNode((node) => {
			const type = TYPES.find((each) => each === node.type);
			if (type) found[type].push(node as SavedNode);
		});
		return found;
	}

	#account({ id, name, tenant, url }: SavedNode, account: PbxConfigNode["account"]): LiveAccount {
		const base = { key: id, name: cut(name ?? "") };
		if ("fault" in account) {
			const fault = forPeople(this.#RED, account.fault).message;
			const saved = { tenant: cut(String(tenant ?? "")), server: cut(withoutUser(String(url ?? ""))) };
			return { ...base, ...saved, fault, up: 0, down: 0, links: 0, isOverfull: false };
		}
		const { pbx } = account;
		const links = pbx.links();
		const up = links.filter(({ state }) => state.kind === "connected").length;
		const waiting = links.filter(({ state }) => state.kind === "standby").length;
		return {
			...{ ...base, tenant: pbx.tenant, server: pbx.server, fault: null, up, down: links.length - up - waiting },
			...{ links: links.length, isOverfull: pbx.heard.hasOverflown },
		};
	}

	#listsOf(running: Running | null, { parts, find }: LiveRequest): ShownLists {
		if (!running) {
			const none = { items: [], more: 0 };
			return { links: none, calls: none, extensions: none, events: none, words: none };
		}
		const { pbx, journal } = running;
		return {
			...(parts.includes("links") && { links: linksOf(pbx) }),
			...(parts.includes("calls") && { calls: callsOf(pbx) }),
			...(parts.includes("extensions") && { extensions: extensionsOf(pbx, find) }),
			...(parts.includes("events") && { events: eventsOf(journal) }),
			// Whether there are any shows the part, or hides it.
			words: wordsOf(pbx, parts.includes("words")),
		};
	}

	#logsOf(saved: readonly SavedNode[]): ShownLists {
		const views = saved.slice(0, MOST_QUEUES).flatMap((each): { saved: SavedNode; view: QueueView }[] => {
			const node = this.#RED.nodes.getNode(each.id) as PbxLogNode | null;
			return node ? [{ saved: each, view: this.queues.of(node) }] : [];
		});
		return {
			queues: {
				items: views.map(({ saved: { id, name, queue }, view }) => ({
					...{ key: id, name: cut(name || queue || ""), ...view.queue },
				})),
				more: saved.length - views.length,
			},
			deliveries: { items: views.flatMap(({ view }) => view.deliveries), more: 0 },
		};
	}

	#simulators(saved: readonly SavedNode[]): NonNullable<ShownLists["simulators"]> {
		const items = saved.slice(0, MOST_SIMULATORS).flatMap(({ id, name }): LiveSimulator[] => {
			const { simulator } = (this.#RED.nodes.getNode(id) ?? {}) as Partial<PbxSimulatorNode>;
			if (!simulator) return [];
			const phones = Object.entries(simulator.status().phones).slice(0, MOST_PHONES);
			return [
				{
					key: id,
					name: cut(name || `${simulator.port ?? ""}`),
					phones: phones.map(([extension, state]) => ({ extension, state })),
				},
			];
		});
		return { items, more: 0 };
	}
}
