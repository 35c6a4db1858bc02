import assert from "node:assert/strict";
import fc from "fast-check";
import { forPeople } from "../../nodes/shared/texts";
import { PbxError, shown } from "../../src/errors";
import { shortened, visible, visibleJson } from "../../src/visible";

const ONE_LINE = /^[^\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202a-\u202e\u2066-\u2069]*$/u;
const RED = { _: (key: string, values: object) => `${key} ${JSON.stringify(Object.values(values))}` } as never;

describe("a text from outside", () => {
	it("stands on one line, with what ends one or moves a cursor written out", () => {
		assert.equal(visible("600\n26 Nov - [info] all is well\r\t"), "600\\n26 Nov - [info] all is well\\r\\t");
		assert.equal(visible("\u001b[2J\u009b2J\u0000\u007f"), "\\x1b[2J\\x9b2J\\x00\\x7f");
		assert.equal(visible("\u202e321\u2028\ud800"), "\\u202e321\\u2028\\ud800");
		assert.equal(visible("Ana López 😀 €"), "Ana López 😀 €");
	});

	it("whatever it is, makes no second line of an error, its details or its sentence", () => {
		fc.assert(
			fc.property(fc.string({ unit: "binary" }), (text) => {
				const error = new PbxError("invalid-number", `Not a number: ${text}`, { number: text });
				for (const each of [error.message, String(error.details.number), shown(text), visible(text)]) {
					assert.match(each, ONE_LINE);
				}
				assert.match(forPeople(RED, new Error(text)).message, ONE_LINE);
				assert.match(forPeople(RED, error).message, ONE_LINE);
				assert.deepEqual(JSON.parse(visibleJson({ text })), { text });
				assert.match(visibleJson({ text }), ONE_LINE);
			}),
		);
	});

	it("is shortened with a mark, and no character cut in two", () => {
		assert.equal(shortened("abcdef", 6), "abcdef");
		assert.equal(shortened("abcdefg", 6), "abcde…");
		assert.equal(shortened("abcd😀g", 6), "abcd…");
		assert.equal(shown("x".repeat(1_000_000)).length, 80);
	});
});
