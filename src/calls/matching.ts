import type { Moment } from "../moment";
import { answeredAtOf, endedAtOf, hasId, isUnanswered, type Leg, type Party, type StepName } from "./leg";
import type { Phone, PhoneInput } from "./phone";
import type { ProFact } from "./pro";
import { LATE_LINE_MS, SKEW_MS, TICKET_GRACE_MS } from "./timing";

/** Which leg a ticket means that names a caller. */
export type CallerMatch =
	/** None that was heard of; `lost` are legs whose end nobody can have heard. */
	| { readonly kind: "new"; readonly lost: readonly Leg[] }
	/** One that it was said of already. */
	| { readonly kind: "repeated" }
	/** One that something else has told of before. */
	| { readonly kind: "names"; readonly leg: Leg }
	/** One that is over here and begins again; `if-it-rings`: unless the ticket is only a repeated one. */
	| { readonly kind: "again" | "if-it-rings" }
	/** No caller at all, but a word that nobody knows, said of this leg. */
	| { readonly kind: "word"; readonly leg: Leg };

type CallerInput = Extract<PhoneInput, { kind: "caller" }>;

/** Fewer digits than this are compared wholly: `61234567` can be `+50761234567`, but 12 is not 112. */
const TAIL_DIGITS = 7;
const ASTERISK_ID = /^\d+\.\d+$/;

/** How well two writings of a number agree: not at all, as far as one is known, or truly. */
type Likeness = 0 | 1 | 2;

function numberLikeness(a: string | null, b: string | null): Likeness {
	const [x, y] = [(a ?? "").replace(/\D/g, ""), (b ?? "").replace(/\D/g, "")];
	// Blank, a word such as `anonymous`, or left out: all mean that nobody is named.
	if (x === "" && y === "") return 2;
	if (a === null || b === null) return 1;
	const tail = Math.min(x.length, y.length);
	const isSame = tail >= TAIL_DIGITS ? x.slice(-tail) === y.slice(-tail) : x === y;
	return isSame ? 2 : 0;
}

/** How well two views of a call agree, with nothing but its parties to go by. */
export function likeness(a: Pick<Party, "number" | "direction">, b: Pick<Party, "number" | "direction">): Likeness {
	const isSameWay = a.direction === b.direction || a.direction === "unknown" || b.direction === "unknown";
	return isSameWay ? numberLikeness(a.number, b.number) : 0;
}

function isWithin(from: Moment, at: Moment, milliseconds: number): boolean {
	return at.steady - from.steady <= milliseconds;
}

/** Whether the ids of two views show that they are different calls. A line's id need not be of the monitor's kind. */
function areOthers({ transaction, pro }: Leg, id: string | null): boolean {
	if (id === null) return false;
	if (pro?.id != null) return pro.id !== id;
	return transaction !== null && ASTERISK_ID.test(id) && transaction !== id;
}

/** Whether a gap hid what became of a leg. */
function isInDoubt({ state }: Leg): boolean {
	if (state.kind === "ringing") return state.phone.kind === "none" && state.phone.why === "gap";
	return state.kind === "talking" && !state.isEndHeard;
}

function isInboundOf({ direction, number }: Leg, caller: string): boolean {
	return direction === "inbound" && number === caller;
}

/**
 * Which leg of a phone a ticket means that names a caller (protocol 3 and 5).
 *
 * @param isRepeating  the connection is so new that the PBX may be telling how things are, not what changes
 * @param isWord       whether a text can be no caller: neither a number nor a word for a withheld one
 */
export function matchCaller(
	phone: Phone,
	input: CallerInput,
	at: Moment,
	isRepeating: boolean,
	isWord: (text: string) => boolean,
): CallerMatch {
	return input.transaction === null
		? matchUnnamed(phone, input, at, isRepeating)
		: matchTransaction(phone, input, input.transaction, at, isRepeating, isWord);
}

function matchTransaction(
	{ legs, over, unexplained }: Phone,
	{ caller }: CallerInput,
	transaction: string,
	at: Moment,
	isRepeating: boolean,
	isWord: (text: string) => boolean,
): CallerMatch {
	const party = { number: caller.number, direction: "inbound" } as const;
	const live = legs.find((leg) => hasId(leg, transaction) || leg.formerTransaction === transaction);
	if (live) {
		if (live.number !== null && live.number !== caller.number && isWord(caller.number))
			return { kind: "word", leg: live };
		if (live.state.kind === "releasing") return { kind: isRepeating ? "repeated" : "if-it-rings" };
		return live.number === null ? { kind: "names", leg: live } : { kind: "repeated" };
	}
	const told = legs.find((leg) => leg.transaction === null && isOneThatWasTold(leg, party, transaction, at));
	// One that begins again, as its own connection has told already.
	if (told && !isRepeating) return { kind: "names", leg: told };
	const gone = over.findLast(({ leg }) => hasId(leg, transaction) || leg.formerTransaction === transaction);
	if (gone) {
		if (isRepeating) return { kind: "repeated" };
		const isNew = unexplained?.kind === "rings" || !isWithin(gone.at, at, TICKET_GRACE_MS);
		return { kind: isNew ? "again" : "if-it-rings" };
	}
	if (told) return { kind: "names", leg: told };
	const past = over.findLast(
		({ leg, at: overAt }) =>
			leg.transaction === null &&
			isWithin(overAt, at, TICKET_GRACE_MS) &&
			isOneThatWasTold(leg, party, transaction, at),
	);
	return past ? { kind: "names", leg: past.leg } : { kind: "new", lost: [] };
}

