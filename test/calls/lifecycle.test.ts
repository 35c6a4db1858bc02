import assert from "node:assert/strict";
import type { ExtraWords } from "../../src/protocol/vocabulary";
import { CallPlayer, monitor, SEED_TIME } from "../support/callPlayer";
import { MONITOR_FRAMES } from "../support/seed";

const { caller, end, state } = monitor;
const NUMBER = "974319404";

describe("what the PBX repeats on connecting again", () => {
	it("is no new call on the monitor: the one it knows goes on", () => {
		const player = new CallPlayer()
			.after(0, state("11", "Timbre"), caller("11", NUMBER, 0))
			.after(4, state("11", "Ocupada"))
			.gap(30)
			.after(0, state("11", "Ocupada"), caller("11", NUMBER, 0))
			.after(10, end("11", 0))
			.rest();
		assert.deepEqual(player.story, [
			`ringing 11 ${NUMBER}`,
			`answered 11 ${NUMBER}`,
			`ended 11 ${NUMBER} answered rang 4 talked 40`,
		]);
	});

	it("is no new call on an extension's channel either, whether it still rings or was answered", () => {
		const ringing = new CallPlayer({ channel: "11" })
			.after(0, "(info,-Timbre)", `(CALL,${NUMBER})`)
			.gap(5)
			.after(1, "(info,-Timbre)", `(CALL,${NUMBER})`)
			.after(9, "(info,-Livre)")
			.rest();
		assert.deepEqual(ringing.story, [`ringing 11 ${NUMBER}`, `ended 11 ${NUMBER} unknown rang null talked null`]);
		const answered = new CallPlayer({ channel: "11" })
			.after(0, "(info,-Timbre)", `(CALL,${NUMBER})`)
			.after(4, "(info,-Ocupado)")
			.gap(5)
			.after(1, `(CALL,${NUMBER})`, "(info,-Ocupado)")
			.after(9, "(info,-Livre)")
			.rest();
		// In the gap it may have ended, and another begun: nobody heard how long it was.
		assert.deepEqual(answered.story.at(-1), `ended 11 ${NUMBER} answered rang 4 talked null`);
		assert.equal(answered.events.length, 3);
	});
});

