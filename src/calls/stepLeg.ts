import type { LegOutcome } from "../messages";
import type { Moment } from "../moment";
import type { PhoneState } from "../protocol/vocabulary";
import type { Ended, Leg, LegState, LegStep, Releasing, Ringing, StepName, Talking } from "./leg";
import type { ProFact } from "./pro";
import { AFTER_GAP_MS, LONGEST_RINGING_MS, LONGEST_TALK_MS } from "./timing";

/** What a phone was heard to be in: `unknown` is a word that nobody knows, `unheard` is nothing heard yet. */
export type HeardState = PhoneState | "unheard";

/** All that can happen to a leg. */
export type LegInput =
	/** The phone changed its state. */
	| {
			readonly kind: "phone";
			readonly state: PhoneState;
			readonly previous: HeardState;
			/** Said just after connecting: it may have been so all along. */
			readonly isRepeating: boolean;
			/** Milliseconds in which a ticket that ends the leg may follow an idle phone. */
			readonly grace: number;
	  }
	/** Another leg came to the phone: from now on its states tell of neither. */
	| { readonly kind: "shared" }
	/** The PBX says that this very leg is over. */
	| { readonly kind: "end" }
	/** The call that was asked for came to nothing. */
	| { readonly kind: "dial-failed"; readonly outcome: LegOutcome }
	/** A PRO line tells of it. */
	| {
			readonly kind: "line";
			readonly step: StepName;
			readonly tellsAnswers: boolean;
			/** Seconds, as the PBX counts them; null where the line does not say. */
			readonly duration: number | null;
	  }
	/** It was picked up here while another phone rang for it. */
	| { readonly kind: "picked-up"; readonly since: Moment }
	/** Time has passed. */
	| { readonly kind: "tick" }
	/** The phone cannot be heard any more, or its PRO lines cannot. */
	| { readonly kind: "link-down"; readonly lost: "phone" | "lines" }
	| { readonly kind: "link-up" }
	/** It makes room for others, or is followed no longer. */
	| { readonly kind: "forgotten" };

/** What a PRO line tells of a leg. */
export function lineInput({ step, tellsAnswers, duration }: ProFact): LegInput {
	return { kind: "line", step, tellsAnswers, duration };
}

/** A leg that begins to ring now. */
export function ringing(phone: Ringing["phone"], lines: boolean, at: Moment): Ringing {
	return { kind: "ringing", phone, lines, until: at.steady + LONGEST_RINGING_MS };
}

/** A leg that is answered. */
export function talking(answeredAt: Moment, by: Talking["by"], at: Moment): Talking {
	return { kind: "talking", answeredAt, by, isEndHeard: true, until: at.steady + LONGEST_TALK_MS };
}

/** Whether what was heard since tells when such a leg ends. */
function isEndKnown(state: Ringing | Talking): boolean {
	return state.kind === "talking" ? state.isEndHeard : state.phone.kind === "states" || state.phone.why !== "gap";
}

/** What a leg's end means. Nobody answered, where the phone was heard ringing for it alone, or lines would have said so. */
function outcomeOf(state: Ringing | Talking, direction: Leg["direction"]): LegOutcome {
	if (state.kind === "talking") return "answered";
	const isTold = state.lines || (state.phone.kind === "states" && state.phone.rang);
	return isTold && direction === "inbound" ? "no-answer" : "unknown";
}

function over(state: Ringing | Talking, endedAt: Moment | null, outcome: LegOutcome): Ended {
	const answeredAt = state.kind === "talking" ? state.answeredAt : null;
	return { kind: "ended", answeredAt, endedAt, outcome, isWhole: endedAt !== null && isWhole(state) };
}

/** Whether nothing of a leg went unheard so far. */
function isWhole(state: Ringing | Talking): boolean {
	if (state.kind === "talking") return state.isEndHeard;
	return state.phone.kind === "states" || (state.phone.why !== "gap" && state.phone.why !== "connecting");
}

/** It ended when the phone fell idle, as far as anybody can tell. */
function released({ from, idleAt }: Releasing, direction: Leg["direction"]): Ended {
	return over(from, isEndKnown(from) ? idleAt : null, outcomeOf(from, direction));
}

function whileRinging(state: Ringing, input: LegInput, at: Moment, direction: Leg["direction"]): LegState {
	switch (input.kind) {
		case "phone":
			return phoneWhileRinging(state, input, at, direction);
		case "shared":
			return state.phone.kind === "states" ? { ...state, phone: { kind: "none", why: "shared" } } : state;
		case "end":
			return over(state, at, outcomeOf(state, direction));
		case "dial-failed":
			return over(state, at, input.outcome);
		case "line":
			if (input.step === "answered") return talking(at, "line", at);
			if (input.step === "ringing") return input.tellsAnswers ? { ...state, lines: true } : state;
			// The PBX counted no second of talk.
			if (input.duration === 0 && direction === "inbound") return over(state, at, "no-answer");
			return over(state, at, outcomeOf(state, direction));
		case "picked-up":
			return talking(input.since, "pickup", at);
		case "tick":
			return at.steady < state.until ? state : over(state, null, "unknown");
		case "link-down":
			if (input.lost === "lines") return { ...state, lines: false };
			return { ...state, lines: false, phone: { kind: "none", why: "gap" } };
		case "link-up":
			return { ...state, until: Math.min(state.until, at.steady + AFTER_GAP_MS) };
		case "forgotten":
			return over(state, null, "unknown");
	}
}

