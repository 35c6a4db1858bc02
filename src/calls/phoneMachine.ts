import type { Moment } from "../moment";
import type { PhoneState } from "../protocol/vocabulary";
import { type Leg, type LegStep, NO_STEPS, type Party } from "./leg";
import { type HeardState, type LegInput, ringing, stepLeg, talking } from "./legMachine";
import { likeness, matchCaller, matchEnd, matchLine } from "./matching";
import type { OverLeg, Phone, PhoneInput, Unexplained } from "./phone";
import { observe, type PhoneView, type Source, silence } from "./phoneView";
import { type ProFact, startOf, withFact } from "./pro";
import { MOST_LEGS_AT_A_PHONE, MOST_REMEMBERED, REPEATING_MS, TICKET_GRACE_MS } from "./timing";

/** What a phone's inputs are read with. */
export interface PhoneContext {
	/** Milliseconds to wait for a leg's end ticket once the phone is idle; 0 where no connection sends any. */
	readonly idleGrace: number;
	/** When each connection that speaks of this phone came up, by the steady clock. */
	readonly upSince: Readonly<Record<Source, number>>;
	/** Whether a text can be no caller: neither a number nor a word for a withheld one. */
	readonly isWord: (text: string) => boolean;
}

/** What an input makes of a phone. */
export interface PhoneResult {
	readonly phone: Phone;
	readonly steps: readonly LegStep[];
	/** A word that stood in the place of a caller and is none. */
	readonly word?: string;
}

/** The end of a leg that nobody heard begin. */
const UNHEARD_END = { kind: "ended", answeredAt: null, outcome: "unknown", isWhole: false } as const;

/** The caller of a phone that rings is named within this, or the ringing was for somebody else. */
function isFresh(unexplained: Unexplained, at: Moment): boolean {
	return at.steady - unexplained.at.steady <= TICKET_GRACE_MS;
}

/** One phone while an input is worked in. */
class Draft {
	readonly steps: LegStep[] = [];
	word: string | undefined;
	view: PhoneView;
	unexplained: Unexplained | null;
	#legs: readonly Leg[];
	#over: readonly OverLeg[];
	#dialled: string | null;
	#count: number;
	readonly #before: Phone;
	readonly #at: Moment;
	readonly #context: PhoneContext;

	constructor(phone: Phone, at: Moment, context: PhoneContext) {
		this.#before = phone;
		this.#at = at;
		this.#context = context;
		this.view = phone.view;
		this.unexplained = phone.unexplained;
		this.#legs = phone.legs;
		this.#over = phone.over;
		this.#dialled = phone.dialled;
		this.#count = phone.count;
	}

