import assert from "node:assert/strict";
import fc from "fast-check";
import type { Extension, Key } from "../../src/protocol/address";
import { splitFrame } from "../../src/protocol/frame";
import { STANDARD_VOCABULARY } from "../../src/protocol/vocabulary";
import { readCapture } from "../../src/simulator/capture";
import { Recorder, TRACE_LIMITS } from "../../src/trace/recorder";
import { ManualClock } from "../support/clock";
import { tries } from "../support/tries";

const KEY = "recognisable-key-4711";

describe("a recorder", () => {
	let clock: ManualClock;
	let recorder: Recorder;

	function make(key = KEY): void {
		clock = new ManualClock();
		const context = { clock, key: key as Key, vocabulary: STANDARD_VOCABULARY, matchCommand: () => null };
		recorder = new Recorder(() => context);
	}
	const moment = () => ({ wall: clock.now(), steady: clock.steady() });
	const hear = (text: string, extension = "999") => recorder.heard(extension as Extension, splitFrame(text), moment());
	const say = (text: string, extension = "999") => recorder.said(extension as Extension, text, moment());

	beforeEach(() => make());
	afterEach(() => {
		recorder.close();
		assert.equal(clock.pending, 0, "no timer is left");
	});

	it("keeps nothing unless somebody asked", async () => {
		hear("(CALL,974319404)");
		assert.deepEqual(recorder.state, { kind: "off", why: null, frames: 0, bytes: 0, left: 0 });
		assert.equal(await recorder.text(true), null);
	});

	it("gives what the simulator replays: what the server said, with its time, but for prompts", async () => {
		assert.ok(recorder.start());
		hear("(???,CONECTADO)");
		say("227/999, *** ");
		clock.advance(1500);
		hear("(ID?,CONECTADO) (info,270-Timbre-11-0)\r\n(info,270-974319404-11-1508337505.3520740)");
		say(" (call, 974319404)", "11");
		recorder.stop();
		const at = clock.now();
		assert.deepEqual(readCapture(await recorder.text(false)), [
			{ at, extension: "999", text: " (info,270-Timbre-11-0)\r\n(info,270-974319404-11-1508337505.3520740)" },
		]);
		const lines = ((await recorder.text(true)) ?? "").trim().split("\n");
		assert.equal(lines.length, 5);
		assert.ok(!lines.join().includes("319404"));
	});

	it("ends after ten minutes, is kept for another ten, and is then dropped", async () => {
		recorder.start();
		clock.advance(TRACE_LIMITS.milliseconds - 1);
		assert.deepEqual([recorder.state.kind, recorder.state.left], ["recording", 1]);
		clock.advance(1);
		hear("(CALL,1)");
		assert.deepEqual(recorder.state, { kind: "over", why: "time", frames: 0, bytes: 0, left: TRACE_LIMITS.keptFor });
		assert.equal(await recorder.text(true), "");
		clock.advance(TRACE_LIMITS.keptFor);
		assert.equal(await recorder.text(true), null);
	});

	it("ends when it is full", () => {
		recorder.start();
		for (let i = 0; i < 7; i++) hear("x".repeat(1_000_000));
		const { kind, why, frames, bytes } = recorder.state;
		assert.deepEqual([kind, why, frames], ["over", "size", 5]);
		assert.ok(bytes <= TRACE_LIMITS.bytes);
	});

	it("records one trace at a time, and begins anew where the last one is over", () => {
		assert.ok(recorder.start());
		hear("(CALL,1)");
		assert.ok(!recorder.start());
		assert.equal(recorder.state.frames, 1);
		recorder.stop();
		assert.equal(recorder.state.why, "stopped");
		assert.ok(recorder.start());
		assert.equal(recorder.state.frames, 0);
	});

	it("lets the event loop run while it replaces the numbers of a large trace", async () => {
		recorder.start();
		for (let i = 0; i < 500; i++) hear(`(CALL,${600_000_000 + i})`.repeat(100));
		let turns = 0;
		const count = () => {
			turns++;
			turn = setImmediate(count);
		};
		let turn = setImmediate(count);
		const text = await recorder.text(true);
		clearImmediate(turn);
		assert.ok(text?.endsWith("\n"));
		assert.ok(turns > 100, `${turns} turns`);
	});

	it("never gives the key away, whatever the server says back", async () => {
		await fc.assert(
			fc.asyncProperty(fc.string(), fc.string(), fc.boolean(), async (before, after, masks) => {
				make();
				recorder.start();
				hear(`${before}${KEY}${after}`);
				hear(`(info,270-${KEY}-11-1508337505.3520740)`);
				assert.ok(!((await recorder.text(masks)) ?? KEY).includes(KEY));
				recorder.close();
			}),
			{ numRuns: tries(200) },
		);
	});
});
