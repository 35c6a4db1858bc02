import type { Clock, Timer } from "../link/clock";
import type { CapturedFrame } from "./capture";

/** Frames sent in one go, so that a fast replay lets others have the event loop. */
const SLICE = 500;
/** Milliseconds until it is looked again whether the clients have read. */
const PAUSE = 10;

/** Plays a recording again, at its own speed or faster. */
export class Replay {
	readonly #clock: Clock;
	readonly #send: (extension: string, text: string) => void;
	readonly #isHeldUp: () => boolean;
	#next: Timer | null = null;

	/** @param isHeldUp  whether a client has yet to read what was sent, and is to be waited for */
	constructor(clock: Clock, send: (extension: string, text: string) => void, isHeldUp: () => boolean) {
		this.#clock = clock;
		this.#send = send;
		this.#isHeldUp = isHeldUp;
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
		const dueIn = (at: number) => (at - origin) / speed - (this.#clock.now() - startedAt);
		const isDue = ({ at }: CapturedFrame) => dueIn(at) <= 0 && index < from + SLICE;
		for (let frame = frames[index]; frame && isDue(frame) && !this.#isHeldUp(); frame = frames[++index]) {
			this.#send(frame.extension, frame.text);
		}
		const next = frames[index];
		if (!next) return;
		// Days may lie between two frames: looking in from time to time keeps the timer from overflowing.
		const wait = this.#isHeldUp() ? PAUSE : Math.min(3_600_000, Math.max(0, dueIn(next.at)));
		this.#next = this.#clock.after(wait, () => this.#play(frames, index, startedAt, origin, speed));
	}
}
