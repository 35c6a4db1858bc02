import type { CallOutcome } from "../messages";
import { type Call, type CallStep, type Party, type StepName, TICKET_GRACE } from "./call";
import { areOthers, hasId, likeness, lineLikeness, type ProFact, withFact } from "./pro";

/** A call that is going on, with what is needed to judge how it ends. */
export interface LiveCall {
	call: Call;
	/** When the first word of it came. */
	readonly bornAt: number;
	/** The phone's states tell whether this very call was answered: it never shared the phone with another. */
	isClear: boolean;
	/** Lines of the PBX tell whether this very call was answered. */
	isTold: boolean;
	/** The phone was heard ringing for it. */
	rang: boolean;
	/** The phone fell idle then; the call's own end ticket may still follow. */
	idleAt: number | null;
	/** It may have ended while the connection was down: the phone's states do not tell when. */
	isInDoubt: boolean;
	/** It ends by itself then. */
	dueAt: number;
	raw: string | null;
}

/** Milliseconds after which an answered call that nobody ended counts as over. */
const LONGEST_CALL = 12 * 3_600_000;
/** Milliseconds after its end within which a line can still be about a call whose id is not known. */
const LATE = 60_000;
/** Ended calls that are remembered per phone, to know a repeated ticket. */
const REMEMBERED = 32;
/** More calls at once than any phone takes; the oldest one makes room. */
const MOST_LIVE = 32;

/** The calls of one phone: those that go on, and the last ones that ended. */
export class LiveCalls {
	readonly #live = new Map<string, LiveCall>();
	/** By id, and by transaction where that is another. */
	readonly #ended = new Map<string, Call>();

	/** Those that go on, oldest first. */
	all(): LiveCall[] {
		return [...this.#live.values()];
	}

	get size(): number {
		return this.#live.size;
	}

	/** The call that has the phone: the one answered last, else the one ringing longest; null for none. */
	get current(): Call | null {
		const calls = this.all().map(({ call }) => call);
		return calls.findLast(({ answeredAt }) => answeredAt !== null) ?? calls[0] ?? null;
	}

	/** The call of an id or transaction that goes on. */
	find(id: string): LiveCall | undefined {
		const found = this.#live.get(id);
		if (found) return found;
		for (const live of this.#live.values()) if (hasId(live.call, id)) return live;
		return undefined;
	}

	/** The last call of an id or transaction that is over. */
	ended(id: string): Call | undefined {
		let found = this.#ended.get(id);
		if (found) return found;
		for (const call of this.#ended.values()) if (hasId(call, id)) found = call;
		return found;
	}

	add(live: LiveCall): void {
		this.#live.set(live.call.id, live);
	}

	/** The oldest call, where one more would be too many. */
	get surplus(): LiveCall | undefined {
		return this.#live.size >= MOST_LIVE ? this.all()[0] : undefined;
	}

	end(live: LiveCall, endedAt: number | null, raw: string | null, told?: CallOutcome): CallStep {
		const call = { ...live.call, endedAt: live.isInDoubt ? null : endedAt };
		this.#live.delete(call.id);
		this.remember(call.id, call);
		if (call.transaction !== null) this.remember(call.transaction, call);
		return { step: "ended", call, outcome: told ?? outcomeOf(live, endedAt), raw };
	}

	answer(live: LiveCall, at: number, raw: string | null): CallStep {
		live.call = { ...live.call, answeredAt: at };
		live.isInDoubt = false;
		live.dueAt = at + LONGEST_CALL;
		live.raw = raw;
		return { step: "answered", call: live.call, raw };
	}

	/** The PBX says of this very call that it is over. */
	hangUp(live: LiveCall, at: number, raw: string | null, told?: CallOutcome): CallStep {
		const endedAt = live.isInDoubt ? at : (live.idleAt ?? at);
		live.isInDoubt = false;
		return this.end(live, endedAt, raw, told);
	}

	remember(id: string, call: Call): void {
		this.#ended.set(id, call);
		const [oldest] = this.#ended.keys();
		if (this.#ended.size > REMEMBERED && oldest !== undefined) this.#ended.delete(oldest);
	}

	/**
	 * The call that a PRO line means: the one it names, else the one it agrees with best, one that ended just now before one
	 * that goes on. With nothing but a direction to go by only where there is no other.
	 */
	meantBy(fact: ProFact, at: number): { readonly live: LiveCall } | { readonly over: Call } | null {
		const { id } = fact;
		const named = id === null ? undefined : this.all().find(({ call }) => hasId(call, id));
		if (named) return { live: named };
		const gone = id === null ? undefined : this.ended(id);
		if (gone && !isNewLife(fact.step, gone, at)) return { over: gone };
		const over = [...new Set(this.#ended.values())].filter((call) => isLate(fact, call, at));
		const candidates = [
			...over.filter((call) => at - (call.endedAt ?? at) <= TICKET_GRACE).map((call) => ({ over: call })),
			...this.all().map((live) => ({ live })),
			...over.map((call) => ({ over: call })),
		];
		const agree = (least: 1 | 2) =>
			candidates.filter((each) => lineLikeness(fact, "live" in each ? each.live.call : each.over, at) >= least);
		const [best] = agree(2);
		if (best) return best;
		const possible = agree(1);
		const calls = new Set(possible.map((each) => ("live" in each ? each.live.call : each.over)));
		return calls.size === 1 ? (possible[0] ?? null) : null;
	}

	/** Adds to a call that is over what a line says of it. */
	describeEnded(call: Call, fact: ProFact, isAgain: boolean): Call {
		const described = { ...call, pro: withFact(call.pro, fact), isAgain };
		for (const [id, known] of this.#ended) if (known === call) this.#ended.set(id, described);
		return described;
	}

	/** A ticket speaks of a call that a line has told of before: from now on they are one. */
	claim(id: string, idSource: Call["idSource"], party: Party, at: number): boolean {
		const told = this.all().find(
			({ call, bornAt }) =>
				call.pro !== null &&
				call.transaction === null &&
				(hasId(call, id) ||
					(at - bornAt <= TICKET_GRACE && !(idSource === "pbx" && areOthers(call, id)) && likeness(call, party) > 0)),
		);
		if (!told) return false;
		const { number, transaction } = told.call;
		told.call = {
			...told.call,
			number: number || party.number,
			transaction: idSource === "pbx" ? id : transaction,
		};
		return true;
	}
}

/** Whether a call that is over can begin again under its id: where it was passed on and comes back. */
export function isNewLife(step: StepName, { endedAt }: Call, at: number): boolean {
	return step !== "ended" && endedAt !== null && at - endedAt > TICKET_GRACE;
}

/** Whether a line can still be about a call that is over: the same caller may call again. */
function isLate(fact: ProFact, { endedAt, pro }: Call, at: number): boolean {
	const isFirstWordOfItsEnd = fact.step === "ended" && pro?.said !== "ended";
	return endedAt !== null && at - endedAt <= (isFirstWordOfItsEnd ? LATE : TICKET_GRACE);
}

function outcomeOf({ call, isClear, isTold, rang }: LiveCall, endedAt: number | null): CallOutcome {
	if (endedAt === null) return "unknown";
	if (call.answeredAt !== null) return "answered";
	return (isClear || isTold) && rang && call.direction === "inbound" ? "missed" : "unknown";
}
