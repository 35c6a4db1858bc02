import type { Clock, Timer } from "../link/clock";
import type { Exchange } from "./exchange";

// Numbers that regulators keep free for examples where there are such; none belongs to anyone calling here.
const CALLERS = ["974319404", "600000101", "+351210000102", "910000103", "+34 600 000 104", "anonymous"];

/** Calls that come in by themselves: most are answered and end after a while, some are missed. */
export class Traffic {
	readonly #exchange: Exchange;
	readonly #clock: Clock;
	readonly #random: () => number;
	#next: Timer | null = null;
	readonly #running = new Set<Timer>();

	constructor(exchange: Exchange, clock: Clock, random: () => number) {
		this.#exchange = exchange;
		this.#clock = clock;
		this.#random = random;
	}

	/** A call about every so many seconds; 0 for no more. Those that are going on end in their time. */
	every(seconds: number): void {
		this.#next?.cancel();
		this.#next = null;
		// A timer longer than 24 days would fire at once.
		if (seconds > 0) this.#schedule(Math.min(86_400, Math.max(0.1, seconds)));
	}

	/** Nothing happens by itself any more. */
	close(): void {
		this.every(0);
		for (const timer of this.#running) timer.cancel();
		this.#running.clear();
	}

	#schedule(seconds: number): void {
		const wait = seconds * (0.5 + this.#random()) * 1000;
		this.#next = this.#clock.after(wait, () => {
			this.#startCall();
			this.#schedule(seconds);
		});
	}

	#startCall(): void {
		const idle = this.#exchange.states().filter(([, state]) => state === "idle");
		const extension = this.#oneOf(idle)?.[0];
		const number = this.#oneOf(CALLERS);
		if (extension === undefined || number === undefined) return;
		const isMissed = this.#random() < 0.3;
		this.#exchange.ring(extension, isMissed ? { number, patience: 5_000 } : { number });
		if (isMissed) return;
		this.#later(1_500 + this.#random() * 2_500, () => {
			if (!this.#isIn(extension, "ringing")) return;
			this.#exchange.answer(extension);
			this.#later(3_000 + this.#random() * 9_000, () => {
				if (this.#isIn(extension, "busy")) this.#exchange.hangUp(extension);
			});
		});
	}

	#isIn(extension: string, state: string): boolean {
		return this.#exchange.states().some(([name, now]) => name === extension && now === state);
	}

	#later(milliseconds: number, run: () => void): void {
		const timer = this.#clock.after(milliseconds, () => {
			this.#running.delete(timer);
			run();
		});
		this.#running.add(timer);
	}

	#oneOf<Item>(items: readonly Item[]): Item | undefined {
		return items[Math.floor(this.#random() * items.length)];
	}
}
