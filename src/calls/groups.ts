import type { CallGroup } from "../messages";
import { type Call, type CallStep, keyOf } from "./call";

/** A step, and the group of phones that the call rang, where there are several. */
export type GroupedStep = CallStep & { readonly group: CallGroup | null };

type Ended = Extract<CallStep, { step: "ended" }>;

interface Member {
	/** It ended unanswered, and what that means waits for the others. */
	held: Ended | null;
}

interface Group {
	readonly number: string;
	readonly startedAt: number;
	/** When its first call was heard of, by our clock. */
	readonly heardAt: number;
	readonly transaction: string | null;
	readonly members: Map<string, Member>;
	/** The extensions in the order they rang, those that have ended included. */
	readonly extensions: string[];
	readonly callIds: string[];
	answeredBy: string | null;
}

/** Milliseconds between the starts of calls that one caller's single call can have made. */
const SAME_MOMENT = 2_000;

/**
 * Recognises one call that rings several phones, as a queue makes it: the same number, from the same moment, at different
 * extensions (inferred: the wire does not say so). When one answers, the others end as answered elsewhere; when none
 * does, the call is missed once.
 */
export class Groups {
	readonly #groups = new Set<Group>();
	readonly #ofCall = new Map<string, Group>();

	/** Takes a step of one phone, and gives what is to be told now. */
	take(step: CallStep): GroupedStep[] {
		const { call } = step;
		if (step.step === "ringing") this.#admit(call);
		const group = this.#ofCall.get(keyOf(call));
		if (!group) return [{ ...step, group: null }];
		if (step.step === "ringing") return [{ ...step, group: describe(group) }];
		if (step.step === "ended") return this.#ended(group, step);
		group.answeredBy ??= call.extension;
		const held = [...group.members.values()].flatMap((member) => member.held ?? []);
		return [{ ...step, group: describe(group) }, ...held.flatMap((other) => this.#ended(group, other))];
	}

	/** No call is followed any more. */
	clear(): void {
		this.#groups.clear();
		this.#ofCall.clear();
	}

	#admit(call: Call): void {
		const { number, startedAt, heardAt, extension, direction, transaction } = call;
		if (number === null || startedAt === null || heardAt === null || direction !== "inbound") return;
		const open = [...this.#groups].find((group) => isOneCall(group, call, heardAt));
		const fresh: Group = {
			...{ number, startedAt, heardAt, transaction },
			...{ members: new Map(), extensions: [], callIds: [], answeredBy: null },
		};
		const group = open ?? fresh;
		this.#groups.add(group);
		group.members.set(keyOf(call), { held: null });
		this.#ofCall.set(keyOf(call), group);
		group.extensions.push(extension);
		group.callIds.push(call.id);
	}

	#ended(group: Group, step: Ended): GroupedStep[] {
		const key = keyOf(step.call);
		const others = [...group.members].filter(([other]) => other !== key);
		const isAnsweredElsewhere = group.answeredBy !== null && group.answeredBy !== step.call.extension;
		if (step.outcome !== "answered" && isAnsweredElsewhere) {
			this.#remove(group, key);
			return [{ ...step, outcome: "answered-elsewhere", group: describe(group) }];
		}
		if (step.outcome === "answered" || group.answeredBy !== null) {
			this.#remove(group, key);
			return [{ ...step, group: describe(group) }];
		}
		const member = group.members.get(key);
		if (member && others.some(([, { held }]) => held === null)) {
			member.held = step;
			return [];
		}
		// The last phone has stopped ringing, and nobody answered.
		for (const other of group.members.keys()) this.#remove(group, other);
		const isSure = step.outcome === "missed" && others.every(([, { held }]) => held?.outcome === "missed");
		return [{ ...step, outcome: isSure ? "missed" : "unknown", group: describe(group) }];
	}

	#remove(group: Group, key: string): void {
		group.members.delete(key);
		this.#ofCall.delete(key);
		if (group.members.size === 0) this.#groups.delete(group);
	}
}

/** Whether a call is one of a group's: by its transaction, or inferred from number and moment. */
function isOneCall(group: Group, call: Call, heardAt: number): boolean {
	const { number, startedAt, transaction, extension } = call;
	if (startedAt === null || group.extensions.includes(extension)) return false;
	// A call that was answered and comes to another phone later was passed on.
	if (group.answeredBy !== null && Math.abs(heardAt - group.heardAt) > SAME_MOMENT) return false;
	if (transaction !== null && transaction === group.transaction) return true;
	// Withheld callers may be different ones.
	const isNamed = number !== null && /\d/.test(number);
	return isNamed && group.number === number && Math.abs(group.startedAt - startedAt) <= SAME_MOMENT;
}

/** A group of one phone is none. */
function describe({ startedAt, number, extensions, callIds, answeredBy }: Group): CallGroup | null {
	if (extensions.length < 2) return null;
	return {
		id: `${startedAt / 1000}-${number}`,
		extensions: [...extensions],
		callIds: [...callIds],
		answeredBy,
		inferred: true,
	};
}
