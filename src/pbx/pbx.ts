import type { BoardEntry } from "../calls/board";
import type { CallEventContext } from "../calls/callEvents";
import type { Activation } from "../calls/template";
import type { CrmOptions } from "../crm/crm";
import { momentOf } from "../link/clock";
import type { DialReply, StatusReply } from "../link/requests";
import type { CurrentCall } from "../messages";
import type { Moment } from "../moment";
import { asDialled } from "../numbers/asDialled";
import { type DialNumber, dialNumber, type Extension } from "../protocol/address";
import { Recorder } from "../trace/recorder";
import { CallFeed } from "./callFeed";
import type { ConnectionContext } from "./connection";
import { Connections } from "./connections";
import { Contacts } from "./contacts";
import type { DialGuard } from "./dialGuard";
import { EventTap } from "./eventTap";
import type { Heritable } from "./handover";
import { HeardExtensions } from "./heardExtensions";
import { Keeping } from "./keeping";
import type { LinkReport } from "./linkWords";
import type { Listener } from "./listener";
import { OnDemand } from "./onDemand";
import type { OngoingCalls } from "./ongoingCalls";
import { type ConfigurationContext, isSameAccount, type PbxContext, type PbxOptions } from "./options";
import { guardOf, type LineReaders, linesOf, trackerOptionsOf } from "./settings";
import { type Subscription, type SubscriptionRequest, subscribe } from "./subscription";
import { UnknownWords } from "./unknownWords";

