import type { CallOutcome } from "../messages";
import type { PhoneState } from "../protocol/vocabulary";
import { REPEATING } from "./board";
import { type Call, type CallStep, NO_STEPS, type Party, type PhoneStep, TICKET_GRACE, unheardCall } from "./call";
import { isNewLife, type LiveCall, LiveCalls } from "./liveCalls";
import type { ProFact } from "./pro";
import { ToldCalls } from "./told";

/** Milliseconds that a call still ringing when the connection fell is given to be heard of again. */
const GAP_GRACE = 60_000;
/** Milliseconds after which a call that nobody answered or ended counts as over. */
const LONGEST_RINGING = 30 * 60_000;

/** What a phone's calls are followed with. */
export interface PhoneOptions {
	/** Milliseconds to wait for a call's end ticket after idle; 0 on a channel that sends none. */
	readonly idleGrace: number;
	/** When the connection came up last. */
	readonly heardAgainAt: number;
	/** Ids for calls that the wire gives none. */
	readonly newCallId: () => string;
}

/**
 * The calls of one phone, guessed from what is said of it (protocol 3, 5 and 6): callers, states and ends, in any
 * plausible order, and PRO lines. What they cannot tell is `unknown`.
 */
export class PhoneCalls {
	readonly #extension: string;
	readonly #idleGrace: number;
	readonly #newCallId: () => string;
	readonly #calls = new LiveCalls();
	readonly #told: ToldCalls;
	#state: PhoneState = "unknown";
	#heardAgainAt: number;
	/** It rang, or was then picked up, and no caller has been named for that yet. */
	#unexplained: { busyAt: number | null } | null = null;

	constructor(extension: string, { idleGrace, heardAgainAt, newCallId }: PhoneOptions) {
		this.#heardAgainAt = heardAgainAt;
		this.#newCallId = newCallId;
		const begin = (call: Call, at: number, raw: string | null) => this.#begin(call, at, raw);
		this.#told = new ToldCalls(this.#calls, begin, () => unheardCall(extension, newCallId(), "local"));
		this.#extension = extension;
		this.#idleGrace = idleGrace;
	}

	/** Whether nothing is going on that would have to be remembered. */
	get isAtRest(): boolean {
		return this.#calls.size === 0;
	}

