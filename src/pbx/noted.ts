import { kept, keptIfAny } from "../kept";
import type { CallEvent, PbxEvent } from "../messages";
import { cloneEvent } from "./cloneEvent";
import type { CallEntry, JournalEntry, OtherEntry } from "./journalEntry";

/** Characters of a ticket, and of a name or number, that are kept: a frame can hold a mebibyte. */
const LONGEST_RAW = 600;
const LONGEST_TEXT = 120;
const MOST_STEPS = 12;

/** The entry that an event becomes, or adds to. Keeps nothing of the event itself, which is its listeners' to change. */
export function noted(key: string, before: JournalEntry | undefined, event: PbxEvent): JournalEntry {
	if ("callId" in event) return notedCall(key, before?.kind === "call" ? before : null, event);
	return {
		...{ kind: "other", key, event: event.event as OtherEntry["event"], at: event.at, extension: event.extension },
		state: event.event === "link.state" ? event.state : null,
		reason: event.event === "link.state" ? event.reason : null,
		seconds: event.event === "link.gap" ? event.seconds : null,
		raw: keptIfAny(event.raw, LONGEST_RAW),
	};
}

/** An event as an example of its kind, on its own: long texts are shortened, and a line can have any number of parameters. */
export function sampleOf(event: PbxEvent): PbxEvent {
	const sample = cloneEvent(event);
	for (const [name, value] of Object.entries(sample)) {
		if (typeof value === "string") Object.assign(sample, { [name]: kept(value, LONGEST_RAW) });
	}
	return sample.event === "web.command" ? { ...sample, query: null, fields: null } : sample;
}

function notedCall(key: string, before: CallEntry | null, event: CallEvent): CallEntry {
	const isRecord = event.event === "call.record";
	const { at, extension, raw } = event;
	const step = { event: event.event, at, extension, outcome: isRecord ? null : event.outcome };
	const rang = isRecord ? event.legs.map((leg) => leg.extension) : [extension];
	return {
		...{ kind: "call", key, event: event.event, at, direction: event.direction, anonymous: event.anonymous },
		number: keptIfAny(event.number, LONGEST_TEXT),
		name: kept(event.contact?.name || event.name || "", LONGEST_TEXT),
		display: kept(event.crm.display, LONGEST_TEXT),
		extensions: [...new Set([...(before?.extensions ?? []), ...rang])].slice(0, MOST_STEPS),
		outcome: event.outcome,
		summary: isRecord ? kept(event.crm.summary, LONGEST_RAW) : null,
		steps: isRecord
			? (before?.steps ?? [])
			: [...(before?.steps ?? []), { ...step, raw: keptIfAny(raw, LONGEST_RAW) }].slice(-MOST_STEPS),
	};
}
