// `npm run examples`: writes the example flows whose pages and functions are files of their own, in scripts/examples.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { CRM_FLOWS } from "./examples/crm/crms";
import { desktop } from "./examples/desktop";
import type { Flow } from "./examples/flow";
import { homeAssistant } from "./examples/homeAssistant";
import { metrics } from "./examples/metrics";
import { mqtt } from "./examples/mqtt";
import { nothingLost } from "./examples/nothingLost";
import { notice } from "./examples/notice";
import { report } from "./examples/report";
import { ringing } from "./examples/ringing";
import { wallboard } from "./examples/wallboard";

/** The example flows that are made here and run as they are; those for a CRM need one. */
export const FLOWS: readonly (() => Flow)[] = [
	nothingLost,
	ringing,
	desktop,
	wallboard,
	notice,
	report,
	metrics,
	homeAssistant,
	mqtt,
];

/** Where an example stands. */
export function pathOf({ file }: Flow): string {
	return join(__dirname, "..", "examples", `${file}.json`);
}

if (require.main === module) {
	for (const make of [...FLOWS, ...CRM_FLOWS]) {
		const flow = make();
		writeFileSync(pathOf(flow), flow.json);
	}
}
