import assert from "node:assert/strict";
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
});
