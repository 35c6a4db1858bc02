import type { NodeAPI, NodeStatus } from "node-red";
import type { CallEvent } from "../../src/messages";
import { sharedText } from "./texts";

interface Ongoing {
	/** A name, where one is known, else the number; null where it is withheld. */
	readonly who: string | null;
	readonly isAnswered: boolean;
}

/** More than a status could tell of. */
const MOST = 1_000;

/** The legs that a node has told of and that are not over, for its status. */
export class CallActivity {
	readonly #RED: NodeAPI;
	readonly #legs = new Map<string, Ongoing>();

	constructor(RED: NodeAPI) {
		this.#RED = RED;
	}

	/** Takes notice of a step in a leg's life. */
	notice(event: CallEvent): void {
		if (event.event === "call.record") return;
		const key = event.legId;
		this.#legs.delete(key);
		if (event.outcome !== null) return;
		const name = event.contact?.name || event.name;
		const who = name || (!event.anonymous && event.number) || null;
		this.#legs.set(key, { who, isAnswered: event.answeredAt !== null });
		const [oldest] = this.#legs.keys();
		if (oldest !== undefined && this.#legs.size > MOST) this.#legs.delete(oldest);
	}

	/** What to show of it; null where nothing goes on. */
	get status(): (NodeStatus & { readonly text: string }) | null {
		const newest = [...this.#legs.values()].at(-1);
		if (!newest) return null;
		const count = this.#legs.size;
		const { isAnswered } = newest;
		const number = newest.who ?? sharedText(this.#RED, "status.withheld");
		const one = isAnswered ? "status.talking" : "status.ringing";
		const text = count > 1 ? sharedText(this.#RED, "status.calls", { count }) : sharedText(this.#RED, one, { number });
		return { fill: isAnswered ? "green" : "blue", shape: "dot", text };
	}
}