/** One PBX account: its connections, its calls, its boards, and what can be asked of it. Knows no Node-RED. */
export class Pbx implements Heritable {
	/** Words of this PBX that the vocabulary does not hold. */
	readonly unknownWords = new UnknownWords();
	/** The extensions that its connections have told of. */
	readonly heard = new HeardExtensions(
		() => this.#options.mostExtensions,
		(warning) => this.#context.warn(warning),
	);
	/** What is told to anybody. */
	readonly tap = new EventTap();
	/** Records what goes over the wire, where somebody asks for it. */
	readonly trace = new Recorder(() => ({ ...this.#context, key: this.#options.key, ...this.#lines }));
	/** Whom look-ups in a CRM have found. */
	readonly contacts: Contacts;
	#options: PbxOptions;
	#context: PbxContext;
	#guard: DialGuard;
	#lines: LineReaders;
	readonly #calls: CallFeed;
	readonly #connections: Connections;
	readonly #onDemand: OnDemand;
	readonly #keeping: Keeping;
	#isClosed = false;

	constructor(options: PbxOptions, context: PbxContext) {
		this.#options = options;
		this.#context = context;
		this.#guard = guardOf(options, context);
		this.#lines = linesOf(options, context);
		const tracker = trackerOptionsOf(options, context, this.#lines.pro);
		const failed = (error: unknown) => this.#context.failed(error);
		this.contacts = new Contacts(context.clock, (...found) => this.#keeping.found(...found));
		this.#calls = new CallFeed(tracker, this.#eventContext(), context.clock, this.unknownWords, failed, this.tap.see);
		this.#connections = new Connections(() => this.#options, this.#connectionContext(), context.deafSince);
		this.#onDemand = new OnDemand(context.clock, this.#connections);
		this.#keeping = new Keeping(context.clock, this.#calls, this.#connections, this.contacts);
		this.#keeping.use(context.keeper);
	}

	/** The tenant, as it stands in every event. */
	get tenant(): string {
		return this.#options.tenant;
	}

	/** Host and port of its server. */
	get server(): string {
		return new URL(this.#options.url).host;
	}

	/** The PRO event table. */
	get activations(): readonly Activation[] {
		return this.#options.activations;
	}

	/** Whether other options name the same account: server, tenant, key and TLS. */
	isSameAccount(options: PbxOptions): boolean {
		return !this.#isClosed && isSameAccount(this.#options, options);
	}

	/** Other options of the same account, for what comes from now on. */
	configure(options: PbxOptions, context: ConfigurationContext): void {
		this.#options = options;
		this.#context = { ...this.#context, ...context };
		this.#guard = guardOf(options, this.#context);
		this.#lines = linesOf(options, this.#context);
		this.#calls.configure(trackerOptionsOf(options, this.#context, this.#lines.pro), this.#eventContext());
		this.#keeping.use(context.keeper);
		this.unknownWords.learn(context.vocabulary);
	}

	/** A number as this PBX wants it dialled, or null where it cannot be. */
	dialNumber(text: string): DialNumber | null {
		const number = dialNumber(text);
		return number && asDialled(number, this.#options.crm.plan, (each) => this.#isExtension(each));
	}

	/** How calls are described. */
	get crm(): CrmOptions {
		return this.#options.crm;
	}

	/** Opens (or shares) connections, 999 being the monitor's, and listens to them. */
	subscribe(request: SubscriptionRequest): Subscription {
		return subscribe(request, this.#connections, this.#calls, this.#context.accounts);
	}

	/** The state of an extension's connection; undefined where none is open. */
	linkState(extension: Extension): LinkReport["state"] | undefined {
		return this.#connections.get(extension)?.link.state;
	}

	/**
	 * Asks the PBX to call a number. A connection that is down is an error at once: nothing is dialled later than asked. Only
	 * the first try of a connection that has just been opened is waited for.
	 *
	 * @param timeout milliseconds to wait for a word of the PBX
	 * @throws PbxError `monitor-cannot-dial`, `number-not-allowed`, `too-many-calls`, `repeated-number`, `not-connected`,
	 *   `link-lost`, `closed`, `too-many-links`
	 */
	async dial(extension: Extension, number: DialNumber, timeout: number): Promise<DialReply | "dry-run"> {
		const takeBack = this.#guard.admit(extension, number);
		if (this.#options.rules.dryRun) return "dry-run";
		let isSent = false;
		try {
			return await this.#onDemand.run(extension, (connection) => {
				const dialled = connection.dial(number, timeout);
				isSent = dialled.isSent;
				return dialled.reply;
			});
		} finally {
			// What never left counts for nothing.
			if (!isSent) takeBack();
		}
	}

	/**
	 * Asks for the state of an extension over the connection of another (or the same).
	 *
	 * @param timeout milliseconds to wait for the answer, once it is this request's turn
	 * @throws PbxError `not-connected`, `too-many-requests`, `link-lost`, `closed`, `too-many-links`
	 */
	askState(via: Extension, extension: Extension, timeout: number): Promise<StatusReply> {
		return this.#onDemand.run(via, (connection) => connection.askState(extension, timeout));
	}

	/** What was heard last of an extension: on one connection, or on any where none is named; null for nothing. */
	look(extension: string, channel?: Extension): BoardEntry | null {
		return (channel === undefined ? this.heard : this.#connections.get(channel)?.board)?.look(extension) ?? null;
	}

	/** The call that an extension's phone has; null where there is none, or none is known. */
	currentCall(extension: string): CurrentCall | null {
		return this.#calls.currentCall(extension);
	}

	/** The calls that go on, so many of them; none while calls are not followed. */
	ongoingCalls(most: number): OngoingCalls {
		return this.#calls.ongoingCalls(most);
	}

	/** How each connection is. */
	links(): LinkReport[] {
		return this.#connections.on().map(({ report }) => report);
	}

	/** Hears all connections, those that are opened later as well, and keeps none open. Gives what ends that. */
	observe(listener: Listener): () => void {
		const [unlisten, unobserve] = [this.#calls.listen(listener), this.#connections.observe(listener)];
		return () => {
			unlisten();
			unobserve();
		};
	}

	/** The extensions that any connection has told of, or only that of `channel`, in the order of their numbers. */
	heardOf(channel?: Extension): readonly string[] {
		return channel === undefined ? this.heard.sorted : (this.#connections.get(channel)?.board.extensions() ?? []);
	}

	/**
	 * Nothing of it is heard any more: calls that go on end as unknown, and all connections are given back. Gives since when
	 * each extension is not heard.
	 */
	end(): ReadonlyMap<Extension, Moment> {
		const now = momentOf(this.#context.clock);
		const deafSince = new Map<Extension, Moment>();
		for (const { extension, deafSince: since, wasConnected } of this.#connections.on()) {
			if (wasConnected) deafSince.set(extension, since ?? now);
		}
		this.#calls.end();
		void this.close();
		this.#connections.closeAll();
		return deafSince;
	}

	/** Asks nothing more of the PBX, and gives back the connections that were opened on demand. */
	async close(): Promise<void> {
		this.#isClosed = true;
		await Promise.all([this.#onDemand.close(), this.#keeping.close()]);
	}

	/** Resolves when all that was heard so far is kept beyond the process, or cannot be. */
	flush(): Promise<void> {
		return this.#keeping.flush();
	}

	giveUp(): void {
		this.end();
	}

	/** One of the PBX's phones, as far as it has spoken of it. */
	#isExtension(number: string): boolean {
		return this.#calls.isPhone(number) || this.heard.has(number);
	}

	#connectionContext(): ConnectionContext {
		const vocabulary = () => this.#context.vocabulary;
		return {
			...{ links: this.#context.links, clock: this.#context.clock, calls: this.#calls, words: this.unknownWords },
			...{ heard: this.heard, seen: this.tap.see, wire: this.trace },
			get vocabulary() {
				return vocabulary();
			},
			lines: () => this.#lines,
			note: (text) => this.#context.note(text),
			failed: (error) => this.#context.failed(error),
		};
	}

	#eventContext(): CallEventContext {
		const { tenant, crm } = this.#options;
		return {
			...{ tenant, crm, vocabulary: this.#context.vocabulary },
			isExtension: (number) => this.#isExtension(number),
			contactOf: (callId, number) => this.contacts.of(callId, number),
		};
	}
}
