import assert from "node:assert/strict";
import fc from "fast-check";
import { CallPlayer, monitor } from "../support/callPlayer";
import { proLine, proTable } from "../support/proLines";
import { tries } from "../support/tries";

const { caller, end, state } = monitor;
const EXTENSIONS = ["11", "12", "13"];
const NUMBERS = ["974319404", "600000101", "anonymous", "12"];

/** What the monitor may say of a few phones and calls. */
const monitorTicket = fc.oneof(
	fc.tuple(fc.constantFrom(...EXTENSIONS), fc.constantFrom(...NUMBERS), fc.nat(3)).map((args) => caller(...args)),
	fc.tuple(fc.constantFrom(...EXTENSIONS), fc.nat(3)).map((args) => end(...args)),
	fc
		.tuple(
			fc.constantFrom(...EXTENSIONS),
			fc.constantFrom("Timbre", "Ocupada", "Libre", "Timbre", "Ocupada", "Libre", "xyz"),
		)
		.map((args) => state(...args)),
);

const line = fc
	.tuple(
		fc.constantFrom("timbre" as const, "descolgado" as const, "colgado" as const),
		fc.record({
			id: fc.constantFrom(null, "1508337505.3520740", "1508337505.2", "x"),
			callerId: fc.constantFrom("974319404", "+34974319404", "600000101", null),
			direction: fc.constantFrom("entrante", "entrante", "saliente", null),
			extension: fc.constantFrom("11", "11", "12", null, "/"),
			duration: fc.constantFrom("0", "30", null, "x"),
		}),
	)
	.map(([step, over]) => proLine(step, over));

const ownTicket = fc.oneof(
	fc.constantFrom("(CALL,974319404)", "(CALL,600000101)", "(CALL,)", "(info,Ocupado)"),
	fc.constantFrom("(info,-Timbre)", "(info,-Ocupado)", "(info,-Livre)", "(info,-xyz)"),
	line,
);

const pause = fc.constantFrom(0, 0, 0.3, 1, 2, 5, 9, 40);

/** Whatever comes on the monitor and on an extension's own connection, with any time between: loss, repetition, gaps. */
const script = fc.array(
	fc.oneof(
		fc.tuple(pause, fc.constant("999"), monitorTicket),
		fc.tuple(pause, fc.constant("11"), ownTicket),
		fc.tuple(pause, fc.constantFrom("999", "11"), fc.constantFrom("fall", "rise")),
		fc.tuple(pause, fc.constant("11"), fc.constant("dial")),
		fc.tuple(pause, fc.constant("999"), fc.constantFrom("clock back", "clock ahead")),
	),
	{ maxLength: 50 },
);

const tables = [[], proTable(), proTable("colgado"), proTable("timbre", "colgado"), proTable("descolgado")];
const options = fc.record({
	groups: fc.boolean(),
	settle: fc.constantFrom(0, 8, 60),
	activations: fc.constantFrom(...tables),
	also: fc.constantFrom([], ["11"], ["11", "12"]),
});

function play(player: CallPlayer, [seconds, channel, what]: readonly [number, string, string]): void {
	if (what === "fall") player.after(seconds).fall(channel);
	else if (what === "rise") player.after(seconds).rise(channel);
	else if (what === "dial") player.after(seconds).dial("974319404", channel);
	else if (what.startsWith("clock")) player.after(seconds).now += what === "clock back" ? -3_600_000 : 3_600_000;
	else player.on(channel, seconds, what);
}

