import type { Node, NodeStatus } from "node-red";
import { systemClock, type Timer } from "../../src/link/clock";
import { visible } from "../../src/visible";

/** Milliseconds between two changes: each goes to every editor that is open. */
const PACE = 250;

/** Names and numbers from outside stand in it. */
function oneLine(status: NodeStatus): NodeStatus {
	return typeof status === "object" && status.text !== undefined ? { ...status, text: visible(status.text) } : status;
}

/** What a node shows under it, at most four times a second however much happens; the newest always gets there. */
export class PacedStatus {
	readonly #node: Node;
	#shown = "";
	#waiting: (() => NodeStatus) | null = null;
	#timer: Timer | null = null;
	#isClosed = false;

	constructor(node: Node) {
		this.#node = node;
	}

	/** @param look  gives what to show, once it is its time: most of what happens under load is never shown */
	show(look: () => NodeStatus): void {
		if (this.#isClosed) return;
		if (this.#timer) {
			this.#waiting = look;
			return;
		}
		const status = oneLine(look());
		const text = JSON.stringify(status);
		if (text === this.#shown) return;
		this.#shown = text;
		this.#node.status(status);
		this.#timer = systemClock.after(PACE, () => {
			const next = this.#waiting;
			this.#timer = null;
			this.#waiting = null;
			if (next) this.show(next);
		});
	}

	/** Nothing is shown any more. */
	close(): void {
		this.#isClosed = true;
		this.#timer?.cancel();
	}
}
