import assert from "node:assert/strict";
import type { CrmApi, CrmRequest } from "./crmServer";

/** The body, as far as its form is not known. */
type Fields = Readonly<Record<string, unknown>>;

const CALLER = "+34974319404";
const NATIONAL = "974319404";
const DISPLAY = "974 31 94 04";

/** Whom the CRMs know. */
export const KNOWN_CALLER = NATIONAL;

function sends({ method, headers }: CrmRequest, wanted: string, expected: Readonly<Record<string, string | RegExp>>) {
	assert.equal(method, wanted);
	for (const [name, value] of Object.entries(expected)) {
		if (typeof value === "string") assert.equal(headers[name], value, name);
		else assert.match(String(headers[name]), value, name);
	}
}
const JSON_BODY = { "content-type": /^application\/json/ };
const keyIn = (text: unknown) => /\[(227\/\S+)\]$/.exec(String(text))?.[1] ?? assert.fail(`no key in ${text}`);
const fieldsOf = (body: unknown) => Object(body) as Fields;
const isKnown = (asked: string) => [CALLER, NATIONAL, DISPLAY].some((each) => asked.includes(each));

const odoo: CrmApi = {
	...{ softRefusal: null, tokenPath: null, upserts: false },
	answer(request, kept) {
		sends(request, "POST", { authorization: "bearer secret", "x-odoo-database": "mycompany", ...JSON_BODY });
		const { domain, fields, limit, ids, body } = fieldsOf(request.body);
		switch (request.path) {
			case "/json/2/mail.message/search_read": {
				assert.deepEqual([fields, limit], [["id"], 1]);
				const [model, text] = domain as unknown[][];
				assert.deepEqual(model, ["model", "=", "res.partner"]);
				assert.deepEqual(text?.slice(0, 2), ["body", "like"]);
				const found = kept.filter(({ id }) => `[${id}]` === text?.[2]);
				return { status: 200, body: found.slice(0, 1).map(() => ({ id: 1 })) };
			}
			case "/json/2/res.partner/search_read": {
				const [[field, operator, digits] = []] = domain as unknown[][];
				assert.deepEqual([field, operator], ["phone_mobile_search", "ilike"]);
				return { status: 200, body: digits === NATIONAL ? [{ id: 17 }] : [] };
			}
			case "/json/2/res.partner/message_post":
				assert.equal((ids as unknown[]).length, 1);
				return { status: 200, body: 99, kept: { id: keyIn(body), body: request.body, path: request.path } };
			default:
				return { status: 404 };
		}
	},
};

const hubspot: CrmApi = {
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

const zoho: CrmApi = {
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

const salesforce: CrmApi = {
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

const pipedrive: CrmApi = {
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

const bitrix24: CrmApi = {
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

const dolibarr: CrmApi = {
	...{ tokenPath: null, upserts: false, softRefusal: null },
	answer(request, kept) {
		sends(request, request.method, { dolapikey: "secret" });
		const filter = String(request.query.get("sqlfilters"));
		const none = { status: 404, body: { error: { code: 404, message: "Not Found" } } };
		if (request.method === "GET" && request.path === "/api/index.php/agendaevents") {
			const [, key] = /^\(t\.ref_ext:=:'(.+)'\)$/.exec(filter) ?? assert.fail(filter);
			return kept.some(({ id }) => id === key) ? { status: 200, body: [{ id: "1" }] } : none;
		}
		if (request.method === "GET" && request.path === "/api/index.php/thirdparties") {
			assert.match(filter, /^\(t\.phone:like:'%\d+%'\) or \(t\.phone:like:'%[\d ]+%'\)$/);
			return isKnown(filter) ? { status: 200, body: [{ id: "17" }] } : none;
		}
		sends(request, "POST", JSON_BODY);
		assert.equal(request.path, "/api/index.php/agendaevents");
		const fields = fieldsOf(request.body);
		return { status: 200, body: 5, kept: { id: String(fields.ref_ext), body: fields, path: request.path } };
	},
};

const suitecrm: CrmApi = {
	...{ tokenPath: "/Api/access_token", upserts: true, softRefusal: null },
	answer(request, kept) {
		sends(request, request.method, { authorization: /^Bearer token-/, accept: "application/vnd.api+json" });
		if (request.path === "/Api/V8/module/Calls") {
			const found = kept.filter(({ id }) => id === request.query.get("filter[id][eq]"));
			return { status: 200, body: { data: found.map(({ id }) => ({ type: "Calls", id })) } };
		}
		if (request.path === "/Api/V8/module/Contacts") {
			const isFound = request.query.get("filter[phone_work][like]") === `%${NATIONAL}`;
			return { status: 200, body: { data: isFound ? [{ type: "Contact", id: "c-17" }] : [] } };
		}
		sends(request, "POST", { "content-type": "application/vnd.api+json" });
		assert.equal(request.path, "/Api/V8/module");
		const { data } = fieldsOf(request.body) as { data: { type: string; id: string } };
		assert.equal(data.type, "Calls");
		assert.match(data.id, /^[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-a[\da-f]{3}-[\da-f]{12}$/);
		assert.ok(!kept.some(({ id }) => id === data.id), "it is there already");
		return { status: 201, body: { data }, kept: { id: data.id, body: request.body, path: request.path } };
	},
};

const dynamics: CrmApi = {
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

const tryton: CrmApi = {
	...{ tokenPath: null, upserts: false },
	softRefusal: { status: 200, body: { id: 3, error: ["UserError", ["no", ""]] } },
	answer(request, kept) {
		const login = `Basic ${Buffer.from("pbx:secret").toString("base64")}`;
		sends(request, "POST", { authorization: login, ...JSON_BODY });
		assert.equal(request.path, "/tryton/");
		const { id, method, params } = fieldsOf(request.body) as { id: number; method: string; params: unknown[][] };
		const result = (found: unknown) => ({ status: 200, body: { id, result: found } });
		if (method === "model.party.contact_mechanism.search_read") {
			const [[field, operator, number]] = params[0] as [unknown[]];
			assert.deepEqual([field, operator], ["value_compact", "="]);
			return result(number === CALLER ? [{ id: 1, party: 17 }] : []);
		}
		if (method === "model.ir.note.search") {
			const [, text] = params[0] as unknown[][];
			return result(kept.filter((each) => text?.[2] === `%[${each.id}]`).map(() => 1));
		}
		assert.equal(method, "model.ir.note.create");
		const [note] = params[0] as Fields[];
		assert.match(String(note?.resource), /^party\.party,\d+$/);
		return { ...result([3]), kept: { id: keyIn(note?.message), body: note, path: request.path } };
	},
};

/** The CRMs, as their documentations say that they are, by the part of the path that is theirs. */
export const CRM_APIS = { odoo, hubspot, zoho, salesforce, pipedrive, bitrix24, dolibarr, suitecrm, dynamics, tryton };
export type CrmName = keyof typeof CRM_APIS;