/** Whether the monitor, or a ticket at all, speaks of a leg that the own connection or a line has told of. */
function isOneThatWasTold(
	leg: Leg,
	party: Pick<Party, "number" | "direction">,
	id: string | null,
	at: Moment,
): boolean {
	if (areOthers(leg, id)) return false;
	const agree = likeness(leg, party);
	if (leg.isOnOwn && id !== null) return agree === 2 && isWithin(leg.bornAt, at, SKEW_MS);
	return leg.pro !== null && agree > 0 && isWithin(leg.bornAt, at, TICKET_GRACE_MS);
}

function matchUnnamed(
	{ legs, over, view }: Phone,
	{ caller }: CallerInput,
	at: Moment,
	isRepeating: boolean,
): CallerMatch {
	const { number } = caller;
	const party = { number, direction: "inbound" } as const;
	// The monitor was first.
	const isMonitors = (leg: Leg) =>
		leg.transaction !== null && !leg.isOnOwn && likeness(leg, party) === 2 && isWithin(leg.bornAt, at, SKEW_MS);
	const named = legs.find(isMonitors);
	if (named) return { kind: "names", leg: named };
	const past = over.findLast(({ leg }) => isMonitors(leg));
	if (past) return { kind: "names", leg: past.leg };
	for (const leg of legs) {
		if (!isInboundOf(leg, number)) continue;
		const isKnown = isInDoubt(leg)
			? isRepeating
			: isUnanswered(leg) && (isWithin(leg.bornAt, at, TICKET_GRACE_MS) || view.state === "ringing");
		if (isKnown) return { kind: "repeated" };
	}
	const told = legs.find((leg) => leg.transaction === null && isOneThatWasTold(leg, party, null, at));
	if (told) return { kind: "names", leg: told };
	// Of one that rang before the connection fell, and comes again much later, nobody heard the end.
	return { kind: "new", lost: legs.filter((leg) => isInDoubt(leg) && isInboundOf(leg, number) && isUnanswered(leg)) };
}

/**
 * The leg that a ticket ends; `repeated` where it is over already; null for one that nobody heard of. One that only its own
 * connection has told of has no transaction yet: the only leg at a phone is then the one that is meant.
 */
export function matchEnd({ legs, over }: Phone, transaction: string, at: Moment): Leg | "repeated" | null {
	const live = legs.find((leg) => hasId(leg, transaction));
	if (live) return live;
	const isKnown = (leg: Leg) => hasId(leg, transaction) || leg.formerTransaction === transaction;
	if (legs.some(isKnown) || over.some(({ leg }) => isKnown(leg))) return "repeated";
	const [only, ...others] = legs;
	if (only && others.length === 0 && only.transaction === null && !areOthers(only, transaction)) return only;
	const past = over.at(-1);
	if (
		past &&
		past.leg.transaction === null &&
		isWithin(past.at, at, TICKET_GRACE_MS) &&
		!areOthers(past.leg, transaction)
	) {
		return past.leg;
	}
	return null;
}

/** Whether a leg that is over can begin again under its id: where the call was passed on and comes back. */
function isNewLife(step: StepName, leg: Leg, at: Moment): boolean {
	const endedAt = endedAtOf(leg);
	return step !== "ended" && endedAt !== null && !isWithin(endedAt, at, TICKET_GRACE_MS);
}

/** Whether a line can still be about a leg that is over: the same caller may call again. */
function isLate(fact: ProFact, leg: Leg, at: Moment): boolean {
	const isFirstWordOfItsEnd = fact.step === "ended" && leg.pro?.said !== "ended";
	const endedAt = endedAtOf(leg);
	return endedAt !== null && isWithin(endedAt, at, isFirstWordOfItsEnd ? LATE_LINE_MS : TICKET_GRACE_MS);
}

/** How well a line that names no call by its id agrees with a leg. */
function lineLikeness(fact: ProFact, leg: Leg, at: Moment): Likeness {
	if (areOthers(leg, fact.id)) return 0;
	const answeredAt = answeredAtOf(leg);
	// Of an old leg the PBX does not say a second time that it rings, or that it was answered.
	const isTooLate =
		(fact.step === "ringing" && (leg.heardAt === null || !isWithin(leg.heardAt, at, TICKET_GRACE_MS))) ||
		(fact.step === "answered" && answeredAt !== null && !isWithin(answeredAt, at, TICKET_GRACE_MS));
	return isTooLate ? 0 : likeness(fact, leg);
}

/**
 * The leg that a PRO line means, or null: the one it names, else the one it agrees with best, one that ended just now
 * before one that goes on. With nothing but a direction to go by only where there is no other.
 */
export function matchLine({ legs, over }: Phone, fact: ProFact, at: Moment): Leg | null {
	const { id } = fact;
	if (id !== null) {
		const live = legs.find((leg) => hasId(leg, id));
		if (live) return live;
		const gone = over.findLast(({ leg }) => hasId(leg, id))?.leg;
		if (gone && !isNewLife(fact.step, gone, at)) return gone;
	}
	const late = over.map(({ leg }) => leg).filter((leg) => isLate(fact, leg, at));
	const justNow = late.filter((leg) => isWithin(endedAtOf(leg) ?? at, at, TICKET_GRACE_MS));
	const candidates = [...new Set([...justNow, ...legs, ...late])].map((leg) => ({
		leg,
		agree: lineLikeness(fact, leg, at),
	}));
	const best = candidates.find(({ agree }) => agree === 2);
	if (best) return best.leg;
	const possible = candidates.filter(({ agree }) => agree > 0);
	return possible.length === 1 ? (possible[0]?.leg ?? null) : null;
}
