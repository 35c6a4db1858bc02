import assert from "node:assert/strict";
import { EVENT_NAMES } from "../../src/eventNames";
import type { LegEvent, PbxEvent } from "../../src/messages";
import { EventTap } from "../../src/pbx/eventTap";
import { Journal, MOST_ENTRIES } from "../../src/pbx/journal";
import type { Listener } from "../../src/pbx/listener";
import type { Pbx } from "../../src/pbx/pbx";
import { recordOf } from "../support/callLogs";
import { ManualClock } from "../support/clock";

describe("the journal of an account", () => {
	let clock: ManualClock;
	let tap: EventTap;
	let listeners: Set<Listener>;
	let journal: Journal;

	beforeEach(() => {
		[clock, tap, listeners] = [new ManualClock(), new EventTap(), new Set()];
		const observe = (listener: Listener) => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		};
		const account: unknown = { tap, observe };
		journal = Journal.of(account as Pbx, clock);
	});
	afterEach(() => {
		journal.close();
		assert.deepEqual([listeners.size, clock.pending], [0, 0]);
	});

	function leg(n: number, event: LegEvent["event"], extension = "11"): LegEvent {
		const { event: _, key, legs, waitDuration, answeredBy, omittedLegs, inferred, complete, ...facts } = recordOf(n);
		const outcome = event === "call.ended" ? "answered" : null;
		return {
			...{ ...facts, event, extension, outcome, callIdSource: "pbx", legId: `${facts.callId}/${extension}` },
			...{ raw: `(ticket of ${event})`, ringDuration: null },
		};
	}
	const unrecognised = (text: string): PbxEvent => ({
		...{ event: "unrecognised", at: "2026-01-15T10:00:00.000Z", tenant: "227", extension: "11", raw: text, text },
	});
	const kinds = () => journal.look().map((entry) => (entry.kind === "other" ? entry.raw : entry.kind));

	it("holds each call once, with its steps, and its record in the end", () => {
		journal.look();
		for (const phone of ["11", "12"]) tap.see(leg(1, "call.ringing", phone));
		tap.see(leg(1, "call.answered", "12"));
		const [going] = journal.look();
		assert.ok(going?.kind === "call");
		assert.deepEqual([going.event, going.extensions, going.summary], ["call.answered", ["11", "12"], null]);
		tap.see(leg(1, "call.ended", "12"));
		tap.see(recordOf(1));
		const [over, mark, ...more] = journal.look();
		assert.ok(over?.kind === "call");
		assert.deepEqual([over.event, over.outcome, over.steps.length], ["call.record", "answered", 4]);
		assert.equal(over.summary, recordOf(1).crm.summary);
		assert.deepEqual([over.steps[0]?.raw, mark?.kind, more.length], ["(ticket of call.ringing)", "unwatched", 0]);
	});

	it("has an event made for itself only while somebody looks, and sees what others are told all the same", () => {
		assert.equal(listeners.size, 0);
		tap.see(unrecognised("before"));
		assert.deepEqual(kinds(), ["unwatched", "before"]);
		const [listener] = listeners;
		assert.deepEqual(
			EVENT_NAMES.filter((name) => !listener?.events.has(name)),
			["extension.state"],
		);
		clock.advance(9_000);
		journal.look();
		clock.advance(9_999);
		assert.equal(listeners.size, 1);
		clock.advance(1);
		assert.equal(listeners.size, 0);
	});

	it("marks from when until when nobody looked; marks with nothing in between become one", () => {
		journal.look();
		clock.advance(10_000);
		tap.see(unrecognised("unseen"));
		clock.advance(50_000);
		const [mark] = journal.look();
		assert.ok(mark?.kind === "unwatched");
		assert.deepEqual([mark.from, mark.at], ["2026-01-15T10:00:10.000Z", "2026-01-15T10:01:00.000Z"]);
		assert.deepEqual(kinds(), ["unwatched", "unseen", "unwatched"]);
		clock.advance(30_000);
		const [again] = journal.look();
		assert.ok(again?.kind === "unwatched");
		assert.deepEqual([again.from, again.at], ["2026-01-15T10:00:10.000Z", "2026-01-15T10:01:30.000Z"]);
		assert.deepEqual(kinds(), ["unwatched", "unseen", "unwatched"]);
	});

	it("keeps fifty, with texts as long as people read, and leaves out that a connection is being tried", () => {
		journal.look();
		for (let n = 0; n < 60; n++) tap.see(unrecognised(`${n} ${"x".repeat(5_000)}`));
		const link = { event: "link.state", at: "", tenant: "227", extension: "11", raw: null } as const;
		tap.see({ ...link, state: "connecting", reason: "retry" });
		const entries = journal.look();
		assert.equal(entries.length, MOST_ENTRIES);
		assert.ok(entries.every((entry) => entry.kind === "other" && (entry.raw?.length ?? 0) <= 600));
		tap.see({ ...link, state: "refused", reason: "prompted-again" });
		const [refused] = journal.look();
		assert.ok(refused?.kind === "other");
		assert.deepEqual([refused.state, refused.reason], ["refused", "prompted-again"]);
	});

	it("keeps nothing of an event that its listeners may change", () => {
		journal.look();
		const event = { ...recordOf(1) };
		tap.see(event);
		Object.assign(event, { outcome: "missed", number: "changed" });
		const [entry] = journal.look();
		assert.ok(entry?.kind === "call");
		assert.deepEqual([entry.outcome, entry.number], ["answered", "600000101"]);
	});
});
