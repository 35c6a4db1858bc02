import { EVENT_NAMES } from "../eventNames";
import { kept, LONGEST } from "../kept";
import type { Clock, Timer } from "../link/clock";
import type { PbxEvent } from "../messages";
import type { Pbx } from "./pbx";

/** An event, with its place in the journal. */
export interface JournalEntry {
	readonly seq: number;
	readonly event: PbxEvent;
}

/** What people follow; the states of phones stand on the board. */
const EVENTS = new Set(EVENT_NAMES.filter((name) => name !== "extension.state"));
const KEPT = 50;
/** Milliseconds after which nobody counts as looking any more. */
const ATTENTION = 10_000;

/** An event as people read it: a frame can hold a mebibyte, and a line as many parameters as fit in. */
function shown(heard: PbxEvent): PbxEvent {
	const event = { ...heard };
	for (const [name, value] of Object.entries(heard)) {
		if (typeof value === "string" && value.length > LONGEST.shown)
			Object.assign(event, { [name]: kept(value, LONGEST.shown) });
	}
	return event.event === "web.command" ? { ...event, query: null, fields: null } : event;
}

/** The last events of one account, kept only while somebody looks. */
export class Journal {
	readonly #pbx: Pbx;
	readonly #clock: Clock;
	#entries: JournalEntry[] = [];
	#seq: number;
	#stop: (() => void) | null = null;
	#timer: Timer | null = null;

	constructor(pbx: Pbx, clock: Clock) {
		this.#pbx = pbx;
		this.#clock = clock;
		// Ahead of what a journal before this one gave, as after a deploy.
		this.#seq = clock.now() * 1000;
	}

	/** The events after a place in the journal. Whoever calls this looks, for another ten seconds. */
	look(after: number): JournalEntry[] {
		this.#timer?.cancel();
		this.#timer = this.#clock.after(ATTENTION, () => this.close());
		this.#stop ??= this.#pbx.observe({
			...{ events: EVENTS, extensions: null, directions: new Set(), outcomes: new Set() },
			event: (event) => this.#keep(event),
		});
		// The clock was set back: better twice than never.
		const isAhead = after > this.#seq;
		return this.#entries.filter(({ seq }) => isAhead || seq > after);
	}

	/** The last event of each name, of those that are kept. Whoever calls this looks as well. */
	last(): PbxEvent[] {
		const events = this.look(0).map(({ event }) => event);
		return [...new Map(events.map((event) => [event.event, event])).values()];
	}

	/** Nobody looks any more. */
	close(): void {
		this.#timer?.cancel();
		this.#stop?.();
		this.#stop = null;
	}

	#keep(heard: PbxEvent): void {
		this.#entries = [...this.#entries.slice(1 - KEPT), { seq: ++this.#seq, event: shown(heard) }];
	}
}
