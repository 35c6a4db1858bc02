import assert from "node:assert/strict";
import { load } from "../../bench/load";

describe("a load of 10,000 tickets a second", function () {
	this.timeout(180_000);

	it("loses no call and tells none twice", async () => {
		const { sent, rang, ended, lost, twice } = await load({ rate: 10_000, seconds: 3 });
		assert.deepEqual([sent, rang, ended, lost, twice], [30_000, 7_500, 7_500, 0, 0]);
	});

	it("is held back at the socket where the consumer is slow, and nothing of it is lost", async () => {
		// Each event takes 100 microseconds: twice as long as there is.
		const { seconds, rang, ended, lost, twice } = await load({ rate: 10_000, seconds: 2, slow: 100 });
		assert.deepEqual([rang, ended, lost, twice], [5_000, 5_000, 0, 0]);
		assert.ok(seconds > 1.9);
	});
});
