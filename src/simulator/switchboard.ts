import { PbxError } from "../errors";
import type { Clock } from "../link/clock";
import type { Announcer } from "./announcer";
import { type SimulatedCaller, type SimulatedLeg, SimulatedPhone } from "./phone";
import { defaultWire, type Wire } from "./wire";

/** How a call comes in. */
export interface Arrival {
	/** The caller's; empty is withheld. */
	readonly number: string;
	/** The queue it comes in by, for PRO lines. */
	readonly queue?: string;
	/** Milliseconds after which the caller gives up. */
	readonly patience?: number;
}

/** Phones that forward their calls to each other stop after so many. */
const MOST_HOPS = 5;

const REASONS = {
	"not-ringing": "does not ring",
	"no-call": "has no call",
	"no-extension": "does not exist",
	"has-call": "has a call already",
	"no-consultation": "has called no other phone",
} as const;

/** A command that the phones cannot do. */
export function refused(reason: keyof typeof REASONS, extension: string): PbxError {
	return new PbxError("invalid-command", `Extension ${extension} ${REASONS[reason]}`, { reason, extension });
}

/** The phones of a simulated PBX and the calls at them: what all scenes are made of. */
export class Switchboard {
	readonly announcer: Announcer;
	readonly clock: Clock;
	readonly wire: Wire = defaultWire();
	readonly #phones: ReadonlyMap<string, SimulatedPhone>;
	#sequence = 3_520_740;

	constructor(extensions: readonly string[], announcer: Announcer, clock: Clock) {
		this.#phones = new Map(extensions.map((extension) => [extension, new SimulatedPhone(extension)]));
		this.announcer = announcer;
		this.clock = clock;
	}

	/** All phones. */
	phones(): Iterable<SimulatedPhone> {
		return this.#phones.values();
	}

	/** A phone that exists, or undefined. */
	find(extension: string): SimulatedPhone | undefined {
		return this.#phones.get(extension);
	}

	/** @throws PbxError `invalid-command` where there is no such phone */
	phone(extension: string): SimulatedPhone {
		const phone = this.#phones.get(extension);
		if (!phone) throw refused("no-extension", extension);
		return phone;
	}

	/** Somebody calls in. */
	newCaller({ number, queue = "" }: Arrival): SimulatedCaller {
		return { id: this.newId(), number, queue, at: new Map(), next: null, onReject: null };
	}

	/** The call of somebody who calls in, at a phone. */
	newLeg(caller: SimulatedCaller): SimulatedLeg {
		const { number, queue } = caller;
		const id = this.wire.transactions === "same" ? caller.id : this.newId();
		return { ...this.#blankLeg(id, number), queue, caller, direction: "entrante" };
	}

	/** A call that is asked for from a phone. */
	newOutgoing(number: string): SimulatedLeg {
		return { ...this.#blankLeg(this.newId(), number), queue: "", caller: null, direction: "saliente" };
	}

	/** An Asterisk-like transaction: when it began, and a number. */
	newId(): string {
		return `${Math.floor(this.clock.now() / 1000)}.${this.#sequence++}`;
	}

	/** A caller rings a phone; one that forwards its calls hands it on at once. */
	reach(phone: SimulatedPhone, caller: SimulatedCaller, hops = 0): void {
		if (!phone.takesCall) throw refused("has-call", phone.extension);
		const target = phone.forwardTo === null ? undefined : this.#phones.get(phone.forwardTo);
		const leg = this.newLeg(caller);
		caller.at.set(phone, leg);
		this.change(phone, () => phone.legs.push(leg));
		this.announcer.caller(phone, leg);
		if (!target || target === phone || !target.takesCall || caller.at.has(target) || hops >= MOST_HOPS) return;
		this.stop(phone, leg, false);
		this.reach(target, caller, hops + 1);
	}

	/** A phone's state is told where something changed it. */
	change(phone: SimulatedPhone, act: () => void): void {
		const before = phone.state;
		act();
		if (phone.state !== before) this.announcer.state(phone);
	}

	/** Both parties talk. */
	talk(phone: SimulatedPhone, leg: SimulatedLeg): void {
		leg.talksSince = this.clock.steady();
		this.announcer.proLine("descolgado", phone.extension, leg);
	}

	/** A call is gone from a phone; `isOver` where that is its end everywhere. */
	stop(phone: SimulatedPhone, leg: SimulatedLeg, isOver: boolean): void {
		if (!phone.legs.includes(leg)) return;
		leg.next?.cancel();
		leg.caller?.at.delete(phone);
		if (leg.direction === "saliente" && !leg.isPickedUp) this.announcer.progress(phone.extension, "timeout");
		this.announcer.end(phone, leg, isOver || this.wire.ends === "always");
		this.change(phone, () => phone.remove(leg));
	}

	/** The caller is gone: the call ends wherever it is. */
	giveUp(caller: SimulatedCaller): void {
		caller.next?.cancel();
		caller.onReject = null;
		for (const [phone, leg] of [...caller.at]) this.stop(phone, leg, true);
	}

	/** Something happens to a caller by itself, later. */
	later(caller: SimulatedCaller, milliseconds: number, run: () => void): void {
		caller.next?.cancel();
		caller.next = this.clock.after(milliseconds, run);
	}

	/** Nothing happens by itself any more. */
	close(): void {
		for (const { legs } of this.#phones.values()) {
			for (const { next, caller } of legs) {
				next?.cancel();
				caller?.next?.cancel();
			}
		}
	}

	#blankLeg(id: string, number: string) {
		return { id, number, isPickedUp: false, talksSince: null, next: null, onPickUp: null };
	}
}
