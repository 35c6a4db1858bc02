import type { Clock, Timer } from "../link/clock";

/** What outlives the node that opened it, until a successor takes it over or nobody has. */
export interface Heritable {
	/** Nobody took it over. */
	giveUp(): void;
}

/** Milliseconds that Node-RED gives nodes to close, and some more to start again. */
const HOLD_MS = 20_000;

/** What nodes leave behind when they are stopped for a deploy, by the names under which their successors ask for it. */
export class Handover<Thing extends Heritable> {
	readonly #clock: Clock;
	readonly #held = new Map<string, { readonly thing: Thing; readonly timer: Timer }>();

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	/** Holds something for whoever asks for it by this name next. */
	hold(name: string, thing: Thing): void {
		this.take(name)?.giveUp();
		const timer = this.#clock.after(HOLD_MS, () => this.take(name)?.giveUp());
		this.#held.set(name, { thing, timer });
	}

	/** Takes over what is held; undefined where nothing is. */
	take(name: string): Thing | undefined {
		const held = this.#held.get(name);
		held?.timer.cancel();
		this.#held.delete(name);
		return held?.thing;
	}

	/** Whoever wanted something has taken it by now. */
	giveUpAll(): void {
		for (const name of [...this.#held.keys()]) this.take(name)?.giveUp();
	}
}
