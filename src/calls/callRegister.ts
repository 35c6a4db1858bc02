import { type CallName, isPartOf, newCall, numberKey, type OpenCall, refined } from "./call";
import { answeredAtOf, type Leg, type LegStep } from "./leg";
import {
	MOST_CALLS_OF_A_CALLER,
	MOST_IDS_OF_A_CALL,
	MOST_LISTED_LEGS,
	MOST_NUMBERS_OF_A_CALL,
	MOST_SUSPECTS,
} from "./timing";
import { UsedIds } from "./usedIds";

/** How legs are put together to calls. */
export interface RegisterOptions {
	/** Whether legs may be put together by number and moment, where the wire does not say that they are one call. */
	readonly infersGroups: boolean;
	/** Ids for calls that the wire gives none. */
	readonly newCallId: () => string;
}

/** Counts a phone's legs in a call; the phone counted first makes room, where there are more than any call rings. */
function setTimes({ times }: OpenCall, extension: string, time: number): void {
	times.set(extension, time);
	const [oldest] = times.keys();
	if (times.size > MOST_LISTED_LEGS && oldest !== undefined) times.delete(oldest);
}

/** Which leg belongs to which call, for all calls whose record is not told yet. */
export class CallRegister {
	#options: RegisterOptions;
	readonly #ofLeg = new Map<string, OpenCall>();
	/** By what the PBX names them. */
	readonly #byId = new Map<string, OpenCall>();
	/** The newest ones of each caller: only those can have another leg begin. */
	readonly #byNumber = new Map<string, readonly OpenCall[]>();
	readonly #usedIds = new UsedIds();
	#count = 0;
	/** Calls that are not what they were when this was last asked for; null where nobody asks. */
	#changed: Set<OpenCall> | null = null;

	constructor(options: RegisterOptions) {
		this.#options = options;
	}

	/** Other options for what comes from now on. */
	configure(options: RegisterOptions): void {
		this.#options = options;
	}

