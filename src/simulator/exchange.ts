import type { Clock } from "../link/clock";
import type { Announcer } from "./announcer";
import type { SimulatedCaller, SimulatedLeg, SimulatedPhone } from "./phone";
import type { SimulatedState } from "./speller";
import { type Arrival, refused, Switchboard } from "./switchboard";

export type { Arrival } from "./switchboard";

/** How long things take in the simulated PBX, in milliseconds. */
export interface Pace {
	/** From ringing until the caller gives up. */
	readonly ringing: number;
	/** From asking for a call until the user picks the own phone up, and again until the far end does. */
	readonly pickUp: number;
	/** From picking up until a call that was asked for hangs up by itself. */
	readonly talking: number;
}

/** The pace when none is given. */
export const NATURAL_PACE: Pace = { ringing: 25_000, pickUp: 1_500, talking: 15_000 };

/** Numbers that end like this fail, by the SIP code of that failure, so that flows can be rehearsed. */
const FAILING: readonly { readonly ending: string; readonly outcome: "timeout" | "unavailable" | "busy" }[] = [
	{ ending: "000408", outcome: "timeout" },
	{ ending: "000480", outcome: "unavailable" },
	{ ending: "000486", outcome: "busy" },
];

/** The telephones of a simulated PBX: calls come in, wait, are answered, missed, ended and asked for. */
export class Exchange {
	/** What scenes of queues and transfers are played on. */
	readonly switchboard: Switchboard;
	readonly pace: Pace;

	constructor(extensions: readonly string[], announcer: Announcer, clock: Clock, pace: Pace) {
		this.switchboard = new Switchboard(extensions, announcer, clock);
		this.pace = pace;
	}

	/** The extensions with their states. */
	states(): [extension: string, state: SimulatedState][] {
		return Array.from(this.switchboard.phones(), ({ extension, state }) => [extension, state]);
	}

	/** All states in one frame, as the monitor gets them on connecting. */
	snapshot(): string {
		return this.switchboard.announcer.snapshot(this.switchboard.phones());
	}

	/** The answer to a state request. */
	statusReply(extension: string): string {
		return this.switchboard.announcer.statusReply(this.switchboard.find(extension));
	}

	/** A call comes in; at a phone that talks already it waits. The caller gives up after a while unless someone answers. */
	ring(extension: string, arrival: Arrival): void {
		this.ringGroup([extension], arrival);
	}

	/** One call rings several phones: the first to be picked up has it. Busy phones are left out. */
	ringGroup(extensions: readonly string[], arrival: Arrival): void {
		const { switchboard } = this;
		const phones = [...new Set(extensions)].map((extension) => switchboard.phone(extension));
		const idle = phones.filter(({ state }) => state === "idle");
		const [first] = phones;
		if (first && phones.length > 1 && idle.length === 0) throw refused("has-call", first.extension);
		const caller = switchboard.newCaller(arrival);
		for (const phone of phones.length === 1 ? phones : idle) {
			// One that forwards its calls may have handed it on to the next.
			if (!caller.at.has(phone)) switchboard.reach(phone, caller);
		}
		switchboard.later(caller, arrival.patience ?? this.pace.ringing, () => switchboard.giveUp(caller));
	}

	/** The phone is picked up for the call that rings or waits; one that it talked on is held. */
	answer(extension: string): void {
		const { switchboard } = this;
		const phone = switchboard.phone(extension);
		const leg = phone.ringing;
		if (!leg) throw refused("not-ringing", extension);
		this.#pickUp(phone, leg);
		if (leg.caller) this.#answered(leg.caller, phone);
	}

	/** The call in hand ends: hung up when it was answered, missed when it still rang. */
	hangUp(extension: string): void {
		const phone = this.switchboard.phone(extension);
		const leg = phone.inHand;
		if (!leg) throw refused("no-call", extension);
		const { caller } = leg;
		const ringsElsewhere = caller !== null && !leg.isPickedUp && caller.at.size > 1;
		this.switchboard.stop(phone, leg, !ringsElsewhere);
		if (caller && !ringsElsewhere) this.switchboard.giveUp(caller);
	}

	/** A client asks for a call from its extension: its own phone rings first (protocol 4). */
	dial(extension: string, number: string): void {
		const { announcer } = this.switchboard;
		const phone = this.switchboard.phone(extension);
		const failure = FAILING.find(({ ending }) => number.endsWith(ending))?.outcome;
		if (phone.state !== "idle" || failure === "busy") {
			announcer.progress(extension, "busy");
			return;
		}
		const leg = this.switchboard.newOutgoing(number);
		this.switchboard.change(phone, () => phone.legs.push(leg));
		const hangUpAfter = (milliseconds: number) =>
			this.#later(leg, milliseconds, () => this.switchboard.stop(phone, leg, true));
		leg.onPickUp = () => {
			announcer.progress(extension, failure === "unavailable" ? failure : "calling");
			if (failure) {
				hangUpAfter(this.pace.pickUp);
				return;
			}
			announcer.proLine("timbre", extension, leg);
			this.#later(leg, this.pace.pickUp, () => {
				this.switchboard.talk(phone, leg);
				hangUpAfter(this.pace.talking);
			});
		};
		this.#later(leg, this.pace.pickUp, () => {
			if (failure === "timeout") this.switchboard.stop(phone, leg, true);
			else this.answer(extension);
		});
	}

	/** Nothing happens by itself any more. */
	close(): void {
		this.switchboard.close();
	}

	#pickUp(phone: SimulatedPhone, leg: SimulatedLeg): void {
		leg.next?.cancel();
		this.switchboard.change(phone, () => {
			leg.isPickedUp = true;
		});
		if (leg.direction === "entrante") this.switchboard.talk(phone, leg);
		leg.onPickUp?.();
	}

	/** Where the caller still rings, it stops. */
	#answered(caller: SimulatedCaller, by: SimulatedPhone): void {
		caller.next?.cancel();
		for (const [phone, leg] of [...caller.at]) {
			if (phone !== by && !leg.isPickedUp) this.switchboard.stop(phone, leg, false);
		}
	}

	#later(leg: SimulatedLeg, milliseconds: number, run: () => void): void {
		leg.next?.cancel();
		leg.next = this.switchboard.clock.after(milliseconds, run);
	}
}
