import type { Moment } from "../moment";
import { type CallLeg, type CallName, newCall, type OpenCall } from "./call";
import type { CallRegister } from "./callRegister";
import type { Leg, LegState, Ringing, Talking } from "./leg";
import { newPhone, type Phone } from "./phone";
import type { Phones } from "./phones";
import { LONGEST_RINGING_MS, LONGEST_TALK_MS, TICKET_GRACE_MS } from "./timing";

/** What is known of a call that goes on, as text keeps it: to be taken up by another process. */
export interface SavedCall {
	readonly name: CallName | null;
	readonly ids: readonly string[];
	readonly numbers: readonly string[];
	readonly times: readonly (readonly [extension: string, times: number])[];
	readonly answers: readonly { readonly leg: string; readonly at: Moment }[];
	readonly omitted: number;
	readonly isInferred: boolean;
	readonly legs: readonly CallLeg[];
}

/** What is to be kept of a call. */
export function savedCall({ name, ids, numbers, times, answers, omitted, isInferred, legs }: OpenCall): SavedCall {
	return { name, ids, numbers, times: [...times], answers, omitted, isInferred, legs: [...legs.values()] };
}

/** Moves moments to the steady clock of this process; nobody knows what the one before read. */
function revived<Value>(value: Value, now: Moment): Value {
	if (typeof value !== "object" || value === null) return value;
	if (Array.isArray(value)) return value.map((each) => revived(each, now)) as Value;
	if ("wall" in value && "steady" in value) {
		const wall = Number(value.wall);
		return { wall, steady: now.steady - Math.max(0, now.wall - wall) } as Value;
	}
	return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, revived(each, now)])) as Value;
}

function unheardRinging(bornAt: Moment): Ringing {
	const phone = { kind: "none", why: "gap" } as const;
	return { kind: "ringing", phone, lines: false, until: bornAt.steady + LONGEST_RINGING_MS };
}

function unheardTalking(state: Talking): Talking {
	return { ...state, isEndHeard: false, until: state.answeredAt.steady + LONGEST_TALK_MS };
}

/** A leg's state after a while in which nobody heard anything. */
function afterSilence(state: LegState, bornAt: Moment, now: Moment): LegState {
	switch (state.kind) {
		case "ringing":
			return unheardRinging(bornAt);
		case "talking":
			return unheardTalking(state);
		case "releasing":
			return { ...state, until: now.steady + TICKET_GRACE_MS };
		case "ended":
			return state;
	}
}

function revivedLeg(leg: Leg, now: Moment): Leg {
	const known = revived(leg, now);
	return { ...known, state: afterSilence(known.state, known.bornAt, now) };
}

/**
 * Takes a call up that another process has kept. Nothing of it was heard since.
 *
 * @param saved  as {@link savedCall} gave it, and text has kept it
 */
function revivedCall(saved: SavedCall, key: number, now: Moment): OpenCall {
	const call = newCall(key);
	call.name = saved.name;
	call.ids.push(...saved.ids);
	call.numbers.push(...saved.numbers);
	for (const [extension, times] of saved.times) call.times.set(extension, times);
	call.answers.push(...revived(saved.answers, now));
	call.omitted = saved.omitted;
	call.isInferred = saved.isInferred;
	call.isTorn = true;
	for (const held of saved.legs) {
		const leg = revivedLeg(held.leg, now);
		call.legs.set(leg.key, { ...held, leg, isOver: leg.state.kind === "ended" });
	}
	call.going = [...call.legs.values()].filter(({ isOver }) => !isOver).length;
	return call;
}

/** The phone of a leg that is taken up, besides those that are there already. */
function withLeg(phone: Phone | undefined, leg: Leg, now: Moment): Phone {
	const before = phone ?? newPhone(leg.extension);
	const count = Math.max(before.count, Number(leg.key.split("#").at(-1)) || 0);
	return leg.state.kind === "ended"
		? { ...before, count, over: [...before.over, { leg, at: now }] }
		: { ...before, count, legs: [...before.legs, leg] };
}

/** Takes a call up: into the register, and its legs to their phones. */
export function reviveCall(saved: SavedCall, register: CallRegister, phones: Phones, now: Moment): OpenCall {
	const call = register.revive((key) => revivedCall(saved, key, now));
	for (const { leg } of call.legs.values()) phones.set(withLeg(phones.get(leg.extension), leg, now));
	return call;
}