	get result(): PhoneResult {
		const phone = {
			...{ extension: this.#before.extension, view: this.view, legs: this.#legs, over: this.#over },
			...{ unexplained: this.unexplained, dialled: this.#dialled, count: this.#count },
		};
		return { phone, steps: this.steps, ...(this.word !== undefined && { word: this.word }) };
	}

	run(input: PhoneInput): void {
		switch (input.kind) {
			case "caller":
				return this.#caller(input);
			case "phone":
				return this.#phone(input);
			case "end":
				return this.#end(input);
			case "dialled":
				return this.#dials(input.number);
			case "dial-progress":
				// The phone was picked up for a call that somebody asked for: that is no answer of one that comes in.
				this.unexplained = null;
				if (input.failure !== null && this.#dialled !== null) {
					this.#applyTo(this.#dialled, { kind: "dial-failed", outcome: input.failure }, input.raw);
				}
				return;
			case "line":
				return this.#line(input.fact, input.raw);
			case "handed-over": {
				const leg = this.#legs.find(({ key }) => key === input.key);
				if (!leg) return;
				const { transaction, caller } = input;
				this.#describe(leg, { ...caller, transaction, formerTransaction: leg.transaction }, input.raw);
				return;
			}
			case "picked-up":
				return this.#applyTo(input.key, { kind: "picked-up", since: input.since }, null);
			case "tick":
				return this.#applyToAll({ kind: "tick" }, null);
			case "link-down":
				this.view = silence(this.view, input.source, input.isCovered);
				if (!input.isCovered) {
					this.unexplained = null;
					this.#applyToAll({ kind: "link-down", lost: "phone" }, null);
				} else if (input.source === "extension") this.#applyToAll({ kind: "link-down", lost: "lines" }, null);
				return;
			case "link-up":
				return this.#applyToAll({ kind: "link-up" }, null);
			case "forgotten":
				return this.#applyToAll({ kind: "forgotten" }, null);
		}
	}

	#isRepeating(source: Source): boolean {
		return this.#at.steady - this.#context.upSince[source] <= REPEATING_MS;
	}

	#caller(input: Extract<PhoneInput, { kind: "caller" }>): void {
		const isRepeating = this.#isRepeating(input.source);
		const match = matchCaller(this.#before, input, this.#at, isRepeating, this.#context.isWord);
		switch (match.kind) {
			case "repeated":
				return;
			case "word":
				this.word = input.caller.number;
				this.#applyTo(
					match.leg.key,
					{ kind: "phone", state: "unknown", previous: "unheard", isRepeating: false, grace: 0 },
					input.raw,
				);
				return;
			case "names": {
				const { leg } = match;
				const { transaction, source, caller } = input;
				const known = {
					number: leg.number || caller.number,
					name: leg.name ?? caller.name,
					transaction: leg.transaction ?? transaction,
					isOnOwn: leg.isOnOwn || source === "extension",
				};
				this.#describe(leg, known, input.raw);
				return;
			}
			case "if-it-rings":
				this.unexplained = { kind: "named-again", at: this.#at, input };
				return;
			case "again":
				return this.#comesIn(input);
			case "new":
				for (const { key } of match.lost) this.#applyTo(key, { kind: "forgotten" }, input.raw);
				return this.#comesIn(input);
		}
	}

	#comesIn({ transaction, caller, startedAt, source, raw }: Extract<PhoneInput, { kind: "caller" }>): void {
		const party = { direction: "inbound", ...caller, startedAt: startedAt ?? this.#at.wall } as const;
		this.#begin({ ...party, transaction, isOnOwn: source === "extension" }, raw);
	}

	#phone({ source, state, raw }: Extract<PhoneInput, { kind: "phone" }>): void {
		const previous = this.view.state;
		const [view, novelty] = observe(this.view, source, state, this.#at);
		this.view = view;
		if (novelty === "old") return;
		const named = this.unexplained?.kind === "named-again" && isFresh(this.unexplained, this.#at) ? this.unexplained : null;
		if (novelty === "repeat" && !(named && state === "ringing")) {
			// A word that nobody knows puts in doubt also what has come since it was said first.
			if (state !== "unknown") return;
		}
		if (state !== "idle" && previous === "idle") this.#endIdle();
		if (named && (state === "ringing" || state === "busy")) {
			this.unexplained = { kind: state === "ringing" ? "rings" : "picked-up", at: this.#at };
			this.#comesIn(named.input);
			return;
		}
		const isRepeating = this.#isRepeating(source);
		if (this.#legs.length > 0) {
			if (state === "idle") this.unexplained = null;
			this.#applyToAll({ kind: "phone", state, previous, isRepeating, grace: this.#context.idleGrace }, raw);
		}
		if (this.#legs.length === 0) this.#explainLater(state, previous, isRepeating);
		// Without a ticket that ends it, it is over with the phone's idleness.
		if (state === "idle" && this.#context.idleGrace === 0) this.#applyToAll({ kind: "tick" }, null);
	}

	/** The state of a phone without legs may belong to a call that is named only later. */
	#explainLater(state: PhoneState, previous: HeardState, isRepeating: boolean): void {
		if (state === "ringing") this.unexplained = { kind: "rings", at: this.#at };
		else if (state !== "busy") this.unexplained = null;
		else if (previous === "ringing") this.unexplained = { kind: "picked-up", at: this.#at };
		else if (previous !== "busy" && !isRepeating) this.unexplained = { kind: "off-hook", at: this.#at };
	}

	#end({ transaction, startedAt, raw }: Extract<PhoneInput, { kind: "end" }>): void {
		const meant = matchEnd(this.#before, transaction, this.#at);
		if (meant === "repeated") return;
		if (meant !== null) {
			if (meant.transaction === null) this.#describe(meant, { transaction }, raw);
			return this.#applyTo(meant.key, { kind: "end" }, raw);
		}
		// One that nobody heard begin is a leg of its own.
		const nobody = { direction: "unknown", number: null, name: null, startedAt, transaction } as const;
		const leg = this.#newLeg({ ...nobody, heardAt: null }, raw);
		this.#finish({ ...leg, state: { ...UNHEARD_END, endedAt: this.#at } }, raw);
	}

	#dials(number: string): void {
		const party = { direction: "outbound", number, name: null, startedAt: this.#at.wall } as const;
		const told = this.#legs.find(
			(leg) =>
				leg.pro !== null &&
				leg.transaction === null &&
				this.#at.steady - leg.bornAt.steady <= TICKET_GRACE_MS &&
				likeness(leg, party) > 0,
		);
		if (told) {
			this.#dialled = told.key;
			this.#describe(told, { number: told.number || number, direction: "outbound" }, null);
			return;
		}
		this.#dialled = this.#begin({ ...party, transaction: null, isOnOwn: true }, null);
	}

	#line(fact: ProFact, raw: string): void {
		const meant = matchLine({ ...this.#before, legs: this.#legs, over: this.#over }, fact, this.#at);
		if (!meant) {
			this.#beginTold(fact, raw);
			return;
		}
		const isOver = meant.state.kind === "ended";
		const direction = meant.direction === "unknown" && !isOver ? fact.direction : meant.direction;
		const number = isOver ? meant.number : meant.number || (fact.number ?? meant.number);
		this.#describe(meant, { direction, number, pro: withFact(meant.pro, fact) }, null);
		if (!isOver) this.#applyTo(meant.key, lineInput(fact), raw);
	}

	/** A call of which a line is the first word. Of one that is heard of late, nobody knows when it began to ring. */
	#beginTold(fact: ProFact, raw: string): void {
		const rings = fact.step === "ringing";
		const startedAt = startOf(fact) ?? (rings ? this.#at.wall : null);
		const party = { direction: fact.direction, number: fact.number, name: null, startedAt };
		const heardAt = rings ? this.#at : null;
		const pro = withFact(null, fact);
		const key = this.#begin({ ...party, transaction: null, isOnOwn: false, pro, heardAt }, raw);
		if (!rings) {
			this.#applyTo(key, { kind: "shared" }, null);
			this.steps.splice(
				this.steps.findIndex(({ leg }) => leg.key === key),
				1,
			);
		}
		this.#applyTo(key, lineInput(fact), raw);
	}

	/** A leg begins; gives its key. */
	#begin(
		known: Party & Pick<Leg, "transaction" | "isOnOwn"> & Partial<Pick<Leg, "pro" | "heardAt">>,
		raw: string | null,
	): string {
		this.#endIdle();
		this.#makeRoom();
		const isAlone = this.#legs.length === 0;
		const unexplained = isAlone && this.unexplained && isFresh(this.unexplained, this.#at) ? this.unexplained : null;
		const state = this.view.state;
		this.unexplained = null;
		// What lines tell of is told by lines, answers too.
		const isInferable = known.direction === "inbound" && !known.pro;
		const pickedUpAt = isInferable && unexplained?.kind === "picked-up" ? unexplained.at : null;
		const offHookAt = isInferable && unexplained?.kind === "off-hook" ? unexplained.at : null;
		const isFree = isAlone && (state !== "busy" || pickedUpAt !== null);
		const phone = isFree
			? ({ kind: "states", rang: state === "ringing" || pickedUpAt !== null } as const)
			: ({ kind: "none", why: isAlone ? "busy" : "shared" } as const);
		this.#applyToAll({ kind: "shared" }, null);
		const leg: Leg = {
			...this.#newLeg({ heardAt: this.#at, ...known }, raw),
			...{ isOnOwn: known.isOnOwn, pro: known.pro ?? null, offHookAt, state: ringing(phone, false, this.#at) },
		};
		this.#legs = [...this.#legs, leg];
		this.steps.push({ step: "ringing", leg, raw });
		if (pickedUpAt !== null) {
			const answered = { ...leg, state: talking(pickedUpAt, "phone", this.#at) };
			this.#replace(answered);
			this.steps.push({ step: "answered", leg: answered, raw });
		}
		return leg.key;
	}

	#newLeg(known: Party & Pick<Leg, "transaction" | "heardAt">, raw: string | null): Leg {
		return {
			...{ isOnOwn: false, pro: null, formerTransaction: null, offHookAt: null, raw },
			...known,
			...{ key: `${this.#before.extension}#${++this.#count}`, extension: this.#before.extension, bornAt: this.#at },
			state: ringing({ kind: "states", rang: false }, false, this.#at),
		};
	}

	/** A new change of state settles what had fallen idle before it. */
	#endIdle(): void {
		for (const { key, state } of this.#legs) {
			if (state.kind === "releasing") this.#applyTo(key, { kind: "forgotten" }, null);
		}
	}

	#makeRoom(): void {
		const [oldest] = this.#legs;
		if (oldest && this.#legs.length >= MOST_LEGS_AT_A_PHONE) this.#applyTo(oldest.key, { kind: "forgotten" }, null);
	}

	#applyToAll(input: LegInput, raw: string | null): void {
		for (const { key } of this.#legs) this.#applyTo(key, input, raw);
	}

	#applyTo(key: string, input: LegInput, raw: string | null): void {
		const leg = this.#legs.find((each) => each.key === key);
		if (!leg) return;
		const { leg: next, steps } = stepLeg(leg, input, this.#at, raw);
		if (next.state.kind === "ended") {
			this.#finish(next, next.raw);
			return;
		}
		this.#replace(next);
		this.steps.push(...steps);
	}

	#finish(leg: Leg, raw: string | null): void {
		this.#legs = this.#legs.filter(({ key }) => key !== leg.key);
		this.#over = [...this.#over, { leg, at: this.#at }].slice(-MOST_REMEMBERED);
		this.steps.push({ step: "ended", leg, raw });
	}

	#describe(leg: Leg, known: Partial<Leg>, raw: string | null): void {
		const next = { ...leg, ...known };
		this.#replace(next);
		this.#over = this.#over.map((each) => (each.leg.key === leg.key ? { ...each, leg: next } : each));
		this.steps.push({ step: "described", leg: next, raw });
	}

	#replace(leg: Leg): void {
		this.#legs = this.#legs.map((each) => (each.key === leg.key ? leg : each));
	}
}

function lineInput({ step, tellsAnswers, duration }: ProFact): LegInput {
	return { kind: "line", step, tellsAnswers, duration };
}

/** What an input makes of a phone and its legs: pure, with the clock passed in. */
export function stepPhone(phone: Phone, input: PhoneInput, at: Moment, context: PhoneContext): PhoneResult {
	// As it is with most phones most of the time.
	if (input.kind === "phone" && phone.legs.length === 0 && phone.unexplained === null && input.state === "idle") {
		const [view] = observe(phone.view, input.source, input.state, at);
		return { phone: view === phone.view ? phone : { ...phone, view }, steps: NO_STEPS };
	}
	const draft = new Draft(phone, at, context);
	draft.run(input);
	return draft.result;
}
