import type { Call, CallStep, PhoneStep } from "./call";
import type { LiveCall, LiveCalls } from "./liveCalls";
import { type ProFact, startOf, withFact } from "./pro";

/** What PRO lines do to the calls of one phone (protocol 6). */
export class ToldCalls {
	readonly #calls: LiveCalls;
	readonly #begin: (call: Call, at: number, raw: string | null) => CallStep[];
	readonly #newCall: () => Call;

	/**
	 * @param begin    has a call begin at the phone
	 * @param newCall  a call of which nothing is known but an id of our own
	 */
	constructor(
		calls: LiveCalls,
		begin: (call: Call, at: number, raw: string | null) => CallStep[],
		newCall: () => Call,
	) {
		this.#calls = calls;
		this.#begin = begin;
		this.#newCall = newCall;
	}

	/** A PRO line tells of a call (protocol 6): of one that is going on or has just ended, else of a new one. */
	tells(fact: ProFact, at: number, raw: string | null): PhoneStep[] {
		const meant = this.#calls.meantBy(fact, at);
		if (!meant) return this.#beginTold(fact, at, raw);
		if ("over" in meant) {
			const isAgain = meant.over.isAgain || this.#isUsed(fact, meant.over);
			return [{ step: "described", call: this.#calls.describeEnded(meant.over, fact, isAgain), raw }];
		}
		const { live } = meant;
		const { call } = live;
		const direction = call.direction === "unknown" ? fact.direction : call.direction;
		const number = call.number || (fact.number ?? call.number);
		live.call = {
			...call,
			number,
			direction,
			pro: withFact(call.pro, fact),
			isAgain: call.isAgain || this.#isUsed(fact),
		};
		live.isInDoubt = false;
		return [...this.#tellStep(live, fact, at, raw), { step: "described", call: live.call, raw }];
	}

	/** A call of which a line is the first word. Of one that is heard of late, nobody knows when it began to ring. */
	#beginTold(fact: ProFact, at: number, raw: string | null): CallStep[] {
		const { direction, number, step } = fact;
		const fresh = this.#newCall();
		const rings = step === "ringing";
		const told = { direction, number, pro: withFact(null, fact), isAgain: this.#isUsed(fact) };
		const times = { startedAt: startOf(fact) ?? (rings ? at : null), heardAt: rings ? at : null };
		const steps = this.#begin({ ...fresh, ...told, ...times }, at, raw);
		const live = this.#calls.find(fresh.id);
		if (!live) return steps;
		if (rings) {
			this.#trust(live, fact);
			return steps;
		}
		live.isClear = false;
		return [...steps.filter(({ call }) => call.id !== fresh.id), ...this.#tellStep(live, fact, at, raw)];
	}

	#tellStep(live: LiveCall, fact: ProFact, at: number, raw: string | null): CallStep[] {
		const isAnswered = live.call.answeredAt !== null;
		switch (fact.step) {
			case "ringing":
				this.#trust(live, fact);
				return [];
			case "answered":
				return isAnswered ? [] : [this.#calls.answer(live, at, raw)];
			case "ended": {
				const isMissed = fact.duration === 0 && !isAnswered && live.call.direction === "inbound";
				return [this.#calls.hangUp(live, at, raw, isMissed ? "missed" : undefined)];
			}
		}
	}

	/** Lines tell of this call from its beginning: not to hear of an answer means that there was none. */
	#trust(live: LiveCall, { tellsAnswers }: ProFact): void {
		if (!tellsAnswers) return;
		live.isTold = true;
		live.rang = true;
	}

	/** Whether the PBX has used a line's id for an earlier call here, other than the one that is over and meant. */
	#isUsed({ id }: ProFact, over?: Call): boolean {
		const earlier = id === null ? undefined : this.#calls.ended(id);
		return earlier !== undefined && earlier !== over;
	}
}
