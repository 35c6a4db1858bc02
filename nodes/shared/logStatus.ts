import type { Node, NodeAPI, NodeStatus } from "node-red";
import type { Progress } from "../../src/delivery/courier";
import type { LinkState } from "../../src/link/state";
import type { StoreState } from "../../src/store/storeState";
import { LinkStatus } from "./status";
import { sharedText } from "./texts";

/** `4 min`, `3 h`, `2 d`. */
function ageOf(milliseconds: number): string {
	const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
	if (minutes < 60) return `${minutes} min`;
	return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1440)} d`;
}

/** The status of a node that hands records over: how many wait, and for how long; else its connection. */
export class LogStatus {
	readonly #RED: NodeAPI;
	readonly #status: LinkStatus;
	#progress: Progress | null = null;
	#store: StoreState = { kind: "opening" };

	constructor(RED: NodeAPI, node: Node) {
		this.#RED = RED;
		this.#status = new LinkStatus(RED, node, () => this.#look());
	}

	/** A watcher for the connection of an extension. */
	watch(extension: string): (state: LinkState) => void {
		return this.#status.watch(extension);
	}

	/** How the call log is. */
	store(state: StoreState): void {
		this.#store = state;
		this.#show();
	}

	/** How it goes. */
	progress(progress: Progress): void {
		this.#progress = progress;
		this.#show();
	}

	/** Nothing is shown any more. */
	close(): void {
		this.#status.close();
	}

	/** What waits is shown whatever the connection is like: it is handed over all the same. */
	#show(): void {
		const isUrgent = this.#store.kind === "failing" || (this.#progress?.waiting ?? 0) > 0;
		const look = isUrgent ? this.#look() : null;
		if (look) this.#status.tell(look);
		else this.#status.show();
	}

	#look(): NodeStatus | null {
		const text = (key: string, values = {}) => sharedText(this.#RED, `log.${key}`, values);
		if (this.#store.kind === "failing") {
			const why = sharedText(this.#RED, `store.${this.#store.error.code}`);
			return { fill: "red", shape: "ring", text: why };
		}
		if (!this.#progress) return null;
		const { waiting, givenUp, oldest, unreachableSince } = this.#progress;
		const lost = givenUp > 0 ? `, ${text("given-up", { count: givenUp })}` : "";
		if (waiting === 0) {
			return { fill: givenUp > 0 ? "yellow" : "green", shape: "dot", text: text("all-delivered") + lost };
		}
		if (unreachableSince !== null) {
			const time = new Date(unreachableSince).toTimeString().slice(0, 5);
			return { fill: "red", shape: "dot", text: text("unreachable", { time, count: waiting }) + lost };
		}
		const age = ageOf(Date.now() - (oldest ?? Date.now()));
		return { fill: "blue", shape: "dot", text: text("waiting", { count: waiting, age }) + lost };
	}
}
