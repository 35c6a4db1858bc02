// `npm run fuzz -- [SECONDS] [TARGET]`: searches for inputs that break something, for a minute by default.
import fc from "fast-check";
import { closeTargets, STORE_TARGETS } from "../test/fuzz/storeTargets";
import { TARGETS } from "../test/fuzz/targets";

async function main(): Promise<void> {
	const [seconds = "60", only] = process.argv.slice(2);
	const targets = Object.entries({ ...TARGETS, ...STORE_TARGETS }).filter(
		([name]) => only === undefined || name === only,
	);
	const until = Date.now() + Number(seconds) * 1000;
	const runs = new Map<string, number>();
	while (Date.now() < until && !process.exitCode) {
		for (const [name, property] of targets) {
			// The call log's take longest: each round leaves time for the others.
			const limits = { numRuns: name in STORE_TARGETS ? 200 : 2_000, interruptAfterTimeLimit: until - Date.now() + 1 };
			const details = await fc.check(property as fc.IRawProperty<unknown[]>, limits);
			runs.set(name, (runs.get(name) ?? 0) + details.numRuns);
			if (!details.failed || details.interrupted) continue;
			process.stderr.write(`${name}: ${fc.defaultReportMessage(details)}\n`);
			process.exitCode = 1;
		}
	}
	for (const [name, count] of runs) process.stdout.write(`${name.padEnd(12)} ${count.toLocaleString("en")} cases\n`);
	await closeTargets();
}

void main();
