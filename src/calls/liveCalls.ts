import type { CallOutcome } from "../messages";
import { type Call, type CallStep, type Party, TICKET_GRACE } from "./call";
import { isAbout, isNamed, isSameParty, type ProFact, withFact } from "./pro";

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
	/** The PBX's transaction, where a line told of the call before its ticket did. */
	transaction: string | null;
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
		return this.#live.get(id) ?? this.all().find(({ transaction }) => transaction === id);
	}

	hasEnded(id: string): boolean {
		return this.#ended.has(id);
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
		if (live.transaction !== null) this.remember(live.transaction, call);
		return { step: "ended", call, outcome: told ?? outcomeOf(live, endedAt), raw };
	}

	answer(live: LiveCall, at: number, raw: string | null): CallStep {
		live.call = { ...live.call, answeredAt: at };
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

	/** The call that goes on and that a PRO line means. */
	meantBy(fact: ProFact, at: number): LiveCall | undefined {
		const live = this.all();
		const named = live.find(({ call }) => isNamed(fact, call));
		if (named || [...this.#ended.values()].some((call) => isNamed(fact, call))) return named;
		return live.find(({ call }) => isAbout(fact, call, at));
	}

	/** A PRO line means a call that is over: that call with what the line adds, or null where it means none. */
	describeEnded(fact: ProFact, at: number): Call | null {
		const ended = [...this.#ended];
		const named = ended.find(([, call]) => isNamed(fact, call));
		const over = named ?? ended.find(([, call]) => wasAbout(fact, call, at));
		if (!over) return null;
		const [id, call] = over;
		const described = { ...call, pro: withFact(call.pro, fact) };
		this.#ended.set(id, described);
		return described;
	}

	/** A ticket speaks of a call that a line has told of just before: from now on they are one. */
	claim(transaction: string, party: Party, at: number): boolean {
		const told = this.all().find(
			(live) =>
				live.call.pro !== null &&
				live.call.idSource === "local" &&
				live.transaction === null &&
				at - live.bornAt <= TICKET_GRACE &&
				isSameParty(live.call, party),
		);
		if (told) told.transaction = transaction;
		return told !== undefined;
	}
}

function wasAbout(fact: ProFact, call: Call, at: number): boolean {
	const { endedAt, pro } = call;
	// The same caller may call again.
	const isFirstWordOfItsEnd = fact.step === "ended" && pro?.said !== "ended";
	const late = isFirstWordOfItsEnd ? LATE : TICKET_GRACE;
	return endedAt !== null && at - endedAt <= late && isAbout(fact, call, at);
}

function outcomeOf({ call, isClear, isTold, rang }: LiveCall, endedAt: number | null): CallOutcome {
	if (endedAt === null) return "unknown";
	if (call.answeredAt !== null) return "answered";
	return (isClear || isTold) && rang && call.direction === "inbound" ? "missed" : "unknown";
}
