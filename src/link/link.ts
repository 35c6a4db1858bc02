import { PbxError } from "../errors";
import type { Moment } from "../moment";
import { type DialNumber, type Extension, MONITOR } from "../protocol/address";
import { decodePieces } from "../protocol/decode";
import type { Piece } from "../protocol/frame";
import { callRequest, loginKnown, loginShown, loginWithKey, statusRequest } from "../protocol/request";
import type { PromptTicket, Ticket } from "../protocol/ticket";
import { Attempts } from "./attempts";
import { momentOf, type Timer } from "./clock";
import type { LinkAddress, LinkContext, LinkListener } from "./endpoint";
import { Heartbeat } from "./heartbeat";
import { LIMITS } from "./limits";
import { PromptGuard, provesLogin } from "./login";
import { type DialHooks, type DialReply, RequestTable, type StatusReply } from "./requests";
import { WireSocket } from "./socket";
import type { DownReason, LinkState, RefusedReason } from "./state";

/** @throws PbxError `monitor-cannot-dial` for 999 (protocol 5) */
export function refuseMonitor(extension: Extension): void {
	if (extension !== MONITOR) return;
	throw new PbxError("monitor-cannot-dial", "The monitor channel (999) cannot place calls");
}

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
	/** Both by the steady clock. */
	#answeredAt: number | null = null;
	#connectedAt = 0;

	/** @param isHeld  whether it waits in standby until it is {@link release}d */
	constructor(address: LinkAddress, context: LinkContext, listener: LinkListener, isHeld = false) {
		this.#address = address;
		this.#context = context;
		this.#listener = listener;
		this.#requests = new RequestTable(context.clock);
		this.#state = isHeld ? { kind: "standby" } : { kind: "connecting", first: true };
		if (!isHeld) this.#connect();
	}

	get state(): LinkState {
		return this.#state;
	}

	/**
	 * Asks the PBX to call a number from this extension (protocol 4).
	 *
	 * @param timeout milliseconds to wait for a word of the PBX
	 * @param sent    runs once the request is on the wire
	 * @throws PbxError `monitor-cannot-dial`, `not-connected`, `link-lost`, `closed`
	 */
	async dial(number: DialNumber, timeout: number, hooks: DialHooks = {}): Promise<DialReply> {
		refuseMonitor(this.#address.extension);
		this.#mustBeConnected();
		const send = () => {
			this.#send(callRequest(number));
			hooks.sent?.();
		};
		return this.#requests.dial(send, timeout, hooks.read);
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
		this.#answeredAt = null;
		this.#prompts.reset();
		this.#setState({ kind: "connecting", first: this.#attempts.isFirst });
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
	}

	#ended(reason: DownReason, detail: string): void {
		const now = this.#context.clock.steady();
		const answered = this.#answeredAt;
		const wasJustAnswered = answered !== null && now - answered <= LIMITS.loginSilence;
		if (reason === "lost" && this.#state.kind === "connecting" && wasJustAnswered) {
			this.#closedAfterLogin(detail);
		} else {
			this.#fallen({
				kind: "disconnected",
				reason: this.#isThrownOut(reason) ? "thrown-out" : reason,
				detail,
				retryIn: 0,
			});
		}
	}

	#isThrownOut(reason: DownReason): boolean {
		if (this.#state.kind !== "connected") return false;
		return this.#attempts.isThrownOut(this.#context.clock.steady() - this.#connectedAt, reason);
	}

	#closedAfterLogin(detail: string): void {
		if (this.#attempts.isRefusal()) this.#refused("closed-after-login");
		else this.#fallen({ kind: "disconnected", reason: "lost", detail, retryIn: 0 });
	}

	#refused(reason: RefusedReason): void {
		this.#fallen({ kind: "refused", reason, retryIn: 0 });
	}

	#fallen(state: Extract<LinkState, { kind: "disconnected" | "refused" }>): void {
		this.#drop();
		const retryIn = this.#attempts.failed(state.kind, this.#context.random());
		this.#setTimer(retryIn, () => this.#connect());
		this.#setState({ ...state, retryIn });
		this.#requests.rejectAll(new PbxError("link-lost", "The connection was lost before the PBX answered"));
	}

	#drop(): void {
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
