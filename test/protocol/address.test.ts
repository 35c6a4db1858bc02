import assert from "node:assert/strict";
import { byNumber } from "../../src/protocol/address";

describe("extensions", () => {
	it("are ordered by their numbers", () => {
		assert.deepEqual(["112", "12", "2", "porta 10", "porta 9", "11"].sort(byNumber), [
			...["2", "11", "12", "112", "porta 9", "porta 10"],
		]);
	});
});
