import type { Clock } from "../link/clock";
import type { LinkAddress, LinkListener } from "../link/endpoint";
import type { LinkPool, Membership } from "../link/pool";
import type { DialReply } from "../link/requests";
import type { LinkState } from "../link/state";
import type { CurrentCall } from "../messages";
import type { DialNumber } from "../protocol/address";
import type { Ticket } from "../protocol/ticket";
import type { Channel, Listener } from "./channel";

/** Follows the state of one connection; hears the present state at once. */
export type StateWatcher = (state: LinkState) => void;

/** One connection of an account. */
export interface LinkReport {
	readonly extension: string;
	readonly state: LinkState;
	readonly since: number;
}

/** A place at a connection, which stays open until the last place is left. */
export interface Seat {
	readonly line: Line;
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
	readonly #extension: string;
	readonly #note: (text: string) => void;
	#noted = "";
	#since: number;
	#seats = 0;

	/** @param note hears why the connection is down, once per reason */
	constructor(links: LinkPool, address: LinkAddress, channel: Channel, clock: Clock, note: (text: string) => void) {
		this.#since = clock.now();
		this.#channel = channel;
		this.#extension = address.extension;
		this.#note = note;
		this.#membership = links.join(address, this);
	}

	/** For requests, and the present state. */
	get link(): Membership["link"] {
		return this.#membership.link;
	}

	/** How the connection is, and since when in milliseconds since 1970. */
	get report(): LinkReport {
		return { extension: this.#extension, state: this.link.state, since: this.#since };
	}

	/** Hears all that the connection tells, without keeping it open. */
	listen(listener: Listener): void {
		this.#channel.add(listener);
	}

	unlisten(listener: Listener): void {
		this.#channel.remove(listener);
	}

	/** Takes a place. `left` is called when the last one is given back. */
	sit(watch: StateWatcher, listener: Listener | null, left: () => void): Seat {
		if (listener) this.#channel.add(listener);
		this.#seats++;
		this.#watchers.add(watch);
		watch(this.link.state);
		return {
			line: this,
			leave: async () => {
				this.#watchers.delete(watch);
				if (listener) this.#channel.remove(listener);
				this.#seats--;
				if (this.#seats > 0) return;
				left();
				this.#channel.close();
				await this.#membership.leave();
			},
		};
	}

	/** The call that an extension's phone has, as far as this connection knows. */
	currentCall(extension: string): CurrentCall | null {
		return this.#channel.currentCall(extension);
	}

	/** Resolves when the connection's first try is over, whatever came of it; at once where it is over already. */
	firstTry(): Promise<void> {
		if (!isFirstTry(this.link.state)) return Promise.resolve();
		return new Promise((resolve) => {
			const watch = (state: LinkState) => {
				if (isFirstTry(state)) return;
				this.#watchers.delete(watch);
				resolve();
			};
			this.#watchers.add(watch);
		});
	}

	/** Asks for a call; the channel follows its life from when the request is on the wire, and `asked` runs then. */
	dial(number: DialNumber, timeout: number, asked: () => void): Promise<DialReply> {
		return this.link.dial(number, timeout, () => {
			asked();
			this.#channel.dialled(number);
		});
	}

	state(state: LinkState, at: number): void {
		this.#since = at;
		this.#noteDown(state);
		this.#channel.state(state, at);
		for (const watch of this.#watchers) watch(state);
	}

	ticket(ticket: Ticket, at: number): void {
		this.#channel.ticket(ticket, at);
	}

	#noteDown(state: LinkState): void {
		if (state.kind === "connected") this.#noted = "";
		if (state.kind !== "disconnected" && state.kind !== "refused") return;
		if (this.#noted === state.reason) return;
		this.#noted = state.reason;
		const detail = state.kind === "disconnected" ? ` (${state.detail})` : "";
		this.#note(`Extension ${this.#extension} ${state.kind}: ${state.reason}${detail}`);
	}
}
