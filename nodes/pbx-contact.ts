import type { Node, NodeAPI, NodeDef } from "node-red";
import { NO_CONTACT } from "../src/crm/crm";
import type { Contact } from "../src/messages";
import { visible } from "../src/visible";
import { fitted } from "./shared/activity";
import { pbxOf, setUp } from "./shared/configNode";
import { type ContactMessage, callOf, hasFailed, partyOf, readContact } from "./shared/contactMessage";
import {
	DEFAULT_CONTACT_MINUTES,
	LONGEST_CONTACT_MINUTES,
	numberWithin,
	type PbxContactOptions,
} from "./shared/options";
import { propertyValue } from "./shared/property";
import { forPeople } from "./shared/texts";

function register(RED: NodeAPI): void {
	function PbxContact(this: Node, config: NodeDef & PbxContactOptions): void {
		RED.nodes.createNode(this, config);
		const minutes = numberWithin(config.minutes, DEFAULT_CONTACT_MINUTES, 0, LONGEST_CONTACT_MINUTES);
		setUp(RED, this, () => pbxOf(RED, config.pbx));

		const found = async (message: ContactMessage): Promise<Contact | null> => {
			const value = (text: string | undefined, type: string | undefined) =>
				propertyValue(RED, this, message, text, type);
			return readContact({
				id: await value(config.contactId, config.contactIdType),
				name: await value(config.contactName, config.contactNameType),
				url: await value(config.contactUrl, config.contactUrlType),
			});
		};
		const take = async (message: ContactMessage): Promise<boolean> => {
			const pbx = pbxOf(RED, config.pbx);
			const call = callOf(message);
			if (hasFailed(message)) return false;
			const contact = await found(message);
			if (contact) pbx.contacts.found(partyOf(call), contact, minutes);
			const crm = Object(call.crm) === call.crm ? { ...call.crm, contact: contact ?? NO_CONTACT } : call.crm;
			message.call = { ...call, contact, crm };
			const text = contact?.name || contact?.id || "";
			this.status(text === "" ? {} : { fill: "green", shape: "dot", text: fitted(visible(text)) });
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
