import type { CallName } from "./call";
import type { Leg, StepName } from "./leg";
import type { PhoneInput } from "./phone";
import type { ProReader } from "./pro";
import type { CallFacts } from "./record";

/** How calls are followed. */
export interface TrackerOptions {
	/** Milliseconds that a call whose legs are over waits for another one. */
	readonly settle: number;
	/** Whether legs may be put together by number and moment, where the wire does not say that they are one call. */
	readonly infersGroups: boolean;
	/** The PRO event table; null for none. */
	readonly pro: ProReader | null;
	/** Phones that are followed at most. */
	readonly mostPhones: number;
	/** Ids for calls that the wire gives none. */
	readonly newCallId: () => string;
	/** Whether a text can be no caller: neither a number nor a word for a withheld one. */
	readonly isWord: (text: string) => boolean;
}

/** A step of a leg, ready to be told. */
export interface ToldLeg {
	readonly kind: "leg";
	readonly step: StepName;
	readonly leg: Leg;
	readonly legId: string;
	readonly call: CallName;
	readonly pbxId: string | null;
	readonly raw: string | null;
}

/** What is to be told: a step of a leg, or a call's record; and a word that stood in the place of a caller. */
export type Told =
	| ToldLeg
	| { readonly kind: "record"; readonly facts: CallFacts }
	| { readonly kind: "word"; readonly word: string; readonly raw: string };

/** What an input brought about, told with all of its ticket rather than what is kept of it. */
export function withWhole(told: readonly Told[], input: PhoneInput, ticket: string | undefined): readonly Told[] {
	const raw = "raw" in input ? input.raw : undefined;
	if (ticket === undefined || ticket === raw) return told;
	return told.map((each) => (each.kind === "leg" && each.raw === raw ? { ...each, raw: ticket } : each));
}
