import assert from "node:assert/strict";
import fc from "fast-check";
import type { CallRecord } from "../../src/messages";
import type { CallLog } from "../../src/store/callLog";
import { type CallFilter, callsOf, callsWith, numberHistory, unreturnedCalls } from "../../src/store/history";
import { erasePerson, partyOf, putRecord } from "../../src/store/records";
import { totalsOf } from "../../src/store/totals";
import { LogFixture, recordOf } from "../support/callLogs";

const oddText = fc.oneof(
	fc.constantFrom("", "'", '"', "%", "_", "\\", ",11,", "\u0000", "\ud800", "600000101", "+34600000101", "--", "0"),
	fc.string({ unit: "binary", maxLength: 12 }),
	fc.string({ maxLength: 12 }).map((text) => text.repeat(2_000)),
);
const oddNumber = fc.oneof(fc.constantFrom(0, -1, Number.NaN, Number.POSITIVE_INFINITY), fc.double());
const oddTime = fc.oneof(
	fc.constantFrom(null, "", "never", "0000-00-00", "2026-01-15T10:00:00.000Z", "+275760-09-13T00:00:00.000Z"),
	fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
);

/** A record of which any text, number or time is what nobody expects. */
const oddRecord = fc
	.tuple(
		fc.nat(20),
		fc.record(
			{
				...{ tenant: fc.constantFrom("227", "228"), key: oddText, callId: oddText, extension: oddText },
				...{
					number: fc.option(oddText),
					e164: fc.option(oddText),
					name: fc.option(oddText),
					queue: fc.option(oddText),
				},
				...{ startedAt: oddTime, answeredAt: oddTime, endedAt: oddTime },
				...{ waitDuration: fc.option(oddNumber), duration: fc.option(oddNumber) },
				outcome: fc.constantFrom("answered", "missed", "unknown"),
				anonymous: fc.boolean(),
			},
			{ requiredKeys: [] },
		),
	)
	// Not by the way that describes it, which reads its times: what a newer version, or a hand, has put there is odd as well.
	.map(([n, odd]) => ({ ...recordOf(n), ...odd }) as CallRecord);

const oddFilter: fc.Arbitrary<CallFilter> = fc.record({
	tenant: fc.oneof(fc.constantFrom("227", "228"), oddText),
	from: fc.option(oddNumber),
	to: fc.option(oddNumber),
	extensions: fc.array(oddText, { maxLength: 3 }),
	queues: fc.array(oddText, { maxLength: 3 }),
	directions: fc.subarray(["inbound", "outbound"]),
	outcomes: fc.subarray(["answered", "missed"]),
});

let fixture: LogFixture | null = null;
let log: CallLog | null = null;

function openLog(): CallLog {
	fixture ??= new LogFixture();
	log ??= fixture.open();
	return log;
}

/** Closes what the targets have opened. */
export async function closeTargets(): Promise<void> {
	await fixture?.close();
	[fixture, log] = [null, null];
}

/** Whether something was done; a refusal says why. */
async function orRefused(act: Promise<unknown>): Promise<boolean> {
	try {
		await act;
		return true;
	} catch (error) {
		assert.match(String(Object(error).code), /^(store-|invalid-)/);
		return false;
	}
}

/** What is fuzzed of the call log. */
export const STORE_TARGETS: Readonly<Record<string, fc.IAsyncProperty<unknown[]>>> = {
	store: fc.asyncProperty(oddRecord, async (record) => {
		const { store } = openLog();
		await store.write((db) => db.deleteFrom("calls").execute());
		const isWritten = await orRefused(store.write((db) => putRecord(db, record, 1, 1)));
		// One that cannot be kept holds up no other.
		assert.equal(store.state.kind, "ready");
		if (!isWritten) return;
		const party = partyOf(record).replace(/\p{Cc}/gu, "");
		const found = await store.read((db) => callsWith(db, record.tenant, party, 10_000));
		assert.ok(found.length > 0);
		await store.read((db) => numberHistory(db, record.tenant, party, 1));
		if (party !== "") await store.write((db) => erasePerson(db, record.tenant, party));
	}),
	history: fc.asyncProperty(fc.array(oddRecord, { maxLength: 3 }), oddFilter, async (records, filter) => {
		const { store } = openLog();
		for (const record of records) await orRefused(store.write((db) => putRecord(db, record, 1, 1)));
		const calls = await store.read((db) => callsOf(db, filter, 10));
		for (const { tenant, outcome } of calls) {
			assert.equal(tenant, filter.tenant);
			assert.ok(filter.outcomes.length === 0 || filter.outcomes.includes(outcome));
		}
		await store.read((db) => unreturnedCalls(db, filter, 10));
		const totals = await store.read((db) => totalsOf(db, filter, "extension", () => ""));
		for (const { calls: count } of totals) assert.ok(count > 0);
		await store.write((db) => db.deleteFrom("calls").execute());
	}),
};
