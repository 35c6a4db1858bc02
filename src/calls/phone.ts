import type { LegOutcome } from "../messages";
import type { Moment } from "../moment";
import type { Caller } from "../numbers/callerId";
import type { PhoneState } from "../protocol/vocabulary";
import type { Leg, LegStep } from "./leg";
import { type PhoneView, type Source, UNHEARD } from "./phoneView";
import type { ProFact } from "./pro";
import type { Unexplained } from "./unexplained";

/** All that can happen at a phone. `raw` is the ticket that said so. */
export type PhoneInput =
	/** A call reaches it: named by its transaction on the monitor, by nothing on the extension's own connection. */
	| {
			readonly kind: "caller";
			readonly source: Source;
			readonly transaction: string | null;
			readonly caller: Caller;
			readonly startedAt: number | null;
			readonly raw: string;
	  }
	/** It is said to be in a state; `unknown` is a word that nobody knows. */
	| { readonly kind: "phone"; readonly source: Source; readonly state: PhoneState; readonly raw: string }
	/** The PBX says that a call was hung up here. */
	| {
			readonly kind: "end";
			readonly transaction: string;
			readonly startedAt: number | null;
			readonly raw: string;
			/** The call that was picked up here without its caller being named. */
			readonly pickedUp?: Pick<Leg, "direction" | "number" | "name"> & { readonly since: Moment };
	  }
	/** A call was asked for from here. */
	| { readonly kind: "dialled"; readonly number: string }
	/** The PBX tells how far that got; `failure` where it came to nothing. */
	| { readonly kind: "dial-progress"; readonly failure: LegOutcome | null; readonly raw: string }
	/** A PRO line tells of a call here. */
	| { readonly kind: "line"; readonly fact: ProFact; readonly raw: string }
	/** The call of the phone that called here was handed over to a leg here, which is named by that call from now on. */
	| {
			readonly kind: "handed-over";
			readonly key: string;
			readonly transaction: string;
			readonly caller: Caller;
			readonly raw: string;
	  }
	/** A leg here was picked up while another phone rang for it. */
	| { readonly kind: "picked-up"; readonly key: string; readonly since: Moment }
	| { readonly kind: "tick" }
	/** A connection fell; `isCovered` where the other one can still be heard. */
	| { readonly kind: "link-down"; readonly source: Source; readonly isCovered: boolean }
	| { readonly kind: "link-up"; readonly source: Source }
	/** It is followed no longer. */
	| { readonly kind: "forgotten" };

/** A leg that is over, and when that was noticed. */
export interface OverLeg {
	readonly leg: Leg;
	readonly at: Moment;
}

/** One phone: what is said of it, and its legs. */
export interface Phone {
	readonly extension: string;
	readonly view: PhoneView;
	/** Those that go on, oldest first. */
	readonly legs: readonly Leg[];
	/** The last ones that are over, oldest first. */
	readonly over: readonly OverLeg[];
	readonly unexplained: Unexplained | null;
	/** The last leg that was asked for from here. */
	readonly dialled: string | null;
	/** How many legs there were, for their keys. */
	readonly count: number;
}

/** What a phone's inputs are read with. */
export interface PhoneContext {
	/** Milliseconds to wait for a leg's end ticket once the phone is idle; 0 where no connection sends any. */
	readonly idleGrace: number;
	/** When each connection that speaks of this phone came up, by the steady clock. */
	readonly upSince: Readonly<Record<Source, number>>;
	/** Whether a text can be no caller: neither a number nor a word for a withheld one. */
	readonly isWord: (text: string) => boolean;
}

/** What an input makes of a phone. */
export interface PhoneResult {
	readonly phone: Phone;
	readonly steps: readonly LegStep[];
	/** A word that stood in the place of a caller and is none. */
	readonly word?: string | undefined;
}

/** A phone that nobody has spoken of. */
export function newPhone(extension: string): Phone {
	return { extension, view: UNHEARD, legs: [], over: [], unexplained: null, dialled: null, count: 0 };
}

/** The leg that has the phone: the one answered last, else the one ringing longest; null for none. */
export function currentLeg({ legs }: Phone): Leg | null {
	return legs.findLast(({ state }) => state.kind === "talking") ?? legs[0] ?? null;
}

/** When time alone changes something at the phone, by the steady clock; null for never. */
export function phoneDueAt({ legs }: Phone): number | null {
	let due: number | null = null;
	for (const { state } of legs) {
		if (state.kind !== "ended" && (due === null || state.until < due)) due = state.until;
	}
	return due;
}
