import assert from "node:assert/strict";
import { Meter, spread } from "../../bench/stats";

describe("the benchmark's meter", () => {
	it("counts what comes after warming up only, and tells with the last ticket", () => {
		const meter = new Meter({ warm: 10, total: 5 });
		const told = Array.from({ length: 15 }, () => meter.hear(null));
		assert.deepEqual(
			told.slice(0, 14),
			Array.from({ length: 14 }, () => null),
		);
		assert.equal(told[14]?.count, 5);
	});

	it("asks the age of one ticket in eight, the last one among them, and tells its milliseconds", () => {
		const meter = new Meter({ warm: 0, total: 16 });
		let asked = 0;
		let stats = null;
		for (let i = 0; i < 16; i++) {
			const wantsAge = meter.wantsAge;
			if (wantsAge) asked++;
			stats = meter.hear(wantsAge ? (performance.timeOrigin + performance.now()) * 1000 - 40_000 : null);
		}
		assert.equal(asked, 2);
		assert.ok(stats && stats.p50 >= 40 && stats.p99 < 1_000, JSON.stringify(stats));
	});

	it("tells the middle of some values, the lowest and the highest", () => {
		assert.deepEqual(spread([5, 1, 3]), { median: 3, min: 1, max: 5 });
		assert.deepEqual(spread([4, 1, 2, 8]), { median: 3, min: 1, max: 8 });
	});
});
