import { type CallEventContext, currentCall, legEvent, recordEvent } from "../calls/callEvents";
import type { PhoneInput } from "../calls/phone";
import type { Source } from "../calls/phoneView";
import { type SavedCall, savedCall } from "../calls/savedCall";
import { type Told, type TrackerOptions, withWhole } from "../calls/told";
import { CallTracker } from "../calls/tracker";
import { CALL_EVENTS } from "../eventNames";
import { type Clock, momentOf, type Timer } from "../link/clock";
import type { CallEvent, CurrentCall, PbxEvent } from "../messages";
import type { Moment } from "../moment";
import { MONITOR } from "../protocol/address";
import type { CallKeeper } from "./keeper";
import { extensionsOf, type Listener, wantsCall } from "./listener";
import { ListenerIndex } from "./listenerIndex";
import { type OngoingCalls, ongoingCalls } from "./ongoingCalls";
import type { UnknownWords } from "./unknownWords";

/** Tickets that wait until it is known what was left behind: more than come in meanwhile. */
const MOST_EARLY = 20_000;
/** Calls that time ends before the event loop gets its turn. */
const MOST_DUE = 100;
/** Milliseconds after which the calls are looked at in any case, while there are any. */
const LONGEST_WAIT_MS = 60_000;

const EVENT_OF = { ringing: "call.ringing", answered: "call.answered", ended: "call.ended" } as const;

/** The calls of one account, told to whoever listens for them; not followed while nobody does. */
export class CallFeed {
	readonly #tracker: CallTracker;
	readonly #clock: Clock;
	readonly #words: UnknownWords;
	readonly #listeners: ListenerIndex;
	readonly #failed: (error: unknown) => void;
	#context: CallEventContext;
	/** What came in before it was known what another process has left behind; null from then on. */
	#early: (() => void)[] | null = null;
	#keeper: CallKeeper | null = null;
	#followers = 0;
	#timer: Timer | null = null;
	#dueAt: number | null = null;

	/**
	 * @param failed  hears of exceptions that a listener threw
	 * @param seen    sees each event that is told to anybody, before they get it
	 */
	constructor(
		options: TrackerOptions,
		context: CallEventContext,
		clock: Clock,
		words: UnknownWords,
		failed: (error: unknown) => void,
		seen: (event: PbxEvent) => void,
	) {
		this.#tracker = new CallTracker(options);
		this.#context = context;
		this.#clock = clock;
		this.#words = words;
		this.#failed = failed;
		this.#listeners = new ListenerIndex(failed, seen);
	}

	/** Other options for what comes from now on. */
	configure(options: TrackerOptions, context: CallEventContext): void {
		this.#tracker.configure(options);
		this.#context = context;
	}

	/**
	 * Calls are kept there from now on; null for nowhere.
	 *
	 * @param isFirst  what comes in waits until {@link takeUp} says what was left behind there
	 */
	keep(keeper: CallKeeper | null, isFirst: boolean): void {
		this.#keeper = keeper;
		if (keeper) this.#keepChanged(keeper, true);
		if (keeper && isFirst) this.#early ??= [];
	}

