import type { EventName } from "../../../src/eventNames";
import type { CallRecord, Crm, LegEvent, PbxEvent } from "../../../src/messages";

const [RANG, ANSWERED, ENDED] = ["2026-01-15T09:00:00.000Z", "2026-01-15T09:00:07.000Z", "2026-01-15T09:02:19.000Z"];
const CALL_ID = "1768467600.3520740";
const BASE = { tenant: "227", extension: "11" } as const;

const CRM: Crm = {
	key: `227/${CALL_ID}`,
	subject: "974 31 94 04",
	summary: "",
	number: "+34974319404",
	national: "974319404",
	display: "974 31 94 04",
	search: ["+34974319404", "974319404", "974 31 94 04"],
	urlNumber: "%2B34974319404",
	seconds: 0,
	ringSeconds: 0,
	started: "2026-01-15 09:00:00",
	ended: "",
	startedLocal: "2026-01-15 10:00:00",
	endedLocal: "",
	user: { extension: "11", name: "", id: "", email: "" },
	contact: { id: "", name: "", url: "" },
};

/** What a leg and a record do not share. */
type Own = "event" | "at" | "tenant" | "extension" | "raw" | "duration" | "outcome" | "crm";

const FACTS: Pick<LegEvent, Exclude<keyof LegEvent & keyof CallRecord, Own>> = {
	callId: CALL_ID,
	pbxId: "270",
	direction: "inbound",
	number: "974319404",
	name: null,
	e164: "+34974319404",
	anonymous: false,
	internal: false,
	queue: null,
	startedAt: RANG,
	answeredAt: null,
	endedAt: null,
	source: "monitor",
	contact: null,
};

const RINGING: LegEvent = {
	event: "call.ringing",
	at: RANG,
	...BASE,
	raw: `(info,270-974319404-11-${CALL_ID})`,
	...FACTS,
	callIdSource: "pbx",
	legId: `${CALL_ID}/11`,
	ringDuration: null,
	duration: null,
	outcome: null,
	crm: CRM,
};

const ENDED_CRM: Crm = {
	...CRM,
	seconds: 132,
	ringSeconds: 7,
	ended: "2026-01-15 09:02:19",
	endedLocal: "2026-01-15 10:02:19",
};

const OVER: LegEvent = {
	...RINGING,
	...{
		event: "call.ended",
		at: ENDED,
		raw: `(info,270-terminada-11-${CALL_ID})`,
		answeredAt: ANSWERED,
		endedAt: ENDED,
	},
	ringDuration: 7,
	duration: 132,
	outcome: "answered",
	crm: ENDED_CRM,
};

const RECORD: CallRecord = {
	event: "call.record",
	at: "2026-01-15T09:02:27.000Z",
	...BASE,
	raw: null,
	...FACTS,
	key: `227/${CALL_ID}`,
	answeredAt: ANSWERED,
	endedAt: ENDED,
	waitDuration: 7,
	duration: 132,
	outcome: "answered",
	answeredBy: ["11"],
	omittedLegs: 0,
	inferred: false,
	complete: true,
	crm: ENDED_CRM,
	legs: [
		{
			legId: OVER.legId,
			extension: "11",
			startedAt: RANG,
			answeredAt: ANSWERED,
			endedAt: ENDED,
			ringDuration: 7,
			duration: 132,
			outcome: "answered",
		},
	],
};

type EventOfName = { readonly [Name in EventName]: Extract<PbxEvent, { event: unknown }> & { event: Name } };

/** What a message of each event looks like, where none has come yet. */
export const EXAMPLE_EVENTS: EventOfName = {
	"call.ringing": { ...RINGING, event: "call.ringing" },
	"call.answered": {
		...RINGING,
		event: "call.answered",
		at: ANSWERED,
		raw: "(info,270-Ocupada-11-0)",
		answeredAt: ANSWERED,
		ringDuration: 7,
		crm: { ...CRM, ringSeconds: 7 },
	},
	"call.ended": { ...OVER, event: "call.ended" },
	"call.record": RECORD,
	"extension.state": {
		event: "extension.state",
		at: RANG,
		...BASE,
		raw: "(info,-Timbre)",
		state: "ringing",
		previous: "idle",
		text: "Timbre",
		since: RANG,
		repeated: false,
	},
	"dial.progress": {
		event: "dial.progress",
		at: RANG,
		...BASE,
		raw: "(info,Chamada...)",
		outcome: "calling",
		text: "Chamada...",
	},
	"web.command": {
		event: "web.command",
		at: ENDED,
		...BASE,
		raw: "http://crm.example/call?number=974319404&seconds=132",
		line: "http://crm.example/call?number=974319404&seconds=132",
		fields: null,
		url: "http://crm.example/call?number=974319404&seconds=132",
		query: { number: "974319404", seconds: "132" },
	},
	"link.state": { event: "link.state", at: RANG, ...BASE, raw: null, state: "connected", reason: "confirmed" },
	"link.gap": { event: "link.gap", at: ANSWERED, ...BASE, raw: null, from: RANG, to: ANSWERED, seconds: 7 },
	unrecognised: { event: "unrecognised", at: RANG, ...BASE, raw: "(queue,3)", text: "(queue,3)" },
};
