import type { CallRecord } from "../messages";
import type { Next } from "./schedule";

/** A record that is to be handed over. */
export interface Consignment {
	readonly record: CallRecord;
	/** Which try this is, from 1. */
	readonly attempt: number;
	/** When it was first tried, in milliseconds since 1970. */
	readonly firstTriedAt: number;
}

/** How many records wait. */
export interface Backlog {
	readonly waiting: number;
	readonly givenUp: number;
	/** When the oldest one was made that is not delivered, in milliseconds since 1970; null where all are. */
	readonly oldest: number | null;
	/** When the next one is due; null where none waits. */
	readonly nextDueAt: number | null;
}

/** How it goes. */
export interface Progress extends Backlog {
	/** On their way. */
	readonly inFlight: number;
	/** Since when nobody answers, in milliseconds since 1970; null where somebody does. */
	readonly unreachableSince: number | null;
}

/** Where records wait, durably. */
export interface Depot {
	/**
	 * Takes records that are due, oldest first, so that nobody else hands them over for so many milliseconds.
	 *
	 * @param inFlight  what is not to be taken again, though its lease may have ended while the database was away
	 */
	claim(most: number, lease: number, inFlight: readonly string[]): Promise<readonly Consignment[]>;
	/** What this process has taken of these stays its own for so many milliseconds more. */
	renew(keys: readonly string[], lease: number): Promise<void>;
	/** What was taken and is not handed over waits as before; whoever else hands over hears of it. */
	putBack(keys: readonly string[]): Promise<void>;
	/** Keeps what became of a try. Gives whether that counts: a late answer to an earlier try may not. */
	settle(key: string, attempt: number, next: Next | { readonly state: "skipped" }): Promise<boolean>;
	/** What waits for a later try is due now; one record, or all; what was given up too. Gives how many. */
	hurry(key: string | null, withGivenUp: boolean): Promise<number>;
	/** Gives up a record that waits or is on its way; gives it, or null where it is neither. */
	giveUp(key: string, reason: string): Promise<Consignment | null>;
	/** The wall's clock was set forward by so many milliseconds, or back: nothing waits longer, or is given up earlier, for that. */
	clockWasSet(step: number): Promise<void>;
	count(): Promise<Backlog>;
	/** Hears that there are new records; gives what ends that. */
	onRecorded(listener: () => void): () => void;
}
