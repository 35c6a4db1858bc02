import { type CallEventContext, currentCall } from "../calls/callEvents";
import type { OngoingLeg } from "../calls/ongoingLegs";
import type { CurrentCall } from "../messages";

/** A call that goes on, with all the phones that take part in it. */
export interface OngoingCall {
	/** As the phone that talks has it, else the one that rings first. */
	readonly call: CurrentCall;
	readonly ringing: readonly string[];
	readonly talking: readonly string[];
}

/** The calls that go on; `count` counts those that are left out, too. */
export interface OngoingCalls {
	readonly calls: readonly OngoingCall[];
	readonly count: number;
}

interface Parts {
	leg: OngoingLeg;
	readonly ringing: string[];
	readonly talking: string[];
}

/** Puts legs that go on together to their calls, and describes so many of these. */
export function ongoingCalls(legs: Iterable<OngoingLeg>, context: CallEventContext, most: number): OngoingCalls {
	const byCall = new Map<string, Parts>();
	for (const each of legs) {
		const { extension, state } = each.leg;
		const parts = byCall.get(each.call.id) ?? { leg: each, ringing: [], talking: [] };
		byCall.set(each.call.id, parts);
		if (state.kind === "talking" && parts.talking.length === 0) parts.leg = each;
		(state.kind === "talking" ? parts.talking : parts.ringing).push(extension);
	}
	const calls: OngoingCall[] = [];
	for (const { leg, ringing, talking } of byCall.values()) {
		if (calls.length >= most) break;
		calls.push({ call: currentCall(leg, context), ringing, talking });
	}
	return { calls, count: byCall.size };
}
