import type { Activation } from "../../src/calls/template";
import type { Language } from "../../src/crm/texts";
import type { EventName } from "../../src/eventNames";
import type { CallOutcome, Direction } from "../../src/messages";
import type { SavedWord } from "./words";

/** What `pbx-config` saves; the key is a credential. */
export interface PbxConfigOptions {
	name: string;
	/** `ws://host:9300` or `wss://host:9300`. */
	url: string;
	tenant: string;
	/** The id of a core `tls-config`, for `wss://`. */
	tls: string;
	/** Two letters (ISO 3166): the country whose national number writing the PBX uses. */
	country: string;
	/** What is dialled instead of a leading `+`: `+` itself, `00`, nothing, or `national` for own numbers without it. */
	plus: string;
	/** What gets an outside line: dialled before numbers that lead outside, and left out when numbers are read. */
	prefix: string;
	/** Of the texts in messages. */
	language: Language | string;
	/** Of the local times in messages: IANA, such as `Europe/Madrid`; empty for the machine's own. */
	timeZone: string;
	/** Whose extensions they are. */
	people: SavedPerson[];
	/** Words of this PBX that the standard vocabulary does not hold, and what they mean. */
	words: SavedWord[];
	/** The PRO event table. */
	activations: Activation[];
	/** Whether legs may be put together to calls by number and moment, where the PBX does not say that they are one. */
	groups: boolean;
	/** Seconds, 0 to 60, that a call whose legs are over waits for another one before its record is told. */
	settle: number | string;
	/** Extensions, 1 to 20,000, that are followed at a time. */
	mostExtensions: number | string;
	/** Patterns of the numbers that may be dialled, such as `9XXXXXXXX, +351.`; empty for all. */
	dialAllowed: string;
	/** Calls a minute from one extension, and in all; 0 for no limit. */
	dialPerExtension: number | string;
	dialInAll: number | string;
	/** Seconds within which the same number is not dialled twice; 0 for no such window. */
	dialRepeat: number | string;
	/** Nothing is dialled: what would be is said. */
	dryRun: boolean | string;
	/** Where calls are kept: nowhere, in a file, or in a database that several Node-REDs share. */
	store: "none" | "file" | "postgresql" | string;
	/** The file, below the user directory unless its whole path is given; empty for the usual one. */
	storeFile: string;
	/** `postgresql://user@host/database`; the password is a credential. */
	storeUrl: string;
	/** Days after which records are erased; 0 for never. */
	keepDays: number | string;
	/** Of several Node-REDs on one database one listens, and the others wait to take over. */
	standby: boolean | string;
	/** The form of these options; `migrate` makes the present one of every earlier. */
	version: number;
}

/** The form in which `pbx-config` saves now. */
export const CONFIG_VERSION = 3;

/** Where calls can be kept. */
export const STORES = ["none", "file", "postgresql"] as const;
/** The file in which they are kept, below the user directory. */
export const DEFAULT_STORE_FILE = "meetip-pbx/calls.db";
/** Days that records are kept, unless told otherwise, and at most. */
export const DEFAULT_KEEP_DAYS = 365;
export const LONGEST_KEEP_DAYS = 36_500;

/** A row of the table of people. */
export interface SavedPerson {
	extension: string;
	name: string;
	/** The CRM's id of the user. */
	user: string;
	email: string;
}

/** Seconds that a call waits for another leg, unless told otherwise. */
export const DEFAULT_SETTLE = 8;
/** The longest such wait. */
export const LONGEST_SETTLE = 60;
/** Extensions that can be followed at a time: each takes about a kilobyte on each connection that tells of it. */
export const LARGEST_MOST_EXTENSIONS = 20_000;

/** What `pbx-in` saves. */
export interface PbxInOptions {
	name: string;
	pbx: string;
	channel: "extension" | "monitor";
	/** `11, 12`: which to listen to; on the monitor a filter, empty for all. */
	extensions: string;
	events: EventName[];
	/** Of calls, only these; empty for all. */
	directions: Direction[];
	/** Of calls that are over, only those that ended so; empty for all. */
	outcomes: string[];
	/** Hosts whose addresses in PRO events become `msg.url`; empty for none. Undefined in flows saved before. */
	urlHosts: string | undefined;
	/** One output per event instead of one for all. */
	split: boolean;
	/** How many outputs that makes; the editor needs it. */
	outputs: number;
}

/** What `pbx-call` saves. */
export interface PbxCallOptions {
	name: string;
	pbx: string;
	extension: string;
	extensionType: string;
	number: string;
	numberType: string;
	/** Seconds to wait for a word of the PBX. */
	timeout: number | string;
}

