import type { Moment } from "../moment";
import type { OpenCall } from "./call";
import type { CallRegister } from "./callRegister";
import { DueQueue, takeEach } from "./dueQueue";
import type { HandOvers } from "./handOvers";
import { answeredAtOf, endedAtOf, type Leg } from "./leg";
import { type Pickups, suspectedUntil } from "./pickups";
import { type CallFacts, factsOf } from "./record";
import { Settling } from "./settling";

/** Who hears how calls end. */
export interface EndingsListener {
	/** A call is over, and no leg has followed. */
	recorded(facts: CallFacts): void;
	/** A leg turns out to be what picked its call up. */
	pickedUp(leg: Leg, at: Moment): void;
}

/** How calls end: whether one goes on at another phone, how long it waits for that, and its record. */
export class Endings {
	readonly #register: CallRegister;
	readonly #handOvers: HandOvers;
	readonly #pickups: Pickups;
	readonly #listener: EndingsListener;
	readonly #settling = new Settling();
	/** Calls of which is decided then whether they were handed over. */
	readonly #undecided = new DueQueue<OpenCall>();

	constructor(register: CallRegister, handOvers: HandOvers, pickups: Pickups, listener: EndingsListener) {
		this.#register = register;
		this.#handOvers = handOvers;
		this.#pickups = pickups;
		this.#listener = listener;
	}

	/** When {@link due} has something to do, by the steady clock; null for never. */
	get dueAt(): number | null {
		const [settled, decided] = [this.#settling.dueAt, this.#undecided.dueAt];
		return settled === null || decided === null ? (settled ?? decided) : Math.min(settled, decided);
	}

	/** What time alone brings about, for at most so many calls. */
	due(at: Moment, settle: number, most: number): void {
		const decide = (call: OpenCall) => {
			if (this.#handOvers.decide(call, at)) this.settleIfOver(call, at, settle);
		};
		const left = takeEach(most, () => this.#undecided.take(at.steady), decide);
		const end = (call: OpenCall) => {
			if (!call.isHeld) this.record(call);
			else this.settleIfOver(call, at, settle);
		};
		takeEach(left, () => this.#settling.take(at), end);
	}

	/** A leg has begun: its call is not over. */
	began(call: OpenCall): void {
		this.#settling.remove(call);
	}

	/** The end of a leg was told. */
	legOver(call: OpenCall, leg: Leg, at: Moment, settle: number, infersGroups: boolean): void {
		const goesOn = this.#register.over(call, leg);
		if (infersGroups) this.#passOn(call, leg, at);
		if (!goesOn) this.settleIfOver(call, at, settle);
	}

	/** Whether these legs were picked up elsewhere is in question, or known by now. */
	reconsider(legs: readonly string[], at: Moment, settle: number): void {
		for (const key of legs) {
			const call = this.#register.callOf(key);
			if (!call) continue;
			this.#settling.remove(call);
			this.settleIfOver(call, at, settle);
		}
	}

	/** A connection fell: what goes on unheard may belong to these calls. */
	tear(isCovered: (extension: string) => boolean, at: Moment): void {
		for (const call of this.#register.calls()) this.#settling.tear(call, isCovered, at);
	}

	/** A connection is back. */
	resume(at: Moment, settle: number): void {
		this.#settling.resume(at, settle);
	}

	/** A call is over, for good. */
	record(call: OpenCall): void {
		this.#settling.remove(call);
		// It was put together with another one.
		if (call.going > 0 || call.legs.size === 0) return;
		const facts = factsOf(call, this.#register.nameOf(call));
		this.#register.close(call, facts?.outcome === "missed");
		if (facts) this.#listener.recorded(facts);
	}

	/** Nothing waits any more. */
	clear(): void {
		this.#settling.clear();
		this.#undecided.clear();
	}

	/** A leg's call may go on at another phone. */
	#passOn(call: OpenCall, leg: Leg, at: Moment): void {
		const endedAt = endedAtOf(leg) ?? at;
		const joined = this.#handOvers.join(call, leg, endedAt);
		if (joined.going > 0 && answeredAtOf(leg) === null) {
			const pickedUp = this.#pickups.explainedBy(leg, joined);
			if (pickedUp) this.#listener.pickedUp(pickedUp, at);
		}
		const decidedAt = this.#handOvers.over(joined, leg, endedAt);
		if (decidedAt !== null) this.#undecided.add(decidedAt, joined);
	}

	/** A call whose legs are all over waits for another one, and is recorded then. */
	settleIfOver(call: OpenCall, at: Moment, settle: number): void {
		if (call.going > 0 || call.handOver !== null || call.legs.size === 0) return;
		const until = suspectedUntil(call, at);
		const surplus = until === null ? this.#settling.add(call, at, settle) : this.#settling.hold(call, until);
		if (surplus) this.record(surplus);
	}
}
