// Where nodes stand. A source says in which column and row; how far columns are apart depends on the language of the names.
import { heightOf, MARGIN, type Placed, statusOf, widthOf } from "./sizes";

/** Of nodes whose places differ by less, the source means one column. */
const ONE_COLUMN = 80;
const GAP = { columns: 40, nodes: 10, rows: 100, parts: 20 };

/** Those that are wired to one another, from top to bottom. */
function partsOf(nodes: readonly Placed[]): Placed[][] {
	const parts = nodes.map((node) => [node]);
	for (const from of nodes) {
		for (const id of from.wires.flat()) {
			const a = parts.find((part) => part.includes(from)) ?? [];
			const b = parts.find((part) => part.some((node) => node.id === id)) ?? a;
			if (a === b) continue;
			a.push(...b);
			parts.splice(parts.indexOf(b), 1);
		}
	}
	const top = (part: readonly Placed[]) => Math.min(...part.map(({ y }) => y));
	const left = (part: readonly Placed[]) => Math.min(...part.map(({ x }) => x));
	return parts.sort((a, b) => top(a) - top(b) || left(a) - left(b));
}

function columnsOf(part: readonly Placed[]): Placed[][] {
	const columns: Placed[][] = [];
	let first = Number.NEGATIVE_INFINITY;
	for (const node of [...part].sort((a, b) => a.x - b.x)) {
		if (node.x - first >= ONE_COLUMN) {
			first = node.x;
			columns.push([]);
		}
		columns.at(-1)?.push(node);
	}
	return columns;
}

/** Places nodes below a height. Gives where they end. */
function placePart(part: readonly Placed[], top: number): number {
	const columns = columnsOf(part);
	const lefts: number[] = [];
	let left = MARGIN;
	for (const column of columns) {
		lefts.push(left);
		left += Math.max(...column.map(widthOf)) + GAP.columns;
	}
	const ends = columns.map(() => top);
	const nodes = columns.flatMap((column, i) => column.map((node) => ({ node, i, wished: node.y })));
	nodes.sort((a, b) => a.wished - b.wished || a.i - b.i);
	let row = { wished: nodes[0]?.wished ?? 0, y: top + 20 };
	for (const { node, i, wished } of nodes) {
		const free = (ends[i] ?? top) + heightOf(node) / 2;
		const y = Math.max(row.y + Math.min(wished - row.wished, GAP.rows), Math.ceil(free / 10) * 10);
		row = { wished, y };
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
		for (const part of partsOf(section.filter(({ type }) => type !== "comment"))) y = placePart(part, y) + GAP.nodes;
		y = Math.ceil((y + GAP.parts) / 20) * 20;
	}
}
