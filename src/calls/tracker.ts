import type { Moment } from "../moment";
import { type OpenCall, pbxIdOf } from "./call";
import { CallRegister } from "./callRegister";
import { Coverage } from "./coverage";
import { takeEach } from "./dueQueue";
import { Endings } from "./endings";
import { HandOvers } from "./handOvers";
import { isUnanswered, type Leg, type LegStep } from "./leg";
import { OngoingLegs } from "./ongoingLegs";
import { newPhone, type Phone, type PhoneContext, type PhoneInput } from "./phone";
import { Phones } from "./phones";
import type { Source } from "./phoneView";
import { asFarAsKnown, Pickups } from "./pickups";
import { awaitedBy, ReorderBuffer } from "./reorderBuffer";
import { reviveCall, type SavedCall } from "./savedCall";
import { stepPhone } from "./stepPhone";
import { TICKET_GRACE_MS } from "./timing";
import type { Told, TrackerOptions } from "./told";

const NOTHING: readonly Told[] = [];

/**
 * The calls of one account, as all its connections tell of them: legs at phones, put together to calls, each of which is
 * recorded once. Pure but for what it remembers: the clock is passed in.
 */
export class CallTracker {
	/** What goes on at the phones right now. */
	readonly ongoing: OngoingLegs;
	#options: TrackerOptions;
	readonly #coverage = new Coverage();
	readonly #phones: Phones;
	readonly #register: CallRegister;
	readonly #buffer = new ReorderBuffer();
	readonly #pickups = new Pickups();
	readonly #handOvers: HandOvers;
	readonly #endings: Endings;
	#told: Told[] = [];

