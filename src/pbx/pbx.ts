import { randomUUID } from "node:crypto";
import type { CountryCode } from "libphonenumber-js/min";
import { Board, type BoardEntry } from "../calls/board";
import { CallLives } from "../calls/lifecycle";
import { createProReader } from "../calls/pro";
import { type Activation, createMatcher } from "../calls/template";
import { PbxError } from "../errors";
import type { Clock } from "../link/clock";
import type { LinkAddress } from "../link/endpoint";
import { refuseMonitor } from "../link/link";
import type { LinkPool } from "../link/pool";
import type { DialReply, StatusReply } from "../link/requests";
import type { CommandFields, CurrentCall } from "../messages";
import { byNumber, type DialNumber, dialNumber, type Extension } from "../protocol/address";
import type { Vocabulary } from "../protocol/vocabulary";
import { Channel, type Listener } from "./channel";
import { DialGuard, type DialLogs, type DialRules } from "./dialGuard";
import { Line, type LinkReport, type Seat, type StateWatcher } from "./line";
import { OnDemandSeats } from "./onDemand";

/** Which PBX, as whom, and how to read it. */
export interface PbxOptions extends Omit<LinkAddress, "extension"> {
	/** The country whose national number writing the PBX uses. */
	readonly country: CountryCode;
	/** The PRO event table; empty for none. */
	readonly activations: readonly Activation[];
	/** What the PBX wants to be dialled instead of a leading `+`. */
	readonly plus: string;
	/** What may be dialled. */
	readonly rules: DialRules;
	/** Whether a call that rings several phones is recognised as one (monitor only; inferred). */
	readonly findGroups: boolean;
}

/** What a {@link Pbx} needs from outside. */
export interface PbxContext {
	readonly links: LinkPool;
	readonly clock: Clock;
	readonly vocabulary: Vocabulary;
	/** What was dialled lately, for the limits. */
	readonly dialLogs: DialLogs;
	/** Hears, in English, why a connection is down, once per reason. */
	readonly note: (text: string) => void;
	/** Hears of exceptions that a listener threw. */
	readonly failed: (error: unknown) => void;
}

/** One PBX account: its connections, its board, and what can be asked of it. Knows no Node-RED. */
export class Pbx {
	readonly #options: PbxOptions;
	readonly #context: PbxContext;
	readonly #lines = new Map<Extension, Line>();
	readonly #onDemand: OnDemandSeats;
	readonly #guard: DialGuard;
	readonly #matchCommand: (line: string) => CommandFields | null;
	/** What each connection has told of the extensions' states. */
	readonly #boards = new Map<Extension, Board>();
	readonly #observers = new Set<Listener>();
	#isClosed = false;

	constructor(options: PbxOptions, context: PbxContext) {
		this.#options = options;
		this.#context = context;
		const log = context.dialLogs.of(`${new URL(options.url).host} ${options.tenant}`);
		this.#guard = new DialGuard(options.rules, options.country, options.plus, context.clock, log);
		this.#matchCommand = createMatcher(options.activations);
		this.#onDemand = new OnDemandSeats(context.clock, (extension) => this.join(extension, () => {}, null));
	}

	/** The tenant, as it stands in every event. */
	get tenant(): string {
		return this.#options.tenant;
	}

