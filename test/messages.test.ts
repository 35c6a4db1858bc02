import assert from "node:assert/strict";
import { LANGUAGES } from "../scripts/docs/languages";
import { type Definitions, descriptions, messagesText, translations } from "../scripts/docs/messages";
import { assertPayload, SCHEMA } from "./support/schema";

describe("the messages' JSON Schema", () => {
	const gap = {
		...{ event: "link.gap", at: "2026-01-15T10:00:00.000Z", tenant: "227", extension: "11", raw: null },
		...{ from: "2026-01-15T10:00:00.000Z", to: "2026-01-15T10:00:05.000Z", seconds: 5 },
	};

	it("takes what is right", () => {
		assertPayload(gap);
		assertPayload([gap, gap]);
	});

	it("refuses what lacks a property, has one too many, a wrong type, time, or negative duration", () => {
		const { seconds: _, ...lacking } = gap;
		const wrong = [
			lacking,
			{ ...gap, more: 1 },
			{ ...gap, seconds: "5" },
			{ ...gap, from: "today" },
			{ ...gap, seconds: -1 },
		];
		for (const payload of wrong) assert.throws(() => assertPayload(payload), JSON.stringify(payload));
		assert.throws(() => assertPayload({ ...gap, event: "call.ringing" }));
		assert.throws(() => assertPayload({ event: "nothing.known" }));
	});

	it("describes every property that is not plain", () => {
		assert.match(JSON.stringify(SCHEMA), /Seconds from the answer to the end/);
	});

	it("is told on the site in each language: what it says now, and nothing that it said once", () => {
		const definitions = SCHEMA.definitions as Definitions;
		for (const language of LANGUAGES) {
			if (language !== "en") {
				const translated = translations(language);
				assert.deepEqual(Object.keys(translated).sort(), [...descriptions(definitions)].sort());
				for (const [english, text] of Object.entries(translated)) {
					// Values and names in code stay as they are.
					const codes = (of: string) => (of.match(/`[^`]+`/g) ?? []).sort();
					assert.deepEqual(codes(text), codes(english), `${language}: ${english}`);
				}
			}
			const told = messagesText(language, definitions);
			for (const name of ["legevent", "callrecord", "dialresult", "crm"]) assert.ok(told.includes(`{#${name}}`), name);
		}
	});
});
