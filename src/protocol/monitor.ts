import { type Extension, isExtension } from "./address";
import { fold, type PhoneState, type Vocabulary } from "./vocabulary";

interface MonitorFields {
	/** The PBX's own code, which is not the tenant. */
	readonly pbx: string;
	readonly extension: Extension;
	/** `epochSeconds.sequence` as text (as a number it would lose its last `0`), or null where the PBX sent `0`. */
	readonly transaction: string | null;
	readonly raw: string;
}

/** An extension changed its state. */
export interface MonitorStateTicket extends MonitorFields {
	readonly kind: "monitor-state";
	readonly state: PhoneState;
	readonly text: string;
}

/** A call reached an extension. The number is as sent and can be empty. */
export interface MonitorCallerTicket extends MonitorFields {
	readonly kind: "monitor-caller";
	readonly number: string;
	readonly transaction: string;
}

/** An extension hung up a call. */
export interface MonitorEndTicket extends MonitorFields {
	readonly kind: "monitor-end";
	readonly text: string;
}

/** What the monitor channel says: `(info,PBX-WHAT-EXTENSION-TRANSACTION)` (protocol 5). */
export type MonitorTicket = MonitorStateTicket | MonitorCallerTicket | MonitorEndTicket;

const DASH = 0x2d;
const DOT = 0x2e;

function isTransaction(text: string): boolean {
	let dots = 0;
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		if (code === DOT) dots++;
		else if (code < 0x30 || code > 0x39) return false;
	}
	return text !== "" && dots < 2 && !text.startsWith(".") && !text.endsWith(".");
}

/** The last dash before `end`; negative for none. A ticket is short: `lastIndexOf` takes longer to call than to look. */
function dashBefore(text: string, end: number): number {
	let at = end - 1;
	while (at >= 0 && text.charCodeAt(at) !== DASH) at--;
	return at;
}

/**
 * Reads the body of a monitor ticket from both ends: PBX first, transaction last, extension before it; all that is left
 * in the middle, dashes included, is a state word or a caller. Null when the body is not of that form.
 */
export function decodeMonitor(
	raw: string,
	body: string,
	words: Vocabulary,
): MonitorTicket | { readonly kind: "ignored"; readonly raw: string } | null {
	const first = body.indexOf("-");
	const last = dashBefore(body, body.length);
	const middle = dashBefore(body, last);
	if (first < 1 || middle <= first) return null;
	const sentTransaction = body.slice(last + 1).trim();
	const extension = body.slice(middle + 1, last).trim();
	if (!isTransaction(sentTransaction) || !isExtension(extension)) return null;

	const pbx = body.slice(0, first).trim();
	const text = body.slice(first + 1, middle).trim();
	const transaction = sentTransaction === "0" ? null : sentTransaction;
	const meaning = words.states.get(fold(text));
	if (meaning === undefined && words.ignored.has(fold(text))) return { kind: "ignored", raw };
	if (meaning === "ended") return { kind: "monitor-end", pbx, extension, transaction, text, raw };
	if (meaning === undefined && transaction !== null) {
		return { kind: "monitor-caller", pbx, extension, transaction, number: text, raw };
	}
	return { kind: "monitor-state", pbx, extension, transaction, state: meaning ?? "unknown", text, raw };
}

/** When the call of a transaction began, in milliseconds since 1970 (its whole part is in seconds), or null. */
export function transactionStart(transaction: string): number | null {
	const seconds = Number.parseInt(transaction, 10);
	// Before 2000 or after 2100 the number is a counter, not a time.
	return seconds > 946_684_800 && seconds < 4_102_444_800 ? seconds * 1000 : null;
}
