import assert from "node:assert/strict";
import fc from "fast-check";
import { queryOf } from "../../src/calls/query";
import { createMatcher } from "../../src/calls/template";
import { decodeFrame } from "../../src/protocol/decode";
import { fold, STANDARD_VOCABULARY } from "../../src/protocol/vocabulary";
import { TARGETS } from "./targets";

describe("whatever comes over the wire", function () {
	this.timeout(60_000);

	for (const [name, property] of Object.entries(TARGETS)) {
		it(`breaks no ${name}`, () => {
			fc.assert(property, { numRuns: 5_000, interruptAfterTimeLimit: 10_000 });
		});
	}

	it("takes time in proportion to its length, from 16 KiB to 1 MiB", () => {
		const match = createMatcher([
			{ state: "colgado", direction: "entrante", command: "a=/*ID*/;b=/*QUEUE_NAME*/;c=/*CALLER_ID*/;" },
		]);
		// Each once made something take quadratic time, or could.
		const inputs: Readonly<Record<string, (size: number) => () => unknown>> = {
			brackets: (size) => () => decodeFrame("(".repeat(size)),
			"openings without ends": (size) => () => decodeFrame("(info,".repeat(size / 6)),
			"openings behind blanks": (size) => () => decodeFrame(`(info,x)${" (info,".repeat(size / 7)}`),
			"ends without openings": (size) => () => decodeFrame(`(info,${")".repeat(size)}`),
			dots: (size) => () => decodeFrame(`(info,-${".".repeat(size)})`),
			dashes: (size) => () => decodeFrame(`(info,270-${"-".repeat(size)}-11-0)`),
			tickets: (size) => () => decodeFrame("(CALL,974319404)".repeat(size / 16)),
			blanks: (size) => () => fold(" ".repeat(size)),
			"a line for a template": (size) => () => match(`a=${"b=".repeat(size / 2)}`),
			"a query": (size) => () => queryOf(`http://x/?${"a=%41&".repeat(size / 6)}`),
		};
		const fastest = (run: () => unknown) => {
			const times = Array.from({ length: 5 }, () => {
				const started = process.hrtime.bigint();
				run();
				return Number(process.hrtime.bigint() - started);
			});
			return Math.min(...times);
		};
		assert.ok(STANDARD_VOCABULARY.states.size > 0);
		for (const [name, make] of Object.entries(inputs)) {
			const [small, large] = [16 * 1024, 1024 * 1024].map((size) => fastest(make(size)) / size);
			// Quadratic time would be 64 times as much for each byte.
			const ratio = (large ?? 0) / Math.max(small ?? 0, 0.05);
			assert.ok(ratio < 16, `${name}: ${ratio.toFixed(1)} times the time per byte`);
		}
	});
});