describe("a call on the monitor", () => {
	it("rings, is answered and ends, with all that a CRM needs in its last event", () => {
		const player = new CallPlayer()
			.after(0, state("11", "Timbre"), caller("11", NUMBER, 0))
			.after(4, state("11", "Ocupada"))
			.after(30, end("11", 0), state("11", "Libre"))
			.rest();
		assert.deepEqual(player.story, [
			`ringing 11 ${NUMBER}`,
			`answered 11 ${NUMBER}`,
			`ended 11 ${NUMBER} answered rang 4 talked 30`,
		]);
		const last = player.events.at(-1);
		assert.deepEqual([last?.callId, last?.callIdSource, last?.e164], ["1508337505.3520740", "pbx", "+34974319404"]);
		assert.deepEqual(
			[last?.startedAt, last?.answeredAt, last?.endedAt],
			["2017-10-18T14:38:25.000Z", "2017-10-18T14:38:29.000Z", "2017-10-18T14:38:59.000Z"],
		);
	});

	it("is missed when the phone stops ringing and was not picked up", () => {
		const player = new CallPlayer()
			.after(0, state("11", "Timbre"), caller("11", NUMBER, 0))
			.after(20, end("11", 0), state("11", "Libre"))
			.rest();
		assert.deepEqual(player.story, [`ringing 11 ${NUMBER}`, `ended 11 ${NUMBER} no-answer rang 20 talked null`]);
	});

	it("is told the same in every plausible order of its tickets", () => {
		const orders: [string[], string[], string[]][] = [
			[
				[caller("11", NUMBER, 0), state("11", "Timbre")],
				[state("11", "Ocupada")],
				[state("11", "Libre"), end("11", 0)],
			],
			[
				[state("11", "Timbre"), caller("11", NUMBER, 0)],
				[state("11", "Ocupada")],
				[end("11", 0), state("11", "Libre")],
			],
			[[state("11", "Libre"), caller("11", NUMBER, 0)], [state("11", "Ocupada")], [end("11", 0)]],
			[[state("11", "Libre"), caller("11", NUMBER, 0), state("11", "Libre")], [state("11", "Ocupada")], [end("11", 0)]],
		];
		for (const [ringing, answered, ended] of orders) {
			const player = new CallPlayer();
			player
				.after(0, ...ringing)
				.after(3, ...answered)
				.after(10, ...ended)
				.rest();
			assert.deepEqual(player.story.at(-1), `ended 11 ${NUMBER} answered rang 3 talked 10`);
			assert.equal(player.events.length, 3);
		}
	});

	it("is answered when its caller is named only after the phone was picked up", () => {
		const player = new CallPlayer()
			.after(0, state("11", "Timbre"))
			.after(1, state("11", "Ocupada"), caller("11", NUMBER, 0))
			.after(9, end("11", 0))
			.rest();
		assert.deepEqual(player.story, [
			`ringing 11 ${NUMBER}`,
			`answered 11 ${NUMBER}`,
			`ended 11 ${NUMBER} answered rang 0 talked 9`,
		]);
	});

	it("is told once, however often its tickets are repeated", () => {
		const twice = (...frames: string[]) => frames.flatMap((frame) => [frame, frame]);
		const player = new CallPlayer()
			.after(0, ...twice(state("11", "Timbre"), caller("11", NUMBER, 0)))
			.after(4, ...twice(state("11", "Ocupada")))
			.after(6, ...twice(end("11", 0), state("11", "Libre")), caller("11", NUMBER, 0))
			.rest();
		assert.deepEqual(
			player.events.map(({ event }) => event),
			["call.ringing", "call.answered", "call.ended"],
		);
	});

	it("that is passed on and comes back under its transaction is one call of two legs, in one record", () => {
		const leg = (player: CallPlayer, pause: number) =>
			player
				.after(pause, state("11", "Timbre"), caller("11", NUMBER, 0))
				.after(2, state("11", "Ocupada"))
				.after(9, end("11", 0), state("11", "Libre"));
		const player = leg(leg(new CallPlayer(), 5), 5).rest();
		const ends = player.events.filter(({ event }) => event === "call.ended");
		assert.deepEqual(
			ends.map(({ outcome, duration, callId, legId }) => [outcome, duration, callId, legId]),
			[
				["answered", 9, "1508337505.3520740", "1508337505.3520740/11"],
				["answered", 9, "1508337505.3520740", "1508337505.3520740/11/2"],
			],
		);
		assert.deepEqual(player.log, [`${NUMBER} answered by [11] waited 2 talked 18: 11 answered, 11 answered`]);
	});

	it("that comes back under its transaction when its record is told is a call of its own", () => {
		const player = new CallPlayer();
		for (let i = 0; i < 3; i++) {
			player
				.after(60, state("11", "Timbre"), caller("11", NUMBER, 0))
				.after(2, state("11", "Ocupada"))
				.after(9, end("11", 0), state("11", "Libre"));
		}
		player.rest();
		assert.deepEqual(
			player.records.map(({ callId, pbxId }) => [callId, pbxId]),
			[
				["1508337505.3520740", "1508337505.3520740"],
				["1508337505.3520740~2", "1508337505.3520740"],
				["1508337505.3520740~3", "1508337505.3520740"],
			],
		);
		assert.deepEqual([...new Set(player.events.map(({ callIdSource }) => callIdSource))], ["pbx", "local"]);
	});

	it("that began before we listened ends with what its transaction says, and the rest unknown", () => {
		const player = new CallPlayer().after(100, end("11", 0), end("11", 0)).rest();
		assert.deepEqual(player.story, ["ended 11 null unknown rang null talked null"]);
		assert.equal(player.events[0]?.startedAt, "2017-10-18T14:38:25.000Z");
		assert.equal(player.events[0]?.direction, "unknown");
	});

	it("without an end ticket is over three seconds after the phone fell idle, at the time it did", () => {
		const player = new CallPlayer()
			.after(0, state("11", "Timbre"), caller("11", NUMBER, 0))
			.after(5, state("11", "Ocupada"))
			.after(60, state("11", "Libre"))
			.after(3);
		assert.deepEqual(player.story.at(-1), `ended 11 ${NUMBER} answered rang 5 talked 60`);
	});

	it("that nothing is heard of any more ends as unknown: ringing after half an hour, answered after twelve", () => {
		const ringing = new CallPlayer().after(0, state("11", "Timbre"), caller("11", NUMBER, 0)).after(1_799);
		assert.equal(ringing.events.length, 1);
		assert.deepEqual(ringing.after(1).story.at(-1), `ended 11 ${NUMBER} unknown rang null talked null`);
		const answered = new CallPlayer().after(0, caller("11", NUMBER, 0), state("11", "Ocupada")).after(43_199);
		assert.equal(answered.events.length, 2);
		assert.deepEqual(answered.after(1).story.at(-1), `ended 11 ${NUMBER} unknown rang 0 talked null`);
	});

	it("on a phone that is busy already has an unknown outcome, and leaves the first call's alone", () => {
		const player = new CallPlayer()
			.after(0, state("11", "Timbre"), caller("11", NUMBER, 0))
			.after(2, state("11", "Ocupada"))
			.after(5, caller("11", "600000101", 1))
			.after(8, end("11", 1))
			.after(9, end("11", 0), state("11", "Libre"))
			.rest();
		assert.deepEqual(player.story.slice(2), [
			"ringing 11 600000101",
			"ended 11 600000101 unknown rang null talked null",
			`ended 11 ${NUMBER} answered rang 2 talked 22`,
		]);
	});

	it("that comes while the connection is new is not answered by a phone that may have been busy all along", () => {
		const player = new CallPlayer()
			.gap(0)
			.after(0, caller("11", NUMBER, 0), state("11", "Ocupada"))
			.after(9, end("11", 0))
			.rest();
		assert.deepEqual(player.story.at(-1), `ended 11 ${NUMBER} unknown rang null talked null`);
	});

	it("that shares a ringing phone with another has an unknown outcome, as has the other", () => {
		const player = new CallPlayer()
			.after(0, state("11", "Timbre"), caller("11", NUMBER, 0))
			.after(2, caller("11", "600000101", 1))
			.after(2, state("11", "Ocupada"))
			.after(9, end("11", 1), end("11", 0), state("11", "Libre"))
			.rest();
		assert.deepEqual(
			player.events.filter(({ outcome }) => outcome).map(({ outcome }) => outcome),
			["unknown", "unknown"],
		);
	});

	it("lasts the seconds that passed, whichever way the clock is set meanwhile", () => {
		for (const step of [-3_600_000, 3_600_000, 86_400_000]) {
			const player = new CallPlayer()
				.after(0, state("11", "Timbre"), caller("11", NUMBER, 0))
				.after(1, state("11", "Ocupada"))
				.after(20);
			player.now += step;
			player.after(22, end("11", 0), state("11", "Libre")).rest();
			assert.equal(player.story.at(-1), `ended 11 ${NUMBER} answered rang 1 talked 42`);
			const [record] = player.records;
			assert.deepEqual([record?.waitDuration, record?.duration], [1, 42]);
			// What people read is the wall's clock.
			assert.equal(record?.endedAt, new Date(SEED_TIME + 43_000 + step).toISOString());
		}
	});

	it("reads the vendor's own monitor block as a careful reader would", () => {
		const player = new CallPlayer();
		for (const frame of MONITOR_FRAMES) player.after(1, frame);
		assert.deepEqual(player.rest().story, [
			"ended 2209 null unknown rang null talked null",
			"ended 5112 null unknown rang null talked null",
			`ringing 3103 ${NUMBER}`,
			"ended 3102 null unknown rang null talked null",
			`ended 3103 ${NUMBER} unknown rang null talked null`,
		]);
		assert.equal(player.events[0]?.startedAt, new Date(SEED_TIME + 8_000).toISOString());
	});
});

