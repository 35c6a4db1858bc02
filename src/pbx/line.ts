import type { LinkAddress, LinkListener } from "../link/link";
import type { LinkPool, Membership } from "../link/pool";
import type { LinkState } from "../link/state";
import type { Ticket } from "../protocol/ticket";
import type { Channel, Listener } from "./channel";

/** Follows the state of one connection; hears the present state at once. */
export type StateWatcher = (state: LinkState) => void;

/** A place at a connection, which stays open until the last place is left. */
export interface Seat {
	/** For requests, and the present state. */
	readonly link: Membership["link"];
	/** Resolves when the connection's first try is over, whatever came of it; at once where it is over already. */
	firstTry(): Promise<void>;
	leave(): Promise<void>;
}

function isFirstTry(state: LinkState): boolean {
	return state.kind === "connecting" && state.first;
}

/** One extension's connection with all that use it within one account. */
export class Line implements LinkListener {
	readonly #channel: Channel;
	readonly #membership: Membership;
	readonly #watchers = new Set<StateWatcher>();
	#seats = 0;

	constructor(links: LinkPool, address: LinkAddress, channel: Channel) {
		this.#channel = channel;
		this.#membership = links.join(address, this);
	}

	/** How many places are taken. */
	get seats(): number {
		return this.#seats;
	}

	/** Takes a place. `left` is called when the last one is given back. */
	sit(watch: StateWatcher, listener: Listener | null, left: () => void): Seat {
		const { link } = this.#membership;
		this.#seats++;
		this.#watchers.add(watch);
		watch(link.state);
		if (listener) this.#channel.add(listener);
		return {
			link,
			firstTry: () => this.#firstTry(),
			leave: async () => {
				this.#watchers.delete(watch);
				if (listener) this.#channel.remove(listener);
				this.#seats--;
				if (this.#seats > 0) return;
				left();
				await this.#membership.leave();
			},
		};
	}

	state(state: LinkState, at: number): void {
		this.#channel.state(state, at);
		for (const watch of this.#watchers) watch(state);
	}

	ticket(ticket: Ticket, at: number): void {
		this.#channel.ticket(ticket, at);
	}

	#firstTry(): Promise<void> {
		if (!isFirstTry(this.#membership.link.state)) return Promise.resolve();
		return new Promise((resolve) => {
			const watch = (state: LinkState) => {
				if (isFirstTry(state)) return;
				this.#watchers.delete(watch);
				resolve();
			};
			this.#watchers.add(watch);
		});
	}
}