function phoneWhileRinging(
	state: Ringing,
	input: Extract<LegInput, { kind: "phone" }>,
	at: Moment,
	direction: Leg["direction"],
): LegState {
	const { phone } = state;
	switch (input.state) {
		case "idle":
			return { kind: "releasing", from: state, idleAt: at, until: at.steady + input.grace };
		case "unknown":
			return { ...state, phone: { kind: "none", why: phone.kind === "none" ? phone.why : "word" } };
		case "ringing":
			return phone.kind === "states" && !phone.rang ? { ...state, phone: { kind: "states", rang: true } } : state;
		case "busy": {
			// Of a call from here the own phone is picked up first: that is no answer.
			if (phone.kind === "none" || direction !== "inbound" || input.previous === "busy") return state;
			if (phone.rang || input.previous === "idle" || input.previous === "ringing") return talking(at, "phone", at);
			if (input.previous === "unheard" && !input.isRepeating) return talking(at, "phone", at);
			return { ...state, phone: { kind: "none", why: input.previous === "unknown" ? "word" : "connecting" } };
		}
	}
}

function whileTalking(state: Talking, input: LegInput, at: Moment): LegState {
	switch (input.kind) {
		case "phone":
			if (input.state === "idle") return { kind: "releasing", from: state, idleAt: at, until: at.steady + input.grace };
			// The call it talked on is over, or another one waits: which, the state does not tell.
			if (input.state === "ringing" && input.previous === "busy") return { ...state, isEndHeard: false };
			return state;
		case "end":
			return over(state, at, "answered");
		case "dial-failed":
			return over(state, at, input.outcome);
		case "line":
			return input.step === "ended" ? over(state, at, "answered") : { ...state, isEndHeard: true };
		case "tick":
			return at.steady < state.until ? state : over(state, null, "unknown");
		case "link-down":
			return input.lost === "phone" ? { ...state, isEndHeard: false } : state;
		case "forgotten":
			return over(state, null, "unknown");
		case "shared":
		case "picked-up":
		case "link-up":
			return state;
	}
}

function whileReleasing(state: Releasing, input: LegInput, at: Moment, direction: Leg["direction"]): LegState {
	const { from, idleAt } = state;
	switch (input.kind) {
		case "phone":
			return input.state === "idle" ? state : released(state, direction);
		case "end":
			return isEndKnown(from) ? released(state, direction) : over(from, at, outcomeOf(from, direction));
		case "dial-failed":
			return over(from, idleAt, input.outcome);
		case "line":
			if (input.step === "ended") {
				const isMissed = from.kind === "ringing" && input.duration === 0 && direction === "inbound";
				return over(from, isEndKnown(from) ? idleAt : at, isMissed ? "no-answer" : outcomeOf(from, direction));
			}
			if (input.step === "answered" && from.kind === "ringing") return { ...state, from: talking(idleAt, "line", at) };
			return state;
		case "tick":
			return at.steady < state.until ? state : released(state, direction);
		case "forgotten":
			return released(state, direction);
		case "shared":
		case "picked-up":
		case "link-down":
		case "link-up":
			return state;
	}
}

function nextState({ state, direction }: Leg, input: LegInput, at: Moment): LegState {
	switch (state.kind) {
		case "ringing":
			return whileRinging(state, input, at, direction);
		case "talking":
			return whileTalking(state, input, at);
		case "releasing":
			return whileReleasing(state, input, at, direction);
		case "ended":
			return state;
	}
}

/** What an input makes of a leg, and the step in its life that this is, if it is one. The table is in `docs/calls.md`. */
export function stepLeg(leg: Leg, input: LegInput, at: Moment, raw: string | null): { leg: Leg; steps: LegStep[] } {
	const state = nextState(leg, input, at);
	if (state === leg.state) return { leg, steps: [] };
	// What is over by itself was last told of by the ticket before.
	const next = { ...leg, state, raw: raw ?? leg.raw };
	const isAnswer = state.kind === "talking" && leg.state.kind === "ringing";
	if (isAnswer) return { leg: next, steps: [{ step: "answered", leg: next, raw: next.raw }] };
	if (state.kind !== "ended") return { leg: next, steps: [] };
	return { leg: next, steps: [{ step: "ended", leg: next, raw: next.raw }] };
}
