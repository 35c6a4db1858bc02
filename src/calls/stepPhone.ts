import type { Moment } from "../moment";
import { type Leg, NO_STEPS, type Party } from "./leg";
import { likeness, matchCaller, matchEnd, matchLine } from "./matching";
import type { Phone, PhoneContext, PhoneInput, PhoneResult } from "./phone";
import { type FirstWord, PhoneLegs } from "./phoneLegs";
import { observe, type PhoneView, type Source, silence } from "./phoneView";
import { type ProFact, startOf, withFact } from "./pro";
import { lineInput, talking } from "./stepLeg";
import { REPEATING_MS, TICKET_GRACE_MS } from "./timing";
import { leftUnexplained, stillUnexplained, type Unexplained } from "./unexplained";

type InputOf<Kind extends PhoneInput["kind"]> = Extract<PhoneInput, { kind: Kind }>;

const UNKNOWN_WORD = { kind: "phone", state: "unknown", previous: "unheard", isRepeating: false, grace: 0 } as const;

/** One phone while an input is worked in. */
class Draft {
	readonly #before: Phone;
	readonly #at: Moment;
	readonly #context: PhoneContext;
	readonly #legs: PhoneLegs;
	#view: PhoneView;
	#unexplained: Unexplained | null;
	#dialled: string | null;
	#word: string | undefined;

	constructor(phone: Phone, at: Moment, context: PhoneContext) {
		this.#before = phone;
		this.#at = at;
		this.#context = context;
		this.#legs = new PhoneLegs(phone, at);
		this.#view = phone.view;
		this.#unexplained = phone.unexplained;
		this.#dialled = phone.dialled;
	}

