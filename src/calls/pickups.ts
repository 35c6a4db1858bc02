import type { Moment } from "../moment";
import type { OpenCall } from "./call";
import type { CallRegister } from "./callRegister";
import { endedAtOf, isUnanswered, type Leg } from "./leg";
import { PICKUP_MS, TICKET_GRACE_MS } from "./timing";

/** A phone that went busy without having rung. */
export interface OffHook {
	readonly extension: string;
	/** By the steady clock. */
	readonly at: number;
	/** A call was named for it by now. */
	isExplained: boolean;
}

/** More than happens at once at any PBX. */
const MOST_KEPT = 64;

/**
 * A call that rings at one phone can be picked up at another (protocol 7): that one goes busy without having rung, and its
 * caller's ticket comes before, after or never.
 */
export class Pickups {
	#offHook: OffHook[] = [];
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
		for (const each of this.#offHook) {
			if (each.extension === leg.extension && each.at === offHookAt.steady) each.isExplained = true;
		}
		for (const { leg: other } of legs.values()) {
			const isNear = Math.abs((stoppedAt(other)?.steady ?? Number.NaN) - offHookAt.steady) <= TICKET_GRACE_MS;
			const isUnanswer = other.state.kind === "ended" ? other.state.answeredAt === null : isUnanswered(other);
			if (other.key !== leg.key && isNear && isUnanswer) return leg;
		}
		return null;
	}

	/** A phone went busy without having rung: a leg that stopped just then, unanswered, may have been picked up there. */
	wentOffHook(extension: string, at: number, register: CallRegister): void {
		const offHook = { extension, at, isExplained: false };
		this.#offHook = [...this.#offHook, offHook].slice(-MOST_KEPT);
		for (const { leg, at: endedAt } of this.#stopped) {
			if (leg.extension === extension || Math.abs(at - endedAt) > PICKUP_MS) continue;
			register.callOf(leg.key)?.suspects.push({ leg: leg.key, offHook });
		}
	}

	/** A leg ended without an answer; where some phone went busy at that very moment, it may have been picked up there. */
	stopped(leg: Leg, call: OpenCall): void {
		const endedAt = endedAtOf(leg);
		if (endedAt === null || leg.state.kind !== "ended" || leg.state.outcome !== "no-answer") return;
		this.#stopped = [...this.#stopped, { leg, at: endedAt.steady }].slice(-MOST_KEPT);
		for (const offHook of this.#offHook) {
			const isNear = Math.abs(offHook.at - endedAt.steady) <= PICKUP_MS;
			if (isNear && !offHook.isExplained && offHook.extension !== leg.extension) {
				call.suspects.push({ leg: leg.key, offHook });
			}
		}
	}

	/** Nothing is remembered. */
	clear(): void {
		this.#offHook = [];
		this.#stopped = [];
	}
}

/** When a leg's phone stopped ringing; null while it does, or where nobody heard. */
function stoppedAt(leg: Leg): Moment | null {
	return leg.state.kind === "releasing" ? leg.state.idleAt : endedAtOf(leg);
}

/** A leg as it is to be told: nobody knows how it ended where a phone may have picked it up that no call explains. */
export function asFarAsKnown(leg: Leg, { suspects, answers }: OpenCall): Leg {
	if (suspects.length === 0 || leg.state.kind !== "ended" || leg.state.outcome !== "no-answer") return leg;
	const isSuspect = suspects.some(({ leg: key, offHook }) => key === leg.key && !offHook.isExplained);
	if (!isSuspect || answers.length > 0) return leg;
	return { ...leg, state: { ...leg.state, outcome: "unknown" } };
}
