import type { NodeAPI, NodeStatus } from "node-red";
import type { CallEvent } from "../../src/messages";
import { sharedText } from "./texts";

interface Ongoing {
	/** Null where it is withheld. */
	readonly number: string | null;
	readonly isAnswered: boolean;
}

/** More than a status could tell of. */
const MOST = 1_000;

/** The calls that a node has told of and that are not over, for its status. */
export class CallActivity {
	readonly #RED: NodeAPI;
	readonly #calls = new Map<string, Ongoing>();

	constructor(RED: NodeAPI) {
		this.#RED = RED;
	}

	/** Takes notice of a step in a call's life. */
	notice(event: CallEvent): void {
		const key = `${event.extension} ${event.callId}`;
		this.#calls.delete(key);
		if (event.outcome === null) {
			const number = (!event.anonymous && event.number) || null;
			this.#calls.set(key, { number, isAnswered: event.answeredAt !== null });
			const [oldest] = this.#calls.keys();
			if (oldest !== undefined && this.#calls.size > MOST) this.#calls.delete(oldest);
		}
		// A group that nobody answered ends at all its phones at once.
		if (event.outcome !== null && event.group?.answeredBy === null) {
			for (const [i, phone] of event.group.extensions.entries()) {
				this.#calls.delete(`${phone} ${event.group.callIds[i] ?? ""}`);
			}
		}
	}

	/** What to show of it; null where nothing goes on. */
	get status(): (NodeStatus & { readonly text: string }) | null {
		const newest = [...this.#calls.values()].at(-1);
		if (!newest) return null;
		const count = this.#calls.size;
		const { isAnswered } = newest;
		const number = newest.number ?? sharedText(this.#RED, "status.withheld");
		const one = isAnswered ? "status.talking" : "status.ringing";
		const text = count > 1 ? sharedText(this.#RED, "status.calls", { count }) : sharedText(this.#RED, one, { number });
		return { fill: isAnswered ? "green" : "blue", shape: "dot", text };
	}
}
