import assert from "node:assert/strict";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { queryOf } from "../../src/calls/query";
import { createMatcher } from "../../src/calls/template";
import { LIMITS } from "../../src/link/limits";
import { decodeFrame } from "../../src/protocol/decode";
import { fold } from "../../src/protocol/vocabulary";
import { tries } from "../support/tries";
import { closeTargets, STORE_TARGETS } from "./storeTargets";
import { TARGETS } from "./targets";

describe("whatever comes over the wire", function () {
	this.timeout(180_000);

	for (const [name, property] of Object.entries(TARGETS)) {
		it(`breaks no ${name}`, () => {
			fc.assert(property, { numRuns: tries(5_000), interruptAfterTimeLimit: 10_000 });
		});
	}

	for (const [name, property] of Object.entries(STORE_TARGETS)) {
		it(`breaks no ${name}`, async () => {
			await fc.assert(property, { numRuns: tries(300), interruptAfterTimeLimit: 10_000 });
		});
	}
	after(closeTargets);

	it("is read to its end at sixteen times the longest frame, where quadratic time would not get there", () => {
		const size = 16 * LIMITS.frameBytes;
		const match = createMatcher([
			{ state: "colgado", direction: "entrante", command: "a=/*ID*/;b=/*QUEUE_NAME*/;c=/*CALLER_ID*/;" },
		]);
		// Each once made something take quadratic time, or could.
		const inputs: Readonly<Record<string, () => unknown>> = {
			brackets: () => decodeFrame("(".repeat(size)),
			"openings without ends": () => decodeFrame("(info,".repeat(size / 6)),
			"openings behind blanks": () => decodeFrame(`(info,x)${" (info,".repeat(size / 7)}`),
			"ends without openings": () => decodeFrame(`(info,${")".repeat(size)}`),
			dots: () => decodeFrame(`(info,-${".".repeat(size)})`),
			dashes: () => decodeFrame(`(info,270-${"-".repeat(size)}-11-0)`),
			tickets: () => decodeFrame("(CALL,974319404)".repeat(size / 16)),
			blanks: () => fold(" ".repeat(size)),
			"a line for a template": () => match(`a=${"b=".repeat(size / 2)}`),
			"a query": () => queryOf(`http://x/?${"a=%41&".repeat(size / 6)}`),
		};
		for (const [name, read] of Object.entries(inputs)) {
			// Linear takes two seconds at most; quadratic takes minutes, were each step only a search by the machine's own code.
			assert.doesNotThrow(() => runInNewContext("read()", { read }, { timeout: 30_000 }), name);
		}
	}).timeout(600_000);
});
