import assert from "node:assert/strict";
import fc from "fast-check";
import { SortedExtensions } from "../../src/calls/sortedExtensions";
import { byNumber } from "../../src/protocol/address";

describe("extensions in the order of their numbers", () => {
	it("are what sorting them all would give, whatever comes and goes and whenever somebody asks", () => {
		const step = fc.record({ extension: fc.nat(300).map(String), isGone: fc.boolean(), asks: fc.boolean() });
		fc.assert(
			fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
				const extensions = new SortedExtensions();
				const known = new Set<string>();
				for (const { extension, isGone, asks } of steps) {
					if (isGone) known.delete(extension);
					else known.add(extension);
					if (isGone) extensions.delete(extension);
					else extensions.add(extension);
					if (asks) assert.deepEqual(extensions.sorted, [...known].sort(byNumber));
				}
				assert.deepEqual([extensions.size, extensions.sorted], [known.size, [...known].sort(byNumber)]);
			}),
		);
	});

	it("are the same list until one comes or goes, and whoever holds it keeps it as it was", () => {
		const extensions = new SortedExtensions();
		for (const extension of ["12", "9", "100"]) extensions.add(extension);
		const before = extensions.sorted;
		assert.deepEqual(before, ["9", "12", "100"]);
		extensions.add("9");
		assert.equal(extensions.sorted, before);
		extensions.add("11");
		assert.deepEqual([extensions.sorted, before.length], [["9", "11", "12", "100"], 3]);
	});
});
