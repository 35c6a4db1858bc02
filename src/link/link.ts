import { PbxError } from "../errors";
import type { Moment } from "../moment";
import type { DialNumber, Extension } from "../protocol/address";
import { decodePieces } from "../protocol/decode";
import type { Piece } from "../protocol/frame";
import { callRequest, loginKnown, loginShown, loginWithKey, statusRequest } from "../protocol/request";
import type { PromptTicket, Ticket } from "../protocol/ticket";
import { Attempts } from "./attempts";
import { momentOf, type Timer } from "./clock";
import type { LinkAddress, LinkContext, LinkListener } from "./endpoint";
import { Heartbeat } from "./heartbeat";
import type { Host, Place } from "./host";
import { LIMITS } from "./limits";
import { PromptGuard, provesLogin } from "./login";
import { type Dialled, RequestTable, type StatusReply } from "./requests";
import { WireSocket } from "./socket";
import type { DownReason, Fallen, LinkState, RefusedReason } from "./state";

/**
 * One extension's connection: it opens when constructed, answers prompts, keeps the connection alive, comes back by
 * itself for as long as it is not closed, and carries requests.
 */
export class Link {
	readonly #address: LinkAddress;
	readonly #context: LinkContext;
	readonly #listener: LinkListener;
	readonly #requests: RequestTable;
	readonly #prompts = new PromptGuard();
	#state: LinkState;
	#socket: WireSocket | null = null;
	#heartbeat: Heartbeat | null = null;
	/** The one deadline of the moment: for the prompt, for the login, or until the next try. */
	#timer: Timer | null = null;
	/** Sockets that are on their way out; closing waits for them. */
	readonly #closing = new Set<Promise<void>>();
	readonly #attempts = new Attempts();
	readonly #place: Place;
	/** Both by the steady clock. */
	#answeredAt: number | null = null;
	#connectedAt = 0;

	/**
	 * @param host    shared by all links that lead there
	 * @param isHeld  whether it waits in standby until it is {@link release}d
	 */
	constructor(address: LinkAddress, context: LinkContext, listener: LinkListener, host: Host, isHeld = false) {
		this.#address = address;
		this.#context = context;
		this.#listener = listener;
		this.#requests = new RequestTable(context.clock);
		this.#place = host.place();
		this.#state = isHeld ? { kind: "standby" } : { kind: "connecting", first: true };
		if (!isHeld) this.#connect();
	}

	get state(): LinkState {
		return this.#state;
	}

	/**
	 * Asks the PBX to call a number from this extension (protocol 4), at once.
	 *
	 * @param timeout milliseconds to wait for a word of the PBX
	 * @param read    how a ticket is read: whoever asks may know other words than the link
	 * @throws PbxError `not-connected`, `closed`; what is returned rejects with `link-lost`, `closed`
	 */
	dial(number: DialNumber, timeout: number, read?: (ticket: Ticket) => Ticket): Dialled {
		this.#mustBeConnected();
		return this.#requests.dial(() => this.#send(callRequest(number)), timeout, read);
	}

	/**
	 * Asks for the state of any extension (protocol 4); one request at a time is on its way, others wait their turn.
	 *
	 * @param timeout milliseconds to wait for the answer
	 * @throws PbxError `not-connected`, `too-many-requests`, `link-lost`, `closed`
	 */
	async askState(extension: Extension, timeout: number): Promise<StatusReply> {
		this.#mustBeConnected();
		return this.#requests.askState(extension, () => this.#send(statusRequest(extension)), timeout);
	}