/** What holds of all that was told, whatever came. */
function check(player: CallPlayer): void {
	assert.equal(player.tracker.dueAt, null, "nothing is left to happen");
	assert.deepEqual([...player.tracker.takeChanged()], [], "no call is left");
	const lives = new Map<string, string[]>();
	for (const { event, legId } of player.events) lives.set(legId, [...(lives.get(legId) ?? []), event]);
	const steps = ["call.ringing", "call.answered", "call.ended"];
	for (const [legId, events] of lives) {
		assert.deepEqual(
			events,
			steps.filter((event) => events.includes(event)),
			`${legId}: ${events}`,
		);
		assert.equal(events.at(-1), "call.ended", `${legId} never ends`);
	}
	const recorded = player.records.flatMap(({ legs }) => legs.map(({ legId }) => legId));
	assert.deepEqual(recorded.toSorted(), [...lives.keys()].toSorted(), "every leg is in exactly one record");
	assert.equal(new Set(player.records.map(({ key }) => key)).size, player.records.length, "one record each");
	for (const record of player.records) {
		const outcomes = record.legs.map(({ outcome }) => outcome);
		const isUnanswered = outcomes.every((outcome) => outcome === "no-answer" || outcome === "answered-elsewhere");
		const isKnown = isUnanswered && outcomes.includes("no-answer") && record.direction !== "outbound";
		if (record.outcome === "missed") assert.ok(isKnown, `${record.outcome}: ${outcomes}`);
		// Where something went unheard, that may have been an answer.
		if (isKnown && record.complete) assert.equal(record.outcome, "missed", outcomes.join());
		assert.equal(record.outcome === "answered", outcomes.includes("answered"), `${record.outcome}: ${outcomes}`);
		for (const seconds of [record.waitDuration, record.duration]) assert.ok(seconds === null || seconds < 172_800);
	}
}

describe("calls, whatever comes", () => {
	it("have legs that each end once, and one record each, which holds every leg once and says missed only where it is so", () => {
		fc.assert(
			fc.property(script, options, (steps, how) => {
				const player = new CallPlayer(how);
				for (const step of steps) play(player, step);
				check(player.rest());
			}),
			{ numRuns: tries(6_000) },
		);
	});

	it("that go on are over, and recorded, once nothing is heard any more", () => {
		fc.assert(
			fc.property(script, options, (steps, how) => {
				const player = new CallPlayer(how);
				for (const step of steps) play(player, step);
				check(player.end());
			}),
			{ numRuns: tries(2_000) },
		);
	});

	it("are missed if and only if nobody answered, where every ticket comes", () => {
		const call = fc.record({
			answered: fc.boolean(),
			rings: fc.integer({ min: 0, max: 30 }),
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
					const how = answered
						? `answered by [11] waited ${rings} talked ${talks}`
						: `missed by [] waited ${rings} talked null`;
					expected.push(`974319404 ${how}: 11 ${answered ? "answered" : "no-answer"}`);
				});
				assert.deepEqual(player.rest().log, expected);
			}),
		);
	});

	it("at any phones in any order are one record each, where one transaction names all of their legs", () => {
		const leg = fc.record({
			phone: fc.constantFrom(...EXTENSIONS),
			rings: fc.integer({ min: 1, max: 20 }),
			pause: fc.constantFrom(0.5, 1, 3, 7),
			ends: fc.boolean(),
		});
		fc.assert(
			fc.property(fc.array(leg, { minLength: 1, maxLength: 8 }), fc.boolean(), (legs, isAnswered) => {
				const player = new CallPlayer().after(0, ...EXTENSIONS.map((phone) => state(phone, "Libre")));
				legs.forEach(({ phone, rings, pause: seconds, ends }, i) => {
					player.after(seconds, state(phone, "Timbre"), caller(phone, "974319404", 0));
					player.after(rings);
					const isLast = i === legs.length - 1;
					if (isAnswered && isLast) player.after(0, state(phone, "Ocupada")).after(30);
					player.after(0, ...(ends ? [end(phone, 0)] : []), state(phone, "Libre"));
				});
				const [record, ...others] = player.rest().records;
				assert.equal(others.length, 0);
				assert.equal(record?.outcome, isAnswered ? "answered" : "missed");
				assert.deepEqual(
					record?.legs.map(({ extension }) => extension),
					legs.map(({ phone }) => phone),
				);
			}),
		);
	});
});
