import { LruMap } from "../lruMap";
import type { Moment } from "../moment";
import type { OpenCall } from "./call";
import type { CallRegister } from "./callRegister";
import { endedAtOf, isUnanswered, type Leg } from "./leg";
import { matchEnd } from "./matching";
import type { Phone, PhoneInput } from "./phone";
import { MOST_SUSPECTS, PICKUP_HOLD_MS, PICKUP_MS, TICKET_GRACE_MS } from "./timing";

/** A phone that went busy without having rung. */
export interface OffHook {
	readonly extension: string;
	readonly at: Moment;
	/** Until then, by the steady clock, it may be said which call that was. */
	until: number;
	/** A call was named for it by now. */
	isExplained: boolean;
	/** Legs that stopped ringing elsewhere at that very moment, by their keys. */
	readonly legs: string[];
}

/** The end, at the phone that picked it up, of a call that nobody was named for there. */
export interface TakenUp {
	readonly input: PhoneInput;
	readonly call: OpenCall;
	/** Only the moment shows that this is the call. */
	readonly isInferred: boolean;
}

/** More than happens at once at any PBX. */
const MOST_KEPT = 64;
/** More phones than talk on calls that they picked up. */
const MOST_SUSPECTED = 1_000;

/**
 * A call that rings at one phone can be picked up at another (protocol 7): that one goes busy without having rung, and its
 * caller's ticket comes before, after or never.
 */
export class Pickups {
	/** Phones that were off the hook last. */
	#recent: OffHook[] = [];
	/** Those that may have picked something up, by extension. */
	readonly #suspected = new LruMap<string, OffHook>(MOST_SUSPECTED);
	#stopped: { readonly leg: Leg; readonly at: number }[] = [];

	/** A leg of the call that may have been picked up where a phone was off the hook, now that another one has stopped ringing. */
	explainedBy(stopped: Leg, { legs }: OpenCall): Leg | null {
		const endedAt = stoppedAt(stopped);
		if (endedAt === null) return null;
		for (const { leg } of legs.values()) {
			const isNear = Math.abs(endedAt.steady - (leg.offHookAt?.steady ?? Number.NaN)) <= TICKET_GRACE_MS;
			if (leg.key !== stopped.key && isNear && isUnanswered(leg)) return leg;
		}
		return null;
	}

	/** A leg begins off the hook; gives it, where another phone has just stopped ringing for its call. */
	explains(leg: Leg, { legs }: OpenCall): Leg | null {
		const { offHookAt } = leg;
		if (offHookAt === null) return null;
		for (const { leg: other } of legs.values()) {
			const isNear = Math.abs((stoppedAt(other)?.steady ?? Number.NaN) - offHookAt.steady) <= TICKET_GRACE_MS;
			const isUnanswer = other.state.kind === "ended" ? other.state.answeredAt === null : isUnanswered(other);
			if (other.key !== leg.key && isNear && isUnanswer) return leg;
		}
		return null;
	}

	/** The call of a leg is what its phone was off the hook for. Gives the legs of which that is now known not to be. */
	explained({ extension, offHookAt }: Leg): readonly string[] {
		const offHook = this.#recent.find((each) => each.extension === extension && each.at.steady === offHookAt?.steady);
		if (!offHook) return [];
		offHook.isExplained = true;
		return offHook.legs;
	}

	/**
	 * A phone went busy without having rung: a leg that stopped just then, unanswered, may have been picked up there. Gives
	 * those legs.
	 */
	wentOffHook(extension: string, at: Moment, register: CallRegister): readonly string[] {
		const offHook = { extension, at, until: at.steady + PICKUP_HOLD_MS, isExplained: false, legs: [] };
		this.#recent = [...this.#recent, offHook].slice(-MOST_KEPT);
		this.#suspected.delete(extension);
		for (const { leg, at: endedAt } of this.#stopped) {
			const isNear = leg.extension !== extension && Math.abs(at.steady - endedAt) <= PICKUP_MS;
			if (isNear) this.#suspect(leg, register.callOf(leg.key), offHook);
		}
		return offHook.legs;
	}

