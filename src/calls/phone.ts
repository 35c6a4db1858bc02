import type { CallOutcome } from "../messages";
import type { PhoneState } from "../protocol/vocabulary";

/** A call on one phone, as far as it is known. Times in milliseconds since 1970. */
export interface Call {
	readonly id: string;
	readonly extension: string;
	readonly direction: "inbound" | "outbound" | "unknown";
	/** As sent, or as dialled; null where it was never said. */
	readonly number: string | null;
	/** By the PBX's clock where it says so, else by ours; null where neither is known. */
	readonly startedAt: number | null;
	/** When it was first heard of here; null for one that was heard of only at its end. */
	readonly heardAt: number | null;
	readonly answeredAt: number | null;
	readonly endedAt: number | null;
}

/** Who is at the other end of a call, and since when. */
export type Party = Pick<Call, "direction" | "number" | "startedAt">;

/** A step in a call's life. Each call ends with exactly one `ended`. */
export type CallStep =
	| { readonly step: "ringing" | "answered"; readonly call: Call; readonly raw: string | null }
	| { readonly step: "ended"; readonly call: Call; readonly outcome: CallOutcome; readonly raw: string | null };

interface LiveCall {
	call: Call;
	/** The phone's states tell whether this very call was answered: it never shared the phone with another. */
	isClear: boolean;
	/** The phone was heard ringing for it. */
	rang: boolean;
	/** The phone fell idle then; the call's own end ticket may still follow. */
	idleAt: number | null;
	/** It ends by itself then. */
	dueAt: number;
	raw: string | null;
}

/** Milliseconds within which tickets of one change may come in any order. */
export const TICKET_GRACE = 3_000;
/** Milliseconds that a call still ringing when the connection fell is given to be heard of again. */
const GAP_GRACE = 60_000;
/** Milliseconds after which a call that nobody ended counts as over, when it was not answered and when it was. */
const LONGEST_RINGING = 30 * 60_000;
const LONGEST_CALL = 12 * 3_600_000;
/** Ended calls that are remembered per phone, to know a repeated ticket. */
const REMEMBERED = 32;
/** More calls at once than any phone takes; the oldest one makes room. */
const MOST_LIVE = 32;

/**
 * The calls of one phone, guessed from what is said of it (protocol 3 and 5): callers, states and ends, in any plausible
 * order. What the states cannot tell is `unknown`.
 */
export class PhoneCalls {
	readonly #extension: string;
	/** Milliseconds to wait for a call's end ticket after idle; 0 on a channel that sends none. */
	readonly #idleGrace: number;
	readonly #live = new Map<string, LiveCall>();
	readonly #ended = new Set<string>();
	#state: PhoneState = "unknown";
	/** It rang, or was then picked up, and no caller has been named for that yet. */
	#unexplained: { busyAt: number | null } | null = null;

	constructor(extension: string, idleGrace: number) {
		this.#extension = extension;
		this.#idleGrace = idleGrace;
	}

	/** Whether nothing is going on that would have to be remembered. */
	get isAtRest(): boolean {
		return this.#live.size === 0;
	}

