import { createHash } from "node:crypto";
import type { CallRecord } from "../../src/messages";
import type { CrmName } from "./crmApis";

function guidOf(key: string): string {
	const hash = createHash("sha1").update(key).digest("hex");
	return [
		hash.slice(0, 8),
		hash.slice(8, 12),
		`5${hash.slice(13, 16)}`,
		`a${hash.slice(17, 20)}`,
		hash.slice(20, 32),
	].join("-");
}

/** What a CRM knows a call by. */
export function idOf(name: CrmName, { key, e164 }: CallRecord): string {
	if (name === "bitrix24") return String(e164);
	if (name === "salesforce") return key.replace(/[/.]/g, "_");
	return name === "suitecrm" || name === "dynamics" ? guidOf(key) : key;
}

/** What a CRM is to be sent of an answered call of somebody whom it knows, taken by Ana: as its documentation has it. */
export const BODIES: Readonly<Record<CrmName, (record: CallRecord) => unknown>> = {
	odoo: ({ crm, key }) => ({ ids: [17], body: `${crm.summary} [${key}]` }),
	hubspot: ({ crm, key, startedAt }) => ({
		inputs: [
			{
				idProperty: "pbx_key",
				id: key,
				properties: {
					...{ pbx_key: key, hs_timestamp: startedAt, hs_call_title: crm.subject, hs_call_body: crm.summary },
					...{ hs_call_direction: "INBOUND", hs_call_status: "COMPLETED", hs_call_duration: `${crm.seconds}000` },
					...{ hs_call_from_number: "+34974319404", hs_call_to_number: "11", hubspot_owner_id: "77" },
				},
			},
		],
	}),
	zoho: ({ crm, key, startedAt }) => ({
		data: [
			{
				...{ Subject: crm.subject, Description: crm.summary, Call_Type: "Inbound", PBX_Key: key },
				...{ Call_Start_Time: String(startedAt).replace(/\.\d+Z$/, "+00:00"), Call_Duration: `00:0${crm.seconds}` },
				...{ Who_Id: { id: "17" }, Owner: { id: "77" } },
			},
		],
		duplicate_check_fields: ["PBX_Key"],
	}),
	salesforce: ({ crm, key }) => ({
		...{
			Subject: crm.subject,
			Description: crm.summary,
			Status: "Completed",
			TaskSubtype: "Call",
			CallType: "Inbound",
		},
		...{
			CallDurationInSeconds: crm.seconds,
			CallDisposition: "answered",
			CallObject: key,
			WhoId: "0035",
			OwnerId: "77",
		},
		ActivityDate: crm.startedLocal.slice(0, 10),
	}),
	pipedrive: ({ crm, key }) => ({
		...{ subject: crm.subject, note: `${crm.summary} [${key}]`, outcome: "connected", user_id: 77, person_id: 17 },
		...{ from_phone_number: "+34974319404", to_phone_number: "11", start_time: crm.started, end_time: crm.ended },
		duration: String(crm.seconds),
	}),
	bitrix24: ({ crm }) => ({
		...{ CALL_ID: "externalCall.+34974319404", USER_ID: "77", DURATION: crm.seconds, STATUS_CODE: "200" },
	}),
	dolibarr: ({ crm, key, startedAt, endedAt }) => ({
		...{ ref_ext: key, type_code: "AC_TEL", label: crm.subject, note: crm.summary, percentage: 100, userownerid: 77 },
		datep: Math.floor(Date.parse(String(startedAt)) / 1000),
		datep2: Math.floor(Date.parse(String(endedAt)) / 1000),
		socid: 17,
	}),
	suitecrm: ({ crm, key, startedAt }) => ({
		data: {
			type: "Calls",
			id: guidOf(key),
			attributes: {
				...{ name: crm.subject, description: crm.summary, status: "Held", direction: "Inbound", duration_hours: 0 },
				...{ duration_minutes: 1, date_start: String(startedAt).replace(/\.\d+Z$/, "+00:00"), assigned_user_id: "77" },
				...{ parent_type: "Contacts", parent_id: "c-17" },
			},
		},
	}),
	dynamics: ({ crm, startedAt, endedAt }) => ({
		...{ subject: crm.subject, description: crm.summary, phonenumber: "+34974319404", directioncode: false },
		...{ actualstart: startedAt, actualend: endedAt, actualdurationminutes: 1 },
		phonecall_activity_parties: [
			{ "partyid_contact@odata.bind": "/contacts(c-17)", participationtypemask: 1 },
			{ "partyid_systemuser@odata.bind": "/systemusers(77)", participationtypemask: 2 },
		],
	}),
	tryton: ({ crm, key }) => ({ resource: "party.party,17", message: `${crm.summary} [${key}]` }),
};
