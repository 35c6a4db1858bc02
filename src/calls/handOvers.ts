import type { Moment } from "../moment";
import { numberKey, type OpenCall } from "./call";
import type { CallRegister } from "./callRegister";
import { answeredAtOf, type Leg } from "./leg";
import type { Phone, PhoneInput } from "./phone";
import { PICKUP_MS, TICKET_GRACE_MS } from "./timing";

/** A leg that goes on for another call than the one it began with. */
export interface HandedOver {
	readonly input: PhoneInput;
	readonly from: OpenCall;
	readonly to: OpenCall;
}

/**
 * A call that somebody who talked passes on (protocol 7): by calling another phone first, whose call then becomes this one's;
 * or to a phone where it rings under a transaction of its own. What the wire does not say is inferred.
 */
export class HandOvers {
	readonly #register: CallRegister;
	readonly #phoneOf: (extension: string) => Phone | undefined;

	constructor(register: CallRegister, phoneOf: (extension: string) => Phone | undefined) {
		this.#register = register;
		this.#phoneOf = phoneOf;
	}

	/** The monitor names the caller of a phone to the one that it called: from now on they talk. Null for any other input. */
	handedOver(extension: string, input: PhoneInput, at: Moment): HandedOver | null {
		if (input.kind !== "caller" || input.transaction === null) return null;
		const [consulted, ...others] = this.#phoneOf(extension)?.legs ?? [];
		const to = this.#register.callNamed(input.transaction);
		const from = consulted && this.#register.callOf(consulted.key);
		if (!consulted || others.length > 0 || !to || !from || from === to) return null;
		const mediator = [...to.legs.values()].find(({ leg }) => leg.extension === consulted.number)?.leg;
		if (!mediator || !hasTalked(mediator, at)) return null;
		const { transaction, caller, raw } = input;
		return { input: { kind: "handed-over", key: consulted.key, transaction, caller, raw }, from, to };
	}

	/** The two calls are one. */
	settle({ from, to }: HandedOver): void {
		if (from.legs.size > 0 && to.legs.size > 0) this.#register.merge(from, to, true);
	}

	/**
	 * A leg is over: where its phone talked to another one meanwhile, the call may be there now. Gives when that is decided, by
	 * the steady clock; null where there is nothing to decide.
	 */
	over(call: OpenCall, leg: Leg, endedAt: Moment): number | null {
		if (answeredAtOf(leg) === null) return null;
		if (this.#consultedBy(call, leg.extension).length === 0) return null;
		call.handOver = { extension: leg.extension, at: endedAt.steady + TICKET_GRACE_MS };
		return call.handOver.at;
	}

	/** Decides what was left open; gives whether there was something. */
	decide(call: OpenCall, at: Moment): boolean {
		if (!call.handOver || call.handOver.at > at.steady) return false;
		const { extension } = call.handOver;
		call.handOver = null;
		const phone = this.#phoneOf(extension);
		// It still talks to the one it called.
		if (phone && (phone.legs.length > 0 || phone.view.state !== "idle")) return true;
		for (const other of this.#consultedBy(call, extension)) this.#register.merge(other, call, true);
		return true;
	}

	/** Calls of a phone that talks in this one to others, begun since it talks. */
	#consultedBy(call: OpenCall, extension: string): OpenCall[] {
		const key = numberKey({ number: extension, direction: "inbound" });
		if (key === null) return [];
		return this.#register.callsFrom(key).filter((other) => {
			const [first] = other.legs.values();
			const answer = call.answers[0];
			if (other === call || other.going === 0 || !first || !answer) return false;
			return first.leg.number === extension && first.leg.bornAt.steady >= answer.at.steady;
		});
	}

	/** The same caller is at another phone just as this one is rid of the call: passed on, or picked up there. Gives the one call. */
	join(call: OpenCall, leg: Leg, endedAt: Moment): OpenCall {
		const key = numberKey(leg);
		if (key === null || call.going > 0) return call;
		for (const other of this.#register.callsFrom(key)) {
			const [first] = other.legs.values();
			const isNext = first && first.leg.extension !== leg.extension && other !== call && other.going > 0;
			const since = isNext ? endedAt.steady - first.leg.bornAt.steady : Number.NaN;
			if (since >= 0 && since <= PICKUP_MS) return this.#register.merge(other, call, true);
		}
		return call;
	}
}

/** Whether a leg was answered, and goes on or is just over. */
function hasTalked(leg: Leg, at: Moment): boolean {
	if (answeredAtOf(leg) === null) return false;
	const { state } = leg;
	return state.kind !== "ended" || (state.endedAt !== null && at.steady - state.endedAt.steady <= TICKET_GRACE_MS);
}