	/** Takes up calls that another process has followed, and goes on with what has come in since. */
	takeUp(calls: readonly string[]): void {
		const early = this.#early ?? [];
		this.#early = null;
		const at = momentOf(this.#clock);
		for (const saved of calls) {
			// One that cannot be read takes no other with it.
			try {
				this.#tell(this.#tracker.revive(JSON.parse(saved) as SavedCall, at), at);
			} catch (error) {
				this.#failed(error);
			}
		}
		for (const run of early) run();
	}

	/** Another process follows the calls from now on: they are told no further, and what comes in waits. */
	forget(): void {
		this.#tracker.clear();
		this.close();
		this.#early = [];
	}

	/** Whether anybody wants to know of calls. */
	get isFollowed(): boolean {
		return this.#followers > 0;
	}

	/** Calls are followed from now on, whether or not anybody is told; gives what ends that. */
	follow(): () => void {
		this.#followers++;
		let isFollowing = true;
		return () => {
			if (isFollowing) this.#unfollow();
			isFollowing = false;
		};
	}

	/** Somebody wants to be told of calls; gives what ends that. */
	listen(listener: Listener): () => void {
		if (!CALL_EVENTS.some((event) => listener.events.has(event))) return () => {};
		this.#listeners.add(listener, CALL_EVENTS);
		const unfollow = this.follow();
		return () => {
			this.#listeners.remove(listener, CALL_EVENTS);
			unfollow();
		};
	}

	/**
	 * Takes what happens at a phone.
	 *
	 * @param ticket  all of the ticket that says so, for what is told of it now; what is told later has what is kept of it
	 */
	take(extension: string, input: PhoneInput, at: Moment, ticket?: string): void {
		if (this.#early) {
			// Copies: else V8 takes all that is made where these were for long-lived from then on, and seldom clears it away.
			const [later, then] = [{ ...input }, { ...at }];
			this.#wait(() => this.take(extension, later, then));
		} else if (this.isFollowed) this.#tell(withWhole(this.#tracker.take(extension, input, at), input, ticket), at);
	}

	/** A connection came up: an extension's own, or the monitor's. */
	connected(source: Source, extension: string, at: Moment): void {
		if (this.#early) this.#wait(() => this.connected(source, extension, at));
		else {
			this.#keeper?.heard([extension]);
			this.#tell(this.#tracker.linkUp(source, extension, at), at);
		}
	}

	/** A connection fell. */
	disconnected(source: Source, extension: string, at: Moment): void {
		if (this.#early) this.#wait(() => this.disconnected(source, extension, at));
		else this.#tell(this.#tracker.linkDown(source, extension, at), at);
	}

	/** Whether a phone was spoken of. */
	isPhone(extension: string): boolean {
		return this.#tracker.isPhone(extension);
	}

	/** The call that an extension's phone has; null for none, or while calls are not followed. */
	currentCall(extension: string): CurrentCall | null {
		const told = this.#tracker.ongoing.of(extension);
		return told && currentCall(told, this.#context);
	}

	/** The calls that go on, so many of them; none while calls are not followed. */
	ongoingCalls(most: number): OngoingCalls {
		return ongoingCalls(this.#tracker.ongoing.all(), this.#context, most);
	}

	/** Nothing is heard any more: what goes on is told to end as unknown. */
	end(): void {
		if (this.#early) this.takeUp([]);
		const at = momentOf(this.#clock);
		this.#tell(this.#tracker.endAll(at), at);
	}

	/** Nothing happens by itself any more. */
	close(): void {
		this.#timer?.cancel();
		this.#timer = null;
		this.#dueAt = null;
	}

	#unfollow(): void {
		if (--this.#followers > 0) return;
		this.#tracker.clear();
		this.close();
	}

	#tell(told: readonly Told[], at: Moment): void {
		for (const each of told) this.#tellOne(each, at);
		if (this.#keeper) this.#keepChanged(this.#keeper);
		this.#schedule();
	}

	#wait(run: () => void): void {
		if (this.#early && this.#early.length >= MOST_EARLY) this.takeUp([]);
		if (this.#early) this.#early.push(run);
		else run();
	}

	#keepChanged(keeper: CallKeeper, all = false): void {
		for (const call of this.#tracker.takeChanged(all)) {
			keeper.changed(String(call.key), call.legs.size > 0 ? () => JSON.stringify(savedCall(call)) : null);
		}
	}

	#tellOne(told: Told, at: Moment): void {
		if (told.kind === "word") {
			this.#words.count(told.word, "caller", told.raw, at.wall, MONITOR);
			return;
		}
		const name = told.kind === "record" ? "call.record" : EVENT_OF[told.step];
		const isKept = told.kind === "record" && this.#keeper !== null;
		if (!isKept && !this.#listeners.hasAny(name)) return;
		// An event costs more than finding out whether anybody wants it.
		if (told.kind === "leg" && this.#listeners.of(name, told.leg.extension).length === 0) return;
		const event = told.kind === "leg" ? legEvent(told, this.#context, at) : recordEvent(told.facts, this.#context, at);
		// Whoever acts on a record can rely on it: it is kept before it is told.
		if (event.event === "call.record" && this.#keeper) void this.#keeper.recorded(event).then(() => this.#send(event));
		else this.#send(event);
	}

	#send(event: CallEvent): void {
		const listeners = this.#listeners.ofAny(event.event, extensionsOf(event));
		this.#listeners.tell(
			listeners.filter((listener) => wantsCall(listener, event)),
			event,
		);
	}

	/** Comes back when something is over by itself. */
	#schedule(): void {
		const { dueAt } = this.#tracker;
		if (dueAt === this.#dueAt) return;
		this.close();
		this.#dueAt = dueAt;
		if (dueAt === null) return;
		const wait = Math.min(LONGEST_WAIT_MS, Math.max(0, dueAt - this.#clock.steady()));
		this.#timer = this.#clock.after(wait, () => {
			const at = momentOf(this.#clock);
			this.#dueAt = null;
			this.#timer = null;
			this.#tell(this.#tracker.due(at, MOST_DUE), at);
		});
	}
}
