import assert from "node:assert/strict";
import type { PbxError } from "../../src/errors";
import { HeardExtensions } from "../../src/pbx/heardExtensions";

describe("the extensions that are followed", () => {
	it("are as many as the configuration says; what is left out is said once, and again where more are too few as well", () => {
		let most = 2;
		const warnings: PbxError[] = [];
		const heard = new HeardExtensions(
			() => most,
			(warning) => warnings.push(warning),
		);
		const board = heard.newBoard("999");
		let at = 0;
		const note = (...extensions: string[]) => {
			for (const extension of extensions) {
				at++;
				board.note(extension, "idle", "", "", { wall: at, steady: at });
			}
		};
		note("11", "12");
		assert.deepEqual([heard.sorted, heard.hasOverflown, warnings.length], [["11", "12"], false, 0]);
		note("13", "14");
		assert.deepEqual([heard.sorted, heard.hasOverflown], [["13", "14"], true]);
		assert.deepEqual(
			warnings.map(({ code, details }) => [code, details]),
			[["too-many-extensions", { extension: "999", most: 2 }]],
		);
		most = 3;
		note("15");
		assert.deepEqual([heard.sorted, heard.hasOverflown, warnings.length], [["13", "14", "15"], false, 1]);
		note("16");
		assert.deepEqual([heard.sorted, heard.hasOverflown, warnings.length], [["14", "15", "16"], true, 2]);
		assert.equal(heard.look("13"), null);
	});
});
