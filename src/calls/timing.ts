/** What is waited for, and how long, in milliseconds; and how much is kept. */

/** Tickets of one change may come in any order within this. */
export const TICKET_GRACE_MS = 3_000;
/** After connecting, the PBX repeats how things are. */
export const REPEATING_MS = 2_000;
/** A leg that nobody picked up or ended counts as over. */
export const LONGEST_RINGING_MS = 30 * 60_000;
/** A leg that talks and that nobody ended counts as over. */
export const LONGEST_TALK_MS = 12 * 3_600_000;
/** A leg that rang when the connection fell is given this long to be heard of again. */
export const AFTER_GAP_MS = 60_000;
/** Legs of one caller that begin within this are one call that rings several phones (protocol 7). */
export const SAME_MOMENT_MS = 2_000;
/** A queue goes on to its next phone within this; no caller hangs up and dials again as fast (protocol 7). */
export const HOP_MS = 2_000;
/** A call that may have gone on while nothing was heard waits this long for the connection to come back. */
export const GAP_HOLD_MS = 120_000;
/** A phone that goes busy this close to the end of another's ringing may have picked that call up (protocol 7). */
export const PICKUP_MS = 500;
/** A call that may have been picked up there waits this long for that phone to be idle: its end may say so. */
export const PICKUP_HOLD_MS = 60 * 60_000;
/** A PRO line may come this long after the tickets of the same step. */
export const LINE_PATIENCE_MS = 2_000;
/** The monitor names a call this long after the extension's own connection did, at most. */
export const TRANSACTION_PATIENCE_MS = 500;
/** Two connections may tell of one change so far apart. */
export const SKEW_MS = 10_000;
/** A line can be about a leg that is over for so long, where it is the first word of its end. */
export const LATE_LINE_MS = 60_000;

/** Legs at one phone at a time: more than any phone takes; the oldest one makes room. */
export const MOST_LEGS_AT_A_PHONE = 32;
/** Legs that go on at a time, at all phones together: more than any PBX has; the phone not heard of for longest loses its own. */
export const MOST_LEGS = 20_000;
/** Phones that may have picked a leg of a call up, and legs that a phone may have: more than happens at once. */
export const MOST_SUSPECTS = 64;
/** Legs that are over and remembered at each phone, to know a repeated ticket. */
export const MOST_REMEMBERED = 12;
/** Legs that a record lists; it counts the others. */
export const MOST_LISTED_LEGS = 1_000;
/** Legs that number and moment alone can put together: more phones than any group has. */
export const MOST_INFERRED_LEGS = 200;
/** Open calls of one caller that a leg is compared with. */
export const MOST_CALLS_OF_A_CALLER = 8;
/** Callers that one call is found by, and ids: more than any call has. */
export const MOST_NUMBERS_OF_A_CALL = 100;
export const MOST_IDS_OF_A_CALL = 100;
/** Calls that are over and wait for another leg; beyond, the oldest one's record is told early. */
export const MOST_SETTLING = 10_000;
/** Ids of calls whose record was told that are remembered, so that none is used twice. */
export const MOST_RECORDED_IDS = 10_000;
