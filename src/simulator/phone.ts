import type { Timer } from "../link/clock";
import type { SimulatedState } from "./speller";

/** Somebody who calls in, at one phone or at several, one after the other or at once. */
export interface SimulatedCaller {
	/** The transaction that it came in with. */
	readonly id: string;
	/** As it stands in tickets; empty where it is withheld. */
	readonly number: string;
	/** The queue it came in by, or empty. */
	readonly queue: string;
	/** Where it rings, or is talked to. */
	readonly at: Map<SimulatedPhone, SimulatedLeg>;
	/** What will happen next by itself: the queue goes on, or the caller gives up. */
	next: Timer | null;
	/** What to do when a phone rejects it; null where the call is then over at that phone. */
	onReject: (() => void) | null;
}

/** A call at a simulated phone. */
export interface SimulatedLeg {
	/** The transaction that its tickets name. */
	readonly id: string;
	readonly direction: "entrante" | "saliente";
	/** The other party's, as it stands in tickets; empty where it is withheld. */
	readonly number: string;
	readonly queue: string;
	/** Who calls in; null for a call that was asked for from here. */
	readonly caller: SimulatedCaller | null;
	/** This phone was picked up for it. */
	isPickedUp: boolean;
	/** Both parties talk since then, in milliseconds of the steady clock; null before. */
	talksSince: number | null;
	/** What will happen next by itself, of a call that was asked for. */
	next: Timer | null;
	/** What happens when the phone is picked up for it. */
	onPickUp: (() => void) | null;
}

/** A simulated phone, with its calls in the order they came: one more than it talks on can wait. */
export class SimulatedPhone {
	readonly extension: string;
	readonly legs: SimulatedLeg[] = [];
	/** Where calls go on to instead. */
	forwardTo: string | null = null;

	constructor(extension: string) {
		this.extension = extension;
	}

	/** What the PBX says of it. A call that waits shows in no state, as on the real wire. */
	get state(): SimulatedState {
		if (this.legs.some(({ isPickedUp }) => isPickedUp)) return "busy";
		return this.legs.length > 0 ? "ringing" : "idle";
	}

	/** Whether one more call can reach it: an idle phone rings, and at a busy one a single call waits. */
	get takesCall(): boolean {
		return this.legs.length === 0 || (this.legs.length === 1 && this.state === "busy");
	}

	/** The call that rings, or waits. */
	get ringing(): SimulatedLeg | undefined {
		return this.legs.find(({ isPickedUp }) => !isPickedUp);
	}

	/** The call that the user has in hand: the one picked up last, else the one that rings. */
	get inHand(): SimulatedLeg | undefined {
		return this.legs.findLast(({ isPickedUp }) => isPickedUp) ?? this.ringing;
	}

	remove(leg: SimulatedLeg): void {
		const index = this.legs.indexOf(leg);
		if (index !== -1) this.legs.splice(index, 1);
	}
}