	constructor(options: TrackerOptions) {
		this.#options = options;
		this.#phones = new Phones(options.mostPhones);
		this.#register = new CallRegister(options);
		this.ongoing = new OngoingLegs(this.#phones, this.#register);
		this.#handOvers = new HandOvers(this.#register, (extension) => this.#phones.get(extension));
		this.#endings = new Endings(this.#register, this.#handOvers, this.#pickups, {
			recorded: (facts) => void this.#told.push({ kind: "record", facts }),
			pickedUp: (leg, at) => this.#pickUp(leg, at),
		});
	}

	/** Other options for what comes from now on. */
	configure(options: TrackerOptions): void {
		this.#options = options;
		this.#phones.most = options.mostPhones;
		this.#register.configure(options);
	}

	/** When {@link due} has something to do, by the steady clock; null for never. */
	get dueAt(): number | null {
		let first: number | null = null;
		for (const { dueAt } of [this.#phones, this.#buffer, this.#endings]) {
			if (dueAt !== null && (first === null || dueAt < first)) first = dueAt;
		}
		return first;
	}

	/** Whether a phone was spoken of. */
	isPhone(extension: string): boolean {
		return this.#phones.get(extension) !== undefined;
	}

	/** The calls that have changed since this was last asked, or all: to be kept for another process. */
	takeChanged(all = false): ReadonlySet<OpenCall> {
		return this.#register.takeChanged(all);
	}

	/** Takes a call up that another process has followed; nothing was heard of it since. */
	revive(saved: SavedCall, at: Moment): readonly Told[] {
		const call = reviveCall(saved, this.#register, this.#phones, at);
		this.#endings.settleIfOver(call, at, this.#options.settle);
		return this.#flush();
	}

	/** Takes what happens at a phone. */
	take(extension: string, input: PhoneInput, at: Moment): readonly Told[] {
		const handedOver = this.#options.infersGroups ? this.#handOvers.handedOver(extension, input, at) : null;
		this.#apply(extension, handedOver?.input ?? this.#takenUp(extension, input, at), at);
		if (handedOver) this.#handOvers.settle(handedOver);
		return this.#flush();
	}

	/** What time alone brings about, at no more than so many phones, legs and calls: what is left is still due. */
	due(at: Moment, most = Number.POSITIVE_INFINITY): readonly Told[] {
		const tick = (extension: string) => this.#apply(extension, { kind: "tick" }, at);
		let left = takeEach(most, () => this.#phones.takeDue(at.steady), tick);
		const release = (steps: readonly LegStep[]) => {
			for (const step of steps) this.#tell(step, at);
		};
		left = takeEach(left, () => this.#buffer.due(at), release);
		this.#endings.due(at, this.#options.settle, left);
		return this.#flush();
	}

	/** A connection came up: an extension's own, or the monitor's. */
	linkUp(source: Source, extension: string, at: Moment): readonly Told[] {
		this.#coverage.up(source, extension, at);
		for (const each of this.#spokenOf(source, extension)) this.#apply(each, { kind: "link-up", source }, at);
		this.#endings.resume(at, this.#options.settle);
		return this.#flush();
	}

	/** A connection fell: what happens now is not heard on it. */
	linkDown(source: Source, extension: string, at: Moment): readonly Told[] {
		this.#coverage.down(source, extension);
		const isCovered = (each: string) => this.#coverage.isCovered(each);
		for (const each of this.#spokenOf(source, extension)) {
			this.#apply(each, { kind: "link-down", source, isCovered: isCovered(each) }, at);
		}
		if (this.#coverage.monitorSince === null) this.#endings.tear(isCovered, at);
		return this.#flush();
	}

	/** Nothing is heard any more: what goes on ends as unknown, and every call is recorded now. */
	endAll(at: Moment): readonly Told[] {
		for (const extension of this.#phones.extensions()) this.#apply(extension, { kind: "forgotten" }, at);
		for (const step of this.#buffer.releaseAll()) this.#tell(step, at);
		for (const call of this.#register.calls()) this.#endings.record(call);
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
		this.#endings.clear();
		this.#pickups.clear();
	}

	#spokenOf(source: Source, extension: string): readonly string[] {
		return source === "monitor" ? this.#phones.extensions() : this.isPhone(extension) ? [extension] : [];
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
		if (!known) this.#endAt(this.#phones.makeRoom(), at);
		const before = known ?? newPhone(extension);
		const { phone, steps, word } = stepPhone(before, input, at, this.#contextOf(extension));
		this.#phones.set(phone);
		if (phone.unexplained?.kind === "off-hook" && phone.unexplained !== before.unexplained) {
			this.#endings.reconsider(this.#pickups.wentOffHook(extension, at, this.#register), at, this.#options.settle);
		} else if (before.view.state === "busy" && phone.view.state !== "busy") {
			this.#endings.reconsider(this.#pickups.wentOn(extension, at), at, this.#options.settle);
		}
		if (word !== undefined && "raw" in input) this.#told.push({ kind: "word", word, raw: input.raw });
		for (const step of steps) this.#note(step, at);
		for (const leg of phone.legs) if (!before.legs.includes(leg)) this.#changed(leg, at);
		if (steps.length > 0) this.#endAt(this.#phones.surplus, at);
	}

	/** A leg is in another state, with or without a step to tell. */
	#changed(leg: Leg, at: Moment): void {
		this.#register.update(leg);
		const call = leg.state.kind === "releasing" ? this.#register.callOf(leg.key) : undefined;
		if (call && isUnanswered(leg)) this.#pickUp(this.#pickups.explainedBy(leg, call), at);
	}

	/** A phone is not followed any more: it makes room for others. */
	#endAt(busy: Phone | undefined, at: Moment): void {
		if (!busy) return;
		this.#apply(busy.extension, { kind: "forgotten" }, at);
		this.#phones.delete(busy.extension);
		this.#endings.reconsider(this.#pickups.wentOn(busy.extension, at), at, this.#options.settle);
	}

	/** An input, with the call that it is about where only its moment tells. */
	#takenUp(extension: string, input: PhoneInput, at: Moment): PhoneInput {
		const phone = input.kind === "end" ? this.#phones.get(extension) : undefined;
		const taken = phone && this.#pickups.takenUp(phone, input, at, this.#register, this.#options.infersGroups);
		if (!taken) return input;
		if (taken.isInferred && input.kind === "end") this.#register.alias(taken.call, input.transaction);
		return taken.input;
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
		const awaits = awaitedBy(told, this.#coverage, this.#options.pro);
		for (const each of this.#buffer.take(told, awaits, at)) this.#tell(each, at);
		if (step.step !== "ringing" || !call) return;
		this.#endings.reconsider(this.#pickups.explained(step.leg), at, this.#options.settle);
		this.#pickUp(this.#pickups.explains(step.leg, call), at);
	}

	/** Of a call that is older than the connection nobody heard the beginning. */
	#began(call: OpenCall, { startedAt, transaction }: Leg, at: Moment): void {
		this.#endings.began(call);
		if (call.legs.size > 1 || transaction === null || startedAt === null) return;
		if (this.#coverage.isOlder(startedAt, at)) call.isTorn = true;
	}

	#pickUp(leg: Leg | null, at: Moment): void {
		if (!leg?.offHookAt) return;
		this.#apply(leg.extension, { kind: "picked-up", key: leg.key, since: leg.offHookAt }, at);
	}

	#tell({ step, leg, raw }: LegStep, at: Moment): void {
		const call = this.#register.callOf(leg.key);
		if (!call || step === "described") return;
		const legId = this.#register.legIdOf(call, leg);
		this.#told.push({ kind: "leg", step, leg, legId, raw, call: this.#register.nameOf(call), pbxId: pbxIdOf(call) });
		const { settle, infersGroups } = this.#options;
		if (step === "ended") this.#endings.legOver(call, leg, at, settle, infersGroups);
	}

	#flush(): readonly Told[] {
		if (this.#told.length === 0) return NOTHING;
		const told = this.#told;
		this.#told = [];
		return told;
	}
}