	/** When {@link due} has something to do, or null. */
	get dueAt(): number | null {
		const dues = [...this.#live.values()].map(({ dueAt }) => dueAt);
		return dues.length === 0 ? null : Math.min(...dues);
	}

	/** A call reaches this phone, or is asked for from it. */
	begins(id: string, party: Party, at: number, raw: string | null): CallStep[] {
		if (this.#live.has(id) || this.#ended.has(id)) return [];
		const steps = [...this.#endIdle(at), ...this.#makeRoom()];
		const isAlone = this.#live.size === 0;
		const unexplained = isAlone ? this.#unexplained : null;
		this.#unexplained = null;
		const pickedUpAt = unexplained?.busyAt ?? null;
		const wasJustPickedUp = pickedUpAt !== null && at - pickedUpAt <= TICKET_GRACE;
		const live: LiveCall = {
			call: { id, extension: this.#extension, ...party, heardAt: at, answeredAt: null, endedAt: null },
			isClear: isAlone && (this.#state !== "busy" || wasJustPickedUp),
			rang: this.#state === "ringing" || wasJustPickedUp,
			idleAt: null,
			dueAt: at + LONGEST_RINGING,
			raw,
		};
		for (const other of this.#live.values()) if (other.call.answeredAt === null) other.isClear = false;
		this.#live.set(id, live);
		steps.push({ step: "ringing", call: live.call, raw });
		if (wasJustPickedUp) steps.push(this.#answer(live, pickedUpAt, raw));
		return steps;
	}

	/** The phone is said to be in a state. */
	is(state: PhoneState, at: number, raw: string | null): CallStep[] {
		const before = this.#state;
		this.#state = state;
		if (state === "idle") {
			this.#unexplained = null;
			// Idle said again ends nothing: it may have been on its way when the call began.
			if (before === "idle") return [];
			for (const live of this.#live.values()) {
				live.idleAt ??= at;
				live.dueAt = Math.min(live.dueAt, live.idleAt + this.#idleGrace);
				live.raw = raw;
			}
			return this.due(at);
		}
		const steps = before === "idle" ? this.#endIdle(at) : [];
		const calls = [...this.#live.values()];
		if (state === "ringing") {
			for (const live of calls) live.rang = true;
			if (calls.length === 0) this.#unexplained = { busyAt: null };
		} else if (state === "busy" && before !== "busy") {
			const [waiting] = calls.filter(({ call, isClear }) => isClear && call.answeredAt === null);
			if (waiting?.call.direction === "inbound") steps.push(this.#answer(waiting, at, raw));
			if (calls.length === 0 && before === "ringing") this.#unexplained = { busyAt: at };
		}
		return steps;
	}

	/** The PBX says that a call was hung up. One that nobody heard begin is a call of its own. */
	ends(id: string, startedAt: number | null, at: number, raw: string | null): CallStep[] {
		const live = this.#live.get(id);
		if (live) return [this.#end(live, live.idleAt ?? at, raw)];
		if (this.#ended.has(id)) return [];
		this.#remember(id);
		const unheard = { direction: "unknown", number: null, startedAt, heardAt: null, answeredAt: null } as const;
		const call = { id, extension: this.#extension, ...unheard, endedAt: at };
		return [{ step: "ended", call, outcome: "unknown", raw }];
	}

	/** A call that was asked for came to nothing. */
	fails(id: string, outcome: CallOutcome, at: number, raw: string | null): CallStep[] {
		const live = this.#live.get(id);
		return live ? [this.#end(live, at, raw, outcome)] : [];
	}

	/** Ends what is over by now. */
	due(at: number): CallStep[] {
		const over = [...this.#live.values()].filter(({ dueAt }) => dueAt <= at);
		return over.map((live) => this.#end(live, live.idleAt, live.raw));
	}

	/** Nothing could be heard for a while: what is still going on cannot be told apart any more. */
	missedSome(): void {
		this.#state = "unknown";
		this.#unexplained = null;
		for (const live of this.#live.values()) live.isClear = false;
	}

	/** The phone can be heard again; a call that rang before is soon spoken of, or over. */
	heardAgain(at: number): void {
		for (const live of this.#live.values()) {
			if (live.call.answeredAt === null) live.dueAt = Math.min(live.dueAt, at + GAP_GRACE);
		}
	}

	/** Ends everything as unknown, with nothing known of when. */
	giveUp(): CallStep[] {
		return [...this.#live.values()].map((live) => this.#end(live, null, live.raw));
	}

	/** Whether a call of this number still rings here: a repeated ticket is about that one. */
	ringsFor(number: string): boolean {
		return [...this.#live.values()].some(({ call }) => call.number === number && call.answeredAt === null);
	}

	#makeRoom(): CallStep[] {
		const [oldest] = this.#live.values();
		return oldest && this.#live.size >= MOST_LIVE ? [this.#end(oldest, null, oldest.raw)] : [];
	}

	/** A new change of state settles what had fallen idle before it. */
	#endIdle(at: number): CallStep[] {
		for (const live of this.#live.values()) if (live.idleAt !== null) live.dueAt = at;
		return this.due(at);
	}

	#answer(live: LiveCall, at: number, raw: string | null): CallStep {
		live.call = { ...live.call, answeredAt: at };
		live.dueAt = at + LONGEST_CALL;
		live.raw = raw;
		return { step: "answered", call: live.call, raw };
	}

	#end(live: LiveCall, endedAt: number | null, raw: string | null, told?: CallOutcome): CallStep {
		const { call } = live;
		this.#live.delete(call.id);
		this.#remember(call.id);
		return { step: "ended", call: { ...call, endedAt }, outcome: told ?? outcomeOf(live, endedAt), raw };
	}

	#remember(id: string): void {
		this.#ended.add(id);
		const [oldest] = this.#ended;
		if (this.#ended.size > REMEMBERED && oldest !== undefined) this.#ended.delete(oldest);
	}
}

function outcomeOf({ call, isClear, rang }: LiveCall, endedAt: number | null): CallOutcome {
	if (endedAt === null) return "unknown";
	if (call.answeredAt !== null) return "answered";
	return isClear && rang && call.direction === "inbound" ? "missed" : "unknown";
}
