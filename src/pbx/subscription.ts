import type { PbxEvent } from "../messages";
import type { Extension } from "../protocol/address";
import type { CallFeed } from "./callFeed";
import type { StateWatcher } from "./connection";
import type { Connections } from "./connections";
import type { Heritable } from "./handover";
import { type Listener, wants } from "./listener";

/** What somebody subscribes to. */
export interface SubscriptionRequest {
	/** Who subscribes, so that a successor of the same name takes over; null for somebody who has none. */
	readonly id: string | null;
	/** The connections that are to be open, 999 being the monitor's. */
	readonly connections: readonly Extension[];
	/** Null to keep the connections open without hearing their events. */
	readonly listener: Listener | null;
	/** Calls are to be followed, for what the board says of them. */
	readonly followsCalls?: boolean;
	/** Hears the state of each connection, the present one at once. */
	watch(extension: Extension): StateWatcher;
}

/** Events that wait for a node to start: more than come in during any deploy. */
const MOST_WAITING = 10_000;
/** Characters of the tickets that they hold: a frame can hold a mebibyte. */
const MOST_CHARACTERS = 8 * 1024 * 1024;

/** Events that may have got nowhere, and whether they did. */
interface Unsure {
	readonly events: readonly PbxEvent[];
	readonly isLost: () => boolean;
}

/**
 * A listener that can be told later: what comes before its node has started, or after it was stopped for a deploy, waits.
 */
export class PatientListener implements Listener {
	readonly events: Listener["events"];
	readonly extensions: Listener["extensions"];
	readonly directions: Listener["directions"];
	readonly outcomes: Listener["outcomes"];
	readonly #listener: Listener;
	#waiting: PbxEvent[] | null = null;
	#characters = 0;
	#dropped = 0;
	/** What was told last, and how many of it have arrived: the others are lost where whoever they go to is stopped first. */
	#underWay: PbxEvent[] = [];
	#arrived = 0;
	#unsure: Unsure | null = null;

	constructor(listener: Listener) {
		this.#listener = listener;
		this.events = listener.events;
		this.extensions = listener.extensions;
		this.directions = listener.directions;
		this.outcomes = listener.outcomes;
	}

	event(event: PbxEvent): void {
		if (!this.#waiting) {
			this.#tell(event);
			return;
		}
		const characters = event.raw?.length ?? 0;
		if (this.#waiting.length >= MOST_WAITING || this.#characters + characters > MOST_CHARACTERS) {
			this.#dropped++;
			return;
		}
		this.#characters += characters;
		this.#waiting.push(event);
	}

	/** What comes from now on waits. */
	pause(): void {
		this.#waiting ??= [];
	}

	/** The one that is told was stopped; `isLost` says, when a successor starts, whether what was under way got nowhere. */
	stopped(isLost: () => boolean): void {
		// One that never started has told nothing: what it took over is as unsure as before.
		if (!this.#waiting) this.#unsure = { events: this.#underWay.slice(this.#arrived), isLost };
	}

	/** Tells what has waited, in its order, and goes on telling at once. */
	resume(): void {
		const lost = this.#unsure?.isLost() ? this.#unsure.events : [];
		const waiting = [...lost, ...(this.#waiting ?? [])];
		this.#unsure = null;
		this.#waiting = null;
		this.#characters = 0;
		for (const event of waiting) this.#tell(event);
	}

	/** Takes over what waits for a predecessor, as far as this one wants it. Gives how many were dropped there. */
	inherit(from: PatientListener): number {
		const heard = (from.#waiting ?? []).filter((event) => wants(this, event));
		from.#waiting = [];
		if (from.#unsure) {
			const { events, isLost } = from.#unsure;
			this.#unsure = { events: events.filter((event) => wants(this, event)), isLost };
		}
		this.#characters += from.#characters;
		from.#characters = 0;
		this.#waiting = [...heard, ...(this.#waiting ?? [])];
		return from.#dropped;
	}

	#tell(event: PbxEvent): void {
		this.#underWay.push(event);
		try {
			this.#listener.event(event);
		} finally {
			// Put off behind what the listener has put off: a stop can come between any two of them.
			setImmediate(this.#hasArrived);
		}
	}

	readonly #hasArrived = (): void => {
		if (++this.#arrived < this.#underWay.length) return;
		this.#underWay = [];
		this.#arrived = 0;
	};
}

/** A place at some connections of an account, which stay open until the last place is left. */
export class Subscription implements Heritable {
	readonly id: string | null;
	readonly #listener: PatientListener | null;
	readonly #unwatch: () => void;
	readonly #release: () => Promise<void>;
	readonly #accounts: SubscriptionOwner | null;
	#left: Promise<void> | null = null;

	/**
	 * @param unwatch  ends the reports of the connections' states
	 * @param release  ends everything
	 */
	constructor(
		id: string | null,
		listener: PatientListener | null,
		unwatch: () => void,
		release: () => Promise<void>,
		accounts: SubscriptionOwner | null,
	) {
		this.id = id;
		this.#listener = listener;
		this.#unwatch = unwatch;
		this.#release = release;
		this.#accounts = accounts;
	}

	/**
	 * Whoever subscribed was stopped: for good, or in a deploy that may bring a successor.
	 *
	 * @param isLost  asked once the successor starts: whether what was told in the same turn of the event loop got nowhere, as
	 *   those it went to were stopped as well
	 */
	async close(isRemoved: boolean, isLost = () => false): Promise<void> {
		this.#unwatch();
		this.#listener?.stopped(isLost);
		if (this.#accounts) await this.#accounts.unsubscribed(this, isRemoved);
		else await this.leave();
	}

	/** Ends it, and resolves when connections that nobody else needs are gone. */
	leave(): Promise<void> {
		this.#left ??= this.#release();
		return this.#left;
	}

	/** What comes from now on waits. */
	pause(): void {
		this.#listener?.pause();
	}

	/** Tells what has waited, and goes on at once. */
	resume(): void {
		this.#listener?.resume();
	}

	/** Takes over what waits for a predecessor. Gives how many events were dropped there. */
	inherit(before: Subscription): number {
		return this.#listener && before.#listener ? this.#listener.inherit(before.#listener) : 0;
	}

	giveUp(): void {
		void this.leave();
	}
}

/** Opens (or shares) the connections of a request, and listens to them and to the calls of the account. */
export function subscribe(
	request: SubscriptionRequest,
	connections: Connections,
	calls: CallFeed,
	accounts: SubscriptionOwner | null,
): Subscription {
	const { id, listener, followsCalls = false } = request;
	const patient = listener && new PatientListener(listener);
	if (accounts) patient?.pause();
	const opened = request.connections.map((extension) => connections.open(extension));
	const unwatch = opened.map((connection) => connection.watch(request.watch(connection.extension)));
	const unlisten = patient ? opened.map((connection) => connection.listen(patient)) : [];
	if (patient) unlisten.push(calls.listen(patient));
	if (followsCalls) unlisten.push(calls.follow());
	const endWatch = () => {
		for (const end of unwatch) end();
	};
	const release = async () => {
		endWatch();
		for (const end of unlisten) end();
		await Promise.all(opened.map((connection) => connections.giveBack(connection)));
	};
	const subscription = new Subscription(id, patient, endWatch, release, accounts);
	accounts?.subscribed(subscription);
	return subscription;
}

/** Who hands subscriptions over in a deploy. */
export interface SubscriptionOwner {
	/** Somebody has subscribed. */
	subscribed(subscription: Subscription): void;
	/** Somebody was stopped: for good, or to be taken over. */
	unsubscribed(subscription: Subscription, isRemoved: boolean): Promise<void>;
}
