import assert from "node:assert/strict";
import { Meter, spread } from "../../bench/stats";

describe("the benchmark's meter", () => {
	it("tells when warming up is over, and with the last ticket what came after that", () => {
		const meter = new Meter({ warm: 10, total: 5 });
		const told = Array.from({ length: 15 }, () => meter.hear(null));
		const last = told.pop();
		assert.deepEqual(told, [...Array(9).fill(null), "warm", ...Array(4).fill(null)]);
		assert.ok(last && last !== "warm");
		assert.equal(last.count, 5);
	});

	it("asks the age of each ticket where there are few, else of one in eight, and tells its milliseconds", () => {
		for (const total of [16, 80_000]) {
			const meter = new Meter({ warm: 0, total });
			let asked = 0;
			let told = null;
			for (let i = 0; i < total; i++) {
				const { wantsAge } = meter;
				if (wantsAge) asked++;
				told = meter.hear(wantsAge ? (performance.timeOrigin + performance.now()) * 1000 - 40_000 : null);
			}
			assert.equal(asked, total > 16 ? total / 8 : total);
			assert.ok(told && told !== "warm" && told.p50 >= 40 && told.p99 < 1_000, JSON.stringify(told));
		}
	});

	it("tells the middle of some values, the lowest and the highest", () => {
		assert.deepEqual(spread([5, 1, 3]), { median: 3, min: 1, max: 5 });
		assert.deepEqual(spread([4, 1, 2, 8]), { median: 3, min: 1, max: 8 });
	});
});
