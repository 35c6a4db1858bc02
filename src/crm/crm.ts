import type { CallOutcome, CallRecord, Contact, Crm, CrmUser, LegEvent, LegOutcome } from "../messages";
import type { NumberPlan } from "../numbers/numbers";
import { type Spellings, spellingsOf } from "../numbers/spellings";
import { localText, utcText } from "./localTime";
import type { Person } from "./person";
import { CRM_TEXTS, type CrmTexts, type Described, type Language } from "./texts";

/** How calls are described to a CRM. */
export interface CrmOptions {
	readonly plan: NumberPlan;
	readonly language: Language;
	/** IANA; empty is the machine's own. */
	readonly timeZone: string;
	/** By extension. */
	readonly people: ReadonlyMap<string, Person>;
}

/** A leg's event or a record, but for its `crm`. */
export type CallWithoutCrm = Omit<LegEvent, "crm"> | Omit<CallRecord, "crm">;

/** For a stranger. */
export const NO_CONTACT: Contact = { id: "", name: "", url: "" };

function spell(call: CallWithoutCrm, { plan }: CrmOptions, texts: CrmTexts): Spellings & { readonly number: string } {
	const { number, e164, anonymous, internal } = call;
	if (e164 !== null) return { number: e164, ...spellingsOf(e164, plan) };
	if (anonymous) return { number: number ?? "", national: "", display: texts.withheld, search: [] };
	if (number === null) return { number: "", national: "", display: texts.nobody, search: [] };
	const digits = number.replace(/\D/g, "");
	const search = [...new Set([number.trim(), digits])].filter(Boolean);
	return { number, national: digits || number, display: number, search: internal ? [] : search };
}

/** A person's name, and where there is none the extension. */
function nameOf(extension: string, { people }: CrmOptions): string {
	const name = people.get(extension)?.name;
	return name ? `${name} (${extension})` : extension;
}

function userOf(extension: string, { people }: CrmOptions): CrmUser {
	const person = people.get(extension);
	return { extension, name: person?.name ?? "", id: person?.user ?? "", email: person?.email ?? "" };
}

/** Half a character cannot be encoded. */
function percentEncoded(text: string): string {
	return encodeURIComponent(text.replace(/\p{Cs}/gu, "\ufffd"));
}

/** The other party, as people read it: who the CRM says it is, else the name that came along. */
function who(call: CallWithoutCrm, display: string, options: CrmOptions): string {
	const person = call.internal && call.number !== null ? options.people.get(call.number.trim())?.name : undefined;
	const name = call.contact?.name || person || call.name;
	return name ? `${name} (${display})` : display;
}

interface Times {
	readonly outcome: LegOutcome | CallOutcome | null;
	readonly waited: number | null;
	readonly answeredBy: readonly string[];
	readonly rang: readonly string[];
}

function timesOf(call: CallWithoutCrm): Times {
	if (call.event === "call.record") {
		const { outcome, waitDuration, answeredBy, legs } = call;
		const rang = [...new Set(legs.map(({ extension }) => extension))];
		return { outcome, waited: waitDuration, answeredBy, rang };
	}
	const { outcome, ringDuration, answeredAt, extension, direction } = call;
	const isAnswered = answeredAt !== null && direction !== "outbound";
	return { outcome, waited: ringDuration, answeredBy: isAnswered ? [extension] : [], rang: [extension] };
}

function whole(seconds: number | null): number {
	return Math.round(seconds ?? 0);
}

/** What a CRM needs of a call, ready to be sent: never null. */
export function crmOf(call: CallWithoutCrm, options: CrmOptions): Crm {
	const texts = CRM_TEXTS[options.language];
	const { number, national, display, search } = spell(call, options, texts);
	const { outcome, waited, answeredBy, rang } = timesOf(call);
	const time = (text: string | null, read: (wall: number) => string) => (text === null ? "" : read(Date.parse(text)));
	const startedLocal = time(call.startedAt, (wall) => localText(wall, options.timeZone));
	const described: Described = {
		...{ direction: call.direction, outcome, who: who(call, display, options), queue: call.queue ?? "" },
		...{ date: startedLocal.slice(0, 10), time: startedLocal.slice(11, 16) },
		answeredBy: answeredBy.map((extension) => nameOf(extension, options)),
		rang: rang.map((extension) => nameOf(extension, options)),
		waited: waited === null ? null : whole(waited),
		talked: call.duration === null ? null : whole(call.duration),
	};
	return {
		key: `${call.tenant}/${call.callId}`,
		subject: texts.subject(described),
		summary: texts.summary(described),
		...{ number, national, display, search, urlNumber: percentEncoded(number) },
		seconds: whole(call.duration),
		ringSeconds: whole(waited),
		started: time(call.startedAt, utcText),
		ended: time(call.endedAt, utcText),
		startedLocal,
		endedLocal: time(call.endedAt, (wall) => localText(wall, options.timeZone)),
		user: userOf(call.extension, options),
		contact: call.contact ?? NO_CONTACT,
	};
}
