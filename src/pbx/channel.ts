import {
	callEvent,
	currentCall,
	extensionOf,
	familyOfTicket,
	noteState,
	type Reading,
	readTicket,
} from "../calls/events";
import type { GroupedStep } from "../calls/groups";
import type { CallLives } from "../calls/lifecycle";
import { isoTime } from "../calls/time";
import type { EventFamily } from "../families";
import type { Clock, Timer } from "../link/clock";
import type { LinkListener } from "../link/endpoint";
import { LIMITS } from "../link/limits";
import type { LinkState } from "../link/state";
import type { CurrentCall, LinkGapEvent, LinkStateEvent, PbxEvent } from "../messages";
import type { DialNumber } from "../protocol/address";
import type { Ticket } from "../protocol/ticket";

/** Who listens to a channel, and for what. */
export interface Listener {
	readonly families: ReadonlySet<EventFamily>;
	/** Only these extensions; null for all that the channel speaks of. */
	readonly extensions: ReadonlySet<string> | null;
	/** Each listener gets an event of its own, to do with as it likes. */
	event(event: PbxEvent): void;
}

/** Has a channel follow calls for the board's sake. */
export function callFollower(): Listener {
	return { families: new Set<EventFamily>(["call"]), extensions: null, event: () => {} };
}

/**
 * The listeners of one family, indexed, so that a ticket costs the same however many filter. Lists are never changed but
 * made anew: whoever is being told goes through the old one.
 */
class Audience {
	#ofAll: readonly Listener[] = [];
	readonly #ofOne = new Map<string, readonly Listener[]>();

	add(listener: Listener, extensions: Listener["extensions"]): void {
		if (!extensions) this.#ofAll = [...this.#ofAll, listener];
		for (const extension of extensions ?? []) {
			this.#ofOne.set(extension, [...(this.#ofOne.get(extension) ?? []), listener]);
		}
	}

