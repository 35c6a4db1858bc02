import type { Node, NodeStatus } from "node-red";
import type { LinkState } from "../../src/link/state";
import { PacedStatus } from "./paced";
import { statusKey } from "./texts";

type Look = Pick<NodeStatus, "fill" | "shape"> & { readonly text: string };

const LOOKS: Readonly<Record<LinkState["kind"], Look>> = {
	queued: { fill: "yellow", shape: "ring", text: "status.queued" },
	connecting: { fill: "yellow", shape: "ring", text: "status.connecting" },
	connected: { fill: "green", shape: "dot", text: "status.connected" },
	disconnected: { fill: "red", shape: "ring", text: "status.disconnected" },
	refused: { fill: "red", shape: "dot", text: "status.refused" },
	standby: { fill: "blue", shape: "ring", text: "status.standby" },
	closed: { fill: "grey", shape: "ring", text: "status.closed" },
};

/** How bad a state is; of several connections the worst one gives the colour. */
const RANK: Readonly<Record<LinkState["kind"], number>> = {
	connected: 0,
	standby: 1,
	closed: 1,
	queued: 2,
	connecting: 2,
	disconnected: 3,
	refused: 4,
};

/** Why, where that is known; else how it is. */
function keyOf(state: LinkState): string {
	if (state.kind === "connected") return state.confirmed ? LOOKS.connected.text : "short.unconfirmed";
	return "reason" in state ? `short.${state.reason}` : LOOKS[state.kind].text;
}

/** How one of several is: they have no room for more. */
const SIGNS: Readonly<Record<LinkState["kind"], string>> = {
	queued: "…",
	connecting: "…",
	connected: "=",
	disconnected: "×",
	refused: "×",
	closed: "–",
	standby: "–",
};

/**
 * The status of a node that uses one connection, or several of which it shows how many are up. Where all are, what goes on
 * at the phones is shown instead.
 */
export class LinkStatus {
	readonly #states = new Map<string, LinkState>();
	readonly #paced: PacedStatus;
	readonly #activity: () => NodeStatus | null;

	constructor(node: Node, activity: () => NodeStatus | null = () => null) {
		this.#paced = new PacedStatus(node);
		this.#activity = activity;
	}

	/** Shows something else for now. */
	tell(status: NodeStatus): void {
		this.#paced.show(() => status);
	}

	/** Nothing is shown any more. */
	close(): void {
		this.#paced.close();
	}

	/** A watcher for the connection of an extension. */
	watch(extension: string): (state: LinkState) => void {
		return (state) => {
			this.#states.set(extension, state);
			this.show();
		};
	}

	/** Shows the connections' state. */
	show(): void {
		this.#paced.show(() => this.#look());
	}

	#look(): NodeStatus {
		const states = [...this.#states];
		const [worst] = states.toSorted(([, a], [, b]) => RANK[b.kind] - RANK[a.kind]);
		if (!worst) return {};
		const activity = worst[1].kind === "connected" ? this.#activity() : null;
		if (activity) return activity;
		const [extension, state] = worst;
		const { fill, shape } = LOOKS[state.kind];
		const keys = new Set(states.map(([, each]) => keyOf(each)));
		// Where all are alike, why is worth more than how many.
		if (keys.size === 1) return { fill, shape, text: statusKey(keyOf(state)) } as NodeStatus;
		const up = states.filter(([, { kind }]) => kind === "connected").length;
		if (up === states.length) return { fill, shape, text: statusKey(LOOKS.connected.text) } as NodeStatus;
		return { fill, shape, text: `${up}/${states.length} · ${extension} ${SIGNS[state.kind]}` } as NodeStatus;
	}
}