describe("a call while the connection was down", () => {
	it("that was answered before ends when the PBX says so", () => {
		const player = new CallPlayer()
			.after(0, state("11", "Timbre"), caller("11", NUMBER, 0))
			.after(2, state("11", "Ocupada"));
		player.gap(20).after(10, end("11", 0)).rest();
		assert.deepEqual(player.story.at(-1), `ended 11 ${NUMBER} answered rang 2 talked 30`);
		assert.equal(player.events.length, 3);
	});

	it("that rang before is unknown, and no new call when its tickets are repeated", () => {
		const player = new CallPlayer().after(0, state("11", "Timbre"), caller("11", NUMBER, 0));
		player
			.gap(20)
			.after(1, caller("11", NUMBER, 0), state("11", "Ocupada"))
			.after(5, end("11", 0))
			.rest();
		assert.deepEqual(player.story, [`ringing 11 ${NUMBER}`, `ended 11 ${NUMBER} unknown rang null talked null`]);
	});

	it("that rang before and is never spoken of again ends a minute after the connection is back", () => {
		const player = new CallPlayer()
			.after(0, state("11", "Timbre"), caller("11", NUMBER, 0))
			.gap(20)
			.after(59);
		assert.equal(player.events.length, 1);
		assert.deepEqual(player.after(1).story.at(-1), `ended 11 ${NUMBER} unknown rang null talked null`);
	});
});

