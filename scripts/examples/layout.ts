// Where nodes stand. The sources place them as on an endless sheet; here the rows are folded to the width of an editor.
import { heightOf, MARGIN, type Placed, RIGHT_EDGE, reachOf, statusOf, widthOf } from "./sizes";

const GAP = { columns: 40, nodes: 10, rows: 60, parts: 30 };

interface Edge {
	readonly from: Placed;
	readonly to: Placed;
}

/** Those that are wired to one another, from top to bottom. */
function partsOf(nodes: readonly Placed[]): Placed[][] {
	const parts = nodes.map((node) => [node]);
	for (const { from, to } of edgesOf(nodes)) {
		const a = parts.find((part) => part.includes(from)) ?? [];
		const b = parts.find((part) => part.includes(to)) ?? [];
		if (a === b) continue;
		a.push(...b);
		parts.splice(parts.indexOf(b), 1);
	}
	const top = (part: readonly Placed[]) => Math.min(...part.map(({ y }) => y));
	const left = (part: readonly Placed[]) => Math.min(...part.map(({ x }) => x));
	return parts.sort((a, b) => top(a) - top(b) || left(a) - left(b));
}

function edgesOf(nodes: readonly Placed[]): Edge[] {
	const byId = new Map(nodes.map((node) => [node.id, node]));
	return nodes.flatMap((from) =>
		from.wires.flat().flatMap((id) => {
			const to = byId.get(id);
			return to === undefined ? [] : [{ from, to }];
		}),
	);
}

/** The column of each node: to the right of those that are wired to it. A wire that the source leads back counts for none. */
function columnsOf(part: readonly Placed[]): Placed[][] {
	const edges = edgesOf(part);
	const forward = edges.filter(({ from, to }) => to.x > from.x);
	const column = new Map(part.map((node) => [node, 0]));
	for (const node of [...part].sort((a, b) => a.x - b.x)) {
		const before = forward.filter(({ to }) => to === node).map(({ from }) => (column.get(from) ?? 0) + 1);
		column.set(node, Math.max(0, ...before));
	}
	// What begins somewhere in the middle stands just before what it leads to.
	for (const node of part) {
		if (edges.some(({ to }) => to === node)) continue;
		const after = forward.filter(({ from }) => from === node).map(({ to }) => column.get(to) ?? 0);
		if (after.length > 0) column.set(node, Math.min(...after) - 1);
	}
	const last = Math.max(...column.values());
	return Array.from({ length: last + 1 }, (_, at) => part.filter((node) => column.get(node) === at));
}

/** Columns that fit beside each other; the others go below. */
function bandsOf(columns: readonly Placed[][]): Placed[][][] {
	const bands: Placed[][][] = [[]];
	let right = MARGIN;
	for (const column of columns) {
		const width = Math.max(...column.map(reachOf));
		if (right + width > RIGHT_EDGE && right > MARGIN) {
			bands.push([]);
			right = MARGIN;
		}
		bands.at(-1)?.push(column);
		right += Math.max(...column.map(widthOf)) + GAP.columns;
	}
	return bands;
}

/** Places the nodes of a band below a height. Gives where it ends. */
function placeBand(band: readonly Placed[][], top: number): number {
	const ends = band.map(() => top);
	const lefts: number[] = [];
	let left = MARGIN;
	for (const column of band) {
		lefts.push(left);
		left += Math.max(...column.map(widthOf)) + GAP.columns;
	}
	const nodes = band.flatMap((column, i) => column.map((node) => ({ node, i, wished: node.y })));
	nodes.sort((a, b) => a.wished - b.wished || a.i - b.i);
	let row = { wished: nodes[0]?.wished ?? 0, y: top + 20 };
	for (const { node, i, wished } of nodes) {
		const free = (ends[i] ?? top) + heightOf(node) / 2;
		const y = Math.max(row.y + Math.min(wished - row.wished, GAP.rows), Math.ceil(free / 10) * 10);
		// Those of one row stay in it, and the next row is below all of them.
		row = { wished, y: wished === row.wished ? row.y : y };
		node.x = (lefts[i] ?? MARGIN) + widthOf(node) / 2;
		node.y = y;
		ends[i] = y + heightOf(node) / 2 + GAP.nodes + statusOf(node);
	}
	return Math.max(...ends);
}

/** Gives the nodes of a tab their places, section by section: a comment at the left edge begins one. */
export function layOut(nodes: readonly Placed[], isHeading: (comment: Placed) => boolean): void {
	const comments = nodes.filter(({ type }) => type === "comment").sort((a, b) => a.y - b.y || a.x - b.x);
	const tops = [...new Set(comments.filter(isHeading).map(({ y }) => y))];
	const sections = tops.map((top, i) => {
		const end = tops[i + 1] ?? Number.POSITIVE_INFINITY;
		return nodes.filter(({ y }) => y >= top && y < end);
	});
	let y = 40;
	for (const section of sections) {
		for (const comment of comments.filter((each) => section.includes(each))) {
			comment.x = MARGIN + widthOf(comment) / 2;
			comment.y = y;
			y += 40;
		}
		for (const part of partsOf(section.filter(({ type }) => type !== "comment"))) {
			for (const band of bandsOf(columnsOf(part))) y = placeBand(band, y) + GAP.nodes;
		}
		y = Math.ceil((y + GAP.parts) / 20) * 20;
	}
}
