import type { Moment } from "../moment";
import type { DueEntry } from "./dueQueue";
import { answeredAtOf, type Leg } from "./leg";
import type { OffHook } from "./pickups";
import { HOP_MS, MOST_INFERRED_LEGS, SAME_MOMENT_MS, TICKET_GRACE_MS } from "./timing";

/** What a call is told by. */
export interface CallName {
	readonly id: string;
	/** Whose id that is. */
	readonly source: "pbx" | "local";
}

/** A leg as one of a call's. */
export interface CallLeg {
	readonly leg: Leg;
	/** What it is told by: the call's id, its extension, and which time that phone has a leg in the call. Null before it was told. */
	readonly id: string | null;
	/** Its end was told. */
	readonly isOver: boolean;
}

/** A call whose record is not told yet. */
export interface OpenCall {
	readonly key: number;
	/** The id under which it was first told, which stays its id; null while nothing was told. */
	name: CallName | null;
	/** By the legs' keys, in the order in which they began. */
	readonly legs: Map<string, CallLeg>;
	/** What the PBX names it by: transactions, and ids of PRO lines. */
	readonly ids: string[];
	/** Its callers, as {@link numberKey} gives them. */
	readonly numbers: string[];
	/** Legs that began, by extension. */
	readonly times: Map<string, number>;
	/** How many legs are not over. */
	going: number;
	/** Which legs were answered, and when. */
	readonly answers: { readonly leg: string; readonly at: Moment }[];
	/** Legs that are left out of the record, as there were too many. */
	omitted: number;
	/** Number and moment alone show that the legs belong together: the wire does not say so. */
	isInferred: boolean;
	/** A phone that talked in it fell idle while another one talked to that phone: it may have handed the call over. */
	handOver: { readonly extension: string; readonly at: number } | null;
	/** Legs that may have been picked up at a phone which went busy just then. */
	readonly suspects: { readonly leg: string; readonly offHook: OffHook }[];
	/** Some of it may have gone unheard: the connection was down, or it was recorded before. */
	isTorn: boolean;
	/** Its place among the calls that wait for another leg; null while a leg goes on. */
	settles: DueEntry<OpenCall> | null;
	/** It waits for more to be heard of it, before it settles. */
	isHeld: boolean;
}

/** A call of which nothing is known yet. */
export function newCall(key: number): OpenCall {
	return {
		key,
		name: null,
		legs: new Map(),
		ids: [],
		numbers: [],
		times: new Map(),
		going: 0,
		answers: [],
		omitted: 0,
		isInferred: false,
		handOver: null,
		suspects: [],
		isTorn: false,
		settles: null,
		isHeld: false,
	};
}

/** By what calls of one caller are found: the last digits of the number, however it is written; null for a withheld one. */
export function numberKey({ number, direction }: Pick<Leg, "number" | "direction">): string | null {
	const digits = (number ?? "").replace(/\D/g, "").slice(-9);
	return direction !== "inbound" || digits === "" || /^0+$/.test(digits) ? null : digits;
}

function isOver({ state }: Leg): boolean {
	return state.kind === "ended" || state.kind === "releasing";
}

function overAt({ state, bornAt }: Leg): number {
	if (state.kind === "releasing") return state.idleAt.steady;
	return state.kind === "ended" ? (state.endedAt ?? bornAt).steady : Number.POSITIVE_INFINITY;
}

/**
 * Whether a leg that begins belongs to a call of the same caller, as far as the moment shows (protocol 7): several phones
 * ring at once; a phone that rejected the call rings again while others still do; or a queue, or somebody who talked, passes it
 * on to another phone faster than the caller could have called again.
 */
export function isPartOf(call: OpenCall, leg: Leg): boolean {
	if (leg.heardAt === null || call.legs.size >= MOST_INFERRED_LEGS) return false;
	const legs = Array.from(call.legs.values(), (held) => held.leg);
	const [first] = legs;
	if (!first) return false;
	const here = legs.filter(({ extension }) => extension === leg.extension);
	if (here.length === 0 && isSameMoment(first, leg)) return true;
	const ringsElsewhere = legs.some((other) => other.state.kind === "ringing" && other.extension !== leg.extension);
	const isAnswered = legs.some((other) => answeredAtOf(other) !== null);
	if (here.length > 0 && ringsElsewhere && !isAnswered) return here.every(isOver);
	if (!legs.every(isOver)) return false;
	const last = legs.reduce((latest, other) => (overAt(other) >= overAt(latest) ? other : latest), first);
	return last.extension !== leg.extension && leg.heardAt.steady - overAt(last) <= HOP_MS;
}

function isSameMoment(first: Leg, leg: Leg): boolean {
	if (first.heardAt === null || leg.heardAt === null) return false;
	if (Math.abs(leg.heardAt.steady - first.heardAt.steady) > SAME_MOMENT_MS) return false;
	// The PBX's own clock tells, where both have a transaction.
	const areTimed = first.transaction !== null && leg.transaction !== null;
	return !areTimed || Math.abs((leg.startedAt ?? 0) - (first.startedAt ?? 0)) <= SAME_MOMENT_MS;
}

/** Whether a leg rang for a call that somebody else answered meanwhile. */
function isAnsweredElsewhere({ answers }: OpenCall, leg: Leg): boolean {
	return answers.some((answer) => answer.leg !== leg.key && answer.at.steady >= leg.bornAt.steady - SAME_MOMENT_MS);
}

/** The PBX's own id of a call: the first transaction, else the first id of a PRO line; null where none was said. */
export function pbxIdOf({ legs }: OpenCall): string | null {
	let fromLine: string | null = null;
	for (const { leg } of legs.values()) {
		if (leg.formerTransaction !== null || leg.transaction !== null) return leg.formerTransaction ?? leg.transaction;
		fromLine ??= leg.pro?.id ?? null;
	}
	return fromLine;
}

/** A leg that is over, with what its call's other legs say of how: another phone may have answered. */
export function refined(call: OpenCall, leg: Leg): Leg {
	const { state } = leg;
	if (state.kind !== "ended" || state.answeredAt !== null || !isAnsweredElsewhere(call, leg)) return leg;
	const elsewhere: Leg = { ...leg, state: { ...state, outcome: "answered-elsewhere" } };
	if (state.outcome === "no-answer") return elsewhere;
	// A phone of which nobody could tell, and that stopped when another one answered.
	const lastAnswer = Math.max(...call.answers.map(({ at }) => at.steady));
	const isThen = state.endedAt !== null && Math.abs(state.endedAt.steady - lastAnswer) <= TICKET_GRACE_MS;
	return state.outcome === "unknown" && isThen ? elsewhere : leg;
}
