import type { Spread } from "./stats";

type Leaf = string | number | Spread;
type Branch = Readonly<Record<string, unknown>>;

function isLeaf(value: unknown): value is Leaf {
	return typeof value !== "object" || value === null || "median" in value;
}

function isRow(value: unknown): value is Readonly<Record<string, Leaf>> {
	return !isLeaf(value) && Object.values(value as Branch).every(isLeaf);
}

function shown(value: Leaf): string {
	const number = (each: number) => (each >= 1_000 ? Math.round(each).toLocaleString("en") : each.toPrecision(3));
	if (typeof value === "string") return value;
	if (typeof value === "number") return number(value);
	const { median, min, max } = value;
	return min === max ? number(median) : `${number(median)} (${number(min)} to ${number(max)})`;
}

/** Lines up a table's columns; the first one holds names. */
function aligned(rows: readonly (readonly string[])[]): string[] {
	const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
	return rows.map((row) =>
		row
			.map((cell, column) => cell.padEnd(widths[column] ?? 0))
			.join("  ")
			.trimEnd(),
	);
}

/** Figures as text: a line each, and a table where several have the same ones. */
export function table(title: string, value: unknown): string[] {
	if (isLeaf(value)) return [`${title}: ${shown(value)}`];
	const entries = Object.entries(value as Branch);
	const rows = entries.flatMap(([name, row]) => (isRow(row) ? [{ name, row }] : []));
	const [first] = rows;
	if (first && rows.length === entries.length) {
		const columns = Object.keys(first.row);
		return [
			"",
			...aligned([
				[title, ...columns],
				...rows.map(({ name, row }) => [name, ...columns.map((column) => shown(row[column] ?? ""))]),
			]),
		];
	}
	return ["", title, ...entries.flatMap(([name, below]) => table(name, below))];
}
