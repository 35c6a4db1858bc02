import { PbxError } from "../errors";
import { kept, LONGEST } from "../kept";
import type { Extension } from "../protocol/address";
import type { ProgressTicket, StatusErrorTicket, StatusTicket, Ticket } from "../protocol/ticket";
import type { Clock, Timer } from "./clock";
import { LIMITS } from "./limits";

/** What became of a call that was asked for. `busy` without a ticket: another one is in the making here already. */
export interface DialReply {
	readonly outcome: ProgressTicket["outcome"];
	/** The PBX's last word on it, or null when it said none. */
	readonly ticket: ProgressTicket | null;
}

/** A call that was asked for. */
export interface Dialled {
	/** Whether the request is on the wire; not where another one is in the making here already. */
	readonly isSent: boolean;
	readonly reply: Promise<DialReply>;
}

/** The answer to a state request: found, not found, or none in time. */
export type StatusReply =
	| { readonly kind: "found"; readonly ticket: StatusTicket }
	| { readonly kind: "not-found"; readonly ticket: StatusErrorTicket }
	| { readonly kind: "no-answer" };

interface Pending<Reply> {
	readonly resolve: (reply: Reply) => void;
	readonly reject: (error: PbxError) => void;
}

interface Dialling extends Pending<DialReply> {
	readonly deadline: Timer;
	readonly read: (ticket: Ticket) => Ticket;
	lastWord: ProgressTicket | null;
}

interface Asking extends Pending<StatusReply> {
	readonly extension: Extension;
	readonly timeout: number;
	readonly send: () => void;
}

/** The requests of one link that wait for an answer: one call in the making, one state request in flight (protocol 4). */
export class RequestTable {
	readonly #clock: Clock;
	#dialling: Dialling | null = null;
	#asking: Asking | null = null;
	#askingDeadline: Timer | null = null;
	#waiting: Asking[] = [];

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	/** Sends a call request and waits for how far it gets; a second one meanwhile is `busy` at once and not sent. */
	dial(send: () => void, timeout: number, read = (ticket: Ticket) => ticket): Dialled {
		if (this.#dialling) return { isSent: false, reply: Promise.resolve({ outcome: "busy", ticket: null }) };
		const reply = new Promise<DialReply>((resolve, reject) => {
			const deadline = this.#clock.after(timeout, () => {
				this.#settleDial({ outcome: "unknown", ticket: this.#dialling?.lastWord ?? null });
			});
			this.#dialling = { resolve, reject, deadline, read, lastWord: null };
		});
		send();
		return { isSent: true, reply };
	}

	/** Sends a state request when it is its turn, and waits for the answer; `timeout` counts from then on. */
	askState(extension: Extension, send: () => void, timeout: number): Promise<StatusReply> {
		if (this.#waiting.length >= LIMITS.waitingRequests) {
			const text = `More than ${LIMITS.waitingRequests} state requests are waiting on this connection`;
			return Promise.reject(new PbxError("too-many-requests", text, { most: LIMITS.waitingRequests }));
		}
		return new Promise((resolve, reject) => {
			this.#waiting.push({ resolve, reject, extension, timeout, send });
			this.#askNext();
		});
	}

	/** Settles the request that a ticket answers, if any. */
	settle(ticket: Ticket): void {
		if (ticket.kind === "progress" && this.#dialling) {
			const word = this.#dialling.read(ticket);
			if (word.kind !== "progress") return;
			// A word nobody knows may be a stage on the way: keep it, and wait for one that is known.
			this.#dialling.lastWord = {
				...word,
				text: kept(word.text, LONGEST.ticket),
				raw: kept(word.raw, LONGEST.ticket),
			};
			if (word.outcome !== "unknown") this.#settleDial({ outcome: word.outcome, ticket: word });
		} else if (ticket.kind === "status" && this.#asking?.extension === ticket.extension) {
			this.#settleAsking({ kind: "found", ticket });
		} else if (ticket.kind === "status-error" && this.#asking) {
			this.#settleAsking({ kind: "not-found", ticket });
		}
	}

	/** Rejects all that waits; called when the link falls or closes. */
	rejectAll(error: PbxError): void {
		const dialling = this.#dialling;
		const asking = this.#asking ? [this.#asking, ...this.#waiting] : this.#waiting;
		dialling?.deadline.cancel();
		this.#askingDeadline?.cancel();
		this.#dialling = null;
		this.#asking = null;
		this.#waiting = [];
		for (const pending of dialling ? [dialling, ...asking] : asking) pending.reject(error);
	}

	#settleDial(reply: DialReply): void {
		this.#dialling?.deadline.cancel();
		this.#dialling?.resolve(reply);
		this.#dialling = null;
	}

	#askNext(): void {
		if (this.#asking) return;
		const next = this.#waiting.shift();
		if (!next) return;
		this.#asking = next;
		this.#askingDeadline = this.#clock.after(next.timeout, () => this.#settleAsking({ kind: "no-answer" }));
		next.send();
	}

	#settleAsking(reply: StatusReply): void {
		this.#askingDeadline?.cancel();
		this.#asking?.resolve(reply);
		this.#asking = null;
		this.#askNext();
	}
}
