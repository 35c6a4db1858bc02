import type { Clock, Timer } from "../link/clock";
import type { CapturedFrame } from "./capture";

/** Frames sent in one go, so that a fast replay lets others have the event loop. */
const SLICE = 500;

/** Plays a recording again, at its own speed or faster. */
export class Replay {
	readonly #clock: Clock;
	readonly #send: (extension: string, text: string) => void;
	#next: Timer | null = null;

	constructor(clock: Clock, send: (extension: string, text: string) => void) {
		this.#clock = clock;
		this.#send = send;
	}

	/** Plays from the first frame on, instead of what it played before; nothing, where there are none. */
	start(frames: readonly CapturedFrame[], speed: number): void {
		this.close();
		const [first] = frames;
		if (first) this.#play(frames, 0, this.#clock.now(), first.at, speed);
	}

	/** Nothing is played any more. */
	close(): void {
		this.#next?.cancel();
		this.#next = null;
	}

	#play(frames: readonly CapturedFrame[], from: number, startedAt: number, origin: number, speed: number): void {
		let index = from;
		const dueIn = ({ at }: CapturedFrame) => (at - origin) / speed - (this.#clock.now() - startedAt);
		for (let frame = frames[index]; frame && dueIn(frame) <= 0 && index < from + SLICE; frame = frames[++index]) {
			this.#send(frame.extension, frame.text);
		}
		const next = frames[index];
		if (!next) return;
		// Days may lie between two frames: looking in from time to time keeps the timer from overflowing.
		const wait = Math.min(3_600_000, Math.max(0, dueIn(next)));
		this.#next = this.#clock.after(wait, () => this.#play(frames, index, startedAt, origin, speed));
	}
}
