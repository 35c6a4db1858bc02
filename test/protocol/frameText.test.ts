import assert from "node:assert/strict";
import { frameText } from "../../src/protocol/frameText";

describe("the text of a frame", () => {
	it("is read as UTF-8", () => {
		assert.equal(frameText(Buffer.from("(info,Indisponível)", "utf8")), "(info,Indisponível)");
	});

	it("is read as Latin-1 where it is no UTF-8", () => {
		assert.equal(frameText(Buffer.from("(info,Indisponível)", "latin1")), "(info,Indisponível)");
	});
});
