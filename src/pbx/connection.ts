import type { Board } from "../calls/board";
import { happeningOf, sourceOf } from "../calls/happening";
import { isoTime } from "../calls/isoTime";
import {
	eventNameOf,
	extensionOf,
	isAnswer,
	type StateTicket,
	saysState,
	stateEvent,
	type TicketContext,
	ticketEvent,
} from "../calls/ticketEvents";
import { CALL_EVENTS, EVENT_NAMES } from "../eventNames";
import { type Clock, momentOf } from "../link/clock";
import type { LinkAddress, LinkListener, WireTap } from "../link/endpoint";
import type { LinkPool, Membership } from "../link/pool";
import type { Dialled, StatusReply } from "../link/requests";
import type { LinkState } from "../link/state";
import type { LinkGapEvent, LinkStateEvent, PbxEvent } from "../messages";
import type { Moment } from "../moment";
import type { DialNumber, Extension } from "../protocol/address";
import { reread, type Ticket } from "../protocol/ticket";
import type { Vocabulary } from "../protocol/vocabulary";
import type { CallFeed } from "./callFeed";
import type { HeardExtensions } from "./heardExtensions";
import { deafSince, describeState, type LinkReport } from "./linkWords";
import type { Listener } from "./listener";
import { ListenerIndex } from "./listenerIndex";
import type { LineReaders } from "./settings";
import type { UnknownWords } from "./unknownWords";

/** Follows the state of one connection; hears the present state at once. */
export type StateWatcher = (state: LinkState) => void;

/** What a connection has from its account. */
export interface ConnectionContext {
	readonly links: LinkPool;
	readonly clock: Clock;
	readonly vocabulary: Vocabulary;
	readonly calls: CallFeed;
	readonly words: UnknownWords;
	readonly heard: HeardExtensions;
	/** How lines are read: another table may be deployed meanwhile. */
	readonly lines: () => LineReaders;
	/** Hears why the connection is down, once per reason. */
	readonly note: (text: string) => void;
	readonly failed: (error: unknown) => void;
	/** Sees what goes over the wire. */
	readonly wire: WireTap;
	/** Sees each event that is told to anybody, before they get it. */
	readonly seen: (event: PbxEvent) => void;
}

/** What is told on each connection by itself; calls are told by the account. */
const OWN_EVENTS = EVENT_NAMES.filter((name) => !CALL_EVENTS.includes(name));

/** One extension's connection within an account: its tickets on their way to board, calls and listeners, each read once. */
export class ExtensionConnection implements LinkListener {
	readonly extension: Extension;
	readonly board: Board;
	readonly wire: WireTap;
	readonly #context: ConnectionContext;
	readonly #tenant: LinkAddress["tenant"];
	readonly #listeners: ListenerIndex;
	readonly #membership: Membership;
	readonly #watchers = new Set<StateWatcher>();
	#noted = "";
	#since: number;
	#wasConnected: boolean;
	#firstConnectedAt: Moment | null = null;
	/** Since when nothing can be heard; null while connected, or never yet. */
	#deafSince: Moment | null;
	#users = 0;

	/**
	 * @param deafSince  since when nothing was heard of this extension, by a connection before; null for never
	 * @param isHeld     whether another process listens for now
	 */
	constructor(address: LinkAddress, context: ConnectionContext, deafSince: Moment | null, isHeld: boolean) {
		this.extension = address.extension;
		this.#tenant = address.tenant;
		this.#context = context;
		this.wire = context.wire;
		this.board = context.heard.newBoard(this.extension);
		this.#since = context.clock.now();
		this.#deafSince = deafSince;
		this.#wasConnected = deafSince !== null;
		this.#listeners = new ListenerIndex(context.failed, context.seen);
		this.#membership = context.links.join(address, this, isHeld);
	}

	/** For requests, and the present state. */
	get link(): Membership["link"] {
		return this.#membership.link;
	}

