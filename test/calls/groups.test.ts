import assert from "node:assert/strict";
import { CallPlayer, monitor } from "../support/callPlayer";

const { caller, end, state } = monitor;
const NUMBER = "974319404";
const PHONES = ["11", "12", "13"];

/** One call that rings three phones. */
function ringing(player = new CallPlayer()): CallPlayer {
	for (const [i, phone] of PHONES.entries()) player.after(0.1, state(phone, "Timbre"), caller(phone, NUMBER, i));
	return player;
}

describe("a call that rings several phones", () => {
	it("ends as answered elsewhere at the others when one answers, in whatever order they are told", () => {
		const quiet = ["11", "13"].flatMap((phone) => [end(phone, PHONES.indexOf(phone)), state(phone, "Libre")]);
		for (const frames of [
			[state("12", "Ocupada"), ...quiet],
			[...quiet, state("12", "Ocupada")],
			[...quiet.slice(0, 2), state("12", "Ocupada"), ...quiet.slice(2)],
		]) {
			const player = ringing()
				.after(5, ...frames)
				.after(20, end("12", 1), state("12", "Libre"))
				.rest();
			const ends = player.events
				.filter(({ outcome }) => outcome)
				.map(({ extension, outcome }) => `${extension} ${outcome}`);
			assert.deepEqual(ends.sort(), ["11 answered-elsewhere", "12 answered", "13 answered-elsewhere"]);
			assert.ok(player.events.every(({ event }) => event !== "call.missed"));
			const last = player.events.at(-1)?.group;
			assert.deepEqual([last?.extensions, last?.answeredBy, last?.inferred], [PHONES, "12", true]);
		}
	});

	it("is one where a phone rings just after another was picked up", () => {
		const player = new CallPlayer()
			.after(0, state("11", "Timbre"), caller("11", "974319404", 1))
			.after(0.5, state("11", "Ocupada"), state("12", "Timbre"), caller("12", "974319404", 2))
			.after(0.5, state("12", "Libre"), end("12", 2))
			.after(9, end("11", 1))
			.rest();
		assert.ok(
			player.story.includes("ended 12 974319404 answered-elsewhere rang 0.5 talked null [11,12]"),
			player.story.join(),
		);
	});

	it("is one of a withheld caller where the transaction is the same", () => {
		const player = new CallPlayer()
			.after(
				0,
				state("11", "Timbre"),
				caller("11", "anonymous", 1),
				state("12", "Timbre"),
				caller("12", "anonymous", 1),
			)
			.after(3, state("11", "Ocupada"), state("12", "Libre"), end("12", 1))
			.after(9, end("11", 1))
			.rest();
		assert.ok(
			player.story.includes("ended 12 anonymous answered-elsewhere rang 3 talked null [11,12]"),
			player.story.join(),
		);
	});

	it("is missed once when nobody answers, with all that rang", () => {
		const player = ringing();
		for (const [i, phone] of PHONES.entries()) player.after(1, end(phone, i), state(phone, "Libre"));
		const ends = player.rest().events.filter(({ outcome }) => outcome);
		assert.deepEqual(
			ends.map(({ event, extension, group }) => `${event} ${extension} [${group?.extensions}]`),
			["call.missed 13 [11,12,13]"],
		);
	});

	it("is not made of two callers, of withheld ones, or of one caller at different moments", () => {
		const pairs = [
			[caller("11", NUMBER, 0), caller("12", "600000101", 1)],
			[caller("11", "anonymous", 0), caller("12", "anonymous", 1)],
			[caller("11", "", 0), caller("12", "", 1)],
			[caller("11", NUMBER, 0), `(info,270-${NUMBER}-12-1508337508.3520999)`],
		];
		for (const pair of pairs) {
			const player = new CallPlayer().after(0, state("11", "Timbre"), state("12", "Timbre"), ...pair);
			player.after(9, state("11", "Libre"), state("12", "Libre")).rest();
			const ends = player.events.filter(({ outcome }) => outcome);
			assert.deepEqual(
				ends.map(({ event, group }) => [event, group]),
				[
					["call.missed", null],
					["call.missed", null],
				],
			);
		}
	});

	it("is not made of the same caller calling one phone twice", () => {
		const player = new CallPlayer().after(0, state("11", "Timbre"), caller("11", NUMBER, 0));
		player.after(1, end("11", 0), state("11", "Libre")).after(0, state("11", "Timbre"), caller("11", NUMBER, 1));
		player.after(1, end("11", 1), state("11", "Libre")).rest();
		assert.equal(player.events.filter(({ event }) => event === "call.missed").length, 2);
	});

	it("is several calls where groups are switched off", () => {
		const player = ringing(new CallPlayer(undefined, false));
		for (const [i, phone] of PHONES.entries()) player.after(1, end(phone, i), state(phone, "Libre"));
		assert.equal(player.rest().events.filter(({ event }) => event === "call.missed").length, 3);
	});
});