	/** Host and port of its server. */
	get server(): string {
		return new URL(this.#options.url).host;
	}

	/** The PRO event table. */
	get activations(): readonly Activation[] {
		return this.#options.activations;
	}

	/** A number as this PBX wants it dialled, or null where it cannot be. */
	dialNumber(text: string): DialNumber | null {
		return dialNumber(text, this.#options.plus);
	}

	/**
	 * Opens (or shares) the connection of an extension, 999 being the monitor, and listens to it.
	 *
	 * @param listener null to keep the connection open without hearing its events
	 */
	join(extension: Extension, watch: StateWatcher, listener: Listener | null): Seat {
		const line = this.#lines.get(extension) ?? this.#openLine(extension);
		return line.sit(watch, listener, () => {
			this.#lines.delete(extension);
			this.#boards.delete(extension);
		});
	}

	/**
	 * Asks the PBX to call a number from an extension. A connection that is down is an error at once: nothing is dialled
	 * later than asked. Only the first try of a connection that has just been opened is waited for.
	 *
	 * @param timeout milliseconds to wait for a word of the PBX
	 * @throws PbxError `monitor-cannot-dial`, `number-not-allowed`, `too-many-calls`, `repeated-number`, `not-connected`,
	 *   `link-lost`, `closed`, `too-many-links`
	 */
	async dial(extension: Extension, number: DialNumber, timeout: number): Promise<DialReply | "dry-run"> {
		refuseMonitor(extension);
		const takeBack = this.#guard.admit(extension, number);
		if (this.#options.rules.dryRun) return "dry-run";
		let isAsked = false;
		const asked = () => {
			isAsked = true;
		};
		try {
			return await this.#withLine(extension, (line) => line.dial(number, timeout, asked));
		} finally {
			// What never left counts for nothing.
			if (!isAsked) takeBack();
		}
	}

	/**
	 * Asks for the state of an extension over the connection of another (or the same).
	 *
	 * @param timeout milliseconds to wait for the answer, once it is this request's turn
	 * @throws PbxError `not-connected`, `too-many-requests`, `link-lost`, `closed`, `too-many-links`
	 */
	askState(via: Extension, extension: Extension, timeout: number): Promise<StatusReply> {
		return this.#withLine(via, ({ link }) => link.askState(extension, timeout));
	}

	/** What was heard last of an extension: on one connection, or on any where none is named; null for nothing. */
	look(extension: string, channel?: Extension): BoardEntry | null {
		const boards = channel === undefined ? [...this.#boards.values()] : [this.#boards.get(channel)];
		const entries = boards.flatMap((board) => board?.look(extension) ?? []);
		return entries.reduce<BoardEntry | null>((newest, e) => (newest && newest.heardAt >= e.heardAt ? newest : e), null);
	}

	/** The call that an extension's phone has: as one connection knows it, or any where none is named; null for none known. */
	currentCall(extension: string, channel?: Extension): CurrentCall | null {
		const lines = channel === undefined ? [...this.#lines.values()] : [this.#lines.get(channel)];
		return lines.reduce<CurrentCall | null>((found, line) => found ?? line?.currentCall(extension) ?? null, null);
	}

	/** How each connection is. */
	links(): LinkReport[] {
		return [...this.#lines.values()].map(({ report }) => report);
	}

	/** Hears all connections, those that are opened later as well, and keeps none open. Gives what ends that. */
	observe(listener: Listener): () => void {
		this.#observers.add(listener);
		for (const line of this.#lines.values()) line.listen(listener);
		return () => {
			this.#observers.delete(listener);
			for (const line of this.#lines.values()) line.unlisten(listener);
		};
	}

	/** The extensions that any connection has told of, or only that of `channel`, in the order of their numbers. */
	heardOf(channel?: Extension): string[] {
		const boards = channel === undefined ? [...this.#boards.values()] : [this.#boards.get(channel)];
		const extensions = boards.flatMap((board) => board?.extensions() ?? []);
		return [...new Set(extensions)].sort(byNumber);
	}

	/**
	 * Asks nothing more of the PBX, and gives back the connections that were opened on demand; other seats are left by
	 * those who took them.
	 */
	close(): Promise<void> {
		this.#isClosed = true;
		return this.#onDemand.close();
	}

	/** A connection that is open anyway is just used, without keeping it open; another one is opened on demand. */
	async #withLine<Result>(extension: Extension, run: (line: Line) => Promise<Result>): Promise<Result> {
		this.#mustBeOpen();
		const tried = async (line: Line) => {
			await line.firstTry();
			this.#mustBeOpen();
			return run(line);
		};
		const open = this.#onDemand.holds(extension) ? undefined : this.#lines.get(extension);
		return open ? tried(open) : this.#onDemand.use(extension, ({ line }) => tried(line));
	}

	#mustBeOpen(): void {
		if (this.#isClosed) throw new PbxError("closed", "The PBX configuration was closed");
	}

	#openLine(extension: Extension): Line {
		const { url, tenant, key, tls, country, findGroups, activations } = this.#options;
		const { links, clock, vocabulary, note, failed } = this.#context;
		const board = new Board();
		const reading = {
			...{ tenant, channel: extension, country, vocabulary, board },
			matchCommand: this.#matchCommand,
			isExtension: (number: string) => this.look(number) !== null,
		};
		const pro = createProReader(activations, extension, vocabulary);
		const lives = new CallLives({ channel: extension, newCallId: randomUUID, findGroups, pro });
		const line = new Line(
			links,
			{ url, tenant, extension, key, tls },
			new Channel(reading, lives, clock, failed),
			clock,
			note,
		);
		for (const observer of this.#observers) line.listen(observer);
		this.#boards.set(extension, board);
		this.#lines.set(extension, line);
		return line;
	}
}
