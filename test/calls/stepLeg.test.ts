import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Leg } from "../../src/calls/leg";
import { cell, INPUTS, STATES } from "../support/legTable";
import { ROOT } from "../support/nodeRed";

/** The rows of a table in the documentation, below a heading. */
function documented(heading: string): string[][] {
	const [, below = ""] = readFileSync(join(ROOT, "docs/calls.md"), "utf8").split(`## ${heading}\n`);
	const [text = ""] = below.split("\n## ");
	return text
		.split("\n")
		.filter((row) => row.startsWith("|"))
		.map((row) =>
			row
				.split("|")
				.slice(1, -1)
				.map((each) => each.trim()),
		);
}

describe("a leg", () => {
	for (const [way, direction] of [
		["comes in", "inbound"],
		["goes out", "outbound"],
	] as readonly (readonly [string, Leg["direction"]])[]) {
		const [head = [], , ...rows] = documented(`What happens to a leg of a call that ${way}`);

		it(`of a call that ${way} has each of its states and inputs in the documentation`, () => {
			assert.deepEqual(head, ["", ...Object.keys(STATES)]);
			assert.deepEqual(
				rows.map(([input]) => input),
				Object.keys(INPUTS),
			);
		});

		for (const [input = "", ...cells] of rows) {
			it(`of a call that ${way} goes on as documented: ${input}`, () => {
				assert.deepEqual(
					head.slice(1).map((state) => `${state}: ${cell(state, input, direction)}`),
					head.slice(1).map((state, i) => `${state}: ${cells[i]}`),
				);
			});
		}
	}
});
