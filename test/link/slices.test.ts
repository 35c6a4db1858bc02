import assert from "node:assert/strict";
import { Slices } from "../../src/link/slices";

/** Characters that a short frame counts for. */
const SHORT = 48;

/** A frame that is one piece. */
const asOne = (text: string) => [{ text }];

/** Slices that hand on whole frames, unless a frame is longer than one. */
function slicesOf(size: number, handle: (frame: string) => void, source = { pause() {}, resume() {} }) {
	return new Slices(size, source, asOne, (pieces) => handle(pieces.map(({ text }) => text).join("")));
}

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
		const slices = slicesOf(64 * SHORT, (frame) => handled.push(frame), source);
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
		const slices = slicesOf(2 * SHORT, (frame) => handled.push(frame));
		for (const frame of ["a", "b", "c"]) slices.push(frame);
		await turn();
		slices.push("d");
		slices.push("e");
		while (handled.length < 5) await turn();
		assert.deepEqual(handled.join(""), "abcde");
	});

	it("hold as many frames as fit in, be they long or short, and a longer one by itself", async () => {
		const handled: string[] = [];
		const slices = slicesOf(4 * SHORT, (frame) => handled.push(frame));
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
		const slices = slicesOf(SHORT, (frame) => handled.push(frame));
		for (const frame of ["a", "b", "c"]) slices.push(frame);
		slices.whenEmpty(() => handled.push("end"));
		while (handled.length < 4) await turn();
		assert.deepEqual(handled, ["a", "b", "c", "end"]);
	});

	it("hand nothing on once they are stopped, even in the middle of a slice", async () => {
		const handled: string[] = [];
		const slices = slicesOf(2 * SHORT, (frame) => {
			handled.push(frame);
			if (frame === "c") slices.stop();
		});
		for (const frame of ["a", "b", "c", "d", "e"]) slices.push(frame);
		for (let i = 0; i < 5; i++) await turn();
		assert.deepEqual(handled, ["a", "b", "c"]);
	});

	it("hand a long frame on in parts, in order, between what came before and after it", async () => {
		const handled: string[] = [];
		let paused = 0;
		const source = { pause: () => void paused++, resume: () => {} };
		const cut = (frame: string) => frame.split(/(?=\()/).map((text) => ({ text }));
		const slices = new Slices(4 * SHORT, source, cut, (pieces) => {
			handled.push(pieces.map(({ text }) => text).join(""));
		});
		const long = Array.from({ length: 10 }, (_, i) => `(${i})`.padEnd(SHORT)).join("");
		for (const frame of ["before", long, "after"]) slices.push(frame);
		let ended = false;
		slices.whenEmpty(() => {
			ended = true;
		});
		const counts = [handled.length];
		while (!ended) {
			await turn();
			counts.push(handled.length);
		}
		assert.deepEqual(counts, [2, 3, 5]);
		assert.deepEqual(
			handled.map((each) => each.length / SHORT),
			["before".length / SHORT, 3, 4, 3, "after".length / SHORT],
		);
		assert.equal(handled.join(""), `before${long}after`);
		assert.equal(paused, 1);
	});

	it("hand on nothing of a long frame once they are stopped", async () => {
		const handled: string[] = [];
		const slices = new Slices(
			SHORT,
			{ pause() {}, resume() {} },
			(frame) => [...frame].map((text) => ({ text })),
			(pieces) => {
				handled.push(...pieces.map(({ text }) => text));
				if (handled.length === 2) slices.stop();
			},
		);
		slices.push("abcdef".padEnd(2 * SHORT));
		for (let i = 0; i < 5; i++) await turn();
		assert.deepEqual(handled, ["a", "b"]);
	});
});
