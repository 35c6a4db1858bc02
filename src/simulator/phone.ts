import type { Timer } from "../link/clock";
import type { SimulatedState } from "./words";

/** A call at a simulated phone. */
export interface SimulatedCall {
	/** The transaction; a call that is transferred keeps it. */
	readonly id: string;
	readonly direction: "entrante" | "saliente";
	/** The other party's, as it stands in tickets; empty where it is withheld. */
	readonly number: string;
	/** The queue it came in by, or empty. */
	readonly queue: string;
	/** This phone was picked up for it. */
	isPickedUp: boolean;
	/** Both parties talk since then, in milliseconds since 1970; null before. */
	talksSince: number | null;
	/** What will happen next by itself. */
	next: Timer | null;
	/** What happens when the phone is picked up for it. */
	onPickUp: (() => void) | null;
}

/** A simulated phone, with its calls in the order they came: one more than it talks on can wait. */
export class SimulatedPhone {
	readonly extension: string;
	readonly calls: SimulatedCall[] = [];

	constructor(extension: string) {
		this.extension = extension;
	}

	/** What the PBX says of it. A call that waits shows in no state, as on the real wire. */
	get state(): SimulatedState {
		if (this.calls.some(({ isPickedUp }) => isPickedUp)) return "busy";
		return this.calls.length > 0 ? "ringing" : "idle";
	}

	/** Whether one more call can reach it: an idle phone rings, and at a busy one a single call waits. */
	get takesCall(): boolean {
		return this.calls.length === 0 || (this.calls.length === 1 && this.state === "busy");
	}

	/** The call that rings, or waits. */
	get ringing(): SimulatedCall | undefined {
		return this.calls.find(({ isPickedUp }) => !isPickedUp);
	}

	/** The call that the user has in hand: the one picked up last, else the one that rings. */
	get inHand(): SimulatedCall | undefined {
		return this.calls.findLast(({ isPickedUp }) => isPickedUp) ?? this.ringing;
	}

	remove(call: SimulatedCall): void {
		const index = this.calls.indexOf(call);
		if (index !== -1) this.calls.splice(index, 1);
	}
}
