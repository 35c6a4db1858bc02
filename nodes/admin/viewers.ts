import type { Clock, Timer } from "../../src/link/clock";
import { LruMap } from "../../src/lruMap";
import type { Change, LiveItems } from "./contract";

/** Bytes of what changed in an answer, beside the order of the lists: what does not fit comes with the next one. */
const MOST_BYTES = 70_000;
/** Tabs that are remembered, of all browsers; and milliseconds after which all are forgotten that nobody asks for. */
const MOST_VIEWERS = 30;
const FORGOTTEN_AFTER_MS = 60_000;

interface Keyed {
	readonly key: string;
}

/** All that one list shows now. */
export interface Shown<Item extends Keyed> {
	readonly items: readonly Item[];
	/** How many there are beyond those. */
	readonly more: number;
}

/** What there is to show: of the lists that are asked for. */
export type ShownLists = { readonly [Name in keyof LiveItems]?: Shown<LiveItems[Name]> };

type Changes = { [Name in keyof LiveItems]?: Change<LiveItems[Name]> };

/** What may still be told in an answer. */
interface Budget {
	left: number;
	isCut: boolean;
}

/** A list, as somebody was told of it. */
class ToldList {
	readonly #told = new Map<string, string>();
	#order = "";
	#more = 0;

	/** What has changed, as far as the budget goes; undefined where nothing has. */
	change<Item extends Keyed>({ items, more }: Shown<Item>, budget: Budget): Change<Item> | undefined {
		const changed: Item[] = [];
		for (const item of items) {
			const text = JSON.stringify(item);
			if (this.#told.get(item.key) === text) continue;
			const size = Buffer.byteLength(text);
			// The first one is told whatever its size: there is always progress.
			if (size > budget.left && budget.left < MOST_BYTES) {
				budget.isCut = true;
				break;
			}
			budget.left -= size;
			this.#told.set(item.key, text);
			changed.push(item);
		}
		const keys = items.map(({ key }) => key);
		const order = keys.join("\n");
		const isReordered = order !== this.#order;
		if (changed.length === 0 && !isReordered && more === this.#more) return undefined;
		this.#more = more;
		if (!isReordered) return { items: changed, more };
		this.#order = order;
		budget.left -= order.length;
		const shown = new Set(keys);
		for (const key of this.#told.keys()) if (!shown.has(key)) this.#told.delete(key);
		return { items: changed, order: keys, more };
	}
}

/** One tab *PBX* in a browser, as far as it was told what there is. */
export class Viewer {
	#lists = new Map<string, ToldList>();
	#number = 0;

	/**
	 * What has changed in the lists that it shows.
	 *
	 * @param seen  the number of the last answer that it has taken; any other than the last one given: it is told all anew
	 */
	tell(seen: number, shown: ShownLists): { number: number; isWhole: boolean; isCut: boolean; changes: Changes } {
		const isWhole = seen === 0 || seen !== this.#number;
		if (isWhole) this.#lists = new Map();
		this.#number = isWhole ? Math.max(this.#number, seen) + 1 : this.#number + 1;
		const budget: Budget = { left: MOST_BYTES, isCut: false };
		const changes: Changes = {};
		const take = <Name extends keyof LiveItems>(name: Name, list: Shown<LiveItems[Name]> | undefined) => {
			if (!list) return;
			const told = this.#lists.get(name) ?? new ToldList();
			this.#lists.set(name, told);
			const change = told.change(list, budget);
			if (change) Object.assign(changes, { [name]: change });
		};
		for (const name of Object.keys(shown) as (keyof LiveItems)[]) take(name, shown[name]);
		return { number: this.#number, isWhole, isCut: budget.isCut, changes };
	}
}

/** The tabs that ask, so many at most; forgotten when none has asked for a minute. */
export class Viewers {
	readonly #clock: Clock;
	readonly #viewers = new LruMap<string, Viewer>(MOST_VIEWERS);
	#timer: Timer | null = null;

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	of(name: string): Viewer {
		const viewer = this.#viewers.get(name) ?? new Viewer();
		this.#viewers.set(name, viewer);
		this.#timer?.cancel();
		this.#timer = this.#clock.after(FORGOTTEN_AFTER_MS, () => this.#viewers.clear());
		return viewer;
	}
}
