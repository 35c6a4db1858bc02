/** What the editor and the run time say to each other. */
import type { ErrorDetails } from "../../src/errors";
import type { ProbeReport } from "../../src/link/steps";
import type { CallOutcome, Direction, PhoneState } from "../../src/messages";
import type { JournalEntry } from "../../src/pbx/journalEntry";
import type { UnknownWord } from "../../src/pbx/unknownWord";
import type { SimulatedState } from "../../src/simulator/speller";

export type { UnknownWord } from "../../src/pbx/unknownWord";
export type { TraceState } from "../../src/trace/recorder";

/** What the form of the config node sends to have its connection tested. */
export interface ConnectionTestRequest {
	/** The config node; its saved key is used where none is sent. */
	readonly id: string;
	readonly url: string;
	readonly tenant: string;
	readonly tls: string;
	/** Absent where the field was left alone. */
	readonly key?: string;
	readonly extension: string;
}

/** A line of the answer: a step, or why there is none. The browser puts both into words of its language. */
export type ConnectionTestLine =
	| ProbeReport
	| { readonly step: null; readonly code: string; readonly details: ErrorDetails };

/** An extension that was heard of, for completion. */
export interface HeardExtension {
	readonly extension: string;
	readonly state: PhoneState;
}

/** The parts of the tab; those that are folded away are not asked for. */
export const LIVE_PARTS = ["links", "extensions", "calls", "events", "log", "words", "simulators"] as const;

/** A part of the tab. */
export type LivePart = (typeof LIVE_PARTS)[number];

/** What the tab asks for. */
export interface LiveRequest {
	/** Which tab asks: each hears only what has changed since it asked last. */
	readonly viewer: string;
	/** The number of the last answer that it has taken; 0 where it has none, and is to be told all. */
	readonly seen: number;
	/** The config node it has chosen; empty for the first one. */
	readonly account: string;
	readonly parts: readonly LivePart[];
	/** What the extensions that it shows hold, or the names of their people; empty for all. */
	readonly find: string;
}

/** What a list has become since the last answer. */
export interface Change<Item extends { readonly key: string }> {
	/** Those that are new, or not what they were. */
	readonly items: readonly Item[];
	/** The keys of all that are shown, in their order; absent where it is what it was. */
	readonly order?: readonly string[];
	/** How many there are beyond those that are shown. */
	readonly more: number;
}

/** A config node. */
export interface LiveAccount {
	readonly key: string;
	readonly name: string;
	readonly tenant: string;
	/** Host and port of its server. */
	readonly server: string;
	/** The sentence that says why it does not work, or null. */
	readonly fault: string | null;
	/** Connections that are up, those that should be and are not, and all: the others wait for their turn. */
	readonly up: number;
	readonly down: number;
	readonly links: number;
	/** It tells of more extensions than can be followed. */
	readonly isOverfull: boolean;
}

/** One connection of the chosen account. Times in milliseconds since 1970, here and below. */
export interface LiveLink {
	/** Its extension. */
	readonly key: string;
	readonly state: "queued" | "connecting" | "connected" | "disconnected" | "refused" | "standby" | "closed";
	/** A key of the catalog's `reasons`; empty for none. */
	readonly reason: string;
	readonly since: number;
}

/** Somebody on the other end of a call. */
export interface LiveParty {
	readonly number: string | null;
	/** As the CRM has it, else as it was sent; empty for none. */
	readonly name: string;
	readonly anonymous: boolean;
	readonly direction: Direction;
}

/** One extension on the board. */
export interface LiveExtension {
	/** Its number. */
	readonly key: string;
	/** Whose it is, as the configuration has it; empty for nobody's. */
	readonly name: string;
	readonly state: PhoneState;
	readonly since: number;
	/** The connection has fallen since. */
	readonly stale: boolean;
	readonly call: LiveParty | null;
}

/** A call that goes on, once, whatever phones take part in it. */
export interface LiveCall extends LiveParty {
	/** Its id. */
	readonly key: string;
	readonly queue: string | null;
	/** Since when it rings, or they talk; null where nobody heard. */
	readonly since: number | null;
	/** The first of the phones that ring, and of those that talk; and how many more there are. */
	readonly ringing: readonly string[];
	readonly talking: readonly string[];
	readonly others: number;
}

/** A `pbx-log`, by its node's id. */
export interface LiveQueue {
	readonly key: string;
	readonly name: string;
	readonly waiting: number;
	readonly givenUp: number;
	/** When the oldest record was made that waits; null where none does. */
	readonly oldest: number | null;
	/** The sentence that says why nothing is known of it, or null. */
	readonly fault: string | null;
}

/** A record that a `pbx-log` has not delivered. */
export interface LiveDelivery extends LiveParty {
	readonly key: string;
	/** The `pbx-log`'s id. */
	readonly queue: string;
	/** The record's key. */
	readonly record: string;
	readonly at: string;
	readonly extension: string;
	readonly outcome: CallOutcome;
	readonly state: "waiting" | "sent" | "given-up";
	readonly reason: string;
	readonly attempt: number;
	/** When it is tried next; null where it is on its way or given up. */
	readonly dueAt: number | null;
}

/** A word that the chosen account uses and that nobody knows. */
export interface LiveWord extends UnknownWord {
	/** Its place and itself, in small letters: the same word can mean something else elsewhere. */
	readonly key: string;
}

/** What is to be done with records that are not delivered: with one, or all of a queue. */
export type DeliveryCommand =
	| { readonly action: "retry"; readonly record: string | null }
	| { readonly action: "give-up"; readonly record: string };

/** A simulator that runs, by its node's id. */
export interface LiveSimulator {
	readonly key: string;
	readonly name: string;
	readonly phones: readonly { readonly extension: string; readonly state: SimulatedState }[];
}

/** What the lists of the tab hold. */
export interface LiveItems {
	readonly accounts: LiveAccount;
	readonly links: LiveLink;
	readonly extensions: LiveExtension;
	readonly calls: LiveCall;
	readonly events: JournalEntry;
	readonly queues: LiveQueue;
	readonly deliveries: LiveDelivery;
	readonly words: LiveWord;
	readonly simulators: LiveSimulator;
}

/** What the tab is sent: of each list what has changed; one that has not is left out. */
export interface LiveAnswer {
	/** To be given back as {@link LiveRequest.seen}. */
	readonly number: number;
	/** All is told anew: what was told before counts for nothing. */
	readonly isWhole: boolean;
	/** There is more to tell than one answer takes. */
	readonly isCut: boolean;
	/** Milliseconds since 1970, by the clock of the Node-RED: the browser's may differ. */
	readonly now: number;
	/** The config node that the lists are of; empty where there is none. */
	readonly account: string;
	readonly changes: { readonly [Name in keyof LiveItems]?: Change<LiveItems[Name]> };
}