	/** Goes off the line until it is {@link release}d. */
	hold(): void {
		if (this.#state.kind === "standby" || this.#state.kind === "closed") return;
		this.#drop();
		this.#setState({ kind: "standby" });
		this.#requests.rejectAll(new PbxError("link-lost", "Another process has taken the connection over"));
	}

	/** Connects, where it was held. */
	release(): void {
		if (this.#state.kind === "standby") this.#connect();
	}

	/** Ends the link for good: no socket and no timer is left when it resolves, within a second. */
	async close(): Promise<void> {
		this.#drop();
		this.#setState({ kind: "closed" });
		this.#requests.rejectAll(new PbxError("closed", "The connection was closed before the PBX answered"));
		await Promise.all(this.#closing);
	}

	#mustBeConnected(): void {
		if (this.#state.kind === "connected") return;
		const { extension } = this.#address;
		const why = "reason" in this.#state ? { why: this.#state.reason } : {};
		if (this.#state.kind === "closed") throw new PbxError("closed", `The connection of ${extension} was closed`);
		const text = `The connection of extension ${extension} is ${this.#state.kind}`;
		throw new PbxError("not-connected", text, { extension, state: this.#state.kind, ...why });
	}

	#connect(): void {
		this.#timer?.cancel();
		const first = this.#attempts.isFirst;
		this.#place.try(first, () => this.#open(first));
		if (this.#place.isWaiting) this.#setState({ kind: "queued", first });
	}

	#open(first: boolean): void {
		this.#answeredAt = null;
		this.#prompts.reset();
		this.#setState({ kind: "connecting", first });
		try {
			this.#socket = new WireSocket(this.#address.url, this.#address.tls, {
				opened: () => this.#opened(),
				frame: (pieces) => this.#frame(pieces),
				heard: () => this.#heartbeat?.heard(),
				ended: (why, detail) => this.#ended(why, detail),
			});
		} catch (error) {
			// An unusable certificate or key is only noticed here.
			this.#ended("tls", error instanceof Error ? error.message : String(error));
		}
	}

	#opened(): void {
		const { clock } = this.#context;
		const dead = () => this.#ended("no-heartbeat", "neither pong nor frame after a ping");
		this.#heartbeat = new Heartbeat(clock, () => this.#socket?.ping(), dead);
		this.#setTimer(LIMITS.prompt, () => this.#ended("no-prompt", "the server did not ask for the login"));
	}

	#frame(pieces: readonly Piece[]): void {
		const at = momentOf(this.#context.clock);
		const socket = this.#socket;
		this.#listener.wire?.heard(this.#address.extension, pieces, at);
		for (const ticket of decodePieces(pieces, this.#context.vocabulary)) {
			if (this.#socket !== socket) return;
			if (ticket.kind === "prompt") this.#answer(ticket, at);
			else this.#take(ticket, at);
		}
	}

	#answer(prompt: PromptTicket, { steady }: Moment): void {
		const { tenant, extension, key } = this.#address;
		if (!this.#prompts.accepts(prompt.phase, steady)) {
			this.#refused("prompted-again");
			return;
		}
		if (prompt.phase === "known") this.#send(loginKnown(tenant, extension));
		else if (key !== null) this.#send(loginWithKey(tenant, extension, key), loginShown(tenant, extension));
		else {
			this.#refused("no-key");
			return;
		}
		this.#place.answered();
		this.#answeredAt = steady;
		if (this.#state.kind !== "connected") this.#setTimer(LIMITS.loginSilence, () => this.#connected(false));
	}

	#send(text: string, shown = text): void {
		this.#socket?.send(text);
		this.#listener.wire?.said(this.#address.extension, shown, momentOf(this.#context.clock));
	}

	#take(ticket: Ticket, at: Moment): void {
		if (provesLogin(ticket)) {
			this.#prompts.spoken();
			if (this.#state.kind !== "connected" || !this.#state.confirmed) this.#connected(true);
		}
		this.#requests.settle(ticket);
		this.#listener.ticket(ticket, at);
	}

	#connected(confirmed: boolean): void {
		this.#timer?.cancel();
		if (this.#state.kind !== "connected") this.#connectedAt = this.#context.clock.steady();
		if (confirmed) this.#attempts.worked();
		this.#setState({ kind: "connected", confirmed });
		this.#place.up();
	}

	#ended(reason: DownReason, detail: string): void {
		const now = this.#context.clock.steady();
		const { kind } = this.#state;
		const life = kind === "connected" ? now - this.#connectedAt : null;
		const sinceLogin = kind === "connecting" && this.#answeredAt !== null ? now - this.#answeredAt : null;
		this.#fallen(this.#attempts.ended(reason, detail, { sinceLogin, life }, this.#context.random()));
	}

	#refused(reason: RefusedReason): void {
		this.#fallen(this.#attempts.refused(reason, this.#context.random()));
	}

	#fallen(state: Fallen): void {
		this.#drop();
		this.#setTimer(state.retryIn, () => this.#connect());
		// A wrong key, or another client of the extension, is not mended by a host that is back.
		const isUnreached = state.kind === "disconnected" && state.reason !== "thrown-out";
		if (isUnreached) this.#place.sleep(() => this.#connect());
		this.#setState(state);
		this.#requests.rejectAll(new PbxError("link-lost", "The connection was lost before the PBX answered"));
	}

	#drop(): void {
		this.#place.leave();
		this.#timer?.cancel();
		this.#heartbeat?.stop();
		const closed = this.#socket?.close();
		this.#timer = null;
		this.#heartbeat = null;
		this.#socket = null;
		if (!closed) return;
		this.#closing.add(closed);
		void closed.then(() => this.#closing.delete(closed));
	}

	#setTimer(milliseconds: number, run: () => void): void {
		this.#timer?.cancel();
		this.#timer = this.#context.clock.after(milliseconds, run);
	}

	#setState(state: LinkState): void {
		this.#state = state;
		this.#listener.state(state, momentOf(this.#context.clock));
	}
}
