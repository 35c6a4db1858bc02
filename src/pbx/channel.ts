import { extensionOf, familyOfTicket, type Reading, readTicket } from "../calls/events";
import type { LinkListener } from "../link/endpoint";
import type { LinkState } from "../link/state";
import type { EventFamily, LinkStateEvent, PbxEvent } from "../messages";
import { MONITOR } from "../protocol/address";
import type { Ticket } from "../protocol/ticket";

/** Who listens to a channel, and for what. */
export interface Listener {
	readonly families: ReadonlySet<EventFamily>;
	/** Only these extensions; null for all that the channel speaks of. */
	readonly extensions: ReadonlySet<string> | null;
	/** Each listener gets an event of its own, to do with as it likes. */
	event(event: PbxEvent): void;
}

/** The listeners of one family, indexed, so that a ticket costs the same however many filter. */
class Audience {
	readonly #ofAll = new Set<Listener>();
	readonly #ofOne = new Map<string, Set<Listener>>();

	add(listener: Listener, extensions: Listener["extensions"]): void {
		if (!extensions) this.#ofAll.add(listener);
		for (const extension of extensions ?? []) {
			const listeners = this.#ofOne.get(extension) ?? new Set();
			this.#ofOne.set(extension, listeners.add(listener));
		}
	}

	remove(listener: Listener, extensions: Listener["extensions"]): void {
		this.#ofAll.delete(listener);
		for (const extension of extensions ?? []) {
			const listeners = this.#ofOne.get(extension);
			listeners?.delete(listener);
			if (listeners?.size === 0) this.#ofOne.delete(extension);
		}
	}

	hasFor(extension: string): boolean {
		return this.#ofAll.size > 0 || this.#ofOne.has(extension);
	}

	tell(extension: string, event: PbxEvent, failed: (error: unknown) => void): void {
		let own: PbxEvent | null = event;
		for (const listeners of [this.#ofAll, this.#ofOne.get(extension) ?? []]) {
			for (const listener of listeners) {
				try {
					listener.event(own ?? structuredClone(event));
				} catch (error) {
					// One listener's fault must not cost the others, or the link, this event.
					failed(error);
				}
				own = null;
			}
		}
	}
}

/** What names no extension, as the link's state does, passes every extension filter: it may concern any of them. */
function filterFor(family: EventFamily, listener: Listener): Listener["extensions"] {
	return family === "call" || family === "extension" ? listener.extensions : null;
}

/** The contract's word and reason for a link's state. */
function describeState(state: LinkState): Pick<LinkStateEvent, "state" | "reason"> {
	switch (state.kind) {
		case "connecting":
			return { state: "connecting", reason: state.first ? "first-try" : "retry" };
		case "connected":
			return { state: "connected", reason: state.confirmed ? "confirmed" : "unconfirmed" };
		case "disconnected":
		case "refused":
			return { state: state.kind, reason: state.reason };
		case "closed":
			return { state: "disconnected", reason: "closed" };
	}
}

/** One connection's tickets on their way to the listeners: read once, whoever listens, and not at all for nobody. */
export class Channel implements LinkListener {
	readonly #reading: Reading;
	readonly #failed: (error: unknown) => void;
	readonly #audiences = new Map<EventFamily, Audience>();

	/** @param failed hears of exceptions that a listener threw */
	constructor(reading: Reading, failed: (error: unknown) => void) {
		this.#reading = reading;
		this.#failed = failed;
	}

	add(listener: Listener): void {
		for (const family of listener.families) this.#audience(family).add(listener, filterFor(family, listener));
	}

	remove(listener: Listener): void {
		for (const family of listener.families) this.#audience(family).remove(listener, filterFor(family, listener));
	}

	ticket(ticket: Ticket, at: number): void {
		const family = familyOfTicket(ticket);
		if (!family) return;
		const { channel } = this.#reading;
		const extension = extensionOf(ticket, channel);
		const audience = this.#audience(family);
		// The board has to hear of states even if nobody else does.
		if (family !== "extension" && !audience.hasFor(extension)) return;
		const event = readTicket(ticket, this.#reading, at);
		// The answer about another extension is for the one who asked.
		if (ticket.kind === "status" && channel !== MONITOR && channel !== extension) return;
		if (event) audience.tell(extension, event, this.#failed);
	}

	state(state: LinkState, at: number): void {
		const { channel, tenant, board } = this.#reading;
		// What was heard may have changed unheard meanwhile.
		if (state.kind !== "connected") board.forget();
		const event: LinkStateEvent = {
			event: "link.state",
			at: new Date(at).toISOString(),
			tenant,
			extension: channel,
			raw: null,
			...describeState(state),
		};
		this.#audience("link").tell(channel, event, this.#failed);
	}

	#audience(family: EventFamily): Audience {
		const audience = this.#audiences.get(family) ?? new Audience();
		this.#audiences.set(family, audience);
		return audience;
	}
}
