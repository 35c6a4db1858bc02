import type { Node, NodeAPI, NodeDef, NodeMessageInFlow } from "node-red";
import { judge, type Reply } from "../src/delivery/verdict";
import { PbxError } from "../src/errors";
import type { CallEvent, Contact } from "../src/messages";
import { fitted } from "./shared/activity";
import { pbxOf, setUp } from "./shared/configNode";
import {
	DEFAULT_CONTACT_MINUTES,
	LONGEST_CONTACT_MINUTES,
	numberWithin,
	type PbxContactOptions,
} from "./shared/options";
import { propertyValue } from "./shared/property";
import { forPeople } from "./shared/texts";

interface ContactMessage extends NodeMessageInFlow, Reply {
	call?: unknown;
}

/** Longer ones are no names. */
const LONGEST_TEXT = 200;
const LONGEST_URL = 2_000;

function textOf(value: unknown, longest: number): string {
	const isText = typeof value === "string" || typeof value === "number";
	// One line: it stands in statuses and logs.
	return isText
		? String(value)
				.replace(/\p{Cc}+/gu, " ")
				.trim()
				.slice(0, longest)
		: "";
}

/** An address that a browser opens, and that runs nothing. */
function urlOf(value: unknown): string {
	const text = textOf(value, LONGEST_URL);
	return /^https?:\/\//i.test(text) && URL.canParse(text) ? text : "";
}

/** The call that a message is about, where it came from. */
function callOf({ call, payload }: ContactMessage): CallEvent {
	for (const each of [call, payload]) {
		if (typeof Object(each).callId === "string") return each as CallEvent;
	}
	throw new PbxError("no-call", "The message has no call: msg.call, or msg.payload, must be an event of one");
}

/** A look-up that failed tells of nobody, not of a stranger. */
function hasFailed(message: ContactMessage): boolean {
	const isAsked = message.statusCode !== undefined || message.error !== undefined;
	return isAsked && judge(message, Date.now()).kind !== "delivered";
}

function register(RED: NodeAPI): void {
	function PbxContact(this: Node, config: NodeDef & PbxContactOptions): void {
		RED.nodes.createNode(this, config);
		const minutes = numberWithin(config.minutes, DEFAULT_CONTACT_MINUTES, 0, LONGEST_CONTACT_MINUTES);
		setUp(RED, this, () => pbxOf(RED, config.pbx));

		const found = async (message: ContactMessage): Promise<Contact | null> => {
			const value = (text: string, type: string) => propertyValue(RED, this, message, text, type);
			const contact = {
				id: textOf(await value(config.contactId, config.contactIdType), LONGEST_TEXT),
				name: textOf(await value(config.contactName, config.contactNameType), LONGEST_TEXT),
				url: urlOf(await value(config.contactUrl, config.contactUrlType)),
			};
			return contact.id === "" && contact.name === "" ? null : contact;
		};
		const take = async (message: ContactMessage): Promise<boolean> => {
			const pbx = pbxOf(RED, config.pbx);
			const call = callOf(message);
			if (hasFailed(message)) return false;
			const contact = await found(message);
			if (contact) pbx.contacts.found(call, contact, minutes);
			const crm = contact && typeof call.crm === "object" ? { ...call.crm, contact } : call.crm;
			message.call = { ...call, contact, crm };
			const text = contact?.name || contact?.id || "";
			this.status(text === "" ? {} : { fill: "green", shape: "dot", text: fitted(text) });
			return true;
		};

		this.on("input", (message, send, done) => {
			take(message as ContactMessage)
				.then((isAnswer) => send(isAnswer ? [message, null] : [null, message]))
				.then(
					() => done(),
					(error: unknown) => done(forPeople(RED, error)),
				);
		});
	}
	RED.nodes.registerType("pbx-contact", PbxContact);
}

export = register;
