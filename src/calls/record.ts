import type { CallOutcome, LegOutcome } from "../messages";
import { type Moment, secondsBetween } from "../moment";
import { type CallName, type OpenCall, pbxIdOf } from "./call";
import { answeredAtOf, endedAtOf, type Leg } from "./leg";
import { asFarAsKnown } from "./pickups";
import { PICKUP_MS, TICKET_GRACE_MS } from "./timing";

/** A leg that is over, as a record lists it. */
export interface RecordedLeg {
	readonly id: string;
	readonly leg: Leg;
}

/** A call that is over, as its record tells it. */
export interface CallFacts {
	readonly name: CallName;
	readonly pbxId: string | null;
	/** In the order in which they began. */
	readonly legs: readonly RecordedLeg[];
	readonly omitted: number;
	/** The leg that says who called: the first that names anybody. */
	readonly first: Leg;
	readonly queue: string | null;
	readonly startedAt: number | null;
	readonly answeredAt: Moment | null;
	readonly endedAt: Moment | null;
	/** Seconds until somebody answered, or the caller gave up; null where that is not known. */
	readonly wait: number | null;
	/** Seconds of talk in all legs; null where nobody answered, or one of them is not known. */
	readonly talk: number | null;
	readonly outcome: CallOutcome;
	/** The extensions that answered, in that order. */
	readonly answeredBy: readonly string[];
	/** Who answered last; else who rang first. */
	readonly extension: string;
	readonly isInferred: boolean;
	readonly isComplete: boolean;
}

/** How a leg ended; `unknown` while it goes on. */
export function outcomeOfLeg({ state }: Leg): LegOutcome {
	return state.kind === "ended" ? state.outcome : "unknown";
}

/** Seconds of talk: the PBX's own count where it sent one. A leg that nobody answered has none, whatever the PBX counted. */
export function talkSeconds(leg: Leg): number | null {
	const outcome = outcomeOfLeg(leg);
	const isTalk = outcome === "answered" || outcome === "unknown";
	return (isTalk ? leg.pro?.duration : null) ?? secondsBetween(answeredAtOf(leg), endedAtOf(leg));
}

/** Seconds from the first ring to the answer, or to the end of a leg that was not answered; by our own clock. */
export function ringSeconds(leg: Leg): number | null {
	const endedAt = leg.state.kind === "ended" && leg.state.outcome === "unknown" ? null : endedAtOf(leg);
	return secondsBetween(leg.heardAt, answeredAtOf(leg) ?? endedAt);
}

/** Nobody picked the leg up, for certain. */
function isUnansweredFor(outcome: LegOutcome): boolean {
	return outcome === "no-answer" || outcome === "answered-elsewhere";
}

/** What became of the call. It was missed only where every leg is known not to have been answered. */
function outcomeOfCall(legs: readonly Leg[], isWhole: boolean): CallOutcome {
	const outcomes = legs.map(outcomeOfLeg);
	if (outcomes.includes("answered")) return "answered";
	const [only, ...others] = legs;
	if (only?.direction === "outbound" && others.length === 0) {
		const outcome = outcomeOfLeg(only);
		return outcome === "answered-elsewhere" ? "unknown" : outcome;
	}
	// Somebody answered in a leg that is left out.
	if (outcomes.every((outcome) => outcome === "answered-elsewhere")) return "unknown";
	// What went unheard may have been an answer.
	return outcomes.every(isUnansweredFor) && isWhole ? "missed" : "unknown";
}

function latest(moments: readonly (Moment | null)[]): Moment | null {
	return moments.reduce<Moment | null>((last, at) => (at && (!last || at.steady > last.steady) ? at : last), null);
}

function earliest(moments: readonly (Moment | null)[]): Moment | null {
	return moments.reduce<Moment | null>((first, at) => (at && (!first || at.steady < first.steady) ? at : first), null);
}

/** A leg that stopped as another one, which rang as well, was picked up: told before anybody knew, and known by now. */
function withHindsight(leg: Leg, { answers, legs }: OpenCall): Leg {
	const { state } = leg;
	if (state.kind !== "ended" || state.outcome !== "no-answer" || state.endedAt === null) return leg;
	const endedAt = state.endedAt.steady;
	const isElsewhere = answers.some(({ leg: key, at }) => {
		const bornAt = legs.get(key)?.leg.bornAt.steady ?? Number.POSITIVE_INFINITY;
		// Picked up at a phone where nobody was named, it began there only with its end.
		if (bornAt > at.steady && Math.abs(at.steady - endedAt) <= PICKUP_MS) return true;
		return bornAt < endedAt && at.steady >= endedAt && at.steady - endedAt <= TICKET_GRACE_MS;
	});
	return isElsewhere ? { ...leg, state: { ...state, outcome: "answered-elsewhere" } } : leg;
}

/** What the record of a call that is over tells. */
export function factsOf(call: OpenCall, name: CallName): CallFacts | null {
	const listed = [...call.legs.values()]
		.map(({ id, leg }) => ({ id: id ?? "", leg: withHindsight(asFarAsKnown(leg, call), call) }))
		.sort((a, b) => a.leg.bornAt.steady - b.leg.bornAt.steady);
	const legs = listed.map(({ leg }) => leg);
	const [oldest] = legs;
	if (!oldest) return null;
	const first = legs.find(({ number }) => number) ?? legs.find(({ number }) => number !== null) ?? oldest;
	const answered: { readonly leg: Leg; readonly at: Moment }[] = [];
	for (const leg of legs) {
		const at = answeredAtOf(leg);
		if (at) answered.push({ leg, at });
	}
	answered.sort((a, b) => a.at.steady - b.at.steady);
	const isComplete = call.omitted === 0 && !call.isTorn;
	const outcome = outcomeOfCall(legs, isComplete);
	const answeredAt = answered[0]?.at ?? null;
	const endedAt = legs.some((leg) => endedAtOf(leg) === null) ? null : latest(legs.map(endedAtOf));
	const talks = answered.map(({ leg }) => talkSeconds(leg));
	const untold = answered.length === 0 ? legs.flatMap((leg) => leg.pro?.duration ?? []) : [];
	let startedAt: number | null = null;
	for (const leg of legs) {
		if (leg.startedAt !== null && (startedAt === null || leg.startedAt < startedAt)) startedAt = leg.startedAt;
	}
	const hasWaited = answeredAt ?? (outcome === "unknown" ? null : endedAt);
	return {
		name,
		pbxId: pbxIdOf(call),
		legs: listed,
		omitted: call.omitted,
		first,
		queue: legs.find(({ pro }) => pro?.queue)?.pro?.queue ?? null,
		startedAt,
		answeredAt,
		endedAt,
		outcome,
		wait: secondsBetween(earliest(legs.map(({ heardAt }) => heardAt)), hasWaited),
		talk: sum(answered.length === 0 && outcome === "unknown" ? untold : talks),
		answeredBy: [...new Set(answered.map(({ leg }) => leg.extension))],
		extension: answered.at(-1)?.leg.extension ?? oldest.extension,
		isInferred: call.isInferred,
		isComplete: isComplete && legs.every(({ state, heardAt }) => heardAt !== null && isWhole(state)),
	};
}

function isWhole(state: Leg["state"]): boolean {
	return state.kind === "ended" && state.isWhole;
}

/** The sum of what is known, or null where one is not, or there is nothing. */
function sum(values: readonly (number | null)[]): number | null {
	if (values.length === 0 || values.some((value) => value === null)) return null;
	const total = values.reduce<number>((all, value) => all + (value ?? 0), 0);
	return Math.round(total * 1000) / 1000;
}
