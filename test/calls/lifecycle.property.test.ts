import assert from "node:assert/strict";
import fc from "fast-check";
import { CallPlayer, monitor } from "../support/callPlayer";

const { caller, end, state } = monitor;
const EXTENSIONS = ["11", "12", "13"];

/** Any tickets of a few phones and calls, in any order, with any time between them: loss and repetition included. */
const anything = fc.array(
	fc.tuple(
		fc.constantFrom(0, 0, 1, 2, 5, 40),
		fc.oneof(
			fc
				.tuple(fc.constantFrom(...EXTENSIONS), fc.constantFrom("974319404", "600000101", "anonymous"), fc.nat(4))
				.map((args) => caller(...args)),
			fc.tuple(fc.constantFrom(...EXTENSIONS), fc.nat(4)).map((args) => end(...args)),
			fc
				.tuple(fc.constantFrom(...EXTENSIONS), fc.constantFrom("Timbre", "Ocupada", "Libre"))
				.map((args) => state(...args)),
			fc.constant("gap"),
		),
	),
	{ maxLength: 40 },
);

describe("the life of calls, whatever comes", () => {
	it("ends each call that began exactly once, and tells of no call that ended again", () => {
		fc.assert(
			fc.property(anything, fc.boolean(), (script, findGroups) => {
				const player = new CallPlayer(undefined, findGroups);
				for (const [seconds, frame] of script) {
					if (frame === "gap") player.gap(seconds);
					else player.after(seconds, frame);
				}
				player.rest();
				assert.equal(player.lives.dueAt, null, "nothing is left to happen");
				const state = new Map<string, "open" | "over">();
				for (const { event, extension, callId, group } of player.events) {
					const key = `${extension} ${callId}`;
					if (event === "call.ringing") {
						assert.equal(state.get(key), undefined, `${key} begins twice`);
						state.set(key, "open");
					} else if (event === "call.answered") {
						assert.equal(state.get(key), "open", `${key} is answered while it is not open`);
					} else {
						assert.notEqual(state.get(key), "over", `${key} ends twice`);
						state.set(key, "over");
						// A group that nobody answered ends with one event for all its calls.
						if (group === null || group.answeredBy !== null) continue;
						for (const [i, phone] of group.extensions.entries()) state.set(`${phone} ${group.callIds[i]}`, "over");
					}
				}
				for (const [key, how] of state) assert.equal(how, "over", `${key} never ends`);
			}),
			{ numRuns: 3_000 },
		);
	});

	it("misses a call if and only if nobody answered, where every ticket comes", () => {
		const call = fc.record({
			answered: fc.boolean(),
			rings: fc.nat(30),
			talks: fc.nat(600),
			idleFirst: fc.boolean(),
			callerFirst: fc.boolean(),
		});
		fc.assert(
			fc.property(fc.array(call, { maxLength: 12 }), (calls) => {
				const player = new CallPlayer();
				const expected: string[] = [];
				calls.forEach(({ answered, rings, talks, idleFirst, callerFirst }, i) => {
					const begin = [state("11", "Timbre"), caller("11", "974319404", i)];
					player.after(10, ...(callerFirst ? begin.reverse() : begin));
					if (answered) player.after(rings, state("11", "Ocupada"));
					const finish = [end("11", i), state("11", "Libre")];
					player.after(answered ? talks : rings, ...(idleFirst ? finish.reverse() : finish));
					expected.push(answered ? `answered rang ${rings} talked ${talks}` : `missed rang ${rings} talked null`);
				});
				const ends = player.rest().story.filter((line) => /^(ended|missed)/.test(line));
				assert.deepEqual(
					ends.map((line) => line.replace(/^\w+ 11 974319404 /, "")),
					expected,
				);
			}),
		);
	});
});
