import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CrmOptions, crmOf } from "../../src/crm/crm";
import type { PbxError } from "../../src/errors";
import type { CallOutcome, CallRecord } from "../../src/messages";
import { CallLog } from "../../src/store/callLog";
import { putRecord } from "../../src/store/records";
import type { StoreSettings } from "../../src/store/settings";
import { ManualClock } from "./clock";

const CRM: CrmOptions = {
	...{ plan: { country: "ES", prefix: "", plus: "+" }, language: "es", timeZone: "Europe/Madrid" },
	people: new Map(),
};

/** When the n-th call begins: one a minute. */
const FIRST_CALL = Date.UTC(2026, 0, 15, 9, 0, 0);

/** The record of the n-th call: from 600000101, answered at 11 after 10 s, talking for 60 s; or as told otherwise. */
export function recordOf(n: number, over: Partial<Omit<CallRecord, "crm">> = {}): CallRecord {
	const at = (seconds: number) => new Date(FIRST_CALL + n * 60_000 + seconds * 1000).toISOString();
	const outcome: CallOutcome = over.outcome ?? "answered";
	const isAnswered = outcome === "answered";
	const record: Omit<CallRecord, "crm"> = {
		...{ event: "call.record", at: at(80), tenant: "227", extension: "11", raw: null, callId: `1508337505.${n}` },
		...{ key: `227/1508337505.${n}`, pbxId: `1508337505.${n}`, direction: "inbound", number: "600000101" },
		...{ name: null, e164: "+34600000101", anonymous: false, internal: false, queue: null, startedAt: at(0) },
		...{ answeredAt: isAnswered ? at(10) : null, endedAt: at(70), waitDuration: isAnswered ? 10 : 70 },
		...{ duration: isAnswered ? 60 : null, outcome, answeredBy: isAnswered ? ["11"] : [], omittedLegs: 0 },
		...{ inferred: false, complete: true, source: "monitor", contact: null, legs: [] },
		...over,
	};
	return { ...record, crm: crmOf(record, CRM) };
}

/** A call log in a folder of its own. */
export class LogFixture {
	readonly folder = mkdtempSync(join(tmpdir(), "call-log-"));
	readonly clock = new ManualClock();
	readonly failures: PbxError[] = [];
	readonly #open: CallLog[] = [];

	get file(): string {
		return join(this.folder, "data", "calls.db");
	}

	/** Opens the log; that of the fixture's file where no other is named. */
	open(settings: StoreSettings = { kind: "file", file: this.file }): CallLog {
		const log = new CallLog(settings, { clock: this.clock, failed: (error) => this.failures.push(error) });
		this.#open.push(log);
		return log;
	}

	/** Puts records into a log, as an account does. */
	async put(log: CallLog, ...records: CallRecord[]): Promise<void> {
		const now = this.clock.now();
		await log.store.write(async (db) => {
			for (const record of records) await putRecord(db, record, now, now);
		});
		for (const { tenant } of records) log.hasRecorded(tenant);
	}

	/** Closes what is open, and removes the folder. */
	async close(): Promise<void> {
		for (const log of this.#open.splice(0)) await log.close();
		rmSync(this.folder, { recursive: true, force: true });
	}
}