describe("a call on an extension's own connection", () => {
	it("that waits is told although the same number was dialled from here, or had waited before", () => {
		const dialled = new CallPlayer({ channel: "11" })
			.dial("910000103")
			.after(1, "(info,- Ocupado)", "(info,Chamada...)")
			.after(20, "(CALL,910000103)");
		assert.deepEqual(dialled.story, ["ringing 11 910000103", "ringing 11 910000103"]);
		const again = new CallPlayer({ channel: "11" })
			.after(0, "(info,-Timbre)", `(CALL,${NUMBER})`)
			.after(3, "(info,- Ocupado)")
			.after(5, "(CALL,600000101)", "(CALL,600000101)")
			.after(120, "(CALL,600000101)");
		assert.equal(again.story.filter((line) => line === "ringing 11 600000101").length, 2);
	});

	it("that rang before the connection fell, and comes again long after, is another one", () => {
		const player = new CallPlayer({ channel: "11" })
			.after(0, "(info,-Timbre)", `(CALL,${NUMBER})`)
			.gap(10)
			.after(30, "(info,-Livre)", "(info,-Timbre)", `(CALL,${NUMBER})`)
			.after(4, "(info,- Ocupado)")
			.after(9, "(info,-Livre)")
			.rest();
		assert.deepEqual(player.story.at(-1), `ended 11 ${NUMBER} answered rang 4 talked 9`);
	});

	it("whose phone rings again for one that waited has no end that anybody heard", () => {
		const player = new CallPlayer({ channel: "11" })
			.after(0, "(info,-Timbre)", `(CALL,${NUMBER})`)
			.after(3, "(info,- Ocupado)")
			.after(5, "(CALL,600000101)")
			.after(10, "(info,-Timbre)")
			.after(3, "(info,- Ocupado)")
			.after(100, "(info,-Livre)")
			.rest();
		const end = player.story.find((line) => line.startsWith(`ended 11 ${NUMBER}`));
		assert.equal(end, `ended 11 ${NUMBER} answered rang 3 talked null`);
	});

	const phone = () => new CallPlayer({ channel: "11" });

	it("rings, is answered and ends, with an id of our own", () => {
		const player = phone()
			.after(0, "(info,-Timbre)", `(CALL,${NUMBER})`)
			.after(3, "(info,- Ocupado)")
			.after(8, "(info,-Livre)");
		assert.deepEqual(player.story, [
			`ringing 11 ${NUMBER}`,
			`answered 11 ${NUMBER}`,
			`ended 11 ${NUMBER} answered rang 3 talked 8`,
		]);
		assert.deepEqual([...new Set(player.events.map(({ callId }) => callId))], ["local-1"]);
		assert.equal(player.events[0]?.callIdSource, "local");
	});

	it("is missed when the phone falls idle without having been busy", () => {
		const player = phone()
			.after(0, `(CALL,${NUMBER})`, `(CALL,${NUMBER})`, "(info,-Timbre)")
			.after(15, "(info,-Libre)");
		assert.deepEqual(player.story, [`ringing 11 ${NUMBER}`, `ended 11 ${NUMBER} no-answer rang 15 talked null`]);
	});

	it("calls of one number one after the other are two calls", () => {
		const player = phone();
		for (let i = 0; i < 2; i++) player.after(5, `(CALL,${NUMBER})`, "(info,-Timbre)").after(5, "(info,-Libre)");
		assert.deepEqual(
			player.events.map(({ event, callId }) => `${event} ${callId}`),
			["call.ringing local-1", "call.ended local-1", "call.ringing local-2", "call.ended local-2"],
		);
	});

	it("that was asked for is outbound, and answered only if the wire said so: never", () => {
		const player = phone()
			.dial("600000101")
			.after(1, "(info,-Timbre)")
			.after(2, "(info,- Ocupado)", "(info,Chamada...)");
		player.after(30, "(info,-Livre)").rest();
		assert.deepEqual(player.story, ["ringing 11 600000101", "ended 11 600000101 unknown rang null talked null"]);
		assert.deepEqual([...new Set(player.events.map(({ direction }) => direction))], ["outbound"]);
	});

	it("is answered by a word that was taught to mean busy, and not by one that nobody knows", () => {
		const rung = ["(info,270-Timbre-13-0)(info,270-974319404-13-1508337505.1)", "(info,270-En conversación-13-0)"];
		const story = (words: ExtraWords) => {
			const player = new CallPlayer({ words }).after(60, rung[0] ?? "").after(3, rung[1] ?? "");
			player.after(9, "(info,270-terminada-13-1508337505.1)(info,270-Libre-13-0)").rest();
			return player.events.map(({ event, outcome }) => `${event} ${outcome}`);
		};
		assert.ok(!story({}).includes("call.answered null"));
		assert.deepEqual(story({ states: { "EN CONVERSACION": "busy" } }), [
			"call.ringing null",
			"call.answered null",
			"call.ended answered",
		]);
	});

	it("that was asked for and failed says how", () => {
		for (const [word, outcome] of [
			["Ocupado", "busy"],
			["Indisponível", "failed"],
			["Tempo limite de falha", "no-answer"],
		]) {
			const player = phone().dial("600000101").after(1, "(info,-Timbre)", `(info,${word})`, "(info,-Livre)").rest();
			assert.deepEqual(
				player.events.map(({ event, outcome: how }) => `${event} ${how}`),
				["call.ringing null", `call.ended ${outcome}`],
			);
		}
	});
});
