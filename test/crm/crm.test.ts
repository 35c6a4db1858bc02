import assert from "node:assert/strict";
import fc from "fast-check";
import { type CallWithoutCrm, type CrmOptions, crmOf } from "../../src/crm/crm";
import { isTimeZone, localText } from "../../src/crm/localTime";
import type { Person } from "../../src/crm/person";
import { LANGUAGES } from "../../src/crm/texts";
import type { CallRecord, LegEvent } from "../../src/messages";
import { tries } from "../support/tries";

type LegWithoutCrm = Omit<LegEvent, "crm">;
type RecordWithoutCrm = Omit<CallRecord, "crm">;

const ANA: Person = { extension: "11", name: "Ana López", user: "7", email: "ana@empresa.example" };

const options = (over: Partial<CrmOptions> = {}): CrmOptions => ({
	...{ plan: { country: "ES", prefix: "", plus: "+" }, language: "es", timeZone: "Europe/Madrid" },
	people: new Map([["11", ANA]]),
	...over,
});

const record = (over: Partial<RecordWithoutCrm> = {}): RecordWithoutCrm => ({
	...{ event: "call.record", at: "2026-07-15T08:03:00.000Z", tenant: "227", extension: "11", raw: null },
	...{ callId: "1508337505.1", key: "227/1508337505.1", pbxId: "1508337505.1", direction: "inbound" },
	...{ number: "600123456", name: null, e164: "+34600123456", anonymous: false, internal: false, queue: null },
	...{ startedAt: "2026-07-15T08:00:00.400Z", answeredAt: "2026-07-15T08:00:12.900Z" },
	...{ endedAt: "2026-07-15T08:02:43.100Z", waitDuration: 12.5, duration: 150.2, outcome: "answered" },
	...{ answeredBy: ["11"], omittedLegs: 0, inferred: false, complete: true, source: "monitor", contact: null },
	legs: [],
	...over,
});

const ringing = (over: Partial<LegWithoutCrm> = {}): LegWithoutCrm => ({
	...{ event: "call.ringing", at: "2026-01-15T09:00:00.000Z", tenant: "227", extension: "12", raw: "(CALL,600123456)" },
	...{ callId: "c1", callIdSource: "local", legId: "c1/12", pbxId: null, direction: "inbound", number: "600123456" },
	...{ name: null, e164: "+34600123456", anonymous: false, internal: false, queue: null, contact: null },
	...{ startedAt: "2026-01-15T09:00:00.000Z", answeredAt: null, endedAt: null, ringDuration: null, duration: null },
	...{ outcome: null, source: "extension" },
	...over,
});

