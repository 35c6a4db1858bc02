import { type DialNumber, type Extension, MONITOR, MOST_EXTENSIONS } from "../protocol/address";
import { transactionStart } from "../protocol/monitor";
import type { ProgressTicket, Ticket } from "../protocol/ticket";
import { type Call, type CallStep, NO_STEPS, type PhoneStep, TICKET_GRACE } from "./call";
import { type GroupedStep, Groups } from "./groups";
import { Holdback } from "./holdback";
import { PhoneCalls } from "./phone";
import type { ProReader } from "./pro";

const FAILURES: Readonly<Partial<Record<ProgressTicket["outcome"], "busy" | "failed" | "no-answer">>> = {
	busy: "busy",
	unavailable: "failed",
	timeout: "no-answer",
};

/** What is needed to follow the calls of one connection. */
export interface LifecycleOptions {
	/** The connection's extension; 999 is the monitor. */
	readonly channel: Extension;
	/** Ids for calls that the wire gives none. */
	readonly newCallId: () => string;
	/** Whether calls that ring several phones are recognised as one (monitor only; inferred). */
	readonly findGroups: boolean;
	/** The PRO event table; null for none. */
	readonly pro: ProReader | null;
}

/** The earlier of two moments, where null is never. */
function earlier(a: number | null, b: number | null): number | null {
	return a === null || b === null ? (a ?? b) : Math.min(a, b);
}

/** The lives of the calls that one connection tells of: of one extension, or, on the monitor, of all. */
export class CallLives {
	readonly #channel: Extension;
	readonly #newCallId: () => string;
	readonly #groups: Groups | null;
	readonly #pro: ProReader | null;
	readonly #holdback: Holdback | null;
	readonly #phones = new Map<string, PhoneCalls>();
	/** Those with calls: few, however many phones there are. */
	readonly #busy = new Set<PhoneCalls>();
	#dialled: string | null = null;
	#heardAgainAt = Number.NEGATIVE_INFINITY;
	/** No call ends by itself before this: looking through all of them with each ticket would take too long. */
	#nextDue: number | null = null;

	constructor({ channel, newCallId, findGroups, pro }: LifecycleOptions) {
		this.#channel = channel;
		this.#newCallId = newCallId;
		this.#groups = channel === MONITOR && findGroups ? new Groups() : null;
		this.#pro = pro;
		this.#holdback = pro ? new Holdback(pro) : null;
	}

	/** When {@link due} is to be called, in milliseconds since 1970, or null for never: it may then have nothing to do. */
	get dueAt(): number | null {
		return earlier(this.#nextDue, this.#holdback?.dueAt ?? null);
	}

	/** What a ticket means for the calls; mostly nothing. */
	take(ticket: Ticket, at: number): readonly GroupedStep[] {
		const given = this.#phones.size < MOST_EXTENSIONS ? NO_STEPS : this.#makeRoom();
		const steps = this.#read(ticket, at);
		if (given.length + steps.length === 0) return NO_STEPS;
		return this.#told([...given, ...steps], at);
	}

	/** A call was asked for from this connection's extension. */
	dialled(number: DialNumber, at: number): GroupedStep[] {
		const id = this.#newCallId();
		this.#dialled = id;
		return this.#told(
			this.#on(this.#channel, (phone) => phone.dials(id, number, at)),
			at,
		);
	}

