import type { Exchange } from "./exchange";
import type { SimulatedCaller, SimulatedLeg, SimulatedPhone } from "./phone";
import { type Arrival, refused, type Switchboard } from "./switchboard";

/** How a queue goes through its phones. */
export interface QueueArrival extends Arrival {
	/** Milliseconds that each phone rings. */
	readonly each: number;
	/** How often it begins again at the first phone. */
	readonly rounds: number;
}

/** Milliseconds from one phone of a queue to the next. */
const HOP = 500;

/** What PBXs do with calls beyond ringing a phone (protocol 7): queues, rejecting, transfers, pickup, forwarding. */
export class Scenes {
	readonly #board: Switchboard;
	readonly #ringing: number;
	/** Who talks to whom meanwhile, by the phone that called. */
	readonly #consulted = new Map<SimulatedPhone, { readonly target: SimulatedPhone; readonly leg: SimulatedLeg }>();
	/** What will happen by itself: a queue goes on, a phone that rejected a call is rung again. */
	readonly #timers = new Set<{ cancel(): void }>();

	constructor({ switchboard, pace }: Exchange) {
		this.#board = switchboard;
		this.#ringing = pace.ringing;
	}

	/** A call tries one phone after the other, round by round; busy ones are passed over. */
	queue(extensions: readonly string[], { each, rounds, ...arrival }: QueueArrival): void {
		const phones = [...new Set(extensions)].map((extension) => this.#board.phone(extension));
		const caller = this.#board.newCaller(arrival);
		this.#next(caller, phones, 0, each, rounds);
	}

	/** The phone that rings rejects the call; the PBX rings it again after a while, as long as it rings elsewhere. */
	reject(extension: string, again: number): void {
		const phone = this.#board.phone(extension);
		const leg = phone.ringing;
		if (!leg?.caller) throw refused("not-ringing", extension);
		const { caller } = leg;
		const { onReject } = caller;
		const goesOn = caller.at.size > 1 || onReject !== null;
		this.#board.stop(phone, leg, !goesOn);
		if (onReject) onReject();
		else if (!goesOn) this.#board.giveUp(caller);
		else if (again > 0) this.#ringAgain(phone, caller, again);
	}

	/** The user passes the call in hand on to another phone without asking there first. */
	transfer(extension: string, to: string): void {
		const [phone, target] = [this.#board.phone(extension), this.#board.phone(to)];
		const leg = phone.inHand;
		if (!leg?.isPickedUp || !leg.caller) throw refused("no-call", extension);
		if (target === phone || !target.takesCall) throw refused("has-call", to);
		const { caller } = leg;
		this.#board.stop(phone, leg, false);
		this.#board.reach(target, caller);
		this.#board.later(caller, this.#ringing, () => this.#board.giveUp(caller));
	}

	/** The user holds the call in hand and calls another phone, to ask whether it may be handed over. */
	consult(extension: string, to: string): void {
		const [phone, target] = [this.#board.phone(extension), this.#board.phone(to)];
		if (!phone.inHand?.isPickedUp) throw refused("no-call", extension);
		if (target === phone || !target.takesCall) throw refused("has-call", to);
		const caller = this.#board.newCaller({ number: extension });
		this.#board.reach(target, caller);
		const leg = caller.at.get(target);
		if (leg) this.#consulted.set(phone, { target, leg });
		this.#board.later(caller, this.#ringing, () => this.#board.giveUp(caller));
	}

	/** The user is gone, and the caller that was held talks to the phone that was asked. */
	handOver(extension: string): void {
		const phone = this.#board.phone(extension);
		const held = phone.inHand;
		const consulted = this.#consulted.get(phone);
		if (!held?.caller) throw refused("no-call", extension);
		if (!consulted?.target.legs.includes(consulted.leg)) throw refused("no-consultation", extension);
		this.#consulted.delete(phone);
		const { target, leg } = consulted;
		const { caller } = held;
		leg.caller?.next?.cancel();
		this.#board.stop(phone, held, false);
		const isNamed = this.#board.wire.handover === "named";
		// The phone that was asked goes on as it is, but for whom it talks to.
		const next: SimulatedLeg = { ...leg, caller, ...(isNamed && { id: held.id, number: caller.number }) };
		target.legs.splice(target.legs.indexOf(leg), 1, next);
		caller.at.set(target, next);
		if (isNamed) {
			this.#board.announcer.named(target, next.number, next.id);
			if (this.#board.wire.ends === "always") this.#board.announcer.end(target, leg, true);
		}
		if (!next.isPickedUp) this.#board.later(caller, this.#ringing, () => this.#board.giveUp(caller));
	}

	/** Somebody takes at another phone the call that rings at one. */
	pickUp(extension: string, from: string): void {
		const [phone, ringing] = [this.#board.phone(extension), this.#board.phone(from)];
		const taken = ringing.ringing;
		if (!taken?.caller) throw refused("not-ringing", from);
		if (phone.legs.length > 0) throw refused("has-call", extension);
		const { caller } = taken;
		const leg = this.#board.newLeg(caller);
		const { pickup } = this.#board.wire;
		const name = () => this.#board.announcer.named(phone, leg.number, leg.id);
		caller.next?.cancel();
		caller.at.set(phone, leg);
		if (pickup === "before") name();
		leg.isPickedUp = true;
		this.#board.change(phone, () => phone.legs.push(leg));
		if (pickup === "after") name();
		this.#board.talk(phone, leg);
		for (const [other, stopped] of [...caller.at]) if (!stopped.isPickedUp) this.#board.stop(other, stopped, false);
	}

	/** Calls of a phone go on to another one from now on; null for no longer. */
	forward(extension: string, to: string | null): void {
		const phone = this.#board.phone(extension);
		phone.forwardTo = to === null ? null : this.#board.phone(to).extension;
	}

	/** The phone is said to be in a state by any word. */
	word(extension: string, word: string): void {
		this.#board.announcer.word(this.#board.phone(extension), word);
	}

	/** Nothing happens by itself any more. */
	close(): void {
		for (const timer of this.#timers) timer.cancel();
		this.#timers.clear();
	}

	#next(caller: SimulatedCaller, phones: readonly SimulatedPhone[], turn: number, each: number, rounds: number): void {
		const free = phones.findIndex((phone, i) => i >= turn % phones.length && phone.state === "idle");
		const round = Math.floor(turn / phones.length);
		const phone = phones[free];
		const after = phone ? round * phones.length + free + 1 : (round + 1) * phones.length;
		if (round >= rounds) {
			this.#board.giveUp(caller);
			return;
		}
		const goOn = () => this.#hop(caller, phones, after, each, rounds);
		if (!phone) {
			goOn();
			return;
		}
		this.#board.reach(phone, caller);
		const leave = () => {
			const leg = caller.at.get(phone);
			if (leg) this.#board.stop(phone, leg, after >= rounds * phones.length);
			goOn();
		};
		caller.onReject = goOn;
		this.#board.later(caller, each, leave);
	}

	#hop(caller: SimulatedCaller, phones: readonly SimulatedPhone[], turn: number, each: number, rounds: number): void {
		caller.onReject = null;
		const timer = this.#board.clock.after(turn >= rounds * phones.length ? 0 : HOP, () => {
			this.#timers.delete(timer);
			this.#next(caller, phones, turn, each, rounds);
		});
		this.#timers.add(timer);
	}

	#ringAgain(phone: SimulatedPhone, caller: SimulatedCaller, again: number): void {
		const timer = this.#board.clock.after(again, () => {
			this.#timers.delete(timer);
			const isRinging = [...caller.at.values()].some(({ isPickedUp }) => !isPickedUp);
			const isTaken = [...caller.at.values()].some(({ isPickedUp }) => isPickedUp);
			if (isRinging && !isTaken && phone.takesCall && !caller.at.has(phone)) this.#board.reach(phone, caller);
		});
		this.#timers.add(timer);
	}
}
