import type { CallOutcome } from "../messages";
import type { PhoneState } from "../protocol/vocabulary";
import { REPEATING } from "./board";
import { type Call, type CallStep, type Party, type PhoneStep, TICKET_GRACE, unheardCall } from "./call";
import { type LiveCall, LiveCalls } from "./liveCalls";
import { type ProFact, startOf, withFact } from "./pro";

/** Milliseconds that a call still ringing when the connection fell is given to be heard of again. */
const GAP_GRACE = 60_000;
/** Milliseconds after which a call that nobody answered or ended counts as over. */
const LONGEST_RINGING = 30 * 60_000;

/**
 * The calls of one phone, guessed from what is said of it (protocol 3, 5 and 6): callers, states and ends, in any
 * plausible order, and PRO lines. What they cannot tell is `unknown`.
 */
export class PhoneCalls {
	readonly #extension: string;
	/** Milliseconds to wait for a call's end ticket after idle; 0 on a channel that sends none. */
	readonly #idleGrace: number;
	readonly #calls = new LiveCalls();
	#state: PhoneState = "unknown";
	#heardAgainAt: number;
	/** It rang, or was then picked up, and no caller has been named for that yet. */
	#unexplained: { busyAt: number | null } | null = null;

	/** @param heardAgainAt  when the connection came up last */
	constructor(extension: string, idleGrace: number, heardAgainAt: number) {
		this.#heardAgainAt = heardAgainAt;
		this.#extension = extension;
		this.#idleGrace = idleGrace;
	}

	/** Whether nothing is going on that would have to be remembered. */
	get isAtRest(): boolean {
		return this.#calls.size === 0;
	}

	/** When {@link due} has something to do, or null. */
	get dueAt(): number | null {
		const dues = this.#calls.all().map(({ dueAt }) => dueAt);
		return dues.length === 0 ? null : Math.min(...dues);
	}

	/** The call that has the phone: the one answered last, else the one ringing longest; null for none. */
	get current(): Call | null {
		return this.#calls.current;
	}

