import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import asyncApi from "@asyncapi/specs";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { EVENT_NAMES } from "../../src/eventNames";
import { ROOT } from "../support/nodeRed";
import { SCHEMA } from "../support/schema";

const read = (file: string) => JSON.parse(readFileSync(join(ROOT, file), "utf8"));
const { version } = read("package.json") as { version: string };

interface AsyncApiDocument {
	readonly asyncapi: string;
	readonly info: { readonly version: string };
	readonly channels: Readonly<Record<string, { readonly address: string }>>;
	readonly components: {
		readonly messages: Readonly<Record<string, { readonly payload: object }>>;
		readonly schemas: object;
	};
}

describe("the published JSON Schema", () => {
	it("is made of the types as they are, under an absolute address that names the version", () => {
		const published = read("dist/messages.schema.json");
		assert.deepEqual(published, SCHEMA);
		assert.ok(URL.canParse(published.$id) && published.$id.includes(`@${version}/`), published.$id);
	});
});

describe("the published AsyncAPI document", () => {
	const document = read("dist/asyncapi.json") as AsyncApiDocument;

	it("is valid AsyncAPI 3", () => {
		const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
		addFormats(ajv);
		const validate = ajv.compile(asyncApi.schemasWithoutId["3.0.0"] as object);
		assert.equal(validate(document), true, ajv.errorsText(validate.errors));
		assert.equal(document.info.version, version);
		assert.equal(validate({ ...document, channels: { broken: { adress: 1 } } }), false);
	});

	it("has the topic of each event, and references that lead somewhere", () => {
		assert.deepEqual(
			Object.values(document.channels).map(({ address }) => address),
			EVENT_NAMES.map((name) => `pbx/{tenant}/{extension}/${name.replace(".", "/")}`),
		);
		for (const [, path = ""] of JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)) {
			let found: unknown = document;
			for (const part of path.split("/")) found = Object(found)[part];
			assert.ok(found, path);
		}
	});

	it("judges a message as the JSON Schema does", () => {
		const ajv = new Ajv({ strict: false });
		addFormats(ajv);
		ajv.addSchema({ $id: "urn:pbx:events", components: document.components });
		const validate = ajv.getSchema("urn:pbx:events#/components/messages/linkGap/payload");
		const gap = {
			...{ event: "link.gap", at: "2026-01-15T10:00:00.000Z", tenant: "227", extension: "11", raw: null },
			...{ from: "2026-01-15T10:00:00.000Z", to: "2026-01-15T10:00:05.000Z", seconds: 5 },
		};
		assert.ok(validate);
		assert.equal(validate(gap), true);
		assert.equal(validate({ ...gap, seconds: -1 }), false);
	});
});
