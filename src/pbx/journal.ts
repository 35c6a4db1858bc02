import type { EventFamily } from "../families";
import type { Clock, Timer } from "../link/clock";
import type { PbxEvent } from "../messages";
import type { Pbx } from "./pbx";

/** An event, with its place in the journal. */
export interface JournalEntry {
	readonly seq: number;
	readonly event: PbxEvent;
}

/** What people follow; the states of phones stand on the board. */
const FAMILIES: readonly EventFamily[] = ["call", "dial", "command", "link", "unrecognised"];
const KEPT = 50;
/** Milliseconds after which nobody counts as looking any more. */
const ATTENTION = 10_000;

/** The last events of one account, kept only while somebody looks. */
export class Journal {
	readonly #pbx: Pbx;
	readonly #clock: Clock;
	#entries: JournalEntry[] = [];
	#seq = 0;
	#stop: (() => void) | null = null;
	#timer: Timer | null = null;

	constructor(pbx: Pbx, clock: Clock) {
		this.#pbx = pbx;
		this.#clock = clock;
	}

	/** The events after a place in the journal. Whoever calls this looks, for another ten seconds. */
	look(after: number): JournalEntry[] {
		this.#timer?.cancel();
		this.#timer = this.#clock.after(ATTENTION, () => this.close());
		this.#stop ??= this.#pbx.observe({
			families: new Set(FAMILIES),
			extensions: null,
			event: (event) => this.#keep(event),
		});
		// After a restart of the flow the places begin anew.
		const isAhead = after > this.#seq;
		return this.#entries.filter(({ seq }) => isAhead || seq > after);
	}

	/** Nobody looks any more. */
	close(): void {
		this.#timer?.cancel();
		this.#stop?.();
		this.#stop = null;
	}

	#keep(event: PbxEvent): void {
		this.#entries = [...this.#entries.slice(1 - KEPT), { seq: ++this.#seq, event }];
	}
}