	/** When {@link due} has something to do, or null. */
	get dueAt(): number | null {
		return this.isAtRest ? null : Math.min(...this.#calls.all().map(({ dueAt }) => dueAt));
	}

	/** The call that has the phone: the one answered last, else the one ringing longest; null for none. */
	get current(): Call | null {
		return this.#calls.current;
	}

	/** A call that the monitor names by its transaction reaches this phone. */
	reaches(transaction: string, party: Party, at: number, raw: string | null): CallStep[] {
		if (this.#calls.find(transaction)) return [];
		const over = this.#calls.ended(transaction);
		// One passed on and back comes again under its transaction; a repeated ticket does not make it come again.
		if (over && (!isNewLife("ringing", over, at) || this.#isRepeating(at))) return [];
		if (this.#calls.claim(transaction, "pbx", party, at)) return [];
		const again = { ...unheardCall(this.#extension, this.#newCallId(), "local"), transaction, isAgain: true };
		const call = over ? again : unheardCall(this.#extension, transaction, "pbx");
		return this.#begin({ ...call, ...party, heardAt: at }, at, raw);
	}

	/** A call comes in on this phone's own connection, which gives it no id. */
	comesIn(number: string, at: number, raw: string | null): CallStep[] {
		if (this.#isRepeated(number, at)) return [];
		// Of one that rang before the connection fell, and comes again much later, nobody heard the end.
		const lost = this.#calls.all().filter((live) => live.isInDoubt && this.#ringsFor(live, number));
		const given = lost.map((live) => this.#calls.end(live, null, raw));
		const party = { direction: "inbound", number, startedAt: at } as const;
		return [...given, ...this.#beginUnnamed(this.#newCallId(), party, at, raw)];
	}

	/** A call is asked for from this phone. */
	dials(id: string, number: string, at: number): CallStep[] {
		return this.#beginUnnamed(id, { direction: "outbound", number, startedAt: at }, at, null);
	}

	/** The phone was picked up for a call that somebody asked for: that is no answer of one that comes in. */
	isExplained(): void {
		this.#unexplained = null;
	}

	/** The phone is said to be in a state. */
	is(state: PhoneState, at: number, raw: string | null): readonly CallStep[] {
		const before = this.#state;
		this.#state = state;
		// As it is with most phones most of the time.
		if (this.isAtRest) {
			this.#explainLater(before, at);
			return NO_STEPS;
		}
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
			for (const live of going) {
				live.rang = true;
				// The call it talked on is over, or another one waits: which, the state does not tell.
				if (before === "busy" && live.call.answeredAt !== null) live.isInDoubt = true;
			}
		} else if (state === "busy" && before !== "busy") {
			const waiting = going.find(({ call, isClear }) => isClear && call.answeredAt === null);
			// What is said on connecting may have been so all along.
			const isSure = before !== "unknown" || waiting?.rang || !this.#isRepeating(at);
			if (waiting && !isSure) waiting.isClear = false;
			else if (waiting?.call.direction === "inbound") steps.push(this.#calls.answer(waiting, at, raw));
		}
		if (this.isAtRest) this.#explainLater(before, at);
		return steps;
	}

	/** The state of a phone without calls may belong to one that is named only later. */
	#explainLater(before: PhoneState, at: number): void {
		if (this.#state === "idle") this.#unexplained = null;
		else if (this.#state === "ringing") this.#unexplained = { busyAt: null };
		else if (this.#state === "busy" && before === "ringing") this.#unexplained = { busyAt: at };
	}

	/** The PBX says that a call was hung up. One that nobody heard begin is a call of its own. */
	ends(id: string, startedAt: number | null, at: number, raw: string | null): CallStep[] {
		const live = this.#calls.find(id);
		if (live) return [this.#calls.hangUp(live, at, raw)];
		if (this.#calls.ended(id)) return [];
		const call: Call = { ...unheardCall(this.#extension, id, "pbx"), startedAt, endedAt: at };
		this.#calls.remember(id, call);
		return [{ step: "ended", call, outcome: "unknown", raw }];
	}

	/** A call that was asked for came to nothing. */
	fails(id: string, outcome: CallOutcome, at: number, raw: string | null): CallStep[] {
		const live = this.#calls.find(id);
		return live ? [this.#calls.end(live, at, raw, outcome)] : [];
	}

	/** A PRO line tells of a call (protocol 6): of one that is going on or has just ended, else of a new one. */
	tells(fact: ProFact, at: number, raw: string | null): PhoneStep[] {
		return this.#told.tells(fact, at, raw);
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

	/** Whether a ticket is about a call that rings here already, or tells on connecting how things are. */
	#isRepeated(number: string, at: number): boolean {
		return this.#calls.all().some((live) => {
			if (live.isInDoubt)
				return this.#isRepeating(at) && live.call.number === number && live.call.direction === "inbound";
			const isFresh = at - live.bornAt <= TICKET_GRACE || this.#state === "ringing";
			return isFresh && this.#ringsFor(live, number);
		});
	}

	#ringsFor({ call }: LiveCall, number: string): boolean {
		return call.number === number && call.direction === "inbound" && call.answeredAt === null;
	}

	/** Whether the connection is so new that the PBX may be telling how things are, not what changes. */
	#isRepeating(at: number): boolean {
		return at - this.#heardAgainAt <= REPEATING;
	}

	#beginUnnamed(id: string, party: Party, at: number, raw: string | null): CallStep[] {
		if (this.#calls.claim(id, "local", party, at)) return [];
		return this.#begin({ ...unheardCall(this.#extension, id, "local"), ...party, heardAt: at }, at, raw);
	}

	#begin(call: Call, at: number, raw: string | null): CallStep[] {
		const settled = [...this.#endIdle(at), ...this.#makeRoom()];
		const isAlone = this.#calls.size === 0;
		const unexplained = isAlone ? this.#unexplained : null;
		this.#unexplained = null;
		const pickedUpAt = unexplained?.busyAt ?? null;
		// What lines tell of is told by lines, answers too.
		const isInferable = call.direction === "inbound" && call.pro === null;
		const wasJustPickedUp = isInferable && pickedUpAt !== null && at - pickedUpAt <= TICKET_GRACE;
		const live: LiveCall = {
			...{ call, raw, bornAt: at, isTold: false, idleAt: null, isInDoubt: false },
			isClear: isAlone && (this.#state !== "busy" || wasJustPickedUp),
			rang: this.#state === "ringing" || wasJustPickedUp,
			dueAt: at + LONGEST_RINGING,
		};
		for (const other of this.#calls.all()) if (other.call.answeredAt === null) other.isClear = false;
		this.#calls.add(live);
		const ringing: CallStep = { step: "ringing", call, raw };
		return wasJustPickedUp ? [...settled, ringing, this.#calls.answer(live, pickedUpAt, raw)] : [...settled, ringing];
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
