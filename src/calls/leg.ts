import type { LegOutcome } from "../messages";
import type { Moment } from "../moment";

/** The steps of a leg's life, in their order. */
export const STEPS = ["ringing", "answered", "ended"] as const;

/** A step of a leg's life. */
export type StepName = (typeof STEPS)[number];

/** What PRO lines have said of a leg (protocol 6). */
export interface ProDetails {
	/** The PBX's own id of the call; null where no line gave one. */
	readonly id: string | null;
	/** The queue it came in by. */
	readonly queue: string | null;
	/** Seconds, as the PBX counts them. */
	readonly duration: number | null;
	/** The latest step that a line has told. */
	readonly said: StepName;
}

/**
 * Why a phone's states do not tell whether a leg was answered: the phone had another one, was busy already, may have been
 * busy all along when we connected, was not heard for a while, or is in a state whose word nobody knows.
 */
export type Doubt = "shared" | "busy" | "connecting" | "gap" | "word";

/** What the phone's own states tell of a ringing leg: whether it rang for it, or nothing. */
export type PhoneEvidence =
	| { readonly kind: "states"; readonly rang: boolean }
	| { readonly kind: "none"; readonly why: Doubt };

/** The phone rings, or a call waits at it. */
export interface Ringing {
	readonly kind: "ringing";
	readonly phone: PhoneEvidence;
	/** PRO lines tell of this leg from its beginning, and would tell of an answer. */
	readonly lines: boolean;
	/** It is over then, by the steady clock, if nothing is heard of it. */
	readonly until: number;
}

/** Somebody answered. */
export interface Talking {
	readonly kind: "talking";
	readonly answeredAt: Moment;
	/** Who says so: the phone's state, a PRO line, or a phone that went busy as another stopped ringing for the call. */
	readonly by: "phone" | "line" | "pickup";
	/** Its end will be heard; false after a gap, or where the phone rang again in between. */
	readonly isEndHeard: boolean;
	readonly until: number;
}

/** The phone fell idle; the ticket that ends this very leg may still follow. */
export interface Releasing {
	readonly kind: "releasing";
	readonly from: Ringing | Talking;
	readonly idleAt: Moment;
	readonly until: number;
}

/** It is over. */
export interface Ended {
	readonly kind: "ended";
	readonly answeredAt: Moment | null;
	/** Null where nobody heard when. */
	readonly endedAt: Moment | null;
	readonly outcome: LegOutcome;
	/** Nothing of it went unheard. */
	readonly isWhole: boolean;
}

/** Where a leg is in its life, and what that rests on. */
export type LegState = Ringing | Talking | Releasing | Ended;

/** One phone's part in a call, as far as it is known. */
export interface Leg {
	/** Unique within the account. */
	readonly key: string;
	readonly extension: string;
	readonly direction: "inbound" | "outbound" | "unknown";
	/** The other party's number as sent, or as dialled; null where it was never said. */
	readonly number: string | null;
	/** The other party's name, where it was sent beside the number. */
	readonly name: string | null;
	/** When the call began, in milliseconds since 1970: by the PBX's clock where it says so, else by ours. */
	readonly startedAt: number | null;
	/** When it was heard to begin here; null for one that was heard of only later. */
	readonly heardAt: Moment | null;
	/** When the first word of it came. */
	readonly bornAt: Moment;
	/** The transaction that the monitor names it by (protocol 5). */
	readonly transaction: string | null;
	/** A transaction that named it before it was handed over to the call of another one. */
	readonly formerTransaction: string | null;
	/** The extension's own connection has told of it. */
	readonly isOnOwn: boolean;
	readonly pro: ProDetails | null;
	/** The phone had just gone busy when the leg was first heard of: it may have been picked up there (protocol 7). */
	readonly offHookAt: Moment | null;
	/** The last ticket that changed it. */
	readonly raw: string | null;
	readonly state: LegState;
}

/** The other party, and since when. */
export type Party = Pick<Leg, "direction" | "number" | "name" | "startedAt">;

/** A step in a leg's life; `described` adds only to what is known of it. */
export interface LegStep {
	readonly step: StepName | "described";
	readonly leg: Leg;
	/** The ticket that said so; null where it was time that passed. */
	readonly raw: string | null;
}

/** No steps: what most tickets mean for calls. */
export const NO_STEPS: readonly LegStep[] = [];

/** When a leg was answered; null where it was not, or nobody heard. */
export function answeredAtOf({ state }: Leg): Moment | null {
	if (state.kind === "releasing") return state.from.kind === "talking" ? state.from.answeredAt : null;
	return state.kind === "ringing" ? null : state.answeredAt;
}

/** When a leg ended; null while it goes on, or where nobody heard. */
export function endedAtOf({ state }: Leg): Moment | null {
	return state.kind === "ended" ? state.endedAt : null;
}

/** Whether nobody has answered a leg yet that goes on. */
export function isUnanswered({ state }: Leg): boolean {
	return state.kind === "ringing" || (state.kind === "releasing" && state.from.kind === "ringing");
}

/** Whether an id is one that tickets or lines name a leg by. */
export function hasId({ transaction, pro }: Leg, id: string): boolean {
	return id === transaction || id === pro?.id;
}
