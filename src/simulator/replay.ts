import type { Clock, Timer } from "../link/clock";
import type { CapturedFrame } from "./capture";

/** Frames sent in one go, so that a fast replay lets others have the event loop. */
const SLICE = 500;
/** Milliseconds until it is looked again whether the clients have read, and how often that is done in a row. */
const [PAUSE, MOST_PAUSES] = [10, 1_000];

/** Plays a recording again, at its own speed or faster. */
export class Replay {
	readonly #clock: Clock;
	readonly #send: (extension: string, text: string) => void;
	readonly #isHeldUp: () => boolean;
	#next: Timer | null = null;
	#pauses = 0;

	/** @param isHeldUp  whether a client has yet to read what was sent: it is waited for, ten seconds at most */
	constructor(clock: Clock, send: (extension: string, text: string) => void, isHeldUp: () => boolean) {
		this.#clock = clock;
		this.#send = send;
		this.#isHeldUp = isHeldUp;
	}

	/** Plays from the first frame on, instead of what it played before; nothing, where there are none. */
	start(frames: readonly CapturedFrame[], speed: number): void {
		this.close();
		this.#pauses = 0;
		const [first] = frames;
		if (first) this.#play(frames, 0, this.#clock.now(), first.at, speed);
	}

	/** Nothing is played any more. */
	close(): void {
		this.#next?.cancel();
		this.#next = null;
	}

	#play(frames: readonly CapturedFrame[], from: number, startedAt: number, origin: number, speed: number): void {
		// Who never reads is waited for once.
		const mayWait = this.#pauses < MOST_PAUSES;
		const isHeldUp = () => mayWait && this.#isHeldUp();
		let index = from;
		const dueIn = (at: number) => (at - origin) / speed - (this.#clock.now() - startedAt);
		const isDue = ({ at }: CapturedFrame) => dueIn(at) <= 0 && index < from + SLICE;
		for (let frame = frames[index]; frame && isDue(frame) && !isHeldUp(); frame = frames[++index]) {
			this.#send(frame.extension, frame.text);
		}
		const next = frames[index];
		if (!next) return;
		this.#pauses = this.#isHeldUp() ? this.#pauses + 1 : 0;
		// Days may lie between two frames: looking in from time to time keeps the timer from overflowing.
		const wait = isHeldUp() ? PAUSE : Math.min(3_600_000, Math.max(0, dueIn(next.at)));
		this.#next = this.#clock.after(wait, () => this.#play(frames, index, startedAt, origin, speed));
	}
}