	/** Ends what is over by now. */
	due(at: number): GroupedStep[] {
		const steps = [...this.#busy].flatMap((phone) => phone.due(at));
		this.#nextDue = null;
		for (const phone of this.#busy) {
			if (phone.isAtRest) this.#busy.delete(phone);
			else this.#nextDue = earlier(this.#nextDue, phone.dueAt);
		}
		return [...this.#told(steps, at), ...this.#grouped(this.#holdback?.due(at) ?? [])];
	}

	/** The call that has an extension's phone, under the id it is told by; null for none. */
	current(extension: string): Call | null {
		const call = this.#phones.get(extension)?.current ?? null;
		return call && (this.#holdback?.named(call) ?? call);
	}

	/** Nobody follows the calls any more: what is known of them would be old when somebody does again. */
	forget(): void {
		this.#phones.clear();
		this.#busy.clear();
		this.#groups?.clear();
		this.#holdback?.clear();
		this.#dialled = null;
		this.#nextDue = null;
	}

	/** The connection fell: what happens now is not heard. */
	missedSome(): void {
		for (const phone of this.#phones.values()) phone.missedSome();
	}

	/** The connection is back. */
	heardAgain(at: number): void {
		this.#heardAgainAt = at;
		for (const phone of this.#phones.values()) phone.heardAgain(at);
		for (const { dueAt } of this.#busy) this.#nextDue = earlier(this.#nextDue, dueAt);
	}

	#read(ticket: Ticket, at: number): readonly PhoneStep[] {
		const { raw } = ticket;
		switch (ticket.kind) {
			case "call":
				return this.#on(this.#channel, (phone) => phone.comesIn(ticket.number, at, raw));
			case "own-state":
				return this.#on(this.#channel, (phone) => phone.is(ticket.state, at, raw));
			case "progress": {
				const [failure, dialled] = [FAILURES[ticket.outcome], this.#dialled];
				return this.#on(this.#channel, (phone) => {
					phone.isExplained();
					return failure && dialled !== null ? phone.fails(dialled, failure, at, raw) : [];
				});
			}
			case "monitor-caller": {
				const startedAt = transactionStart(ticket.transaction) ?? at;
				const party = { direction: "inbound", number: ticket.number, startedAt } as const;
				return this.#on(ticket.extension, (phone) => phone.reaches(ticket.transaction, party, at, raw));
			}
			case "monitor-state":
				return this.#on(ticket.extension, (phone) => phone.is(ticket.state, at, raw));
			case "monitor-end": {
				const { transaction } = ticket;
				if (transaction === null) return NO_STEPS;
				return this.#on(ticket.extension, (phone) => phone.ends(transaction, transactionStart(transaction), at, raw));
			}
			case "line": {
				const fact = this.#pro?.fact(raw);
				return fact ? this.#on(fact.extension, (phone) => phone.tells(fact, at, raw)) : NO_STEPS;
			}
			default:
				return NO_STEPS;
		}
	}

	#told(steps: readonly PhoneStep[], at: number): GroupedStep[] {
		const holdback = this.#holdback;
		return this.#grouped(
			holdback
				? steps.flatMap((step) => holdback.take(step, at))
				: steps.flatMap((step) => (step.step === "described" ? [] : [step])),
		);
	}

	#grouped(steps: readonly CallStep[]): GroupedStep[] {
		const groups = this.#groups;
		return steps.flatMap((step) => (groups ? groups.take(step) : [{ ...step, group: null }]));
	}

	#on<Step extends PhoneStep>(extension: string, run: (phone: PhoneCalls) => readonly Step[]): readonly Step[] {
		const phone = this.#phones.get(extension) ?? this.#newPhone(extension);
		const steps = run(phone);
		if (phone.isAtRest) this.#busy.delete(phone);
		else this.#busy.add(phone);
		this.#nextDue = this.#busy.size === 0 ? null : earlier(this.#nextDue, phone.dueAt);
		return steps;
	}

	#newPhone(extension: string): PhoneCalls {
		const phone = new PhoneCalls(extension, {
			idleGrace: this.#channel === MONITOR ? TICKET_GRACE : 0,
			heardAgainAt: this.#heardAgainAt,
			newCallId: this.#newCallId,
		});
		this.#phones.set(extension, phone);
		return phone;
	}

	/** The phone known for longest makes room, one without calls if there is one. */
	#makeRoom(): CallStep[] {
		const atRest = [...this.#phones].find(([, phone]) => phone.isAtRest);
		const [oldest] = atRest ? [atRest] : this.#phones;
		if (!oldest) return [];
		this.#phones.delete(oldest[0]);
		this.#busy.delete(oldest[1]);
		return oldest[1].giveUp();
	}
}