	/** How the connection is, and since when. */
	get report(): LinkReport {
		return { extension: this.extension, state: this.link.state, since: this.#since };
	}

	/** Whether it was ever up. */
	get wasConnected(): boolean {
		return this.#wasConnected;
	}

	/** Since when nothing can be heard; null while connected. */
	get deafSince(): Moment | null {
		return this.#deafSince;
	}

	/** Somebody wants to be told what comes on this connection, without keeping it open; gives what ends that. */
	listen(listener: Listener): () => void {
		this.#listeners.add(listener, OWN_EVENTS);
		return () => this.#listeners.remove(listener, OWN_EVENTS);
	}

	/** Somebody follows the connection's state; gives what ends that. */
	watch(watcher: StateWatcher): () => void {
		this.#watchers.add(watcher);
		watcher(this.link.state);
		return () => void this.#watchers.delete(watcher);
	}

	/** Another process heard this extension last then; told as a gap, where this one was not deaf for less long. */
	heardBefore(at: Moment): void {
		if (this.#deafSince === null && this.#firstConnectedAt) this.#tellGap(at, this.#firstConnectedAt);
		else if (this.#deafSince === null || at.steady > this.#deafSince.steady) {
			this.#deafSince = at;
			this.#wasConnected = true;
		}
	}

	/** One more needs it. */
	use(): void {
		this.#users++;
	}

	/** One fewer needs it; gives whether nobody does any more. */
	unuse(): boolean {
		return --this.#users === 0;
	}

	/** Ends it for good, and resolves when it is gone. */
	leave(): Promise<void> {
		return this.#membership.leave();
	}

	/** Asks for a call, which is followed from when the request is on the wire. */
	dial(number: DialNumber, timeout: number): Dialled {
		const dialled = this.link.dial(number, timeout, (ticket) => reread(ticket, this.#context.vocabulary));
		const at = momentOf(this.#context.clock);
		if (dialled.isSent) this.#context.calls.take(this.extension, { kind: "dialled", number }, at);
		return dialled;
	}

	/** Asks for the state of an extension over this connection. */
	async askState(extension: Extension, timeout: number): Promise<StatusReply> {
		const reply = await this.link.askState(extension, timeout);
		if (reply.kind !== "found") return reply;
		const ticket = reread(reply.ticket, this.#context.vocabulary);
		return ticket.kind === "status" ? { kind: "found", ticket } : reply;
	}

	ticket(sent: Ticket, at: Moment): void {
		const { vocabulary, calls, lines, words } = this.#context;
		const { pro, matchCommand } = lines();
		// Others may share the socket, who were taught other words.
		const ticket = reread(sent, vocabulary);
		words.look(ticket, vocabulary, at.wall, this.extension);
		const happening = calls.isFollowed ? happeningOf(ticket, this.extension, vocabulary, pro) : null;
		if (happening) calls.take(happening.extension, happening.input, at, ticket.raw);
		const context = { tenant: this.#tenant, channel: this.extension, matchCommand };
		if (saysState(ticket)) {
			this.#state(ticket, context, at);
			return;
		}
		const name = eventNameOf(ticket);
		if (name === null) return;
		const listeners = this.#listeners.of(name, extensionOf(ticket, this.extension));
		if (listeners.length > 0) this.#listeners.tell(listeners, ticketEvent(ticket, context, at));
	}

	state(state: LinkState, at: Moment): void {
		this.#since = at.wall;
		this.#noteDown(state);
		const [gone, source] = [this.#deafSince, sourceOf(this.extension)];
		if (state.kind === "connected") {
			this.#deafSince = null;
			this.#wasConnected = true;
			this.#firstConnectedAt ??= at;
			this.board.connected(at);
			this.#context.calls.connected(source, this.extension, at);
		} else if (this.#wasConnected && gone === null) {
			this.#deafSince = deafSince(state, at);
			this.board.disconnected();
			this.#context.calls.disconnected(source, this.extension, at);
		}
		const base = { at: isoTime(at.wall), tenant: this.#tenant, extension: this.extension, raw: null };
		this.#tellLink({ event: "link.state", ...base, ...describeState(state) });
		if (state.kind === "connected" && gone !== null) this.#tellGap(gone, at);
		for (const watch of this.#watchers) watch(state);
	}

	#state(ticket: StateTicket, context: TicketContext, at: Moment): void {
		const extension = extensionOf(ticket, this.extension);
		// The board has to hear of it whoever listens.
		const noted = this.board.note(extension, ticket.state, ticket.text, ticket.raw, at);
		const listeners = this.#listeners.of("extension.state", extension);
		// The answer about another extension is for the one who asked.
		if (listeners.length === 0 || isAnswer(ticket, this.extension)) return;
		this.#listeners.tell(listeners, stateEvent(ticket, noted, context, at));
	}

	#tellGap(from: Moment, to: Moment): void {
		const base = { at: isoTime(this.#context.clock.now()), tenant: this.#tenant, extension: this.extension, raw: null };
		const seconds = Math.max(0, Math.round(to.steady - from.steady)) / 1000;
		this.#tellLink({ event: "link.gap", ...base, from: isoTime(from.wall), to: isoTime(to.wall), seconds });
	}

	#tellLink(event: LinkStateEvent | LinkGapEvent): void {
		this.#listeners.tell(this.#listeners.of(event.event, this.extension), event);
	}

	#noteDown(state: LinkState): void {
		if (state.kind === "connected") this.#noted = "";
		if (state.kind !== "disconnected" && state.kind !== "refused") return;
		if (this.#noted === state.reason) return;
		this.#noted = state.reason;
		const detail = state.kind === "disconnected" ? ` (${state.detail})` : "";
		this.#context.note(`Extension ${this.extension} ${state.kind}: ${state.reason}${detail}`);
	}
}
