// `npm run bench -- [--quick] [--json FILE] [--charts FOLDER] [--node-red FOLDER --node PROGRAM] [--only NAME] [--rounds N]`;
// `--from FILE` shows, or draws, what such a run has kept.
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { drawCharts } from "./charts";
import { type Effort, FULL, QUICK } from "./effort";
import { filters } from "./filters";
import { hostile } from "./hostile";
import { held, latency } from "./latency";
import { logged } from "./logged";
import { accounts, growth, lifecycle, links, startup, versions } from "./processes";
import { profile } from "./profile";
import type { Results } from "./results";
import { sidebar } from "./sidebar";
import { store } from "./store";
import { table } from "./table";
import { calls, flood, throughput } from "./throughput";

const { values } = parseArgs({
	options: {
		quick: { type: "boolean", default: false },
		json: { type: "string" },
		charts: { type: "string" },
		from: { type: "string" },
		"node-red": { type: "string" },
		node: { type: "string" },
		only: { type: "string" },
		rounds: { type: "string" },
	},
});

const effort: Effort = {
	...(values.quick ? QUICK : FULL),
	...(values.rounds !== undefined && { rounds: Number(values.rounds) }),
	note: (text) => process.stderr.write(`${text}\n`),
};
const under = {
	...(values["node-red"] !== undefined && { nodeRedDir: resolve(values["node-red"]) }),
	...(values.node !== undefined && { node: values.node }),
};

const MEASUREMENTS = {
	throughput: () => throughput(effort, under),
	calls: () => calls(effort, under),
	latency: () => latency(effort, under),
	held: () => held(effort, under),
	flood: () => flood(effort, under),
	filters: () => filters(effort, under),
	links: () => links(effort, under),
	accounts: () => accounts(effort, under),
	lifecycle: () => lifecycle(effort, under),
	growth: () => growth(effort, under),
	hostile: () => hostile(effort, under),
	startup: () => startup(effort, under),
	profile: () => profile(effort, under),
	sidebar: () => sidebar(effort),
	store: () => store(effort),
	logged: () => logged(effort, under),
};

async function measureAll(): Promise<Results> {
	const { only } = values;
	if (only !== undefined && !(only in MEASUREMENTS)) {
		throw new Error(`--only takes one of ${Object.keys(MEASUREMENTS).join(", ")}`);
	}
	const [cpu] = cpus();
	const machine = `${cpu?.model ?? "?"}, ${cpus().length} cores`;
	let results: Results = { date: new Date().toISOString(), machine, ...(await versions(under)) };
	for (const [name, run] of Object.entries(MEASUREMENTS)) {
		if (only !== undefined && only !== name) continue;
		results = { ...results, [name]: await run() };
		// After each, as a long run may be cut short.
		if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, null, "\t")}\n`);
	}
	return results;
}

async function main(): Promise<void> {
	const { from, charts } = values;
	const results = from === undefined ? await measureAll() : (JSON.parse(readFileSync(from, "utf8")) as Results);
	const lines = Object.entries(results).flatMap(([name, result]) => table(name, result));
	process.stdout.write(`${lines.join("\n")}\n`);
	if (charts !== undefined) await drawCharts(results, charts);
	process.exit(0);
}

// What was started ends with this process; it must then end by `exit`.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
	process.exit(1);
});
