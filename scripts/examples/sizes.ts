// How large the editor draws nodes: an estimate, as only a browser knows the widths of letters.

/** A node on a tab, as far as its place is concerned. */
export interface Placed {
	readonly id: string;
	readonly type: string;
	x: number;
	y: number;
	readonly wires: readonly (readonly string[])[];
	readonly [property: string]: unknown;
}

/** The left edge of the first column, and how far right anything may reach: what an editor shows between its side bars. */
export const MARGIN = 40;
export const RIGHT_EDGE = 780;

/** Widths of letters at 14 pixels in Open Sans, which is among the widest of the fonts that an editor is seen in; of all others the last. */
const LETTERS: readonly (readonly [letters: string, width: number])[] = [
	["'ijlíIÍJ!.:;¡·, ", 3.6],
	["()[]-ft", 4.6],
	['"r/?¿', 5.7],
	["zcsç", 6.7],
	["vyFLxkg", 7.2],
	["*STEÉYaáãàâeéê$+0123456789Z", 7.9],
	["XVPoóõô→", 8.4],
	["KRbdhnpquúñCAÁB", 8.7],
	["&DGUÚHNwOQÓ…", 10.4],
	["%@MWm", 12.7],
];
const LETTER = 8.4;
/** Types that nothing can be wired to: the editor draws others a little wider. */
const WITHOUT_INPUT = /^(comment|inject|catch|status|pbx-in|(http|link|mqtt|websocket) in)$/;

/** What the editor writes on a node without a name. */
function labelOf(node: Placed): string {
	if (node.name) return String(node.name);
	const list = String(node.extensions ?? "");
	switch (node.type) {
		case "http in":
			return `[${node.method}] ${node.url}`;
		case "http response":
			return node.statusCode ? `http (${node.statusCode})` : "http";
		case "catch":
		case "status":
			return `${node.type}: ${Array.isArray(node.scope) ? node.scope.length : "all"}`;
		case "pbx-in":
			return node.channel === "monitor" ? `monitor ${list}` : list;
		case "pbx-simulator":
			return `pbx simulator ${node.port}`;
		case "websocket in":
		case "websocket out":
			return "[ws] /agents/live";
		default:
			return node.type;
	}
}

/** The width of a text in the editor, in pixels. */
function textWidth(text: string): number {
	return [...text].reduce(
		(sum, letter) => sum + (LETTERS.find(([letters]) => letters.includes(letter))?.[1] ?? LETTER),
		0,
	);
}

/** How wide a node is, in pixels. */
export function widthOf(node: Placed): number {
	if (/^link (in|out)$/.test(node.type) && !node.l) return 30;
	return Math.max(100, 20 * Math.ceil((textWidth(labelOf(node)) + (WITHOUT_INPUT.test(node.type) ? 50 : 57)) / 20));
}

/** How far a node reaches from its left edge: the button of a debug node stands beside it. */
export function reachOf(node: Placed): number {
	return widthOf(node) + (node.type === "debug" ? 30 : 0);
}

export function heightOf({ wires }: Placed): number {
	return Math.max(30, 15 * wires.length);
}

/** The height of the line below a node that says how it is. */
export function statusOf({ type, tostatus }: Placed): number {
	return /^(pbx-(?!contact)|mqtt|websocket)/.test(type) || tostatus === true ? 20 : 0;
}
