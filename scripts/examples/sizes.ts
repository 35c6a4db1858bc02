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
	["'!¡ ,.:;ijlí·IJÍ", 3.6],
	["()[]-ft/", 4.3],
	['"rs?¿z', 5.8],
	["cçvyFLxk", 6.5],
	["TeéêSYEÉXg", 7.1],
	["Z0123456789VAKÁPaoáóãõàâô*$+R", 7.8],
	["bdhnpquúñCB→", 8.1],
	["&DGHUÚNwOQÓ", 9.7],
	["…%MWm@", 11.8],
];
const LETTER = 7.8;

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
	return Math.max(100, 20 * Math.ceil((textWidth(labelOf(node)) + 57) / 20));
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
