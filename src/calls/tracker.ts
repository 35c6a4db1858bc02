import type { Moment } from "../moment";
import type { OpenCall } from "./call";
import { CallRegister, pbxIdOf } from "./callRegister";
import { Coverage } from "./coverage";
import { DueQueue } from "./dueQueue";
import { HandOvers } from "./handOvers";
import { endedAtOf, isUnanswered, type Leg, type LegStep } from "./leg";
import { currentLeg, newPhone, type PhoneInput } from "./phone";
import { type PhoneContext, stepPhone } from "./phoneMachine";
import { Phones } from "./phones";
import type { Source } from "./phoneView";
import { asFarAsKnown, Pickups } from "./pickups";
import { factsOf } from "./record";
import { type Awaited, ReorderBuffer } from "./reorderBuffer";
import { Settling } from "./settling";
import { LINE_PATIENCE_MS, TICKET_GRACE_MS, TRANSACTION_PATIENCE_MS } from "./timing";
import type { Told, ToldLeg, TrackerOptions } from "./told";

const NOTHING: readonly Told[] = [];

/** What time alone brings about, but at phones and for calls that settle. */
type Due = { readonly kind: "step"; readonly key: string } | { readonly kind: "hand-over"; readonly call: OpenCall };

/**
 * The calls of one account, as all its connections tell of them: legs at phones, put together to calls, each of which is
 * recorded once. Pure but for what it remembers: the clock is passed in.
 */
export class CallTracker {
	#options: TrackerOptions;
	readonly #coverage = new Coverage();
	readonly #phones: Phones;
	readonly #register: CallRegister;
	readonly #buffer = new ReorderBuffer();
	readonly #pickups = new Pickups();
	readonly #handOvers: HandOvers;
	readonly #settling = new Settling();
	readonly #due = new DueQueue<Due>();
	#told: Told[] = [];

	constructor(options: TrackerOptions) {
		this.#options = options;
		this.#phones = new Phones(options.mostPhones);
		this.#register = new CallRegister(options);
		this.#handOvers = new HandOvers(this.#register, (extension) => this.#phones.get(extension));
	}

	/** Other options for what comes from now on. */
	configure(options: TrackerOptions): void {
		this.#options = options;
		this.#register.configure(options);
	}

