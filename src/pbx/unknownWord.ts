import type { WordPlace } from "../protocol/vocabulary";

/** A word that this PBX uses and that nobody knows. */
export interface UnknownWord {
	/** As the PBX wrote it last, cut where it is long. */
	readonly word: string;
	readonly place: WordPlace;
	/** How often it was said. */
	readonly count: number;
	/** The last ticket that held it, cut where it is long. */
	readonly ticket: string;
	/** When that was, in milliseconds since 1970. */
	readonly at: number;
}
