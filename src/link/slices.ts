/** What a {@link Slices} can hold back. */
interface Source {
	pause(): void;
	resume(): void;
}

/** Characters that any frame counts for: a short ticket takes as long as another one, and an empty frame takes time too. */
const LEAST = 48;

/**
 * Hands frames on in slices, with the source paused until the event loop has run between two of them. A flood then waits
 * in TCP instead of in memory, and timers, pings and the messages already sent get their turn. Bounded by what one read
 * of the source holds. A slice is counted in characters, not in frames: it is the tickets in them that take time.
 */
export class Slices {
	readonly #size: number;
	readonly #source: Source;
	readonly #handle: (frame: string) => void;
	#left: number;
	#waiting: string[] = [];
	#next = 0;
	#turn: NodeJS.Immediate | null = null;
	#whenEmpty: (() => void) | null = null;
	#stopped = false;

	/** @param size  characters of a slice, where a frame counts for 48 at least; the one that reaches it is handed on whole */
	constructor(size: number, source: Source, handle: (frame: string) => void) {
		this.#size = size;
		this.#left = size;
		this.#source = source;
		this.#handle = handle;
	}

	/** Takes a frame; it is handled now, or in its order in a later slice. */
	push(frame: string): void {
		if (this.#stopped) return;
		this.#turn ??= setImmediate(this.#newSlice);
		if (this.#left <= 0 || this.#next < this.#waiting.length) {
			this.#waiting.push(frame);
			return;
		}
		this.#left -= Math.max(frame.length, LEAST);
		if (this.#left <= 0) this.#source.pause();
		this.#handle(frame);
	}

	/** Runs once all frames taken so far were handled. */
	whenEmpty(run: () => void): void {
		if (this.#next === this.#waiting.length) run();
		else this.#whenEmpty = run;
	}

	/** Drops what waits; nothing is handled afterwards. */
	stop(): void {
		this.#stopped = true;
		if (this.#turn) clearImmediate(this.#turn);
		this.#waiting = [];
		this.#next = 0;
		this.#whenEmpty = null;
	}

	readonly #newSlice = (): void => {
		this.#turn = null;
		this.#left = this.#size;
		const waiting = this.#waiting;
		if (waiting.length === 0) {
			this.#source.resume();
			return;
		}
		this.#turn = setImmediate(this.#newSlice);
		while (this.#left > 0) {
			const frame = waiting[this.#next++];
			if (frame === undefined) break;
			this.#left -= Math.max(frame.length, LEAST);
			this.#handle(frame);
			if (this.#stopped) return;
		}
		if (this.#next < waiting.length) return;
		this.#waiting = [];
		this.#next = 0;
		this.#whenEmpty?.();
	};
}
