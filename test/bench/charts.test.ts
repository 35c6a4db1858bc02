import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { drawCharts } from "../../bench/charts";
import type { Results } from "../../bench/results";

const value = (median: number) => ({ median, min: median * 0.9, max: median * 1.1 });
const RESULTS: Results = {
	...{ date: "2026-11-22T12:00:00Z", machine: "a machine", nodeRed: "4.1.15", node: "20.20.2" },
	throughput: {
		"20 a frame": {
			core: { rate: value(1), cpu: value(17.25), timesCore: value(1), timesWs: value(1) },
			"pbx-in": { rate: value(1), cpu: value(2.125), timesCore: value(8), timesWs: value(1) },
		},
	},
	latency: {
		1000: { "pbx-in": { p50: value(0.125), p99: value(0.625), p99OfDecode: value(1), p99OfHandOver: value(1) } },
	},
	filters: {
		"pbx-in tickets": { 10: { cpu: value(2), ofOne: value(1.125) }, 100: { cpu: value(2), ofOne: value(1.25) } },
	},
};

describe("the benchmark's charts", () => {
	const folder = mkdtempSync(join(tmpdir(), "charts-"));

	after(() => rmSync(folder, { recursive: true, force: true }));

	it("are drawn of what was measured, and of nothing else, with the figures and the versions in them", async () => {
		await drawCharts(RESULTS, folder);
		assert.deepEqual(readdirSync(folder).sort(), ["filters.svg", "latency.svg", "throughput.svg"]);
		const cpu = readFileSync(join(folder, "throughput.svg"), "utf8");
		for (const text of ["17.3", "2.1", "core", "pbx-in", "20 a frame", "Node-RED 4.1.15", "Node.js 20.20.2"]) {
			assert.ok(cpu.includes(text), text);
		}
		assert.match(readFileSync(join(folder, "latency.svg"), "utf8"), /0\.63 ms/);
	});
});