	get result(): PhoneResult {
		const { extension } = this.#before;
		const rest = { unexplained: this.#unexplained, dialled: this.#dialled };
		const phone: Phone = { extension, view: this.#view, ...this.#legs.state, ...rest };
		return { phone, steps: this.#legs.steps, word: this.#word };
	}

	run(input: PhoneInput): void {
		switch (input.kind) {
			case "caller":
				this.#caller(input);
				break;
			case "phone":
				this.#phone(input);
				break;
			case "end":
				this.#end(input);
				break;
			case "dialled":
				this.#dials(input.number);
				break;
			case "dial-progress":
				// The phone was picked up for a call that somebody asked for: that is no answer of one that comes in.
				this.#unexplained = null;
				if (input.failure !== null && this.#dialled !== null) {
					this.#legs.apply(this.#dialled, { kind: "dial-failed", outcome: input.failure }, input.raw);
				}
				break;
			case "line": {
				const meant = matchLine(this.#before, input.fact, this.#at);
				if (meant) this.#line(meant, input.fact, input.raw);
				else this.#beginTold(input.fact, input.raw);
				break;
			}
			case "handed-over":
				this.#handedOver(input);
				break;
			case "picked-up":
				this.#legs.apply(input.key, { kind: "picked-up", since: input.since }, null);
				break;
			case "link-down":
				this.#linkDown(input);
				break;
			case "tick":
			case "link-up":
			case "forgotten":
				this.#legs.applyToAll({ kind: input.kind }, null);
		}
	}

	#isRepeating(source: Source): boolean {
		return this.#at.steady - this.#context.upSince[source] <= REPEATING_MS;
	}

	#caller(input: InputOf<"caller">): void {
		const { transaction, source, caller, raw } = input;
		const match = matchCaller(this.#before, input, this.#at, this.#isRepeating(source), this.#context.isWord);
		switch (match.kind) {
			case "repeated":
				break;
			case "word": {
				this.#word = caller.number;
				this.#legs.apply(match.leg.key, UNKNOWN_WORD, raw);
				break;
			}
			case "names": {
				const { leg } = match;
				const party = { number: leg.number || caller.number, name: leg.name ?? caller.name };
				const isOnOwn = leg.isOnOwn || source === "extension";
				this.#legs.describe(leg, { ...party, transaction: leg.transaction ?? transaction, isOnOwn }, raw);
				break;
			}
			case "if-it-rings":
				this.#unexplained = { kind: "named-again", at: this.#at, input };
				break;
			case "again":
				this.#comesIn(input);
				break;
			case "new":
				for (const { key } of match.lost) this.#legs.apply(key, { kind: "forgotten" }, raw);
				this.#comesIn(input);
		}
	}

	#comesIn({ transaction, caller, startedAt, source, raw }: InputOf<"caller">): void {
		const { number, name } = caller;
		const party = { direction: "inbound", number, name, startedAt: startedAt ?? this.#at.wall } as const;
		this.#begin({ ...party, transaction, isOnOwn: source === "extension" }, raw);
	}

	#phone({ source, state, raw }: InputOf<"phone">): void {
		const previous = this.#view.state;
		const [view, novelty] = observe(this.#view, source, state, this.#at);
		this.#view = view;
		if (novelty === "old") return;
		const unexplained = stillUnexplained(this.#unexplained, this.#at);
		const named = unexplained?.kind === "named-again" ? unexplained : null;
		// Said again, a word that nobody knows puts in doubt what has come since, and a ring belongs to who was named since.
		const isHeeded = novelty === "news" || state === "unknown" || (named !== null && state === "ringing");
		if (!isHeeded) return;
		if (state !== "idle" && previous === "idle") this.#legs.endIdle();
		if (named && (state === "ringing" || state === "busy")) {
			this.#unexplained = { kind: state === "ringing" ? "rings" : "picked-up", at: this.#at };
			this.#comesIn(named.input);
			return;
		}
		const isRepeating = this.#isRepeating(source);
		if (state === "idle") this.#unexplained = null;
		this.#legs.applyToAll({ kind: "phone", state, previous, isRepeating, grace: this.#context.idleGrace }, raw);
		if (this.#legs.size === 0) {
			this.#unexplained = leftUnexplained(this.#unexplained, state, previous, isRepeating, this.#at);
		}
		// Without a ticket that ends it, it is over with the phone's idleness.
		if (state === "idle" && this.#context.idleGrace === 0) this.#legs.applyToAll({ kind: "tick" }, null);
	}

	#end({ transaction, startedAt, raw, pickedUp }: InputOf<"end">): void {
		const meant = matchEnd(this.#before, transaction, this.#at);
		if (meant === "repeated") return;
		if (meant === null) {
			// One that nobody heard begin is a leg of its own.
			const { since = null, ...party } = pickedUp ?? { direction: "unknown", number: null, name: null };
			this.#legs.endUnheard({ ...party, startedAt, transaction }, since, raw);
			return;
		}
		if (meant.transaction === null) this.#legs.describe(meant, { transaction }, raw);
		this.#legs.apply(meant.key, { kind: "end" }, raw);
	}

	#dials(number: string): void {
		const party: Party = { direction: "outbound", number, name: null, startedAt: this.#at.wall };
		const told = this.#legs.find(
			(leg) =>
				leg.pro !== null &&
				leg.transaction === null &&
				this.#at.steady - leg.bornAt.steady <= TICKET_GRACE_MS &&
				likeness(leg, party) > 0,
		);
		if (told) this.#legs.describe(told, { number: told.number || number, direction: "outbound" }, null);
		this.#dialled = told?.key ?? this.#begin({ ...party, transaction: null, isOnOwn: true }, null);
	}

	#line(meant: Leg, fact: ProFact, raw: string): void {
		const isOver = meant.state.kind === "ended";
		const direction = meant.direction === "unknown" && !isOver ? fact.direction : meant.direction;
		const number = isOver ? meant.number : meant.number || (fact.number ?? meant.number);
		this.#legs.describe(meant, { direction, number, pro: withFact(meant.pro, fact) }, null);
		if (!isOver) this.#legs.apply(meant.key, lineInput(fact), raw);
	}

	/** A call of which a line is the first word. Of one that is heard of late, nobody knows when it began to ring. */
	#beginTold(fact: ProFact, raw: string): void {
		const rings = fact.step === "ringing";
		const startedAt = startOf(fact) ?? (rings ? this.#at.wall : null);
		const party = { direction: fact.direction, number: fact.number, name: null, startedAt };
		const told = { transaction: null, pro: withFact(null, fact), heardAt: rings ? this.#at : null };
		const key = this.#begin({ ...party, ...told }, raw);
		if (!rings) {
			this.#legs.apply(key, { kind: "shared" }, null);
			this.#legs.untellBeginning(key);
		}
		this.#legs.apply(key, lineInput(fact), raw);
	}

	#handedOver({ key, transaction, caller, raw }: InputOf<"handed-over">): void {
		const leg = this.#legs.find((each) => each.key === key);
		if (leg) this.#legs.describe(leg, { ...caller, transaction, formerTransaction: leg.transaction }, raw);
	}

	#linkDown({ source, isCovered }: InputOf<"link-down">): void {
		this.#view = silence(this.#view, source, isCovered);
		if (!isCovered) {
			this.#unexplained = null;
			this.#legs.applyToAll({ kind: "link-down", lost: "phone" }, null);
		} else if (source === "extension") this.#legs.applyToAll({ kind: "link-down", lost: "lines" }, null);
	}

	/** A leg begins; gives its key. */
	#begin(known: FirstWord, raw: string | null): string {
		this.#legs.endIdle();
		this.#legs.makeRoom();
		const isAlone = this.#legs.size === 0;
		const unexplained = isAlone ? stillUnexplained(this.#unexplained, this.#at) : null;
		this.#unexplained = null;
		const state = this.#view.state;
		// What lines tell of is told by lines, answers too.
		const isInferable = known.direction === "inbound" && !known.pro;
		const pickedUpAt = isInferable && unexplained?.kind === "picked-up" ? unexplained.at : null;
		const offHookAt = isInferable && unexplained?.kind === "off-hook" ? unexplained.at : null;
		const isFree = isAlone && (state !== "busy" || pickedUpAt !== null);
		const rang = state === "ringing" || pickedUpAt !== null;
		const evidence = isFree
			? ({ kind: "states", rang } as const)
			: ({ kind: "none", why: isAlone ? "busy" : "shared" } as const);
		const leg = this.#legs.begin({ ...known, offHookAt }, evidence, raw);
		if (pickedUpAt !== null) this.#legs.answer(leg, talking(pickedUpAt, "phone", this.#at), raw);
		return leg.key;
	}
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
