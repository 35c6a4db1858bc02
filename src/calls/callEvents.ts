import { type CrmOptions, crmOf } from "../crm/crm";
import type { CallRecord, CallSource, Contact, CurrentCall, Direction, LegEvent } from "../messages";
import type { Moment } from "../moment";
import { describeNumber, type NumberFacts } from "../numbers/numbers";
import type { Tenant } from "../protocol/address";
import type { Vocabulary } from "../protocol/vocabulary";
import { isoTime } from "./isoTime";
import { answeredAtOf, endedAtOf, type Leg } from "./leg";
import { type CallFacts, outcomeOfLeg, ringSeconds, talkSeconds } from "./record";
import type { ToldLeg } from "./told";

/** What is needed to tell of an account's calls. */
export interface CallEventContext {
	readonly tenant: Tenant;
	readonly vocabulary: Vocabulary;
	readonly crm: CrmOptions;
	/** Whether a number is one of the PBX's extensions: one that it has spoken of as a phone. */
	readonly isExtension: (number: string) => boolean;
	/** Whom a CRM look-up has found for a call, or behind its number; null is a number that nobody names. */
	readonly contactOf: (callId: string, number: string | null) => Contact | null;
}

const EVENT_OF = { ringing: "call.ringing", answered: "call.answered", ended: "call.ended" } as const;

function wallText(at: Moment | null): string | null {
	return at === null ? null : isoTime(at.wall);
}

function sinceText(wall: number | null): string | null {
	return wall === null ? null : isoTime(wall);
}

function sourceOf({ pro, transaction }: Leg): CallSource {
	if (pro) return "pro";
	return transaction === null ? "extension" : "monitor";
}

interface Party extends NumberFacts {
	readonly direction: Direction;
	readonly number: string | null;
	readonly name: string | null;
	readonly contact: Contact | null;
}

function partyOf({ number, name, direction }: Leg, callId: string, context: CallEventContext): Party {
	const facts =
		number === null
			? { e164: null, anonymous: false, internal: false }
			: describeNumber(number, context.crm.plan, context.vocabulary, context.isExtension);
	const isInternal = facts.internal && direction === "inbound";
	const isNamed = number !== null && !facts.anonymous;
	return {
		...facts,
		...{ direction: isInternal ? "internal" : direction, number, name },
		contact: context.contactOf(callId, isNamed ? (facts.e164 ?? number) : null),
	};
}

/** The event that a step in a leg's life becomes. */
export function legEvent(told: ToldLeg, context: CallEventContext, at: Moment): LegEvent {
	const { leg, call, step } = told;
	const isOver = leg.state.kind === "ended";
	const event: Omit<LegEvent, "crm"> = {
		event: EVENT_OF[step],
		at: isoTime(at.wall),
		tenant: context.tenant,
		extension: leg.extension,
		raw: told.raw,
		callId: call.id,
		callIdSource: call.source,
		legId: told.legId,
		pbxId: told.pbxId,
		...partyOf(leg, call.id, context),
		queue: leg.pro?.queue ?? null,
		startedAt: sinceText(leg.startedAt),
		answeredAt: wallText(answeredAtOf(leg)),
		endedAt: wallText(endedAtOf(leg)),
		ringDuration: isOver || answeredAtOf(leg) !== null ? ringSeconds(leg) : null,
		duration: isOver ? talkSeconds(leg) : null,
		outcome: isOver ? outcomeOfLeg(leg) : null,
		source: sourceOf(leg),
	};
	return { ...event, crm: crmOf(event, context.crm) };
}

/** The record of a call that is over. */
export function recordEvent(facts: CallFacts, context: CallEventContext, at: Moment): CallRecord {
	const { name, first, legs } = facts;
	const sources = legs.map(({ leg }) => sourceOf(leg));
	const record: Omit<CallRecord, "crm"> = {
		event: "call.record",
		at: isoTime(at.wall),
		tenant: context.tenant,
		extension: facts.extension,
		raw: null,
		callId: name.id,
		key: `${context.tenant}/${name.id}`,
		pbxId: facts.pbxId,
		...partyOf(first, name.id, context),
		queue: facts.queue,
		startedAt: sinceText(facts.startedAt),
		answeredAt: wallText(facts.answeredAt),
		endedAt: wallText(facts.endedAt),
		waitDuration: facts.wait,
		duration: facts.talk,
		outcome: facts.outcome,
		answeredBy: facts.answeredBy,
		legs: legs.map(({ id, leg }) => ({
			...{ legId: id, extension: leg.extension, startedAt: sinceText(leg.startedAt) },
			...{ answeredAt: wallText(answeredAtOf(leg)), endedAt: wallText(endedAtOf(leg)) },
			...{ ringDuration: ringSeconds(leg), duration: talkSeconds(leg), outcome: outcomeOfLeg(leg) },
		})),
		omittedLegs: facts.omitted,
		inferred: facts.isInferred,
		complete: facts.isComplete,
		source: sources.find((source) => source === "pro") ?? sources.find((source) => source === "monitor") ?? "extension",
	};
	return { ...record, crm: crmOf(record, context.crm) };
}

/** What the live board says of a call that is going on. */
export function currentCall(told: Omit<ToldLeg, "kind" | "step" | "raw">, context: CallEventContext): CurrentCall {
	const { leg, legId, call } = told;
	const { anonymous, internal, e164, direction, number, name, contact } = partyOf(leg, call.id, context);
	return {
		...{ callId: call.id, legId, direction, number, name, e164, anonymous, internal },
		queue: leg.pro?.queue ?? null,
		startedAt: sinceText(leg.startedAt),
		answeredAt: wallText(answeredAtOf(leg)),
		contact,
	};
}
