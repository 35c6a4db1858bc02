import { EVENT_NAMES, type EventName } from "../eventNames";
import type { PbxEvent } from "../messages";
import { cloneEvent } from "./cloneEvent";
import type { Listener } from "./listener";

/** No listeners. */
const NOBODY: readonly Listener[] = [];

/**
 * The listeners of one event, indexed, so that a ticket costs the same however many filter. Lists are never changed but
 * made anew: whoever is being told goes through the old one.
 */
class Listeners {
	#ofAll: readonly Listener[] = NOBODY;
	readonly #ofOne = new Map<string, readonly Listener[]>();

	add(listener: Listener, extensions: Listener["extensions"]): void {
		if (!extensions) this.#ofAll = [...this.#ofAll, listener];
		for (const extension of extensions ?? []) {
			this.#ofOne.set(extension, [...(this.#ofOne.get(extension) ?? NOBODY), listener]);
		}
	}

	remove(listener: Listener, extensions: Listener["extensions"]): void {
		const others = (listeners: readonly Listener[]) => listeners.filter((each) => each !== listener);
		this.#ofAll = others(this.#ofAll);
		for (const extension of extensions ?? []) {
			const left = others(this.#ofOne.get(extension) ?? NOBODY);
			if (left.length > 0) this.#ofOne.set(extension, left);
			else this.#ofOne.delete(extension);
		}
	}

	get isEmpty(): boolean {
		return this.#ofAll.length === 0 && this.#ofOne.size === 0;
	}

	of(extension: string): readonly Listener[] {
		const ofOne = this.#ofOne.get(extension);
		if (!ofOne) return this.#ofAll;
		return this.#ofAll.length === 0 ? ofOne : [...this.#ofAll, ...ofOne];
	}
}

/** Who listens for what, on one connection or, for calls, in the whole account. */
export class ListenerIndex {
	readonly #listeners = new Map<EventName, Listeners>(EVENT_NAMES.map((name) => [name, new Listeners()]));
	readonly #failed: (error: unknown) => void;
	readonly #seen: (event: PbxEvent) => void;

	/**
	 * @param failed  hears of exceptions that a listener threw
	 * @param seen    sees each event before the listeners get it, and keeps none of it: it is theirs to change
	 */
	constructor(failed: (error: unknown) => void, seen: (event: PbxEvent) => void = () => {}) {
		this.#failed = failed;
		this.#seen = seen;
	}

	/** @param events  for which of its events it is told here */
	add(listener: Listener, events: readonly EventName[]): void {
		for (const event of events) {
			if (listener.events.has(event)) this.#listeners.get(event)?.add(listener, filterOf(event, listener));
		}
	}

	remove(listener: Listener, events: readonly EventName[]): void {
		for (const event of events) this.#listeners.get(event)?.remove(listener, filterOf(event, listener));
	}

	/** Who listens for an event of an extension. */
	of(event: EventName, extension: string): readonly Listener[] {
		return this.#listeners.get(event)?.of(extension) ?? NOBODY;
	}

	/** Who listens for an event of any of several extensions, each once. */
	ofAny(event: EventName, extensions: readonly string[]): readonly Listener[] {
		const [first] = extensions;
		if (first !== undefined && extensions.length === 1) return this.of(event, first);
		return [...new Set(extensions.flatMap((extension) => this.of(event, extension)))];
	}

	/** Whether anybody listens for an event, of whichever extension. */
	hasAny(event: EventName): boolean {
		return this.#listeners.get(event)?.isEmpty === false;
	}

	/** Tells each of them, one's fault costing neither the others nor the link this event. */
	tell(listeners: readonly Listener[], event: PbxEvent): void {
		this.#seen(event);
		let own: PbxEvent | null = event;
		for (const listener of listeners) {
			const given: PbxEvent = own ?? cloneEvent(event);
			own = null;
			try {
				listener.event(given);
			} catch (error) {
				this.#failed(error);
			}
		}
	}
}

/** What names no extension, as the link's state does, passes every extension filter: it may concern any of them. */
function filterOf(event: EventName, { extensions }: Listener): Listener["extensions"] {
	return event.startsWith("call.") || event === "extension.state" ? extensions : null;
}
