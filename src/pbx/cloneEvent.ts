import type { Contact, Crm, PbxEvent } from "../messages";

function cloneContact(contact: Contact | null): Contact | null {
	return contact && { ...contact };
}

function cloneCrm(crm: Crm): Crm {
	return { ...crm, search: [...crm.search], user: { ...crm.user }, contact: { ...crm.contact } };
}

/** A copy that shares nothing with the event: what somebody does with one must not change the other. */
export function cloneEvent<Event extends PbxEvent>(event: Event): Event {
	switch (event.event) {
		case "call.ringing":
		case "call.answered":
		case "call.ended":
			return { ...event, contact: cloneContact(event.contact), crm: cloneCrm(event.crm) };
		case "call.record": {
			const legs = event.legs.map((leg) => ({ ...leg }));
			const copied = { contact: cloneContact(event.contact), crm: cloneCrm(event.crm) };
			return { ...event, ...copied, legs, answeredBy: [...event.answeredBy] };
		}
		case "web.command":
			return { ...event, query: event.query && { ...event.query }, fields: event.fields && { ...event.fields } };
		default:
			return { ...event };
	}
}