/** What `pbx-status` saves. */
export interface PbxStatusOptions {
	name: string;
	pbx: string;
	extension: string;
	extensionType: string;
	/** The extension whose connection asks. */
	via: string;
	source: "ask" | "board";
	/** Seconds to wait for each answer. */
	timeout: number | string;
}

/** What `pbx-log` saves. */
export interface PbxLogOptions {
	name: string;
	pbx: string;
	/** What it listens to, so that there is something to hand over. */
	channel: "extension" | "monitor";
	/** Only records of these; empty for all, on the monitor. */
	extensions: string;
	directions: Direction[];
	outcomes: string[];
	/** The name under which its delivery is kept; empty for the node's own id. */
	queue: string;
	/** Seconds in which a message must come back. */
	timeout: number | string;
	/** Records on their way at a time. */
	parallel: number | string;
	/** Hours after which a record that cannot be delivered is given up. */
	giveUp: number | string;
	/** What was recorded before it was first deployed is handed over, too. */
	fromStart: boolean;
}

/** What `pbx-history` saves. */
export interface PbxHistoryOptions {
	name: string;
	pbx: string;
	query: "number" | "unreturned" | "calls" | "totals" | "forget";
	number: string;
	numberType: string;
	/** A date, a time, or so many days ago: `2026-01-15`, `-7`. */
	from: string;
	fromType: string;
	to: string;
	toType: string;
	/** Of totals. */
	by: "day" | "hour" | "extension" | "queue";
	extensions: string;
	directions: Direction[];
	outcomes: string[];
	/** Calls at most. */
	limit: number | string;
	/** Whole records, or flat rows for a table. */
	format: "objects" | "rows";
}

/** What `pbx-contact` saves. */
export interface PbxContactOptions {
	name: string;
	pbx: string;
	contactName: string;
	contactNameType: string;
	contactId: string;
	contactIdType: string;
	contactUrl: string;
	contactUrlType: string;
	/** For how long the next calls of the number have the contact. */
	minutes: number | string;
}

/** What `pbx-simulator` saves; the key is a credential. */
export interface PbxSimulatorOptions {
	name: string;
	port: number | string;
	/** The address to listen on. */
	host: string;
	tenant: string;
	extensions: string;
	/** Extensions that exist and never answer a state request. */
	silent: string;
	/** The PBX whose PRO event table it plays; empty for none. */
	pbx: string | undefined;
	/** Seconds between two calls that come in by themselves; 0 for none. */
	traffic: number | string;
}

/** Seconds that a call may take to be picked up, unless told otherwise: longer than the PBX itself waits. */
export const DEFAULT_CALL_TIMEOUT = 60;
/** Seconds that the answer to a state request may take, unless told otherwise. */
export const DEFAULT_STATUS_TIMEOUT = 5;
/** Seconds in which a message must come back to `pbx-log`, unless told otherwise. */
export const DEFAULT_LOG_TIMEOUT = 30;
/** How calls, not legs, can end. */
export const CALL_OUTCOMES: readonly CallOutcome[] = ["answered", "missed", "no-answer", "busy", "failed", "unknown"];
/** Hours for which a record is tried, unless told otherwise, and at most. */
export const DEFAULT_GIVE_UP = 72;
export const LONGEST_GIVE_UP = 24 * 365;
/** Records on their way at a time, unless told otherwise, and at most. */
export const DEFAULT_PARALLEL = 2;
export const MOST_PARALLEL = 50;
/** Minutes for which a contact is remembered, unless told otherwise, and at most. */
export const DEFAULT_CONTACT_MINUTES = 30;
export const LONGEST_CONTACT_MINUTES = 60 * 24 * 30;
/** Calls that a query gives, unless told otherwise, and at most. */
export const DEFAULT_LIMIT = 20;
export const LONGEST_LIMIT = 10_000;
/** The longest wait that can be set, in seconds. */
export const LONGEST_TIMEOUT = 600;
/** The port of the vendor's server. */
export const DEFAULT_PORT = 9300;

/** The pieces of a list such as `11, 12 13`. */
export function splitList(text: string): string[] {
	return text.split(/[\s,;]+/).filter(Boolean);
}

/** A number as saved, or its text, within bounds; the standard one where it is none. */
export function numberWithin(value: unknown, standard: number, least: number, most: number): number {
	const number = Number(value);
	if (String(value ?? "").trim() === "" || !Number.isFinite(number)) return standard;
	return Math.min(most, Math.max(least, number));
}

/** Seconds as saved (a number, or its text) as a number within 0.1 to 600; the default where they are none. */
export function secondsOf(value: number | string, standard: number): number {
	const seconds = Number(value);
	if (String(value).trim() === "" || !Number.isFinite(seconds)) return standard;
	return Math.min(LONGEST_TIMEOUT, Math.max(0.1, seconds));
}
