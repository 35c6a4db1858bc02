import assert from "node:assert/strict";
import { Slices } from "../../src/link/slices";

/** Characters that a short frame counts for. */
const SHORT = 48;

/** Lets the event loop turn once. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("slices", () => {
	it("hand the event loop back after so many characters, with the source paused until it has run", async () => {
		const handled: string[] = [];
		let isPaused = false;
		const source = {
			pause: () => {
				isPaused = true;
			},
			resume: () => {
				isPaused = false;
			},
		};
		const slices = new Slices(64 * SHORT, source, (frame) => handled.push(frame));
		const frames = Array.from({ length: 200 }, (_, i) => (i === 0 ? "" : String(i)));
		for (const frame of frames) slices.push(frame);
		const counts = [handled.length];
		assert.ok(isPaused);
		while (handled.length < frames.length) {
			await turn();
			counts.push(handled.length);
		}
		assert.deepEqual(counts, [64, 128, 192, 200]);
		assert.deepEqual(handled, frames);
		await turn();
		assert.ok(!isPaused);
	});

	it("keep the order when frames come while others wait", async () => {
		const handled: string[] = [];
		const slices = new Slices(2 * SHORT, { pause() {}, resume() {} }, (frame) => handled.push(frame));
		for (const frame of ["a", "b", "c"]) slices.push(frame);
		await turn();
		slices.push("d");
		slices.push("e");
		while (handled.length < 5) await turn();
		assert.deepEqual(handled.join(""), "abcde");
	});

	it("hold as many frames as fit in, be they long or short, and a longer one by itself", async () => {
		const handled: string[] = [];
		const slices = new Slices(4 * SHORT, { pause() {}, resume() {} }, (frame) => handled.push(frame));
		for (const length of [1, 1, 2, 1, 8, 1]) slices.push(" ".repeat(length * SHORT));
		const counts = [handled.length];
		while (handled.length < 6) {
			await turn();
			counts.push(handled.length);
		}
		assert.deepEqual(counts, [3, 5, 6]);
	});

	it("tell the end of the source only after the last frame", async () => {
		const handled: string[] = [];
		const slices = new Slices(SHORT, { pause() {}, resume() {} }, (frame) => handled.push(frame));
		for (const frame of ["a", "b", "c"]) slices.push(frame);
		slices.whenEmpty(() => handled.push("end"));
		while (handled.length < 4) await turn();
		assert.deepEqual(handled, ["a", "b", "c", "end"]);
	});

	it("hand nothing on once they are stopped, even in the middle of a slice", async () => {
		const handled: string[] = [];
		const slices = new Slices(2 * SHORT, { pause() {}, resume() {} }, (frame) => {
			handled.push(frame);
			if (frame === "c") slices.stop();
		});
		for (const frame of ["a", "b", "c", "d", "e"]) slices.push(frame);
		for (let i = 0; i < 5; i++) await turn();
		assert.deepEqual(handled, ["a", "b", "c"]);
	});
});
