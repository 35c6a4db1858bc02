import assert from "node:assert/strict";
import fc from "fast-check";
import { splitFrame } from "../../src/protocol/frame";
import { MONITOR_FRAMES, PRO_LINE } from "../support/seed";
import { tries } from "../support/tries";

/** Text made of what frames are made of, in any order. */
const wireText = fc
	.array(
		fc.oneof(
			fc.constantFrom(...MONITOR_FRAMES, "(CALL,974319404)", "(info,-Timbre)", "(???,CONECTADO)", PRO_LINE),
			fc.constantFrom("(", ")", ",", " ", "\n", "\r\n", "(info,", "(CALL,", "-", "info", "=(CALL,1)", "é", "\u0000"),
			fc.string({ unit: "binary", maxLength: 6 }),
		),
		{ maxLength: 20 },
	)
	.map((pieces) => pieces.join(""));

function kinds(frame: string): string[] {
	return splitFrame(frame).map(({ kind, text }) => `${kind}:${text}`);
}

describe("splitting a frame", () => {
	it("loses no character of any text", () => {
		fc.assert(
			fc.property(wireText, (text) => {
				assert.equal(
					splitFrame(text)
						.map((piece) => piece.text)
						.join(""),
					text,
				);
			}),
			{ numRuns: tries(2_000) },
		);
	});

	it("finds every ticket of a frame, whatever separates them", () => {
		const tickets = fc.array(fc.constantFrom("(CALL,974319404)", "(info,-Timbre)", "(estado,11-livre)"), {
			minLength: 1,
		});
		fc.assert(
			fc.property(tickets, fc.constantFrom("", " ", ", ", "\n", "\r\n", ",\t"), (list, separator) => {
				const found = splitFrame(list.join(separator)).filter(({ kind }) => kind === "ticket");
				assert.deepEqual(
					found.map(({ text }) => text),
					list,
				);
			}),
		);
	});

	it("takes the two tickets that the vendor's document shows in one frame", () => {
		assert.deepEqual(kinds("(info,270-Livre-3101-0) (info,270-Libre-3105-0)"), [
			"ticket:(info,270-Livre-3101-0)",
			"gap: ",
			"ticket:(info,270-Libre-3105-0)",
		]);
	});

	it("keeps brackets and commas inside a body", () => {
		assert.deepEqual(kinds("(CALL,Bar (Lisboa), Lda.)"), ["ticket:(CALL,Bar (Lisboa), Lda.)"]);
	});

	it("keeps what looks like a ticket inside brackets that are closed", () => {
		for (const text of ["(CALL,Ana (info, ventas))", "(info,foo (CALL,1) bar)"])
			assert.deepEqual(kinds(text), [`ticket:${text}`]);
	});

	it("takes a byte order mark for a separator", () => {
		assert.deepEqual(kinds("\ufeff(???,CONECTADO)"), ["gap:\ufeff", "ticket:(???,CONECTADO)"]);
	});

	it("takes tags in any case", () => {
		assert.deepEqual(kinds("(call,1)(INFO,-Libre)(Estado,11-livre)"), [
			"ticket:(call,1)",
			"ticket:(INFO,-Libre)",
			"ticket:(Estado,11-livre)",
		]);
	});

	it("keeps a PRO line whole, brackets and CALL, inside it included", () => {
		const line = "http://192.168.139/x?who=(CALL,974319404)&(info,-Timbre)";
		assert.deepEqual(kinds(line), [`line:${line}`]);
		assert.deepEqual(kinds(`${PRO_LINE}\r\n${line}`), [`line:${PRO_LINE}`, "gap:\r\n", `line:${line}`]);
	});

	it("still finds the ticket behind a cut-off one", () => {
		assert.deepEqual(kinds("(info,270-Tim (CALL,974319404)"), [
			"debris:(info,270-Tim",
			"gap: ",
			"ticket:(CALL,974319404)",
		]);
	});

	it("still finds the tickets around rubbish", () => {
		assert.deepEqual(kinds("(info,-Timbre) rubbish (CALL,974319404)"), [
			"ticket:(info,-Timbre)",
			"gap: ",
			"debris:rubbish",
			"gap: ",
			"ticket:(CALL,974319404)",
		]);
	});

	it("takes a ticket with an unknown tag as a ticket", () => {
		assert.deepEqual(kinds("(queue,3-waiting) (CALL,1)"), ["ticket:(queue,3-waiting)", "gap: ", "ticket:(CALL,1)"]);
	});
});
