import assert from "node:assert/strict";
import fc from "fast-check";
import { dialNumber, isExtension, isKey, isTenant } from "../../src/protocol/address";
import { callRequest, loginKnown, loginWithKey, statusRequest } from "../../src/protocol/request";
import { EXTENSION, KEY, TENANT } from "../support/seed";
import { tries } from "../support/tries";

/** What a request is made of, and what could break out of one. */
const hostile = fc
	.array(
		fc.oneof(
			fc.constantFrom(
				")",
				"(",
				",",
				"/",
				" ",
				"\n",
				"\r",
				"(call, 112)",
				"(status, 11 )",
				"( CALL ,",
				"%",
				"11",
				"\u0000",
				"６",
			),
			fc.string({ unit: "binary", maxLength: 3 }),
		),
		{ maxLength: 6 },
	)
	.map((parts) => parts.join(""));

function requests(wire: string): number {
	return [...wire.matchAll(/\(\s*(call|status)\s*,/gi)].length;
}

describe("requests", () => {
	it("are the vendor's client's, byte for byte", () => {
		assert.ok(isTenant(TENANT) && isExtension(EXTENSION) && isKey(KEY));
		assert.equal(loginWithKey(TENANT, EXTENSION, KEY), "227/11, XX_673482yRTO988423432xx% ");
		assert.equal(loginKnown(TENANT, EXTENSION), "227, 11");
		assert.equal(statusRequest(EXTENSION), " (status, 11 ) ");
		const number = dialNumber("974 31-94.04");
		assert.ok(number);
		assert.equal(callRequest(number), " (call, 974319404)");
	});

	it("clean a number of what people write between the digits", () => {
		assert.equal(dialNumber("+34 974 31 94 04"), "+34974319404");
		assert.equal(dialNumber("(0034) 974/31.94-04"), "0034974319404");
		assert.equal(dialNumber("tel:+34974319404"), "+34974319404");
		assert.equal(dialNumber(" *43# "), "*43#");
		for (const text of ["+49 (0)30 123456", "0049(0)30 12 34 56", "+49 [0] 30-123456", "+49.(0).30 123456"]) {
			assert.match(dialNumber(text) ?? "", /^(\+|00)4930123456$/, text);
		}
		assert.equal(dialNumber("+39 (0)6 1234567"), "+39061234567");
		assert.equal(dialNumber("(0)30 123456"), "030123456");
		assert.equal(dialNumber("600\u00a0000\u2011101\u200b"), "600000101");
	});

	it("refuse a number that cannot be dialled", () => {
		for (const text of ["", "   ", "()", "abc", "112)(call, 113", "1,2", "1".repeat(33), "６００", "12a"]) {
			assert.equal(dialNumber(text), null, text);
		}
	});

	it("take a key with percent signs, commas and brackets as it is, and none that holds a request", () => {
		for (const key of [KEY, "a,b)c(d%41", "ñ€ key"]) assert.ok(isKey(key), key);
		for (const key of ["", "a\nb", "x(call, 112)", "x( STATUS ,", "a".repeat(1_025)]) assert.ok(!isKey(key), key);
	});

	it("take what can be an extension or a tenant, and nothing that could end a request", () => {
		for (const text of ["11", "2203", "a-b_c.d", "ñ", "x".repeat(64)])
			assert.ok(isExtension(text) && isTenant(text), text);
		for (const text of ["", " 11", "1 1", "1,1", "1/1", "1(", "1)", "1\n", "1\u0000", "1\u200b", "x".repeat(65)]) {
			assert.ok(!isExtension(text) && !isTenant(text), JSON.stringify(text));
		}
		fc.assert(
			fc.property(hostile, (text) => {
				const isRight = text.length > 0 && text.length <= 64 && ![...text].some((char) => /[\s,/()\p{C}]/u.test(char));
				assert.equal(isExtension(text), isRight, JSON.stringify(text));
			}),
			{ numRuns: tries(2_000) },
		);
	});

	it("never become two, whatever number, extension, tenant or key is asked for", () => {
		fc.assert(
			fc.property(hostile, hostile, hostile, hostile, (tenant, extension, key, text) => {
				const number = dialNumber(text);
				if (number !== null) {
					assert.equal(requests(callRequest(number)), 1);
					assert.match(callRequest(number), /^ \(call, [0-9*#+]{1,32}\)$/);
				}
				if (!isExtension(extension)) return;
				assert.match(statusRequest(extension), /^ \(status, [^\s,/()]+ \) $/);
				if (!isTenant(tenant)) return;
				assert.match(loginKnown(tenant, extension), /^[^\s,/()]+, [^\s,/()]+$/);
				if (isKey(key)) assert.equal(requests(loginWithKey(tenant, extension, key)), 0);
			}),
			{ numRuns: tries(5_000) },
		);
	});
});
