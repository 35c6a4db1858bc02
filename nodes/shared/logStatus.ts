import type { Node, NodeStatus } from "node-red";
import type { Progress } from "../../src/delivery/depot";
import type { LinkState } from "../../src/link/state";
import type { StoreState } from "../../src/store/storeState";
import { LinkStatus } from "./status";
import { statusKey } from "./texts";

/** `4 min`, `3 h`, `2 d`. */
function ageOf(milliseconds: number): string {
	const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
	if (minutes < 60) return `${minutes} min`;
	return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1440)} d`;
}

/**
 * The status of a node that hands records over: `⏳ 3 · 4 min` where three wait, the oldest for so long; `⚠ 10:31 · ⏳ 3` where
 * nobody has answered since; `✗ 2` beside it where some were given up; else its connection.
 */
export class LogStatus {
	readonly #status: LinkStatus;
	#progress: Progress | null = null;
	#store: StoreState = { kind: "opening" };

	constructor(node: Node) {
		this.#status = new LinkStatus(node, () => this.#look());
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
		if (this.#store.kind === "failing") {
			return { fill: "red", shape: "ring", text: statusKey(`store.${this.#store.error.code}`) };
		}
		if (!this.#progress) return null;
		const { waiting, givenUp, oldest, unreachableSince } = this.#progress;
		const lost = givenUp > 0 ? ` · ✗ ${givenUp}` : "";
		if (waiting === 0) {
			const key = statusKey(givenUp > 0 ? "log.given-up" : "log.all-delivered");
			return { fill: givenUp > 0 ? "yellow" : "green", shape: "dot", text: key };
		}
		if (unreachableSince !== null) {
			const time = new Date(unreachableSince).toTimeString().slice(0, 5);
			return { fill: "red", shape: "dot", text: `⚠ ${time} · ⏳ ${waiting}${lost}` };
		}
		const age = ageOf(Date.now() - (oldest ?? Date.now()));
		return { fill: "blue", shape: "dot", text: `⏳ ${waiting} · ${age}${lost}` };
	}
}
