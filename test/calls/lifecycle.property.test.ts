import assert from "node:assert/strict";
import fc from "fast-check";
import type { Extension } from "../../src/protocol/address";
import { CallPlayer, monitor } from "../support/callPlayer";
import { proLine, proTable } from "../support/proLines";

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

/** The same on an extension's channel, PRO lines and calls from here among them. */
const anythingWithLines = fc.array(
	fc.tuple(
		fc.constantFrom(0, 0, 1, 2, 5, 70),
		fc.oneof(
			fc.constantFrom("(CALL,974319404)", "(CALL,600000101)", "(CALL,)", "gap", "dial", "(info,Ocupado)"),
			fc.constantFrom("(info,-Timbre)", "(info,-Ocupado)", "(info,-Livre)"),
			fc
				.tuple(
					fc.constantFrom("timbre" as const, "descolgado" as const, "colgado" as const),
					fc.record({
						id: fc.constantFrom(null, "1508337505.1", "1508337505.2", "x"),
						callerId: fc.constantFrom("974319404", "+34974319404", "600000101", null),
						direction: fc.constantFrom("entrante", "entrante", "saliente", null),
						extension: fc.constantFrom("11", "11", "12", null, "/"),
						duration: fc.constantFrom("0", "30", null, "x"),
					}),
				)
				.map(([state, over]) => proLine(state, over)),
		),
	),
	{ maxLength: 40 },
);

describe("the life of calls, whatever comes", () => {
	it("is told under one id, ends exactly once and never goes on after that, with PRO events too", () => {
		const tables = [proTable(), proTable("colgado"), proTable("timbre", "colgado"), proTable("descolgado")];
		fc.assert(
			fc.property(anythingWithLines, fc.constantFrom(...tables), (script, table) => {
				const player = new CallPlayer("11" as Extension, true, table);
				for (const [seconds, frame] of script) {
					if (frame === "gap") player.gap(seconds);
					else if (frame === "dial") player.after(seconds).dial("974319404");
					else player.after(seconds, frame);
				}
				player.rest();
				assert.equal(player.lives.dueAt, null, "nothing is left to happen");
				const told = new Map<string, string[]>();
				for (const { event, extension, callId } of player.events) {
					const key = `${extension} ${callId}`;
					told.set(key, [...(told.get(key) ?? []), event.replace("missed", "ended")]);
				}
				for (const [key, events] of told) {
					const life = ["call.ringing", "call.answered", "call.ended"];
					assert.deepEqual(
						events,
						life.filter((event) => events.includes(event)),
						`${key}: ${events}`,
					);
					assert.equal(events.at(-1), "call.ended", `${key} never ends`);
				}
			}),
			{ numRuns: 3_000 },
		);
	});

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
