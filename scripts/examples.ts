// `npm run examples`: writes the example flows whose pages and functions are files of their own, in scripts/examples.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { desktop } from "./examples/desktop";
import type { Flow } from "./examples/flow";
import { homeAssistant } from "./examples/homeAssistant";
import { metrics } from "./examples/metrics";
import { nothingLost } from "./examples/nothingLost";
import { notice } from "./examples/notice";
import { report } from "./examples/report";
import { ringing } from "./examples/ringing";
import { wallboard } from "./examples/wallboard";

/** The example flows that are made here. */
export const FLOWS: readonly (() => Flow)[] = [
	nothingLost,
	ringing,
	desktop,
	wallboard,
	notice,
	report,
	metrics,
	homeAssistant,
];

/** Where an example stands. */
export function pathOf({ file }: Flow): string {
	return join(__dirname, "..", "examples", `${file}.json`);
}

if (require.main === module) {
	for (const make of FLOWS) {
		const flow = make();
		writeFileSync(pathOf(flow), flow.json);
	}
}
