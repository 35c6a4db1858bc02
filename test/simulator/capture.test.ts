import assert from "node:assert/strict";
import fc from "fast-check";
import { PbxError } from "../../src/errors";
import { type CapturedFrame, readCapture } from "../../src/simulator/capture";
import { Replay } from "../../src/simulator/replay";
import { CallPlayer } from "../support/callPlayer";
import { ManualClock } from "../support/clock";
import { playDay } from "../support/day";

/** Has the call model hear frames; all of them came on the monitor. */
function play(frames: readonly CapturedFrame[]): CallPlayer {
	const player = new CallPlayer();
	player.now = frames[0]?.at ?? 0;
	for (const { at, text } of frames) player.after((at - player.now) / 1000, text);
	return player.rest();
}

describe("a recording", () => {
	it("of pbx-in's messages tells the same story when it is played again", () => {
		const { frames } = playDay({ seed: 3, extensions: 40, calls: 200, cuts: 0 });
		const first = play(frames);
		const lines = first.heard.map((payload) => JSON.stringify({ topic: "pbx/227", payload })).join("\n");
		const again = play(readCapture(lines));
		assert.ok(first.story.length > 500);
		assert.deepEqual(again.story, first.story);
		assert.deepEqual(again.log, first.log);
	});

	it("of frames keeps every frame, in its order", () => {
		const { frames } = playDay({ seed: 4, extensions: 20, calls: 50, cuts: 0 });
		const lines = frames
			.map(({ at, ...rest }) => JSON.stringify({ at: new Date(at).toISOString(), ...rest }))
			.join("\r\n");
		assert.deepEqual(readCapture(`${lines}\n`), frames);
	});

	it("waits for who reads, however slowly, and sends every frame", () => {
		const clock = new ManualClock();
		const sent: string[] = [];
		let unread = 0;
		const send = (_extension: string, text: string) => {
			sent.push(text);
			unread++;
		};
		const replay = new Replay(clock, send, () => unread > 0);
		const frames = Array.from({ length: 5_000 }, (_, i) => ({ at: 0, extension: "11", text: String(i) }));
		replay.start(frames, 1);
		for (let look = 0; look < 5_000; look++) {
			assert.equal(unread, 1, `at look ${look}`);
			unread = 0;
			clock.advance(10);
		}
		assert.deepEqual(
			sent,
			frames.map(({ text }) => text),
		);
		assert.equal(clock.pending, 0);
	});

	it("is refused with the number of its first wrong line, and never in another way", () => {
		assert.throws(
			() => readCapture('{"at":"2026-01-15T10:00:00Z","extension":"11","text":"(CALL,1)"}\n{"at":1}'),
			/Line 2/,
		);
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.array(fc.anything()), fc.anything()), (capture) => {
				try {
					readCapture(capture);
				} catch (error) {
					assert.ok(error instanceof PbxError && error.code === "invalid-command");
				}
			}),
		);
	});
});