	remove(listener: Listener, extensions: Listener["extensions"]): void {
		const others = (listeners: readonly Listener[]) => listeners.filter((each) => each !== listener);
		this.#ofAll = others(this.#ofAll);
		for (const extension of extensions ?? []) {
			const left = others(this.#ofOne.get(extension) ?? []);
			if (left.length > 0) this.#ofOne.set(extension, left);
			else this.#ofOne.delete(extension);
		}
	}

	get isEmpty(): boolean {
		return this.#ofAll.length === 0 && this.#ofOne.size === 0;
	}

	/** Who listens to an extension. */
	of(extension: string): readonly Listener[] {
		const ofOne = this.#ofOne.get(extension);
		if (!ofOne) return this.#ofAll;
		return this.#ofAll.length === 0 ? ofOne : [...this.#ofAll, ...ofOne];
	}

	/** Who listens to any of several extensions, each once. */
	ofAny(extensions: readonly string[]): readonly Listener[] {
		return [...new Set(extensions.flatMap((extension) => this.of(extension)))];
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

/** Milliseconds after which the calls are looked at in any case, while there are any. */
const LONGEST_WAIT = 60_000;

/** A link that went silent was last known to be alive one heartbeat before that was noticed. */
function deafSince(state: LinkState, at: number): number {
	const isSilent = state.kind === "disconnected" && state.reason === "no-heartbeat";
	return isSilent ? at - LIMITS.heartbeatInterval - LIMITS.heartbeatTimeout : at;
}

/** One connection's tickets on their way to the listeners: read once, whoever listens, and not at all for nobody. */
export class Channel implements LinkListener {
	readonly #reading: Reading;
	readonly #lives: CallLives;
	readonly #clock: Clock;
	readonly #failed: (error: unknown) => void;
	readonly #audiences: Readonly<Record<EventFamily, Audience>> = {
		...{ call: new Audience(), extension: new Audience(), dial: new Audience() },
		...{ command: new Audience(), link: new Audience(), unrecognised: new Audience() },
	};
	#wasConnected = false;
	/** Since when nothing can be heard; null while connected, or never yet. */
	#deafSince: number | null = null;
	#due: Timer | null = null;
	#dueAt: number | null = null;

	/** @param failed hears of exceptions that a listener threw */
	constructor(reading: Reading, lives: CallLives, clock: Clock, failed: (error: unknown) => void) {
		this.#reading = reading;
		this.#lives = lives;
		this.#clock = clock;
		this.#failed = failed;
	}

	add(listener: Listener): void {
		for (const family of listener.families) this.#audiences[family].add(listener, filterFor(family, listener));
	}

	remove(listener: Listener): void {
		for (const family of listener.families) this.#audiences[family].remove(listener, filterFor(family, listener));
		if (this.#audiences.call.isEmpty) this.#lives.forget();
	}

	ticket(ticket: Ticket, at: number): void {
		// Nobody asks for calls: then their lives are not followed either.
		if (!this.#audiences.call.isEmpty) this.#tellCalls(this.#lives.take(ticket, at), at);
		const family = familyOfTicket(ticket);
		if (!family) return;
		noteState(ticket, this.#reading, at);
		const { channel } = this.#reading;
		const extension = extensionOf(ticket, channel);
		const listeners = this.#audiences[family].of(extension);
		if (listeners.length === 0) return;
		// The answer about another extension is for the one who asked.
		if (ticket.kind === "status" && channel !== extension) return;
		const event = readTicket(ticket, this.#reading, at);
		if (event) this.#tell(listeners, event);
	}

	/** A call was asked for from this connection's extension. */
	dialled(number: DialNumber): void {
		const at = this.#clock.now();
		if (!this.#audiences.call.isEmpty) this.#tellCalls(this.#lives.dialled(number, at), at);
	}

	/** The call that an extension's phone has, as far as calls are followed; null for none. */
	currentCall(extension: string): CurrentCall | null {
		const call = this.#lives.current(extension);
		return call && currentCall(call, this.#reading);
	}

	/** Nothing happens by itself any more. */
	close(): void {
		this.#due?.cancel();
	}

	state(state: LinkState, at: number): void {
		const { channel, tenant, board } = this.#reading;
		const base = { at: isoTime(at), tenant, extension: channel, raw: null };
		const gone = this.#deafSince;
		if (state.kind === "connected") {
			this.#deafSince = null;
			this.#wasConnected = true;
			board.rise(at);
			this.#lives.heardAgain(at);
			this.#schedule();
		} else if (this.#wasConnected && gone === null) {
			this.#deafSince = deafSince(state, at);
			board.fall();
			this.#lives.missedSome();
		}
		this.#tellLink({ event: "link.state", ...base, ...describeState(state) });
		if (state.kind !== "connected" || gone === null) return;
		const from = isoTime(gone);
		this.#tellLink({ event: "link.gap", ...base, from, to: base.at, seconds: Math.max(0, at - gone) / 1000 });
	}

	#tellLink(event: LinkStateEvent | LinkGapEvent): void {
		const { channel } = this.#reading;
		this.#tell(this.#audiences.link.of(channel), event);
	}

	#tell(listeners: readonly Listener[], event: PbxEvent): void {
		let own: PbxEvent | null = event;
		for (const listener of listeners) {
			try {
				listener.event(own ?? structuredClone(event));
			} catch (error) {
				// One listener's fault must not cost the others, or the link, this event.
				this.#failed(error);
			}
			own = null;
		}
	}

	#tellCalls(steps: readonly GroupedStep[], at: number): void {
		for (const step of steps) {
			// A group that nobody answered ends at all its phones at once.
			const phones = step.step === "ended" && step.group?.answeredBy === null ? step.group.extensions : null;
			const { call } = this.#audiences;
			const listeners = phones ? call.ofAny(phones) : call.of(step.call.extension);
			if (listeners.length > 0) this.#tell(listeners, callEvent(step, this.#reading, at));
		}
		this.#schedule();
	}

	/** Comes back when a call ends by itself. */
	#schedule(): void {
		const { dueAt } = this.#lives;
		if (dueAt === this.#dueAt) return;
		this.#dueAt = dueAt;
		this.#due?.cancel();
		if (dueAt === null) return;
		// Looking in too early costs nothing, and a clock set back by years would overflow a timer.
		const wait = Math.min(LONGEST_WAIT, Math.max(0, dueAt - this.#clock.now()));
		this.#due = this.#clock.after(wait, () => {
			const at = this.#clock.now();
			this.#dueAt = null;
			this.#tellCalls(this.#lives.due(at), at);
		});
	}
}