	/** A phone is busy no more, or not heard of: what it was off the hook for is said by now, or soon. Gives the legs in question. */
	wentOn(extension: string, at: Moment): readonly string[] {
		const offHook = this.#suspected.get(extension);
		if (!offHook) return [];
		offHook.until = Math.min(offHook.until, at.steady + TICKET_GRACE_MS);
		return offHook.legs;
	}

	/** A leg ended without an answer; where some phone went busy at that very moment, it may have been picked up there. */
	stopped(leg: Leg, call: OpenCall): void {
		const endedAt = endedAtOf(leg);
		if (endedAt === null || leg.state.kind !== "ended" || leg.state.outcome !== "no-answer") return;
		this.#stopped = [...this.#stopped, { leg, at: endedAt.steady }].slice(-MOST_KEPT);
		for (const offHook of this.#recent) {
			const isNear = Math.abs(offHook.at.steady - endedAt.steady) <= PICKUP_MS;
			if (isNear && !offHook.isExplained && offHook.extension !== leg.extension) this.#suspect(leg, call, offHook);
		}
	}

	/**
	 * The end of a call at a phone that was never named there: the one it picked up, where it was off the hook for nothing else.
	 * Null for any other input.
	 */
	takenUp(phone: Phone, input: PhoneInput, at: Moment, register: CallRegister, infers: boolean): TakenUp | null {
		const offHook = input.kind === "end" ? this.#suspected.get(phone.extension) : undefined;
		if (input.kind !== "end" || !offHook || offHook.isExplained || offHook.until <= at.steady) return null;
		if (phone.legs.length > 0 || matchEnd(phone, input.transaction, at) !== null) return null;
		const calls = [...new Set(offHook.legs.map((key) => register.callOf(key)))];
		const named = register.callNamed(input.transaction);
		const [call, ...others] = calls.filter((each) => each && (each === named || (!named && infers)));
		const caller = call && [...call.legs.values()][0]?.leg;
		if (!call || others.length > 0 || !caller) return null;
		offHook.isExplained = true;
		const { direction, number, name } = caller;
		const pickedUp = { direction, number, name, since: offHook.at };
		return { input: { ...input, pickedUp }, call, isInferred: !named };
	}

	/** Nothing is remembered. */
	clear(): void {
		this.#recent = [];
		this.#suspected.clear();
		this.#stopped = [];
	}

	/** A leg that stopped may have been picked up at a phone. */
	#suspect({ key }: Leg, call: OpenCall | undefined, offHook: OffHook): void {
		// Where more happens at once than at any PBX, nobody can tell.
		if (!call || call.suspects.length >= MOST_SUSPECTS || offHook.legs.length >= MOST_SUSPECTS) return;
		call.suspects.push({ leg: key, offHook });
		offHook.legs.push(key);
		this.#suspected.set(offHook.extension, offHook);
	}
}

/** When a leg's phone stopped ringing; null while it does, or where nobody heard. */
function stoppedAt(leg: Leg): Moment | null {
	return leg.state.kind === "releasing" ? leg.state.idleAt : endedAtOf(leg);
}

/** When it is known at the latest whether a call was picked up where nobody was named; null where that is no question. */
export function suspectedUntil({ suspects, answers }: OpenCall, at: Moment): number | null {
	if (answers.length > 0) return null;
	const open = suspects.filter(({ offHook }) => !offHook.isExplained && offHook.until > at.steady);
	return open.length === 0 ? null : Math.max(...open.map(({ offHook }) => offHook.until));
}

/** A leg as it is to be told: nobody knows how it ended where a phone may have picked it up that no call explains. */
export function asFarAsKnown(leg: Leg, { suspects, answers }: OpenCall): Leg {
	if (suspects.length === 0 || leg.state.kind !== "ended" || leg.state.outcome !== "no-answer") return leg;
	const isSuspect = suspects.some(({ leg: key, offHook }) => key === leg.key && !offHook.isExplained);
	if (!isSuspect || answers.length > 0) return leg;
	return { ...leg, state: { ...leg.state, outcome: "unknown" } };
}
