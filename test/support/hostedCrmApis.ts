import assert from "node:assert/strict";
import { CALLER, type Fields, fieldsOf, isKnown, JSON_BODY, keyIn, NATIONAL, sends } from "./crmRequests";
import type { CrmApi } from "./crmServer";

// CRMs that are rented, as their documentations say that they are.

export const bitrix24: CrmApi = {
	...{ tokenPath: null, upserts: false },
	softRefusal: { status: 200, body: { error: "ERROR_CORE", error_description: "no" } },
	limit: { status: 503, body: { error: "QUERY_LIMIT_EXCEEDED" } },
	answer(request) {
		sends(request, "POST", JSON_BODY);
		const fields = fieldsOf(request.body);
		assert.ok(fields.USER_ID ?? fields.USER_PHONE_INNER);
		if (request.path === "/rest/1/secret/telephony.externalcall.register.json") {
			assert.ok(fields.PHONE_NUMBER);
			assert.ok(fields.TYPE === 1 || fields.TYPE === 2);
			assert.ok(!Number.isNaN(Date.parse(String(fields.CALL_START_DATE))));
			return { status: 200, body: { result: { CALL_ID: `externalCall.${fields.PHONE_NUMBER}` } } };
		}
		assert.equal(request.path, "/rest/1/secret/telephony.externalcall.finish.json");
		assert.ok(Number.isInteger(fields.DURATION));
		const id = String(fields.CALL_ID).replace("externalCall.", "");
		return {
			status: 200,
			body: { result: { CALL_ID: fields.CALL_ID } },
			kept: { id, body: fields, path: request.path },
		};
	},
};

export const dynamics: CrmApi = {
	...{ tokenPath: "/token", upserts: true, softRefusal: null },
	answer(request, kept) {
		sends(request, request.method, { authorization: /^Bearer token-/ });
		if (request.path === "/api/data/v9.2/contacts") {
			const filter = String(request.query.get("$filter"));
			assert.match(filter, /^contains\(telephone1,'\d+'\) or /);
			return { status: 200, body: { value: isKnown(filter) ? [{ contactid: "c-17" }] : [] } };
		}
		sends(request, "PATCH", { "if-none-match": "*", ...JSON_BODY });
		const [, id = ""] =
			/^\/api\/data\/v9\.2\/phonecalls\(([\da-f-]{36})\)$/.exec(request.path) ?? assert.fail(request.path);
		if (kept.some((each) => each.id === id)) return { status: 412, body: { error: { code: "0x80060892" } } };
		return { status: 204, kept: { id, body: request.body, path: request.path } };
	},
};

export const hubspot: CrmApi = {
	...{ tokenPath: null, upserts: true },
	softRefusal: { status: 207, body: { status: "COMPLETE", results: [], numErrors: 1, errors: [{ status: "error" }] } },
	answer(request) {
		sends(request, request.method, { authorization: "Bearer secret" });
		if (request.path.startsWith("/crm/v4/objects/calls/")) {
			assert.equal(request.method, "PUT");
			assert.equal(request.path, "/crm/v4/objects/calls/501/associations/default/contacts/17");
			return { status: 200, body: {} };
		}
		sends(request, "POST", JSON_BODY);
		if (request.path === "/crm/v3/objects/contacts/search") {
			const { filterGroups } = fieldsOf(request.body) as { filterGroups: { filters: { values: string[] }[] }[] };
			const values = filterGroups.flatMap(({ filters }) => filters.flatMap((each) => each.values));
			return { status: 200, body: { total: 1, results: values.includes(CALLER) ? [{ id: "17" }] : [] } };
		}
		assert.equal(request.path, "/crm/v3/objects/calls/batch/upsert");
		const { inputs } = fieldsOf(request.body) as { inputs: { id: string; idProperty: string }[] };
		assert.equal(inputs[0]?.idProperty, "pbx_key");
		const id = String(inputs[0]?.id);
		return {
			status: 200,
			body: { results: [{ id: "501" }] },
			kept: { id, body: request.body, path: request.path },
		};
	},
};

export const pipedrive: CrmApi = {
	...{ tokenPath: null, upserts: false },
	softRefusal: { status: 200, body: { success: false, error: "no" } },
	answer(request) {
		sends(request, request.method, { "x-api-token": "secret" });
		if (request.path === "/api/v2/persons/search") {
			assert.equal(request.query.get("fields"), "phone");
			assert.ok(String(request.query.get("term")).length >= 2);
			const items = request.query.get("term") === NATIONAL ? [{ item: { id: 17 } }] : [];
			return { status: 200, body: { success: true, data: { items } } };
		}
		sends(request, "POST", JSON_BODY);
		assert.equal(request.path, "/v1/callLogs");
		const fields = fieldsOf(request.body);
		for (const required of ["outcome", "to_phone_number", "start_time", "end_time"]) assert.ok(fields[required]);
		const kept = { id: keyIn(fields.note), body: request.body, path: request.path };
		return { status: 200, body: { success: true, data: { id: "1" } }, kept };
	},
};

export const salesforce: CrmApi = {
	...{ tokenPath: "/services/oauth2/token", upserts: true, softRefusal: null },
	answer(request) {
		sends(request, request.method, { authorization: /^Bearer token-/ });
		if (request.path === "/services/data/v62.0/search/") {
			assert.match(
				String(request.query.get("q")),
				/^FIND \{\\\+34\d+\} IN PHONE FIELDS RETURNING Contact\(Id\) LIMIT 1$/,
			);
			return { status: 200, body: { searchRecords: isKnown(String(request.query.get("q"))) ? [{ Id: "0035" }] : [] } };
		}
		sends(request, "PATCH", JSON_BODY);
		const [, id = ""] =
			/^\/services\/data\/v62\.0\/sobjects\/Task\/PBX_Key__c\/(\w+)$/.exec(request.path) ?? assert.fail(request.path);
		return { status: 201, body: { id: "00T", success: true }, kept: { id, body: request.body, path: request.path } };
	},
};

export const zoho: CrmApi = {
	...{ tokenPath: "/oauth/v2/token", upserts: true },
	softRefusal: { status: 202, body: { data: [{ code: "INVALID_DATA", status: "error" }] } },
	answer(request) {
		sends(request, request.method, { authorization: /^Zoho-oauthtoken token-/ });
		if (request.path === "/crm/v8/Contacts/search") {
			assert.equal(request.method, "GET");
			return request.query.get("phone") === CALLER ? { status: 200, body: { data: [{ id: "17" }] } } : { status: 204 };
		}
		sends(request, "POST", JSON_BODY);
		assert.equal(request.path, "/crm/v8/Calls/upsert");
		const { data, duplicate_check_fields: by } = fieldsOf(request.body) as {
			data: Fields[];
			duplicate_check_fields: [];
		};
		assert.deepEqual(by, ["PBX_Key"]);
		const kept = { id: String(data[0]?.PBX_Key), body: request.body, path: request.path };
		return { status: 200, body: { data: [{ code: "SUCCESS", status: "success" }] }, kept };
	},
};
