import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TopLevelSpec } from "vega-lite" with { "resolution-mode": "import" };
import { CONTESTANTS } from "./flows";
import type { Results } from "./results";
import { type Spread, spread } from "./stats";

/** What is ours stands out; limits are pale. */
const COLOURS: Readonly<Record<string, string>> = {
	...{ ws: "#b8c0c8", "ws+decode": "#b8c0c8", "hand-over": "#b8c0c8", core: "#8a6d3b", "core switch": "#8a6d3b" },
	...{ "pbx-in": "#1f6f8b", "pbx-in tickets": "#4aa3bf" },
};

const LOOK = {
	...{ background: "white", padding: 12, spacing: { row: 14 } },
	config: {
		font: "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
		axis: { labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal", gridColor: "#eeeeee", labelLimit: 240 },
		title: { fontSize: 15, anchor: "start", offset: 12, subtitleFontSize: 12, subtitleColor: "#555555" },
		text: { fontSize: 12 },
		view: { stroke: null },
	},
} as const;

const decades = { values: [1, 10, 100, 1_000] };

const quantity = { type: "quantitative", title: null } as const;
const color = {
	field: "who",
	type: "nominal",
	legend: null,
	scale: { domain: Object.keys(COLOURS), range: Object.values(COLOURS) },
} as const;

/** A panel for each group, in which each contestant has a row. */
function panels(groups: readonly string[]) {
	const sort = [...new Set(groups)];
	return {
		facet: {
			row: {
				field: "group",
				type: "nominal",
				title: null,
				sort,
				header: { labelAngle: 0, labelAnchor: "start", labelOrient: "top", labelFontSize: 13, labelFontWeight: "bold" },
			},
		},
	} as const;
}

const panel = {
	...{ width: 520, height: { step: 22 } },
	encoding: {
		y: {
			field: "who",
			type: "nominal",
			sort: [...CONTESTANTS],
			title: null,
			axis: { ticks: false, domain: false, labelPadding: 6 },
		},
	},
} as const;

function heading(text: string, { nodeRed, node, date }: Results) {
	return { text, subtitle: `Node-RED ${nodeRed}, Node.js ${node}, ${date.slice(0, 10)}` };
}

/** A figure's text, behind where its mark ends. */
function label(x: object) {
	return { mark: { type: "text", align: "left", dx: 6 }, encoding: { x, text: { field: "text" } } } as const;
}

/** A bar for each contestant, with the lowest and the highest value as a line across its end. */
function bars(
	title: string,
	results: Results,
	values: readonly (Spread & { group: string; who: string })[],
): TopLevelSpec {
	const shown = values.map((value) => ({ ...value, text: value.median.toFixed(1) }));
	return {
		...{ ...LOOK, title: heading(title, results), data: { values: shown } },
		...panels(values.map(({ group }) => group)),
		spec: {
			...panel,
			layer: [
				{ mark: { type: "bar", height: 14 }, encoding: { x: { ...quantity, field: "median" }, color } },
				{ mark: "rule", encoding: { x: { ...quantity, field: "min" }, x2: { field: "max" } } },
				label({ ...quantity, field: "max" }),
			],
		},
	};
}

function cpuChart(results: Results): TopLevelSpec {
	const values = Object.entries(results.throughput ?? {}).flatMap(([group, all]) =>
		Object.entries(all).map(([who, { cpu }]) => ({ group, who, ...cpu })),
	);
	return bars("CPU seconds a million tickets: shorter is better", results, values);
}

function floodChart(results: Results): TopLevelSpec {
	const values = Object.entries(results.flood ?? {}).flatMap(([consumer, all]) =>
		Object.entries(all).map(([who, mib]) => ({ group: `the consumer ${consumer}`, who, ...spread([mib]) })),
	);
	return bars("MiB that memory grows by in a flood: shorter is better", results, values);
}

function latencyChart(results: Results): TopLevelSpec {
	const values = Object.entries(results.latency ?? {}).flatMap(([rate, all]) =>
		Object.entries(all).map(([who, { p50, p99 }]) => ({
			...{ group: `${Number(rate).toLocaleString("en")} tickets a second`, who, p50: p50.median, ...p99 },
			text: `${p99.median.toFixed(2)} ms`,
		})),
	);
	const x = {
		type: "quantitative",
		scale: { type: "log", domainMin: 0.05 },
		title: "milliseconds from sending to arrival; hollow: median, filled: 99th percentile",
	} as const;
	return {
		...{ ...LOOK, title: heading("Latency: further left is better", results), data: { values } },
		...panels(values.map(({ group }) => group)),
		spec: {
			...panel,
			layer: [
				{ mark: { type: "rule", color: "#bbbbbb" }, encoding: { x: { ...x, field: "min" }, x2: { field: "max" } } },
				{ mark: { type: "point", size: 60 }, encoding: { x: { ...x, field: "p50" }, color } },
				{
					mark: { type: "point", size: 60, filled: true, opacity: 1 },
					encoding: { x: { ...x, field: "median" }, color },
				},
				label({ ...x, field: "max" }),
			],
		},
	};
}

function filtersChart(results: Results): TopLevelSpec {
	const values = Object.entries(results.filters ?? {}).flatMap(([who, counts]) =>
		Object.entries(counts).map(([count, { ofOne }], i, all) => ({
			...{ who, count: Number(count), ...ofOne },
			text: `${i === all.length - 1 ? `${who}: ` : ""}${ofOne.median.toFixed(1)}`,
		})),
	);
	const x = {
		field: "count",
		type: "quantitative",
		scale: { type: "log", domainMax: 5_000 },
		axis: decades,
		title: "filters of one extension each",
	} as const;
	const y = {
		type: "quantitative",
		scale: { type: "log", domainMin: 0.5 },
		axis: decades,
		title: "times the CPU of one node",
	} as const;
	const names = (dy: number, filter: string) => {
		const mark = { type: "text", align: "left", dx: 8, dy } as const;
		return { transform: [{ filter }], mark, encoding: { y: { ...y, field: "median" }, text: { field: "text" } } };
	};
	return {
		...{ ...LOOK, title: heading("What filtering by extension costs: lower is better", results), data: { values } },
		...{ width: 520, height: 200, encoding: { x, color } },
		layer: [
			{ mark: { type: "line", strokeWidth: 2 }, encoding: { y: { ...y, field: "median" } } },
			{ mark: { type: "rule", strokeWidth: 2 }, encoding: { y: { ...y, field: "min" }, y2: { field: "max" } } },
			{ mark: { type: "point", filled: true, size: 60, opacity: 1 }, encoding: { y: { ...y, field: "median" } } },
			// Ours and the least stand at the same place, and core's line goes up.
			names(-12, "datum.who === 'pbx-in tickets'"),
			names(14, "datum.who !== 'pbx-in tickets'"),
		],
	};
}

const CHARTS = { throughput: cpuChart, latency: latencyChart, filters: filtersChart, flood: floodChart };

/** Draws what was measured, as SVG files of a folder. */
export async function drawCharts(results: Results, folder: string): Promise<void> {
	const [{ compile }, { parse, View }] = await Promise.all([import("vega-lite"), import("vega")]);
	mkdirSync(folder, { recursive: true });
	for (const name of Object.keys(CHARTS) as (keyof typeof CHARTS)[]) {
		if (!results[name]) continue;
		const view = new View(parse(compile(CHARTS[name](results)).spec), { renderer: "none" });
		writeFileSync(join(folder, `${name}.svg`), `${await view.toSVG()}\n`);
		view.finalize();
	}
}
