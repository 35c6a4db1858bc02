import { randomUUID } from "node:crypto";
import type { CountryCode } from "libphonenumber-js/min";
import { Board } from "../calls/board";
import { type Activation, createMatcher } from "../calls/template";
import type { Clock } from "../link/clock";
import { type LinkAddress, refuseMonitor } from "../link/link";
import type { LinkPool } from "../link/pool";
import type { DialReply, StatusReply } from "../link/requests";
import type { CommandFields } from "../messages";
import type { DialNumber, Extension } from "../protocol/address";
import type { Vocabulary } from "../protocol/vocabulary";
import { Channel, type Listener } from "./channel";
import { Line, type Seat, type StateWatcher } from "./line";
import { OnDemandSeats } from "./onDemand";

/** Which PBX, as whom, and how to read it. */
export interface PbxOptions extends Omit<LinkAddress, "extension"> {
	/** The country whose national number writing the PBX uses. */
	readonly country: CountryCode;
	/** The PRO event table; empty for none. */
	readonly activations: readonly Activation[];
}

/** What a {@link Pbx} needs from outside. */
export interface PbxContext {
	readonly links: LinkPool;
	readonly clock: Clock;
	readonly vocabulary: Vocabulary;
	/** Hears of exceptions that a listener threw. */
	readonly failed: (error: unknown) => void;
}

/** One PBX account: its connections, its board, and what can be asked of it. Knows no Node-RED. */
export class Pbx {
	/** The states of all extensions heard of on any connection of this account. */
	readonly board = new Board();
	readonly #options: PbxOptions;
	readonly #context: PbxContext;
	readonly #lines = new Map<Extension, Line>();
	readonly #onDemand: OnDemandSeats;
	readonly #matchCommand: (line: string) => CommandFields | null;

	constructor(options: PbxOptions, context: PbxContext) {
		this.#options = options;
		this.#context = context;
		this.#matchCommand = createMatcher(options.activations);
		this.#onDemand = new OnDemandSeats(context.clock, (extension) => this.join(extension, () => {}, null));
	}

	/** The tenant, as it stands in every event. */
	get tenant(): string {
		return this.#options.tenant;
	}

	/**
	 * Opens (or shares) the connection of an extension, 999 being the monitor, and listens to it.
	 *
	 * @param listener null to keep the connection open without hearing its events
	 */
	join(extension: Extension, watch: StateWatcher, listener: Listener | null): Seat {
		const line = this.#lines.get(extension) ?? this.#openLine(extension);
		return line.sit(watch, listener, () => this.#lines.delete(extension));
	}

	/**
	 * Asks the PBX to call a number from an extension. A connection that is down is an error at once: nothing is dialled
	 * later than asked. Only the first try of a connection that has just been opened is waited for.
	 *
	 * @param timeout milliseconds to wait for a word of the PBX
	 * @throws PbxError `monitor-cannot-dial`, `not-connected`, `link-lost`, `closed`, `too-many-links`
	 */
	async dial(extension: Extension, number: DialNumber, timeout: number): Promise<DialReply> {
		refuseMonitor(extension);
		return this.#withSeat(extension, (seat) => seat.link.dial(number, timeout));
	}

	/**
	 * Asks for the state of an extension over the connection of another (or the same).
	 *
	 * @param timeout milliseconds to wait for the answer, once it is this request's turn
	 * @throws PbxError `not-connected`, `too-many-requests`, `link-lost`, `closed`, `too-many-links`
	 */
	askState(via: Extension, extension: Extension, timeout: number): Promise<StatusReply> {
		return this.#withSeat(via, (seat) => seat.link.askState(extension, timeout));
	}

	/** Gives back the connections that were opened on demand; other seats are left by those who took them. */
	close(): Promise<void> {
		return this.#onDemand.close();
	}

	/** A connection that nobody keeps open is opened on demand; one that is open anyway is just used. */
	async #withSeat<Result>(extension: Extension, run: (seat: Seat) => Promise<Result>): Promise<Result> {
		const tried = async (seat: Seat) => {
			await seat.firstTry();
			return run(seat);
		};
		const isKept = this.#lines.has(extension) && !this.#onDemand.holds(extension);
		if (!isKept) return this.#onDemand.use(extension, tried);
		const seat = this.join(extension, () => {}, null);
		return tried(seat).finally(() => seat.leave());
	}

	#openLine(extension: Extension): Line {
		const { url, tenant, key, tls, country } = this.#options;
		const { links, vocabulary, failed } = this.#context;
		const { board } = this;
		const matchCommand = this.#matchCommand;
		const reading = { tenant, channel: extension, country, vocabulary, board, matchCommand, newCallId: randomUUID };
		const line = new Line(links, { url, tenant, extension, key, tls }, new Channel(reading, failed));
		this.#lines.set(extension, line);
		return line;
	}
}
