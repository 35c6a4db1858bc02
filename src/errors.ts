import { shortened, visible } from "./visible";

/** Every way in which something asked of this package can fail. The codes are stable. */
export type PbxErrorCode =
	/** The server address is not `ws://…` or `wss://…`. */
	| "invalid-url"
	/** The tenant is empty or holds a blank, comma, slash or bracket. */
	| "invalid-tenant"
	/** The extension is empty or holds a blank, comma, slash or bracket. */
	| "invalid-extension"
	/** The key holds a control character or a request. */
	| "invalid-key"
	/** The country is none that numbers can be read for. */
	| "invalid-country"
	/** What is to be dialled instead of `+` holds something else than up to 8 digits, `*`, `#` and `+`. */
	| "invalid-plus"
	/** The prefix of an outside line holds something else than up to 4 digits, `*` and `#`. */
	| "invalid-prefix"
	/** The settling time is no number of seconds from 0 to 60. */
	| "invalid-settle"
	| "invalid-most-extensions"
	/** There is no such time zone. */
	| "invalid-time-zone"
	/** Texts are not written in that language. */
	| "invalid-language"
	/** A row of the table of people names no extension, or one that another row names. */
	| "invalid-people"
	/** The TLS configuration that was chosen does not exist. */
	| "no-tls"
	/** A node that listens to extensions names none. */
	| "no-extension"
	/** The number cannot be dialled. */
	| "invalid-number"
	/** A JavaScript number of more than 12 digits, as a time is, where a number to dial should be. */
	| "timestamp-number"
	/** The number fits none of those that the configuration allows. */
	| "number-not-allowed"
	/** The number has a special charge, or an unknown one, and no pattern names its range. */
	| "costly-number"
	/** More calls a minute than the configuration allows. */
	| "too-many-calls"
	/** The number was dialled a moment ago. */
	| "repeated-number"
	/** What the configuration says of calls that may be placed cannot be read. */
	| "invalid-rules"
	/** The monitor channel (999) was asked to place a call. */
	| "monitor-cannot-dial"
	/** The connection is down right now. */
	| "not-connected"
	/** The connection was lost before the PBX answered: what became of the request is not known. */
	| "link-lost"
	/** The node or connection was closed before the PBX answered. */
	| "closed"
	/** Too many state requests wait already. */
	| "too-many-requests"
	/** Too many connections were opened on demand. */
	| "too-many-links"
	/** A connection tells of more extensions than can be followed. */
	| "too-many-extensions"
	/** The live board has heard nothing: no monitor is connected. */
	| "no-board"
	/** The node has no config node. */
	| "no-config"
	/** The simulator was given a command it does not know. */
	| "invalid-command"
	/** The simulator's port is none. */
	| "invalid-port"
	/** An environment variable that a field names is not set. */
	| "unset-variable"
	/** The simulator could not listen on its port. */
	| "cannot-listen"
	/** The PBX configuration keeps no call log. */
	| "no-store"
	/** A message that comes back to the node that hands records over has no record. */
	| "no-record"
	/** What is asked of the call log is no date or number of days. */
	| "invalid-period"
	/** A message brings no call that a contact could be put on. */
	| "no-call"
	/** The folder or address of the call log cannot be one. */
	| "invalid-store"
	/** The call log's database cannot be reached. */
	| "store-unavailable"
	/** The database refuses the login. */
	| "store-refused"
	/** Another process has the call log's file open. */
	| "store-in-use"
	/** The call log's file is damaged: it was set aside, and a new one begun. */
	| "store-damaged"
	/** The call log was written by a newer version of this package. */
	| "store-newer"
	/** There is no room for the call log. */
	| "store-full"
	/** The call log cannot be written. */
	| "store-read-only"
	/** More waits to be written to the call log than is kept in memory. */
	| "store-overflow";

/** What an error's sentence speaks of; the names stand in the texts as `__name__`. Never a secret. */
export type ErrorDetails = Readonly<Record<string, string | number>>;

/** What somebody gave instead of what was asked for, short enough for a sentence, and on one line. Never throws. */
export function shown(value: unknown): string {
	if (value === undefined || value === null || value === "") return "(nothing)";
	const text = typeof value === "object" ? (Array.isArray(value) ? "(an array)" : "(an object)") : String(value);
	return shortened(visible(shortened(text, 80)), 80);
}

function visibleDetails(details: ErrorDetails): ErrorDetails {
	const entries = Object.entries(details);
	return Object.fromEntries(entries.map(([name, value]) => [name, typeof value === "string" ? visible(value) : value]));
}

/**
 * An error of this package: a stable `code`, an English `message` for logs, and `details` from which a localised
 * sentence is made (its locale key is `errors.<code>`). Whatever of it came from outside, it is one line.
 */
export class PbxError extends Error {
	override readonly name = "PbxError";

	readonly details: ErrorDetails;

	constructor(
		readonly code: PbxErrorCode,
		message: string,
		details: ErrorDetails = {},
	) {
		super(visible(message));
		this.details = visibleDetails(details);
	}
}
