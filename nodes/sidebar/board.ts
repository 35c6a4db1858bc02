import type { LiveAccount, LiveExtension, LiveLink } from "../admin/contract";
import { sharedText } from "../shared/editor/api";
import { duration, shownNumber } from "./format";

/** Keeps one element per item: what stays is changed in place, so that nobody loses the focus. */
export function reconcile<Item>(
	parent: JQuery,
	items: readonly Item[],
	keyOf: (item: Item) => string,
	create: () => JQuery,
	fill: (element: JQuery, item: Item) => void,
): void {
	const known = new Map(
		parent
			.children()
			.toArray()
			.map((element) => [String($(element).data("key")), $(element)] as const),
	);
	let before: JQuery | null = null;
	for (const item of items) {
		const key = keyOf(item);
		const element: JQuery = known.get(key) ?? create().data("key", key);
		known.delete(key);
		fill(element, item);
		const isInPlace = before ? element.prev().is(before) : element.is(parent.children().first());
		if (!isInPlace) before ? before.after(element) : parent.prepend(element);
		before = element;
	}
	for (const element of known.values()) element.remove();
}

function setText(element: JQuery, text: string): void {
	if (element.text() !== text) element.text(text);
}

function fillLink(element: JQuery, { extension, state, reason, since }: LiveLink, now: number): void {
	const why = reason ? ` (${sharedText(`reasons.${reason}`)})` : "";
	const name = extension === "999" ? `${sharedText("sidebar.monitor")} 999` : extension;
	element.attr("data-state", state);
	setText(element, `${name}: ${sharedText(`status.${state}`)}${why}, ${duration(now - since)}`);
}

function createTile(): JQuery {
	const tile = $("<li>").addClass("pbx-tile");
	for (const part of ["extension", "state", "since", "number"]) tile.append($("<span>").addClass(`pbx-tile-${part}`));
	return tile;
}

function fillTile(tile: JQuery, { extension, state, since, stale, call }: LiveExtension, now: number): void {
	const word = sharedText(`phone.${state}`);
	tile.attr({ "data-state": state, "data-stale": String(stale) });
	setText(tile.find(".pbx-tile-extension"), extension);
	setText(tile.find(".pbx-tile-state"), stale ? `${word} (${sharedText("sidebar.stale")})` : word);
	setText(tile.find(".pbx-tile-since"), duration(now - since));
	setText(tile.find(".pbx-tile-number"), call ? shownNumber(call) : "");
}

function fillCall(element: JQuery, { extension, call }: LiveExtension, now: number): void {
	if (!call) return;
	const isOut = call.direction === "outbound";
	const parties = isOut ? `${extension} › ${shownNumber(call)}` : `${shownNumber(call)} › ${extension}`;
	const since = Date.parse(call.answeredAt ?? call.startedAt ?? "");
	const how = sharedText(call.answeredAt ? "sidebar.talking" : "sidebar.ringing");
	const queue = call.queue ? `, ${call.queue}` : "";
	setText(element, `${parties}${queue}: ${how}${Number.isNaN(since) ? "" : `, ${duration(now - since)}`}`);
}

/** The part of the tab that shows one PBX: its connections, the board of its extensions, the calls in progress. */
export class BoardView {
	readonly element = $("<section>").addClass("pbx-account");
	readonly #heading = $("<h3>").appendTo(this.element);
	readonly #server = $("<p>").addClass("pbx-quiet").appendTo(this.element);
	readonly #fault = $("<p>").attr("role", "alert").addClass("pbx-fault").appendTo(this.element);
	readonly #links = $("<ul>").addClass("pbx-links").attr("aria-label", sharedText("sidebar.links"));
	readonly #tiles = $("<ul>").addClass("pbx-tiles").attr("aria-label", sharedText("sidebar.extensions"));
	readonly #empty = $("<p>").addClass("pbx-quiet");
	readonly #calls = $("<ul>").addClass("pbx-calls").attr("aria-label", sharedText("sidebar.calls"));
	readonly #noCalls = $("<p>").addClass("pbx-quiet").text(sharedText("sidebar.no-calls"));

	constructor() {
		this.element.append(this.#links);
		this.element.append($("<h4>").text(sharedText("sidebar.extensions")), this.#empty, this.#tiles);
		this.element.append($("<h4>").text(sharedText("sidebar.calls")), this.#noCalls, this.#calls);
	}

	show({ name, tenant, server, fault, links, extensions, more }: LiveAccount, now: number): void {
		setText(this.#heading, name || `PBX ${tenant}`);
		setText(this.#server, server);
		setText(this.#fault.toggle(fault !== null), fault ?? "");
		const item = () => $("<li>");
		reconcile(
			this.#links,
			links,
			({ extension }) => extension,
			item,
			(element, link) => fillLink(element, link, now),
		);
		reconcile(
			this.#tiles,
			extensions,
			({ extension }) => extension,
			createTile,
			(tile, extension) => fillTile(tile, extension, now),
		);
		const left = more > 0 ? sharedText("sidebar.more", { count: more }) : "";
		setText(this.#empty, extensions.length === 0 ? sharedText("sidebar.no-extensions") : left);
		this.#empty.toggle(this.#empty.text() !== "");
		const busy = extensions.filter(({ call }) => call !== null);
		this.#noCalls.toggle(busy.length === 0);
		reconcile(
			this.#calls,
			busy,
			({ extension }) => extension,
			item,
			(element, call) => fillCall(element, call, now),
		);
	}
}
