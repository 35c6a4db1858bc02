import type { Change } from "../admin/contract";

interface Keyed {
	readonly key: string;
}

/** A list as the run time has told it, change by change. */
export class KeyedItems<Item extends Keyed> {
	readonly #items = new Map<string, Item>();
	#order: readonly string[] = [];
	#all: readonly Item[] = [];
	#more = 0;

	/** How many there are beyond those that are shown. */
	get more(): number {
		return this.#more;
	}

	/** All of them, in their order; the same array until something has changed. */
	get all(): readonly Item[] {
		return this.#all;
	}

	/** Takes what has changed. */
	apply({ items, order, more }: Change<Item>): void {
		for (const item of items) this.#items.set(item.key, item);
		this.#more = more;
		if (order) {
			this.#order = order;
			const shown = new Set(order);
			for (const key of this.#items.keys()) if (!shown.has(key)) this.#items.delete(key);
		}
		this.#all = this.#order.flatMap((key) => this.#items.get(key) ?? []);
	}

	clear(): void {
		this.#items.clear();
		this.#order = [];
		this.#all = [];
		this.#more = 0;
	}
}

/** What one item looks like. */
export interface Row<Item> {
	readonly element: JQuery;
	show(item: Item, now: number): void;
}

/** Keeps one element per item: what stays is changed in place, so that nobody loses the focus or what is open. */
export class Rows<Item extends Keyed> {
	readonly element: JQuery;
	readonly #create: () => Row<Item>;
	readonly #rows = new Map<string, Row<Item>>();

	constructor(element: JQuery, create: () => Row<Item>) {
		this.element = element;
		this.#create = create;
	}

	show(items: readonly Item[], now: number): void {
		const [parent] = this.element.get();
		if (!parent) return;
		const shown = new Set(items.map(({ key }) => key));
		for (const [key, { element }] of this.#rows) {
			if (shown.has(key)) continue;
			element.remove();
			this.#rows.delete(key);
		}
		let next = parent.firstElementChild;
		for (const item of items) {
			const row = this.#rows.get(item.key) ?? this.#create();
			this.#rows.set(item.key, row);
			row.show(item, now);
			const [element] = row.element.get();
			if (!element) continue;
			if (element === next) next = next.nextElementSibling;
			else parent.insertBefore(element, next);
		}
	}
}

/** Writes a text where it is another one: most stay what they are. */
export function setText(element: JQuery, text: string): void {
	const [node] = element.get();
	if (node && node.textContent !== text) node.textContent = text;
}

/** Shows an element, or hides it. jQuery would ask the browser for its style, which lays out all anew each time. */
export function setShown(element: JQuery, isShown: boolean): void {
	const [node] = element.get();
	if (node && node.hidden === isShown) node.hidden = !isShown;
}

/** Writes a line; one without a text takes no room. */
export function setLine(element: JQuery, text: string): void {
	setText(element, text);
	setShown(element, text !== "");
}

/** Sets an attribute where it is another one. */
export function setAttribute(element: JQuery, name: string, value: string): void {
	const [node] = element.get();
	if (node && node.getAttribute(name) !== value) node.setAttribute(name, value);
}
