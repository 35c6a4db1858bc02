import type { Moment } from "../moment";
import type { Leg, LegStep, Party, Ringing } from "./leg";
import type { OverLeg, Phone } from "./phone";
import { type LegInput, ringing, stepLeg } from "./stepLeg";
import { MOST_LEGS_AT_A_PHONE, MOST_REMEMBERED } from "./timing";

/** What is known of a leg when it is first heard of. */
export type FirstWord = Party &
	Pick<Leg, "transaction"> &
	Partial<Pick<Leg, "isOnOwn" | "pro" | "heardAt" | "offHookAt">>;

/** The end of a leg that nobody heard begin. */
const UNHEARD_END = { kind: "ended", answeredAt: null, outcome: "unknown", isWhole: false } as const;

/** The legs of one phone while an input is worked in, and the steps that this makes. */
export class PhoneLegs {
	readonly steps: LegStep[] = [];
	#legs: readonly Leg[];
	#over: readonly OverLeg[];
	#count: number;
	readonly #extension: string;
	readonly #at: Moment;

	constructor({ extension, legs, over, count }: Phone, at: Moment) {
		this.#extension = extension;
		this.#legs = legs;
		this.#over = over;
		this.#count = count;
		this.#at = at;
	}

	/** What has become of them. */
	get state(): Pick<Phone, "legs" | "over" | "count"> {
		return { legs: this.#legs, over: this.#over, count: this.#count };
	}

	/** How many go on. */
	get size(): number {
		return this.#legs.length;
	}

	/** A leg that goes on and of which something holds. */
	find(holds: (leg: Leg) => boolean): Leg | undefined {
		return this.#legs.find(holds);
	}

	/** Something happens to a leg, if it goes on. */
	apply(key: string, input: LegInput, raw: string | null): void {
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

	applyToAll(input: LegInput, raw: string | null): void {
		for (const { key } of this.#legs) this.apply(key, input, raw);
	}

	/** What had fallen idle before something new is over. */
	endIdle(): void {
		for (const { key, state } of this.#legs) {
			if (state.kind === "releasing") this.apply(key, { kind: "forgotten" }, null);
		}
	}

	/** More is known of a leg, one that is over too. */
	describe(leg: Leg, known: Partial<Leg>, raw: string | null): void {
		const next = { ...leg, ...known };
		this.#replace(next);
		this.#over = this.#over.map((each) => (each.leg.key === leg.key ? { ...each, leg: next } : each));
		this.steps.push({ step: "described", leg: next, raw });
	}

	/** The oldest makes room, where there are as many as any phone has. */
	makeRoom(): void {
		const [oldest] = this.#legs;
		if (oldest && this.#legs.length >= MOST_LEGS_AT_A_PHONE) this.apply(oldest.key, { kind: "forgotten" }, null);
	}

	/** A leg begins to ring; those that share the phone with it are in doubt from now on. */
	begin(known: FirstWord, phone: Ringing["phone"], raw: string | null): Leg {
		this.applyToAll({ kind: "shared" }, null);
		const leg = this.#newLeg({ heardAt: this.#at, ...known }, phone, raw);
		this.#legs = [...this.#legs, leg];
		this.steps.push({ step: "ringing", leg, raw });
		return leg;
	}

	/** Takes back that a leg began: one that is heard of late was not heard ringing. */
	untellBeginning(key: string): void {
		const place = this.steps.findIndex(({ step, leg }) => step === "ringing" && leg.key === key);
		if (place !== -1) this.steps.splice(place, 1);
	}

	/**
	 * A leg is over that nobody was named for.
	 *
	 * @param since  when it was picked up here; null where nobody heard it begin
	 */
	endUnheard(known: FirstWord, since: Moment | null, raw: string | null): void {
		const leg = this.#newLeg({ ...known, heardAt: since }, { kind: "states", rang: false }, raw);
		const picked = { answeredAt: since, outcome: "answered", isWhole: true } as const;
		const state = { ...UNHEARD_END, ...(since && picked), endedAt: this.#at };
		this.#finish({ ...leg, state }, raw);
	}

	/** A leg is in another state, as a step tells. */
	answer(leg: Leg, state: Leg["state"], raw: string | null): void {
		const answered = { ...leg, state };
		this.#replace(answered);
		this.steps.push({ step: "answered", leg: answered, raw });
	}

	#newLeg(known: FirstWord & Pick<Leg, "heardAt">, phone: Ringing["phone"], raw: string | null): Leg {
		// One literal: all legs look the same to the engine, which makes reading them quick.
		return {
			key: `${this.#extension}#${++this.#count}`,
			extension: this.#extension,
			direction: known.direction,
			number: known.number,
			name: known.name,
			startedAt: known.startedAt,
			heardAt: known.heardAt,
			bornAt: this.#at,
			transaction: known.transaction,
			formerTransaction: null,
			isOnOwn: known.isOnOwn ?? false,
			pro: known.pro ?? null,
			offHookAt: known.offHookAt ?? null,
			raw,
			state: ringing(phone, false, this.#at),
		};
	}

	#finish(leg: Leg, raw: string | null): void {
		this.#legs = this.#legs.filter(({ key }) => key !== leg.key);
		this.#over = [...this.#over, { leg, at: this.#at }].slice(-MOST_REMEMBERED);
		this.steps.push({ step: "ended", leg, raw });
	}

	#replace(leg: Leg): void {
		this.#legs = this.#legs.map((each) => (each.key === leg.key ? leg : each));
	}
}
