// A process that opens a call log, writes a record, and lives on until it is killed.
import { systemClock } from "../../src/link/clock";
import { CallLog } from "../../src/store/callLog";
import { putRecord } from "../../src/store/records";
import { recordOf } from "./callLogs";

const file = String(process.argv[2]);
const log = new CallLog({ kind: "file", file }, { clock: systemClock, failed: (error) => console.error(error) });
void log.store.write((db) => putRecord(db, recordOf(1), 1, 1)).then(() => process.stdout.write("written\n"));
setInterval(() => {}, 60_000);
