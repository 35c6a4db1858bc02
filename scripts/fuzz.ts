// `npm run fuzz -- [SECONDS] [TARGET]`: searches for inputs that break something, for a minute by default.
import fc from "fast-check";
import { TARGETS } from "../test/fuzz/targets";

const [seconds = "60", only] = process.argv.slice(2);
const targets = Object.entries(TARGETS).filter(([name]) => only === undefined || name === only);
const until = Date.now() + Number(seconds) * 1000;
const runs = new Map<string, number>();
while (Date.now() < until) {
	for (const [name, property] of targets) {
		const details = fc.check(property, { numRuns: 2_000, interruptAfterTimeLimit: until - Date.now() + 1 });
		runs.set(name, (runs.get(name) ?? 0) + details.numRuns);
		if (!details.failed || details.interrupted) continue;
		process.stderr.write(`${name}: ${fc.defaultReportMessage(details)}\n`);
		process.exitCode = 1;
	}
	if (process.exitCode) break;
}
for (const [name, count] of runs) process.stdout.write(`${name.padEnd(12)} ${count.toLocaleString("en")} cases\n`);