	/** A call reaches this phone, or is asked for from it. */
	begins(id: string, idSource: Call["idSource"], party: Party, at: number, raw: string | null): CallStep[] {
		if (this.#calls.find(id) || this.#calls.hasEnded(id) || this.#calls.claim(id, party, at)) return [];
		return this.#begin({ ...unheardCall(this.#extension, id, idSource), ...party, heardAt: at }, at, raw);
	}

	/** The phone is said to be in a state. */
	is(state: PhoneState, at: number, raw: string | null): CallStep[] {
		const before = this.#state;
		this.#state = state;
		const calls = this.#calls.all();
		if (state === "idle") {
			this.#unexplained = null;
			// Idle said again ends nothing: it may have been on its way when the call began.
			if (before === "idle") return [];
			for (const live of calls) {
				live.idleAt ??= at;
				live.dueAt = Math.min(live.dueAt, live.idleAt + this.#idleGrace);
				live.raw = raw;
			}
			return this.due(at);
		}
		const steps = before === "idle" ? this.#endIdle(at) : [];
		const going = this.#calls.all();
		if (state === "ringing") {
			for (const live of going) live.rang = true;
			if (going.length === 0) this.#unexplained = { busyAt: null };
		} else if (state === "busy" && before !== "busy") {
			const waiting = going.find(({ call, isClear }) => isClear && call.answeredAt === null);
			// What is said on connecting may have been so all along.
			const isSure = before !== "unknown" || waiting?.rang || !this.#isRepeating(at);
			if (waiting && !isSure) waiting.isClear = false;
			else if (waiting?.call.direction === "inbound") steps.push(this.#calls.answer(waiting, at, raw));
			if (going.length === 0 && before === "ringing") this.#unexplained = { busyAt: at };
		}
		return steps;
	}

	/** The PBX says that a call was hung up. One that nobody heard begin is a call of its own. */
	ends(id: string, startedAt: number | null, at: number, raw: string | null): CallStep[] {
		const live = this.#calls.find(id);
		if (live) return [this.#calls.hangUp(live, at, raw)];
		if (this.#calls.hasEnded(id)) return [];
		const call: Call = { ...unheardCall(this.#extension, id, "pbx"), startedAt, endedAt: at };
		this.#calls.remember(id, call);
		return [{ step: "ended", call, outcome: "unknown", raw }];
	}

	/** A call that was asked for came to nothing. */
	fails(id: string, outcome: CallOutcome, at: number, raw: string | null): CallStep[] {
		const live = this.#calls.find(id);
		return live ? [this.#calls.end(live, at, raw, outcome)] : [];
	}

	/**
	 * A PRO line tells of a call (protocol 6): of one that is going on or has just ended, else of a new one.
	 *
	 * @param newId  for a new one
	 */
	tells(fact: ProFact, newId: string, at: number, raw: string | null): PhoneStep[] {
		const live = this.#calls.meantBy(fact, at);
		if (live) {
			const { call } = live;
			const direction = call.direction === "unknown" ? fact.direction : call.direction;
			live.call = { ...call, number: call.number || fact.number, direction, pro: withFact(call.pro, fact) };
			return [...this.#tellStep(live, fact, at, raw), { step: "described", call: live.call, raw }];
		}
		const over = this.#calls.describeEnded(fact, at);
		return over ? [{ step: "described", call: over, raw }] : this.#beginTold(fact, newId, at, raw);
	}

	/** Ends what is over by now. */
	due(at: number): CallStep[] {
		const over = this.#calls.all().filter(({ dueAt }) => dueAt <= at);
		return over.map((live) => this.#calls.end(live, live.idleAt, live.raw));
	}

	/** Nothing could be heard for a while: what is still going on cannot be told apart any more. */
	missedSome(): void {
		this.#state = "unknown";
		this.#unexplained = null;
		for (const live of this.#calls.all()) {
			live.isClear = false;
			live.isTold = false;
			live.isInDoubt = true;
		}
	}

	/** The phone can be heard again; a call that rang before is soon spoken of, or over. */
	heardAgain(at: number): void {
		this.#heardAgainAt = at;
		for (const live of this.#calls.all()) {
			if (live.call.answeredAt === null) live.dueAt = Math.min(live.dueAt, at + GAP_GRACE);
		}
	}

	/** Ends everything as unknown, with nothing known of when. */
	giveUp(): CallStep[] {
		return this.#calls.all().map((live) => this.#calls.end(live, null, live.raw));
	}

	/** Whether a call of this number still rings here, or is being repeated: another ticket is about that one. */
	ringsFor(number: string, at: number): boolean {
		return this.#calls
			.all()
			.some(
				({ call, isInDoubt }) =>
					call.number === number && (call.answeredAt === null || (isInDoubt && this.#isRepeating(at))),
			);
	}

	/** Whether the connection is so new that the PBX may be telling how things are, not what changes. */
	#isRepeating(at: number): boolean {
		return at - this.#heardAgainAt <= REPEATING;
	}

	#begin(call: Call, at: number, raw: string | null): CallStep[] {
		const settled = [...this.#endIdle(at), ...this.#makeRoom()];
		const isAlone = this.#calls.size === 0;
		const unexplained = isAlone ? this.#unexplained : null;
		this.#unexplained = null;
		const pickedUpAt = unexplained?.busyAt ?? null;
		const wasJustPickedUp = pickedUpAt !== null && at - pickedUpAt <= TICKET_GRACE;
		const live: LiveCall = {
			...{ call, raw, bornAt: at, isTold: false, transaction: null, idleAt: null, isInDoubt: false },
			isClear: isAlone && (this.#state !== "busy" || wasJustPickedUp),
			rang: this.#state === "ringing" || wasJustPickedUp,
			dueAt: at + LONGEST_RINGING,
		};
		for (const other of this.#calls.all()) if (other.call.answeredAt === null) other.isClear = false;
		this.#calls.add(live);
		const ringing: CallStep = { step: "ringing", call, raw };
		return wasJustPickedUp ? [...settled, ringing, this.#calls.answer(live, pickedUpAt, raw)] : [...settled, ringing];
	}

	/** A call of which a line is the first word. */
	#beginTold(fact: ProFact, id: string, at: number, raw: string | null): CallStep[] {
		const { direction, number } = fact;
		const pro = withFact(null, fact);
		if (fact.step === "ringing") {
			const call = {
				...unheardCall(this.#extension, id, "local"),
				direction,
				number,
				pro,
				startedAt: startOf(fact) ?? at,
				heardAt: at,
			};
			const steps = this.#begin(call, at, raw);
			const live = this.#calls.find(id);
			if (live) this.#trust(live, fact);
			return steps;
		}
		// When it began to ring nobody has heard.
		const call = { ...unheardCall(this.#extension, id, "local"), direction, number, pro, startedAt: startOf(fact) };
		const settled = this.#begin(call, at, raw).filter((step) => step.call.id !== id);
		const live = this.#calls.find(id);
		if (!live) return settled;
		live.isClear = false;
		return [...settled, ...this.#tellStep(live, fact, at, raw)];
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

	#makeRoom(): CallStep[] {
		const { surplus } = this.#calls;
		return surplus ? [this.#calls.end(surplus, null, surplus.raw)] : [];
	}

	/** A new change of state settles what had fallen idle before it. */
	#endIdle(at: number): CallStep[] {
		for (const live of this.#calls.all()) if (live.idleAt !== null) live.dueAt = at;
		return this.due(at);
	}
}
