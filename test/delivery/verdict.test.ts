import assert from "node:assert/strict";
import fc from "fast-check";
import { nextOf, waitAfter } from "../../src/delivery/schedule";
import { judge, retryAfter } from "../../src/delivery/verdict";
import { tries } from "../support/tries";

const NOW = Date.UTC(2026, 0, 15, 10, 0, 0);

describe("what a message says of a request", () => {
	const cases: readonly (readonly [string, object, string])[] = [
		["200", { statusCode: 200 }, "delivered"],
		["201", { statusCode: 201 }, "delivered"],
		["204 as text", { statusCode: "204" }, "delivered"],
		["a redirect that nobody followed", { statusCode: 302 }, "again HTTP 302"],
		["408", { statusCode: 408 }, "again HTTP 408"],
		["425", { statusCode: 425 }, "again HTTP 425"],
		["429", { statusCode: 429 }, "again HTTP 429"],
		["500", { statusCode: 500 }, "again HTTP 500"],
		["503", { statusCode: "503" }, "again HTTP 503"],
		["400", { statusCode: 400 }, "refused HTTP 400"],
		["404", { statusCode: 404 }, "refused HTTP 404"],
		["422", { statusCode: "422" }, "refused HTTP 422"],
		["nobody there", { statusCode: "ECONNREFUSED" }, "again ECONNREFUSED unreachable"],
		["no status", {}, "again no statusCode unreachable"],
		["an empty status", { statusCode: "" }, "again no statusCode unreachable"],
		["null", { statusCode: null }, "again no statusCode unreachable"],
		[
			"an error of a node",
			{ error: { message: "JSON parse error", source: {} }, statusCode: 200 },
			"again JSON parse error",
		],
		["an error that is text", { error: "boom\nand more", statusCode: 200 }, "again boom and more"],
		["an error of a refused request", { error: { message: "no" }, statusCode: 403 }, "refused HTTP 403"],
		["no error", { error: null, statusCode: 200 }, "delivered"],
	];
	for (const [name, reply, expected] of cases) {
		it(`is ${expected} for ${name}`, () => {
			const verdict = judge(reply, NOW);
			const reason = "reason" in verdict ? ` ${verdict.reason}` : "";
			const isUnreachable = verdict.kind === "again" && verdict.isUnreachable;
			assert.equal(`${verdict.kind}${reason}${isUnreachable ? " unreachable" : ""}`, expected);
		});
	}

	it("can ask for a wait, in seconds or until a time, in any spelling of the header", () => {
		assert.equal(retryAfter({ "retry-after": "30" }, NOW), 30_000);
		assert.equal(retryAfter({ "Retry-After": 2.5 }, NOW), 2_500);
		assert.equal(retryAfter({ "RETRY-AFTER": ["7"] }, NOW), 7_000);
		assert.equal(retryAfter({ "retry-after": "Thu, 15 Jan 2026 10:02:00 GMT" }, NOW), 120_000);
		assert.equal(retryAfter({ "retry-after": "Thu, 15 Jan 2026 09:00:00 GMT" }, NOW), 0);
		assert.equal(retryAfter({ "retry-after": "999999999" }, NOW), 24 * 3_600_000);
		for (const odd of [
			null,
			undefined,
			7,
			"x",
			{ "retry-after": "soon" },
			{ "retry-after": "-5" },
			{ "retry-after": { toString: 1 } },
		]) {
			assert.equal(retryAfter(odd, NOW), 0);
		}
	});

	it("is a verdict whatever stands there", () => {
		fc.assert(
			fc.property(fc.anything(), fc.anything(), fc.anything(), (statusCode, headers, error) => {
				const verdict = judge({ statusCode, headers, error }, NOW);
				assert.ok(["delivered", "again", "refused"].includes(verdict.kind));
				if ("reason" in verdict) assert.ok(verdict.reason.length <= 200 && !/[\r\n]/.test(verdict.reason));
				if (verdict.kind === "delivered") assert.match(String(statusCode), /^2\d\d$/);
			}),
			{ numRuns: tries(500) },
		);
	});
});

describe("the wait for the next try", () => {
	it("doubles each time up to a quarter of an hour, a quarter more or less", () => {
		assert.deepEqual(
			[1, 2, 3, 4, 8, 9, 50].map((attempt) => waitAfter(attempt, 0.5) / 1000),
			[5, 10, 20, 40, 640, 900, 900],
		);
		assert.deepEqual([waitAfter(1, 0), waitAfter(1, 1)], [3_750, 6_250]);
	});

	it("is what the server asks for, where that is longer", () => {
		const verdict = judge({ statusCode: 429, headers: { "retry-after": "60" } }, NOW);
		const next = nextOf(verdict, 1, NOW, NOW, { giveUpAfter: 3_600_000 }, 0.5);
		assert.deepEqual(next, { state: "waiting", dueAt: NOW + 60_000, reason: "HTTP 429" });
	});

	it("ends when the next try would come too late", () => {
		const verdict = judge({ statusCode: 500 }, NOW);
		const policy = { giveUpAfter: 3_600_000 };
		assert.equal(nextOf(verdict, 1, NOW - 3_594_000, NOW, policy, 0.5).state, "waiting");
		assert.equal(nextOf(verdict, 1, NOW - 3_596_000, NOW, policy, 0.5).state, "given-up");
	});

	it("is never none, nor endless", () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 1_000_000 }),
				fc.double({ min: 0, max: 1, noNaN: true }),
				(attempt, random) => {
					const wait = waitAfter(attempt, random);
					assert.ok(wait >= 3_750 && wait <= 20 * 60_000);
				},
			),
			{ numRuns: tries(300) },
		);
	});
});
