import assert from "node:assert/strict";
import { CALLER, type Fields, fieldsOf, isKnown, JSON_BODY, keyIn, NATIONAL, sends } from "./crmRequests";
import type { CrmApi } from "./crmServer";

// CRMs that a company may run by itself, as their documentations say that they are.

export const odoo: CrmApi = {
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

export const dolibarr: CrmApi = {
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

export const suitecrm: CrmApi = {
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

export const tryton: CrmApi = {
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
