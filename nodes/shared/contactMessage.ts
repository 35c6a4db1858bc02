import type { NodeMessageInFlow } from "node-red";
import { judge, type Reply } from "../../src/delivery/verdict";
import { PbxError } from "../../src/errors";
import { kept } from "../../src/kept";
import type { CallEvent, Contact } from "../../src/messages";
import type { CallParty } from "../../src/pbx/contacts";
import { shortened } from "../../src/visible";

/** A message with a call, and what a look-up has found. */
export interface ContactMessage extends NodeMessageInFlow, Reply {
	call?: unknown;
}

/** Longer ones are no names. */
const LONGEST_TEXT = 200;
const LONGEST_URL = 2_000;

/** On one line, as it stands in statuses and logs; a text of its own, as it is remembered, and the answer it came in is not. */
function textOf(value: unknown, longest: number): string {
	if (typeof value !== "string" && typeof value !== "number") return "";
	const text = shortened(String(value), 2 * longest).replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ");
	return kept(text.trim(), longest);
}

/** An address that a browser opens, and that runs nothing; one that is cut off leads elsewhere. */
function urlOf(value: unknown): string {
	if (typeof value !== "string" || value.length > LONGEST_URL) return "";
	const text = textOf(value, LONGEST_URL);
	return /^https?:\/\//i.test(text) && URL.canParse(text) ? text : "";
}

/** Whom a look-up has found, by what it gave; null for nobody. Never throws. */
export function readContact(found: Readonly<Record<keyof Contact, unknown>>): Contact | null {
	const contact = { id: textOf(found.id, LONGEST_TEXT), name: textOf(found.name, LONGEST_TEXT), url: urlOf(found.url) };
	return contact.id === "" && contact.name === "" ? null : contact;
}

/**
 * The call that a message is about, where it came from.
 *
 * @throws PbxError `no-call`
 */
export function callOf({ call, payload }: ContactMessage): CallEvent {
	for (const each of [call, payload]) {
		if (typeof Object(each).callId === "string") return each as CallEvent;
	}
	throw new PbxError("no-call", "The message has no call: msg.call, or msg.payload, must be an event of one");
}

/** Which call that is, and with whom, as far as what a flow made of it can be read. */
export function partyOf(call: CallEvent): CallParty {
	const { callId, number, e164, anonymous } = call;
	const textOrNull = (value: unknown) => (typeof value === "string" ? value : null);
	return { callId, number: textOrNull(number), e164: textOrNull(e164), anonymous: anonymous === true };
}

/** A look-up that failed tells of nobody, not of a stranger. */
export function hasFailed({ statusCode = 200, headers, error }: ContactMessage): boolean {
	return judge({ statusCode, headers, error }, Date.now()).kind !== "delivered";
}
