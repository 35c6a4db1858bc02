import { kept } from "../kept";

/** A piece of a frame. */
interface Part {
	readonly text: string;
}

/** What a {@link Slices} can hold back. */
interface Source {
	pause(): void;
	resume(): void;
}

/** Characters that any piece counts for: a short ticket takes as long as another one, and an empty frame takes time too. */
const LEAST = 48;

function sizeOf({ text }: Part): number {
	return Math.max(text.length, LEAST);
}

/**
 * Hands frames on in slices, with the source paused until the event loop has run between two of them. A flood then waits
 * in TCP instead of in memory, and timers, pings and the messages already sent get their turn. Bounded by what one read
 * of the source holds. A slice is counted in characters, not in frames: it is the tickets in them that take time. A frame that
 * is longer than a slice is handed on in parts.
 */
export class Slices<Piece extends Part> {
	readonly #size: number;
	readonly #source: Source;
	readonly #cut: (frame: string) => readonly Piece[];
	readonly #handle: (pieces: readonly Piece[]) => void;
	#left: number;
	#waiting: string[] = [];
	#next = 0;
	/** What is left of the frame that is handed on in parts. */
	#pieces: readonly Piece[] = [];
	#nextPiece = 0;
	#turn: NodeJS.Immediate | null = null;
	#whenEmpty: (() => void) | null = null;
	#stopped = false;

	/**
	 * @param size    characters of a slice, where a frame, or a piece of one, counts for 48 at least; the one that reaches it is
	 *   handed on whole
	 * @param cut     cuts a frame into its pieces
	 * @param handle  takes the pieces of a frame, or of a part of one
	 */
	constructor(
		size: number,
		source: Source,
		cut: (frame: string) => readonly Piece[],
		handle: (pieces: readonly Piece[]) => void,
	) {
		this.#size = size;
		this.#left = size;
		this.#source = source;
		this.#cut = cut;
		this.#handle = handle;
	}

	/** Takes a frame; it is handled now, or in its order in a later slice. */
	push(frame: string): void {
		if (this.#stopped) return;
		this.#turn ??= setImmediate(this.#newSlice);
		if (this.#left <= 0 || !this.#isEmpty) {
			this.#waiting.push(frame);
			return;
		}
		this.#begin(frame);
		if (this.#left <= 0) this.#source.pause();
	}

	/** Runs once all frames taken so far were handled. */
	whenEmpty(run: () => void): void {
		if (this.#isEmpty) run();
		else this.#whenEmpty = run;
	}

	/** Drops what waits; nothing is handled afterwards. */
	stop(): void {
		this.#stopped = true;
		if (this.#turn) clearImmediate(this.#turn);
		this.#waiting = [];
		this.#next = 0;
		this.#pieces = [];
		this.#whenEmpty = null;
	}

	get #isEmpty(): boolean {
		return this.#next === this.#waiting.length && this.#pieces.length === 0;
	}

	readonly #newSlice = (): void => {
		this.#turn = null;
		this.#left = this.#size;
		if (this.#isEmpty) {
			this.#source.resume();
			return;
		}
		this.#turn = setImmediate(this.#newSlice);
		if (this.#pieces.length > 0) this.#handOnPart();
		while (this.#left > 0 && !this.#stopped) {
			const frame = this.#waiting[this.#next++];
			if (frame === undefined) break;
			this.#begin(frame);
		}
		if (this.#stopped) return;
		if (this.#next >= this.#waiting.length) {
			this.#waiting = [];
			this.#next = 0;
		}
		if (this.#isEmpty) this.#whenEmpty?.();
	};

	#begin(frame: string): void {
		if (frame.length <= this.#size) {
			this.#left -= sizeOf({ text: frame });
			this.#handle(this.#cut(frame));
			return;
		}
		this.#pieces = this.#cut(frame);
		this.#nextPiece = 0;
		this.#handOnPart();
	}

	/** Hands on as much of a long frame as there is room for. What is kept of it must not hold on to the frame. */
	#handOnPart(): void {
		const part: Piece[] = [];
		while (this.#left > 0) {
			const piece = this.#pieces[this.#nextPiece++];
			if (!piece) break;
			this.#left -= sizeOf(piece);
			part.push({ ...piece, text: kept(piece.text, piece.text.length) });
		}
		if (this.#nextPiece >= this.#pieces.length) this.#pieces = [];
		this.#handle(part);
	}
}