describe("what a CRM gets of a call", () => {
	it("is ready to be sent, of an answered call", () => {
		const { search, ...crm } = crmOf(record(), options());
		assert.deepEqual(crm, {
			key: "227/1508337505.1",
			subject: "Llamada de 600 12 34 56",
			summary:
				"Llamada de 600 12 34 56 el 15/07/2026 a las 10:00. Atendida por Ana López (11) a los 13 s. Duración: 2 min 30 s.",
			number: "+34600123456",
			national: "600123456",
			display: "600 12 34 56",
			urlNumber: "%2B34600123456",
			seconds: 150,
			ringSeconds: 13,
			started: "2026-07-15 08:00:00",
			ended: "2026-07-15 08:02:43",
			startedLocal: "2026-07-15 10:00:00",
			endedLocal: "2026-07-15 10:02:43",
			user: { extension: "11", name: "Ana López", id: "7", email: "ana@empresa.example" },
			contact: { id: "", name: "", url: "" },
		});
		assert.deepEqual(search.slice(0, 3), ["+34600123456", "600123456", "600 12 34 56"]);
	});

	it("has the hour of the place, in winter, in summer and as the clocks change", () => {
		for (const [zone, utc, local] of [
			["Europe/Madrid", "2026-01-15T23:30:00Z", "2026-01-16 00:30:00"],
			["Europe/Madrid", "2026-03-29T00:59:59Z", "2026-03-29 01:59:59"],
			["Europe/Madrid", "2026-03-29T01:00:00Z", "2026-03-29 03:00:00"],
			["Europe/Madrid", "2026-10-25T00:30:00Z", "2026-10-25 02:30:00"],
			["Europe/Madrid", "2026-10-25T01:30:00Z", "2026-10-25 02:30:00"],
			["Europe/Lisbon", "2026-07-15T08:00:00Z", "2026-07-15 09:00:00"],
			["Atlantic/Canary", "2026-01-15T00:00:00Z", "2026-01-15 00:00:00"],
			["America/St_Johns", "2026-01-15T00:00:00Z", "2026-01-14 20:30:00"],
			["Asia/Kathmandu", "2026-01-15T00:00:00Z", "2026-01-15 05:45:00"],
			["UTC", "2028-02-29T12:00:00Z", "2028-02-29 12:00:00"],
		] as const) {
			assert.equal(localText(Date.parse(utc), zone), local, `${zone} ${utc}`);
			assert.equal(crmOf(ringing({ startedAt: utc }), options({ timeZone: zone })).startedLocal, local);
		}
		assert.ok(isTimeZone("Europe/Lisbon") && !isTimeZone("Europe/Nowhere") && !isTimeZone("2 hours"));
	});

	it("says in each language what became of the call", () => {
		const missed = record({ outcome: "missed", answeredAt: null, answeredBy: [], duration: null, waitDuration: 45 });
		const legs = [11, 12].map((extension) => ({
			...{ legId: `c/${extension}`, extension: String(extension), startedAt: null, answeredAt: null, endedAt: null },
			...{ ringDuration: null, duration: null, outcome: "no-answer" as const },
		}));
		const said = LANGUAGES.map((language) => crmOf({ ...missed, legs, queue: "Ventas" }, options({ language })));
		assert.deepEqual(
			said.map(({ subject }) => subject),
			["Llamada perdida de 600 12 34 56", "Chamada perdida de 600 12 34 56", "Missed call from 600 12 34 56"],
		);
		assert.deepEqual(
			said.map(({ summary }) => summary),
			[
				"Llamada perdida de 600 12 34 56 el 15/07/2026 a las 10:00 por la cola Ventas. Nadie la atendió. Sonó en Ana López (11) y 12. Esperó 45 s.",
				"Chamada perdida de 600 12 34 56 em 15/07/2026 às 10:00 pela fila Ventas. Ninguém atendeu. Tocou em Ana López (11) e 12. Esperou 45 s.",
				"Missed call from 600 12 34 56 on 2026-07-15 at 10:00 by queue Ventas. Nobody answered. It rang at Ana López (11) and 12. The caller waited 45 s.",
			],
		);
		const unknown = crmOf(record({ outcome: "unknown", answeredBy: [], answeredAt: null, duration: null }), options());
		assert.equal(unknown.subject, "Llamada de 600 12 34 56 (resultado desconocido)");
		assert.doesNotMatch(unknown.summary, /perdida|Atendida por/);
	});

	it("names who is known, a look-up's name before the one that was sent, and a colleague by name", () => {
		const subject = (over: Partial<LegWithoutCrm>) => crmOf(ringing(over), options()).subject;
		const contact = { id: "9", name: "Bar Pepe", url: "https://crm.example/9" };
		assert.equal(subject({ name: "PEPE SL" }), "Llamada de PEPE SL (600 12 34 56)");
		assert.equal(subject({ name: "PEPE SL", contact }), "Llamada de Bar Pepe (600 12 34 56)");
		const internal = { direction: "internal", internal: true, number: "11", e164: null } as const;
		assert.equal(subject(internal), "Llamada interna de Ana López (11)");
		assert.deepEqual(crmOf(ringing({ contact }), options()).contact, contact);
	});

	it("asks a CRM for nobody whom it cannot know", () => {
		const withheld = crmOf(ringing({ number: "Anonymous", e164: null, anonymous: true }), options({ language: "pt" }));
		assert.deepEqual([withheld.display, withheld.search, withheld.national], ["número oculto", [], ""]);
		const internal = crmOf(ringing({ number: "2203", e164: null, internal: true, direction: "internal" }), options());
		assert.deepEqual([internal.display, internal.search], ["2203", []]);
		const unsaid = crmOf(ringing({ number: null, e164: null }), options());
		assert.deepEqual([unsaid.number, unsaid.display, unsaid.search], ["", "número desconocido", []]);
		const short = crmOf(ringing({ number: "1004", e164: null }), options());
		assert.deepEqual([short.number, short.search], ["1004", ["1004"]]);
	});

	it("is whoever has the extension: no name, id or address where there is none", () => {
		assert.deepEqual(crmOf(ringing(), options()).user, { extension: "12", name: "", id: "", email: "" });
	});

	it("is never null, whatever the call, and never throws", () => {
		const time = fc.option(
			fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((date) => date.toISOString()),
		);
		const seconds = fc.option(fc.double({ min: 0, max: 1e6, noNaN: true }));
		const text = fc.option(fc.string({ unit: "binary", maxLength: 40 }));
		const call: fc.Arbitrary<CallWithoutCrm> = fc
			.record({
				...{ number: text, name: text, queue: text, startedAt: time, answeredAt: time, endedAt: time },
				...{ duration: seconds, anonymous: fc.boolean(), internal: fc.boolean() },
				e164: fc.constantFrom(null, "+34600123456", "+351912345678", "+8821234567890", "+999"),
				direction: fc.constantFrom("inbound" as const, "outbound" as const, "internal" as const, "unknown" as const),
				outcome: fc.constantFrom(
					"answered" as const,
					"no-answer" as const,
					"busy" as const,
					"failed" as const,
					"unknown" as const,
				),
			})
			.chain((facts) => fc.constantFrom(ringing(facts), record({ ...facts, waitDuration: facts.duration })));
		fc.assert(
			fc.property(call, fc.constantFrom(...LANGUAGES), (each, language) => {
				const crm = crmOf(each, options({ language }));
				const check = (value: unknown): void => {
					assert.ok(value !== null && value !== undefined && !Number.isNaN(value));
					if (typeof value === "object") for (const inner of Object.values(value)) check(inner);
				};
				check(crm);
				assert.ok(Number.isInteger(crm.seconds) && Number.isInteger(crm.ringSeconds));
				assert.equal(crm.search.length, new Set(crm.search).size);
				assert.ok(each.e164 === null || decodeURIComponent(crm.urlNumber) === each.e164);
				assert.doesNotMatch(crm.summary, /undefined|null|NaN/);
			}),
			{ numRuns: tries(1_000) },
		);
	});
});
