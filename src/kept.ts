import { shortened } from "./visible";

/** How long texts may be, in characters, that are kept for longer than a message takes. */
export const LONGEST = {
	/** A ticket. */
	ticket: 1_000,
	/** A number, as sent. */
	number: 128,
	/** A name beside it, or a queue's. */
	name: 128,
	/** What the PBX names a call or itself by. */
	id: 128,
	/** A state, or what stands in its place. */
	word: 64,
	/** A line or a text that people read. */
	shown: 2_000,
	/** A line that is read at all: a longer one is passed on as it is. */
	line: 65_536,
} as const;

/** V8 copies shorter pieces of a text anyway. */
const LEAST_VIEW = 13;

/**
 * A text to keep: shortened where it is too long, and one of its own. Node.js makes of a piece of a text a view, which holds
 * on to all of the frame that it was cut from.
 */
export function kept(text: string, longest: number): string {
	return text.length < LEAST_VIEW ? text : Buffer.from(shortened(text, longest)).toString();
}

/** As {@link kept}, of what may be missing. */
export function keptIfAny(text: string | null, longest: number): string | null {
	return text === null ? null : kept(text, longest);
}

/** A text of what a frame of at most a few kilobytes holds: only one that is too long is copied. */
export function bounded(text: string, longest: number): string {
	return text.length > longest ? kept(text, longest) : text;
}
