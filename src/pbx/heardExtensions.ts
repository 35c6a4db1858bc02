import { Board, type BoardEntry } from "../calls/board";
import { SortedExtensions } from "../calls/sortedExtensions";
import { PbxError } from "../errors";

/** Which boards of an account have told of which extensions, so that nobody has to ask them all. */
export class HeardExtensions {
	readonly #boards = new Map<string, readonly Board[]>();
	readonly #extensions = new SortedExtensions();
	readonly #most: () => number;
	readonly #warn: (warning: PbxError) => void;
	/** How many were too few; 0 while there is room for all. */
	#tooFew = 0;

	/**
	 * @param most  extensions that are followed on each connection
	 * @param warn  hears of a connection that tells of more: once, and again where so many more are too few as well
	 */
	constructor(most: () => number, warn: (warning: PbxError) => void) {
		this.#most = most;
		this.#warn = warn;
	}

	/** Whether a connection told of more extensions than are followed. */
	get hasOverflown(): boolean {
		return this.#most() <= this.#tooFew;
	}

	/** All of them, in the order of their numbers. */
	get sorted(): readonly string[] {
		return this.#extensions.sorted;
	}

	has(extension: string): boolean {
		return this.#boards.has(extension);
	}

	/** What was heard last of an extension on any board, or null. */
	look(extension: string): BoardEntry | null {
		let newest: BoardEntry | null = null;
		for (const board of this.#boards.get(extension) ?? []) {
			const entry = board.look(extension);
			if (entry && (!newest || entry.heardAt.steady > newest.heardAt.steady)) newest = entry;
		}
		return newest;
	}

	/** A board, for the connection of an extension, whose extensions are found here. */
	newBoard(connection: string): Board {
		const listener = {
			added: (extension: string) => this.#added(extension, board),
			removed: (extension: string) => this.#removed(extension, board),
			overflown: () => this.#overflown(connection),
		};
		const board: Board = new Board(listener, this.#most);
		return board;
	}

	/** A board is no more. */
	closed(board: Board): void {
		for (const extension of board.extensions()) this.#removed(extension, board);
	}

	#added(extension: string, board: Board): void {
		this.#boards.set(extension, [...(this.#boards.get(extension) ?? []), board]);
		this.#extensions.add(extension);
	}

	#removed(extension: string, board: Board): void {
		const left = (this.#boards.get(extension) ?? []).filter((each) => each !== board);
		if (left.length > 0) {
			this.#boards.set(extension, left);
			return;
		}
		this.#boards.delete(extension);
		this.#extensions.delete(extension);
	}

	#overflown(connection: string): void {
		const most = this.#most();
		if (most <= this.#tooFew) return;
		this.#tooFew = most;
		const text = `Extension ${connection} tells of more than ${most} extensions; those without a call for longest are left out`;
		this.#warn(new PbxError("too-many-extensions", text, { extension: connection, most }));
	}
}