	/** The calls that have changed since this was last asked; one whose record was told has no legs any more. */
	takeChanged(all: boolean): ReadonlySet<OpenCall> {
		const changed = all || !this.#changed ? new Set(this.calls()) : this.#changed;
		if (changed.size > 0 || !this.#changed) this.#changed = new Set();
		return changed;
	}

	/** A call that another process has followed. */
	revive(revive: (key: number) => OpenCall): OpenCall {
		const call = revive(++this.#count);
		for (const key of call.legs.keys()) this.#ofLeg.set(key, call);
		for (const id of call.ids) this.#byId.set(id, call);
		for (const number of call.numbers.splice(0)) this.#list(number, call);
		if (call.name?.source === "pbx") this.#usedIds.use(call.name.id);
		this.#changed?.add(call);
		return call;
	}

	/** All calls whose record is not told yet. */
	calls(): Iterable<OpenCall> {
		return new Set(this.#ofLeg.values());
	}

	/** The call of a leg; undefined once its record was told. */
	callOf(legKey: string): OpenCall | undefined {
		return this.#ofLeg.get(legKey);
	}

	/** The call that the PBX names so. */
	callNamed(id: string): OpenCall | undefined {
		return this.#byId.get(id);
	}

	/** The newest calls of a caller, as {@link numberKey} gives it, oldest first. */
	callsFrom(number: string): readonly OpenCall[] {
		return this.#byNumber.get(number) ?? [];
	}

	/** Takes notice of a step, and gives it as it is to be told: with what other legs say of its outcome. */
	note(step: LegStep): LegStep {
		const known = this.#ofLeg.get(step.leg.key);
		// What is added to a leg whose record was told comes too late.
		if (!known && step.step === "described") return step;
		const call = this.#index(known ?? this.#admit(step.leg), step.leg);
		const leg = step.step === "ended" ? refined(call, step.leg) : step.leg;
		this.update(leg);
		const answeredAt = answeredAtOf(leg);
		if (answeredAt && !call.answers.some((answer) => answer.leg === leg.key)) {
			call.answers.push({ leg: leg.key, at: answeredAt });
			if (call.answers.length > MOST_LISTED_LEGS) call.answers.shift();
		}
		return leg === step.leg ? step : { ...step, leg };
	}

	/** Changes what is known of a leg, with nothing to tell. */
	update(leg: Leg): void {
		const call = this.#ofLeg.get(leg.key);
		const held = call?.legs.get(leg.key);
		if (!call || !held) return;
		call.legs.set(leg.key, { ...held, leg });
		this.#changed?.add(call);
	}

	/** What a call is told by, from its first event on. */
	nameOf(call: OpenCall): CallName {
		call.name ??= this.#usedIds.nameOf(call, this.#options.newCallId);
		return call.name;
	}

	/** What a leg is told by, from its first event on. */
	legIdOf(call: OpenCall, { key, extension }: Leg): string {
		const held = call.legs.get(key);
		if (held?.id) return held.id;
		const time = (call.times.get(extension) ?? 0) + 1;
		setTimes(call, extension, time);
		const base = `${this.nameOf(call).id}/${extension}`;
		const id = time > 1 ? `${base}/${time}` : base;
		if (held) call.legs.set(key, { ...held, id });
		return id;
	}

	/** A leg's end was told; gives whether its call goes on. */
	over(call: OpenCall, { key }: Leg): boolean {
		this.#changed?.add(call);
		const held = call.legs.get(key);
		if (held && call.legs.size > MOST_LISTED_LEGS) {
			call.legs.delete(key);
			this.#ofLeg.delete(key);
			call.omitted++;
		} else if (held) call.legs.set(key, { ...held, isOver: true });
		call.going--;
		return call.going > 0;
	}

	/** Puts two calls together, into the one that began first; gives it. */
	merge(a: OpenCall, b: OpenCall, isInferred: boolean): OpenCall {
		const [into, from] = a.key < b.key ? [a, b] : [b, a];
		for (const [key, held] of from.legs) {
			const isOmitted = held.isOver && into.legs.size >= MOST_LISTED_LEGS;
			if (isOmitted) into.omitted++;
			else into.legs.set(key, held);
			if (isOmitted) this.#ofLeg.delete(key);
			else this.#ofLeg.set(key, into);
		}
		for (const id of from.ids) this.#name(into, id);
		for (const number of from.numbers) {
			this.#unlist(number, from);
			this.#list(number, into);
		}
		for (const [extension, times] of from.times) setTimes(into, extension, (into.times.get(extension) ?? 0) + times);
		into.answers.push(...from.answers.slice(0, MOST_LISTED_LEGS - into.answers.length));
		into.going += from.going;
		into.omitted += from.omitted;
		into.isInferred ||= from.isInferred || isInferred;
		into.name ??= from.name;
		into.suspects.push(...from.suspects.slice(0, MOST_SUSPECTS - into.suspects.length));
		into.isTorn ||= from.isTorn;
		from.legs.clear();
		this.#changed?.add(from).add(into);
		return into;
	}

	/** A call is what the PBX names by another id, too. */
	alias(call: OpenCall, id: string): void {
		this.#name(call, id);
		call.isInferred = true;
	}

	/** A call's record was told: nothing more belongs to it. */
	close(call: OpenCall, wasMissed: boolean): void {
		this.#usedIds.recorded(call, wasMissed);
		for (const key of call.legs.keys()) this.#ofLeg.delete(key);
		call.legs.clear();
		this.#changed?.add(call);
		for (const id of call.ids) if (this.#byId.get(id) === call) this.#byId.delete(id);
		for (const number of call.numbers) this.#unlist(number, call);
	}

	/** Nothing is known any more but which ids were used. */
	clear(): void {
		this.#ofLeg.clear();
		this.#byId.clear();
		this.#byNumber.clear();
	}

	#admit(leg: Leg): OpenCall {
		const id = leg.transaction ?? leg.pro?.id ?? null;
		const named = id === null ? undefined : this.#byId.get(id);
		const inferred = named ? undefined : this.#inferredCall(leg);
		const call = named ?? inferred ?? newCall(++this.#count);
		call.isInferred ||= inferred !== undefined;
		call.going++;
		this.#ofLeg.set(leg.key, call);
		call.legs.set(leg.key, { leg, id: null, isOver: false });
		return call;
	}

	#inferredCall(leg: Leg): OpenCall | undefined {
		const number = this.#options.infersGroups ? numberKey(leg) : null;
		if (number === null) return undefined;
		return this.callsFrom(number).findLast((call) => isPartOf(call, leg));
	}

	/** Finds a call by all that its legs are named by. What another call is named by already makes them one. */
	#index(call: OpenCall, leg: Leg): OpenCall {
		let one = call;
		for (const id of [leg.transaction, leg.pro?.id]) {
			if (id == null) continue;
			const other = this.#byId.get(id);
			if (other && other !== one) one = this.merge(one, other, false);
			else if (!other) this.#name(one, id);
		}
		const number = numberKey(leg);
		if (number !== null) this.#list(number, one);
		return one;
	}

	#name(call: OpenCall, id: string): void {
		if (call.ids.length >= MOST_IDS_OF_A_CALL) {
			this.#byId.delete(id);
			return;
		}
		this.#byId.set(id, call);
		if (!call.ids.includes(id)) call.ids.push(id);
	}

	#list(number: string, call: OpenCall): void {
		// Beyond so many nobody looks for a call by its caller.
		if (call.numbers.length >= MOST_NUMBERS_OF_A_CALL || call.numbers.includes(number)) return;
		call.numbers.push(number);
		this.#byNumber.set(number, [...this.callsFrom(number), call].slice(-MOST_CALLS_OF_A_CALLER));
	}

	#unlist(number: string, call: OpenCall): void {
		const left = this.callsFrom(number).filter((other) => other !== call);
		if (left.length > 0) this.#byNumber.set(number, left);
		else this.#byNumber.delete(number);
	}
}