	/** When {@link due} has something to do, by the steady clock; null for never. */
	get dueAt(): number | null {
		let first: number | null = null;
		for (const { dueAt } of [this.#settling, this.#phones, this.#due]) {
			if (dueAt !== null && (first === null || dueAt < first)) first = dueAt;
		}
		return first;
	}

	/** The calls whose record is not told yet. */
	calls(): Iterable<OpenCall> {
		return this.#register.calls();
	}

	/** Whether a phone was spoken of. */
	isPhone(extension: string): boolean {
		return this.#phones.get(extension) !== undefined;
	}

	/** Takes what happens at a phone. */
	take(extension: string, input: PhoneInput, at: Moment): readonly Told[] {
		const handedOver = this.#options.infersGroups ? this.#handOvers.handedOver(extension, input, at) : null;
		this.#apply(extension, handedOver?.input ?? input, at);
		if (handedOver) this.#handOvers.settle(handedOver);
		return this.#flush();
	}

	/** What time alone brings about. */
	due(at: Moment): readonly Told[] {
		for (let each = this.#phones.takeDue(at.steady); each !== undefined; each = this.#phones.takeDue(at.steady)) {
			this.#apply(each, { kind: "tick" }, at);
		}
		for (let due = this.#due.take(at.steady); due; due = this.#due.take(at.steady)) {
			if (due.kind === "step") this.#release(due.key, at);
			else if (this.#handOvers.decide(due.call, at)) this.#settleIfOver(due.call, at);
		}
		for (let call = this.#settling.take(at); call; call = this.#settling.take(at)) this.#record(call);
		return this.#flush();
	}

	/** The leg that an extension's phone has, and what its call is told by; null for none. */
	current(extension: string): Omit<ToldLeg, "kind" | "step" | "raw"> | null {
		const phone = this.#phones.get(extension);
		const leg = phone ? currentLeg(phone) : null;
		const call = leg && this.#register.callOf(leg.key);
		if (!leg || !call) return null;
		const legId = this.#register.legIdOf(call, leg);
		return { leg, legId, call: this.#register.nameOf(call), pbxId: pbxIdOf(call) };
	}

	/** A connection came up: an extension's own, or the monitor's. */
	linkUp(source: Source, extension: string, at: Moment): readonly Told[] {
		this.#coverage.up(source, extension, at);
		for (const each of this.#spokenOf(source, extension)) this.#apply(each, { kind: "link-up", source }, at);
		this.#settling.resume(at, this.#options.settle);
		return this.#flush();
	}

	/** A connection fell: what happens now is not heard on it. */
	linkDown(source: Source, extension: string, at: Moment): readonly Told[] {
		this.#coverage.down(source, extension);
		const isCovered = (each: string) => this.#coverage.isCovered(each);
		for (const each of this.#spokenOf(source, extension)) {
			this.#apply(each, { kind: "link-down", source, isCovered: isCovered(each) }, at);
		}
		if (this.#coverage.monitorSince === null) {
			for (const call of this.#register.calls()) this.#settling.tear(call, isCovered, at);
		}
		return this.#flush();
	}

	/** Nothing is heard any more: what goes on ends as unknown, and every call is recorded now. */
	endAll(at: Moment): readonly Told[] {
		for (const extension of this.#phones.extensions()) this.#apply(extension, { kind: "forgotten" }, at);
		for (const step of this.#buffer.releaseAll()) this.#tell(step, at);
		for (const call of this.#register.calls()) this.#record(call);
		this.#forget();
		return this.#flush();
	}

	/** Nobody follows the calls any more: what is known of them would be old when somebody does again. */
	clear(): void {
		this.#buffer.releaseAll();
		this.#register.clear();
		this.#forget();
		this.#told = [];
	}

	#forget(): void {
		this.#phones.clear();
		this.#settling.clear();
		this.#due.clear();
		this.#pickups.clear();
	}

	#spokenOf(source: Source, extension: string): readonly string[] {
		if (source === "monitor") return this.#phones.extensions();
		return this.#phones.get(extension) ? [extension] : [];
	}

	#contextOf(extension: string): PhoneContext {
		return {
			idleGrace: this.#coverage.monitorSince === null ? 0 : TICKET_GRACE_MS,
			upSince: this.#coverage.upSince(extension),
			isWord: this.#options.isWord,
		};
	}

	#apply(extension: string, input: PhoneInput, at: Moment): void {
		const known = this.#phones.get(extension);
		if (!known) this.#makeRoom(at);
		const before = known ?? newPhone(extension);
		const { phone, steps, word } = stepPhone(before, input, at, this.#contextOf(extension));
		this.#phones.set(phone);
		if (phone.unexplained?.kind === "off-hook" && phone.unexplained !== before.unexplained) {
			this.#pickups.wentOffHook(extension, at.steady, this.#register);
		}
		if (word !== undefined && "raw" in input) this.#told.push({ kind: "word", word, raw: input.raw });
		for (const step of steps) this.#note(step, at);
		for (const leg of phone.legs) if (!before.legs.includes(leg)) this.#changed(leg, at);
	}

	/** A leg is in another state, with or without a step to tell. */
	#changed(leg: Leg, at: Moment): void {
		this.#register.update(leg);
		const call = leg.state.kind === "releasing" ? this.#register.callOf(leg.key) : undefined;
		if (call && isUnanswered(leg)) this.#pickUp(this.#pickups.explainedBy(leg, call), at);
	}

	#makeRoom(at: Moment): void {
		const busy = this.#phones.makeRoom();
		if (!busy) return;
		this.#apply(busy.extension, { kind: "forgotten" }, at);
		this.#phones.delete(busy.extension);
	}

	#note(step: LegStep, at: Moment): void {
		const { key, state } = step.leg;
		const before = this.#register.callOf(key);
		const endsUnanswered = step.step === "ended" && state.kind === "ended" && state.answeredAt === null;
		if (endsUnanswered && before) this.#pickUp(this.#pickups.explainedBy(step.leg, before), at);
		const noted = this.#register.note(step);
		const call = this.#register.callOf(key);
		if (call && !before) this.#began(call, noted.leg, at);
		if (endsUnanswered && call) this.#pickups.stopped(noted.leg, call);
		const told = call && endsUnanswered ? { ...noted, leg: asFarAsKnown(noted.leg, call) } : noted;
		const [awaits, patience] = this.#awaited(told);
		for (const each of this.#buffer.take(told, awaits, patience, at)) this.#tell(each, at);
		if (awaits !== null) this.#awaitMore(key);
		if (step.step === "ringing" && call) this.#pickUp(this.#pickups.explains(step.leg, call), at);
	}

	/** Of a call that is older than the connection nobody heard the beginning. */
	#began(call: OpenCall, { startedAt, transaction }: Leg, at: Moment): void {
		this.#settling.remove(call);
		if (call.legs.size > 1 || transaction === null || startedAt === null) return;
		const { monitorSince } = this.#coverage;
		const uptime = monitorSince ? at.steady - monitorSince.steady : Number.POSITIVE_INFINITY;
		if (at.wall - startedAt > uptime + TICKET_GRACE_MS) call.isTorn = true;
	}

	#release(key: string, at: Moment): void {
		for (const step of this.#buffer.release(key, at)) this.#tell(step, at);
		this.#awaitMore(key);
	}

	#awaitMore(key: string): void {
		const dueAt = this.#buffer.dueAt(key);
		if (dueAt !== null) this.#due.add(dueAt, { kind: "step", key });
	}

	#pickUp(leg: Leg | null, at: Moment): void {
		if (!leg?.offHookAt) return;
		this.#apply(leg.extension, { kind: "picked-up", key: leg.key, since: leg.offHookAt }, at);
	}

	/** What a step has yet to wait for: a PRO line, or the transaction that the monitor is about to name. */
	#awaited({ step, leg }: LegStep): [awaits: Awaited | null, patience: number] {
		if (step === "described") return [null, 0];
		if (this.#coverage.isOwnUp(leg.extension) && this.#options.pro?.expects(step, leg.direction))
			return ["line", LINE_PATIENCE_MS];
		const isNamedSoon = step === "ringing" && leg.isOnOwn && leg.direction === "inbound" && leg.transaction === null;
		return isNamedSoon && this.#coverage.monitorSince !== null ? ["transaction", TRANSACTION_PATIENCE_MS] : [null, 0];
	}

	#tell({ step, leg, raw }: LegStep, at: Moment): void {
		const call = this.#register.callOf(leg.key);
		if (!call || step === "described") return;
		const legId = this.#register.legIdOf(call, leg);
		const name = this.#register.nameOf(call);
		this.#told.push({ kind: "leg", step, leg, legId, raw, call: name, pbxId: pbxIdOf(call) });
		if (step !== "ended") return;
		const goesOn = this.#register.over(call, leg);
		const decidedAt = this.#options.infersGroups ? this.#handOvers.over(call, leg, endedAtOf(leg) ?? at) : null;
		if (decidedAt !== null) this.#due.add(decidedAt, { kind: "hand-over", call });
		if (!goesOn) this.#settleIfOver(call, at);
	}

	#settleIfOver(call: OpenCall, at: Moment): void {
		if (call.going > 0 || call.handOver !== null || call.legs.size === 0) return;
		const surplus = this.#settling.add(call, at, this.#options.settle);
		if (surplus) this.#record(surplus);
	}

	#record(call: OpenCall): void {
		this.#settling.remove(call);
		// It was put together with another one.
		if (call.going > 0 || call.legs.size === 0) return;
		const facts = factsOf(call, this.#register.nameOf(call));
		this.#register.close(call, facts?.outcome === "missed");
		if (facts) this.#told.push({ kind: "record", facts });
	}

	#flush(): readonly Told[] {
		if (this.#told.length === 0) return NOTHING;
		const told = this.#told;
		this.#told = [];
		return told;
	}
}
