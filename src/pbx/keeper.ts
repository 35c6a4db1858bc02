import type { CallRecord, Contact } from "../messages";

/** What another process has left behind of an account. */
export interface LeftBehind {
	/** Calls that went on, as {@link CallKeeper.changed} was given them. */
	readonly calls: readonly string[];
	/** When each extension's connection was last heard, in milliseconds since 1970. */
	readonly heardAt: ReadonlyMap<string, number>;
	/** Whom look-ups found behind numbers. */
	readonly contacts: readonly { readonly number: string; readonly contact: Contact; readonly until: number }[];
}

/** What opens a keeper. */
export interface KeeperSource {
	/** Of the place and the way it keeps: another name is another keeper. */
	readonly name: string;
	open(): CallKeeper;
}

/** Whose turn it is to listen, where several processes share an account. */
export interface Turn {
	/** Follows whether it is this process's, the present answer at once. Gives what ends that. */
	watch(watcher: (isOurs: boolean) => void): () => void;
}

/** Where an account's calls are kept beyond the process. */
export interface CallKeeper {
	/** Null where this process listens in any case. */
	readonly turn: Turn | null;
	/** What was left behind; null where that cannot be read. Asked when this process begins to listen. */
	leftBehind(): Promise<LeftBehind | null>;
	/**
	 * A call is not what it was.
	 *
	 * @param id    what it is kept under
	 * @param save  gives what is known of it when there is time to write; null where it is over, for good
	 */
	changed(id: string, save: (() => string) | null): void;
	/** A call is over. Resolves when its record is kept, or cannot be for now: soon, in any case. */
	recorded(record: CallRecord): Promise<void>;
	/** These connections can be heard right now. */
	heard(extensions: readonly string[]): void;
	/** A look-up found somebody behind a number. */
	found(number: string, contact: Contact, until: number): void;
	/** Resolves when all that it was told is kept, or cannot be. */
	flush(): Promise<void>;
	/** Nothing more is told. */
	close(): Promise<void>;
}
