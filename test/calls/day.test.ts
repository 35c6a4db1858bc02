import assert from "node:assert/strict";
import type { CallEvent } from "../../src/messages";
import { CallPlayer } from "../support/callPlayer";
import { type Day, playDay, type TrueCall } from "../support/day";

/** Has the call model hear a day, and gives the last event of each call. */
function recover({ frames, gaps }: Day): CallEvent[] {
	const player = new CallPlayer();
	player.now = frames[0]?.at ?? 0;
	const cuts = [...gaps];
	for (const { at, text } of frames) {
		for (let [cut] = cuts; cut && cut.to <= at; [cut] = cuts) {
			cuts.shift();
			player.after((cut.from - player.now) / 1000).gap((cut.to - cut.from) / 1000);
		}
		player.after((at - player.now) / 1000, text);
	}
	player.rest();
	return player.events.filter(({ event }) => event === "call.ended" || event === "call.missed");
}

/** How the recovered calls compare with the truth: no two calls of a phone begin in the same second. */
function compare(day: Day) {
	const origin = day.frames[0]?.at ?? 0;
	const keyOf = (extension: string, startedAt: number) => `${extension} ${startedAt}`;
	const ends = new Map<string, CallEvent>();
	for (const end of recover(day)) {
		// A group that nobody answered ends at all its phones with one event.
		const extensions = end.group?.answeredBy === null ? end.group.extensions : [end.extension];
		for (const extension of extensions) {
			const key = keyOf(extension, Date.parse(end.startedAt ?? "") - origin);
			assert.ok(!ends.has(key), `told twice: ${key}`);
			ends.set(key, end);
		}
	}
	const score = { calls: day.calls.length, right: 0, unknown: 0, unheard: 0, invented: 0, wrong: [] as string[] };
	for (const call of day.calls) {
		const key = keyOf(call.extension, call.startedAt * 1000);
		const end = ends.get(key);
		ends.delete(key);
		const fault = end ? faultOf(end, call) : isUnheard(day, call, origin) ? null : "never told";
		if (fault !== null) score.wrong.push(`${fault}: ${JSON.stringify(call)} ${JSON.stringify(end)}`);
		else if (!end) score.unheard++;
		else if (end.outcome === "unknown") score.unknown++;
		else score.right++;
	}
	return { ...score, invented: ends.size };
}

/** Whether the connection was down from the call's beginning to its end. */
function isUnheard({ gaps }: Day, call: TrueCall, origin: number): boolean {
	return gaps.some(({ from, to }) => from <= origin + call.reachedAt * 1000 && to >= origin + call.endedAt * 1000);
}

/** What an end says that is not so; saying nothing is no fault. */
function faultOf(end: CallEvent, call: TrueCall): string | null {
	if (end.number !== null && end.number !== call.number) return "number";
	if (end.outcome === "unknown") return null;
	if (call.outcome === "waited" || end.outcome !== call.outcome) return "outcome";
	if (call.outcome === "answered" && end.duration !== null && Math.abs(end.duration - call.talk) > 1) return "duration";
	if (end.outcome === "missed" && end.group && end.group.extensions.join() !== call.group?.join()) return "group";
	return null;
}

describe("a day of 5,000 calls at 200 extensions", () => {
	it("is recovered wholly, and what the wire does not tell is unknown", () => {
		const day = playDay(7, 200, 5_000, 0);
		const { calls, right, unknown, unheard, invented, wrong } = compare(day);
		assert.deepEqual(wrong, []);
		const waited = day.calls.filter(({ outcome }) => outcome === "waited").length;
		assert.ok(calls > 5_000 && waited > 100);
		assert.deepEqual([right, unknown, unheard, invented], [calls - waited, waited, 0, 0]);
	});

	it("holds nothing wrong where the connection was down a hundred times, and nothing invented", () => {
		const { calls, right, unknown, unheard, invented, wrong } = compare(playDay(8, 200, 5_000, 100));
		assert.deepEqual(wrong, []);
		assert.equal(invented, 0);
		assert.equal(right + unknown + unheard, calls);
		assert.ok(right / calls > 0.9, `${right} of ${calls} are told rightly, ${unknown} are unknown, ${unheard} unheard`);
	});
});
