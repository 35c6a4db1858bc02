import assert from "node:assert/strict";
import fc from "fast-check";
import { PbxError } from "../../src/errors";
import { RequestTable } from "../../src/link/requests";
import type { Extension } from "../../src/protocol/address";
import { decodeFrame } from "../../src/protocol/decode";
import { ManualClock } from "../support/clock";
import { tries } from "../support/tries";

const step = fc.oneof(
	fc.constant({ do: "dial" } as const),
	fc.record({ do: fc.constant("ask" as const), extension: fc.constantFrom("11", "12", "77") }),
	fc.record({
		do: fc.constant("hear" as const),
		text: fc.constantFrom(
			"(info,Chamada...)",
			"(info,Ocupado)",
			"(info,Tempo limite de falha)",
			"(info,what)",
			"(estado,11-livre)",
			"(status,12-ocupado)",
			"(status,ErrorNumber)",
		),
	}),
	fc.record({ do: fc.constant("wait" as const), seconds: fc.constantFrom(0, 1, 3, 6) }),
	fc.constant({ do: "fall" } as const),
);

describe("requests, whatever comes", () => {
	it("end in exactly one answer or error each, and leave no timer", async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (script) => {
				const clock = new ManualClock();
				const table = new RequestTable(clock);
				const ends: string[][] = [];
				const follow = (request: Promise<unknown>) => {
					const end: string[] = [];
					ends.push(end);
					request.then(
						() => end.push("answer"),
						(error: unknown) => end.push(error instanceof PbxError ? error.code : String(error)),
					);
				};
				for (const each of script) {
					if (each.do === "dial") follow(table.dial(() => {}, 5_000).reply);
					else if (each.do === "ask") follow(table.askState(each.extension as Extension, () => {}, 5_000));
					else if (each.do === "hear") for (const ticket of decodeFrame(each.text)) table.settle(ticket);
					else if (each.do === "wait") clock.advance(each.seconds * 1000);
					else table.rejectAll(new PbxError("link-lost", "fell"));
				}
				table.rejectAll(new PbxError("closed", "closed"));
				await new Promise((resolve) => setImmediate(resolve));
				for (const end of ends) {
					assert.equal(end.length, 1);
					assert.match(end[0] ?? "", /^(answer|link-lost|closed)$/);
				}
				assert.equal(clock.pending, 0);
			}),
			{ numRuns: tries(500) },
		);
	});
});
