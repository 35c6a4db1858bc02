import assert from "node:assert/strict";
import { CallPlayer, monitor, SEED_TIME } from "../support/callPlayer";
import { proLine, proTable } from "../support/proLines";

const { caller, end, state } = monitor;
const NUMBER = "974319404";

/** A phone begins to ring for a call. */
const rings = (phone: string, tx: number, number = NUMBER) => [state(phone, "Timbre"), caller(phone, number, tx)];
const idle = (phone: string) => state(phone, "Libre");
const busy = (phone: string) => state(phone, "Ocupada");
/** A transaction of a call that began so many seconds later than the document's. */
const laterTx = (phone: string, number: string, seconds: number, sequence: number) =>
	`(info,270-${number}-${phone}-${SEED_TIME / 1000 + seconds}.${sequence})`;

describe("the record of a call", () => {
	it("comes once, eight seconds after its last leg is over, with who called, who answered and how long", () => {
		const player = new CallPlayer()
			.after(0, ...rings("11", 0))
			.after(4, busy("11"))
			.after(30, end("11", 0), idle("11"))
			.after(7.9);
		assert.deepEqual(player.records, []);
		const [record, ...others] = player.after(0.1).records;
		assert.ok(record && others.length === 0);
		const { crm: _, legs, ...facts } = record;
		assert.deepEqual(facts, {
			...{ event: "call.record", at: "2017-10-18T14:39:07.000Z", tenant: "227", extension: "11", raw: null },
			...{ callId: "1508337505.3520740", key: "227/1508337505.3520740", pbxId: "1508337505.3520740" },
			...{ direction: "inbound", number: NUMBER, name: null, e164: "+34974319404", anonymous: false, internal: false },
			...{ queue: null, startedAt: "2017-10-18T14:38:25.000Z", answeredAt: "2017-10-18T14:38:29.000Z" },
			...{ endedAt: "2017-10-18T14:38:59.000Z", waitDuration: 4, duration: 30, outcome: "answered" },
			...{ answeredBy: ["11"], omittedLegs: 0, inferred: false, complete: true, source: "monitor", contact: null },
		});
		assert.deepEqual(legs, [
			{
				...{ legId: "1508337505.3520740/11", extension: "11", startedAt: "2017-10-18T14:38:25.000Z" },
				...{ answeredAt: "2017-10-18T14:38:29.000Z", endedAt: "2017-10-18T14:38:59.000Z" },
				...{ ringDuration: 4, duration: 30, outcome: "answered" },
			},
		]);
		assert.equal(player.rest().records.length, 1);
	});

	it("comes at once where nothing is to be waited for", () => {
		const player = new CallPlayer({ settle: 0 }).after(0, ...rings("11", 0)).after(4, end("11", 0), idle("11"));
		assert.deepEqual(player.log, [`${NUMBER} missed by [] waited 4 talked null: 11 no-answer`]);
	});
});

describe("a call at several phones, one record", () => {
	it("of a queue that tries one phone after the other under one transaction, each leg ended by itself", () => {
		for (const ends of [true, false]) {
			const player = new CallPlayer().after(0, idle("11"), idle("12"), idle("13"));
			for (const phone of ["11", "12"]) {
				player.after(1, ...rings(phone, 0)).after(15, ...(ends ? [end(phone, 0)] : []), idle(phone));
			}
			player
				.after(1, ...rings("13", 0))
				.after(3, busy("13"))
				.after(60, end("13", 0), idle("13"));
			assert.deepEqual(player.rest().log, [
				`${NUMBER} answered by [13] waited 35 talked 60: 11 no-answer, 12 no-answer, 13 answered`,
			]);
			assert.deepEqual([...new Set(player.events.map(({ callId }) => callId))], ["1508337505.3520740"]);
			assert.equal(player.records[0]?.inferred, false);
			assert.equal(player.records[0]?.extension, "13");
		}
	});

	it("of a queue that tries one phone after the other under a transaction each, inferred", () => {
		const player = new CallPlayer().after(0, ...rings("11", 0)).after(15, end("11", 0), idle("11"));
		player.after(1, state("12", "Timbre"), laterTx("12", NUMBER, 16, 77)).after(2, busy("12"));
		player.after(9, `(info,270-terminada-12-${SEED_TIME / 1000 + 16}.77)`, idle("12")).rest();
		assert.deepEqual(player.log, [`${NUMBER} answered by [12] waited 18 talked 9: 11 no-answer, 12 answered`]);
		assert.equal(player.records[0]?.inferred, true);
		assert.deepEqual([...new Set(player.events.map(({ callId }) => callId))], ["1508337505.3520740"]);
	});

	it("of rounds in which nobody answers: missed once, with all legs in order", () => {
		const player = new CallPlayer();
		for (let round = 0; round < 3; round++) {
			player.after(2, ...rings("11", 0), ...rings("12", 0));
			player.after(10, end("11", 0), idle("11"), end("12", 0), idle("12"));
		}
		const legs = Array.from({ length: 3 }, () => "11 no-answer, 12 no-answer").join(", ");
		assert.deepEqual(player.rest().log, [`${NUMBER} missed by [] waited 34 talked null: ${legs}`]);
		assert.deepEqual(
			player.records[0]?.legs.map(({ legId }) => legId.replace("1508337505.3520740", "")),
			["/11", "/12", "/11/2", "/12/2", "/11/3", "/12/3"],
		);
	});

	it("of a group, one phone of which rejects and is rung again before another answers", () => {
		for (const [first, again] of [
			[0, 0],
			[0, 1],
		] as const) {
			const tx = first === again ? 0 : 1;
			const player = new CallPlayer().after(0, ...rings("11", 0), ...rings("12", tx));
			player.after(2, end("11", 0), idle("11")).after(1.5, ...rings("11", 0));
			player.after(3, busy("12"), end("11", 0), idle("11")).after(20, end("12", tx), idle("12"));
			assert.deepEqual(player.rest().log, [
				`${NUMBER} answered by [12] waited 6.5 talked 20: 11 no-answer, 12 answered, 11 answered-elsewhere`,
			]);
		}
	});

	it("of a phone that stops ringing and rings again under the same transaction, half a second to ten later", () => {
		for (const pause of [0.5, 1, 2.9, 3.5, 7, 10]) {
			for (const ends of [true, false]) {
				for (const callerFirst of [true, false]) {
					const again = callerFirst ? rings("11", 0).reverse() : rings("11", 0);
					const player = new CallPlayer({ settle: 12 }).after(0, ...rings("11", 0));
					player.after(9, ...(ends ? [end("11", 0)] : []), idle("11")).after(pause, ...again);
					player.after(2, busy("11")).after(40, end("11", 0), idle("11"));
					assert.equal(player.tracker.ongoing.of("11"), null);
					assert.deepEqual(
						player.rest().log,
						[`${NUMBER} answered by [11] waited ${11 + pause} talked 40: 11 no-answer, 11 answered`],
						`${pause} ${ends} ${callerFirst}`,
					);
				}
			}
		}
	});

	it("has its call on the board while it rings again", () => {
		const player = new CallPlayer().after(0, ...rings("11", 0)).after(9, end("11", 0), idle("11"));
		player.after(1, ...rings("11", 0)).after(2, busy("11"));
		assert.equal(player.tracker.ongoing.of("11")?.call.id, "1508337505.3520740");
	});

	it("is no second leg where the caller's ticket is only repeated late", () => {
		const player = new CallPlayer().after(0, ...rings("11", 0)).after(9, end("11", 0), idle("11"));
		player.after(1, caller("11", NUMBER, 0)).rest();
		assert.deepEqual(player.log, [`${NUMBER} missed by [] waited 9 talked null: 11 no-answer`]);
	});

	it("ends as answered elsewhere at the others when one answers, in whatever order they are told", () => {
		const quiet = ["11", "13"].flatMap((phone) => [end(phone, 0), idle(phone)]);
		for (const frames of [
			[busy("12"), ...quiet],
			[...quiet, busy("12")],
			[...quiet.slice(0, 2), busy("12"), ...quiet.slice(2)],
		]) {
			const player = new CallPlayer().after(0, ...rings("11", 0), ...rings("12", 0), ...rings("13", 0));
			player
				.after(5, ...frames)
				.after(20, end("12", 0), idle("12"))
				.rest();
			assert.deepEqual(player.log, [
				`${NUMBER} answered by [12] waited 5 talked 20: 11 answered-elsewhere, 12 answered, 13 answered-elsewhere`,
			]);
		}
	});

	it("tells of a leg live what is known by then", () => {
		const player = new CallPlayer().after(0, ...rings("11", 0), ...rings("12", 0), ...rings("13", 0));
		player.after(5, end("11", 0), busy("12"), end("13", 0), idle("11"), idle("13"));
		assert.deepEqual(
			player.events.filter(({ outcome }) => outcome).map(({ extension, outcome }) => `${extension} ${outcome}`),
			["11 no-answer", "13 answered-elsewhere"],
		);
	});

	it("of a group that rings under a transaction each, inferred from number and moment", () => {
		const player = new CallPlayer();
		for (const [i, phone] of ["11", "12", "13"].entries()) player.after(0.1, ...rings(phone, i));
		player.after(5, busy("12"), end("11", 0), idle("11"), end("13", 2), idle("13"));
		player.after(20, end("12", 1), idle("12")).rest();
		assert.deepEqual(player.log, [
			`${NUMBER} answered by [12] waited 5.2 talked 20: 11 answered-elsewhere, 12 answered, 13 answered-elsewhere`,
		]);
		assert.equal(player.records[0]?.inferred, true);
	});

	it("is two where groups are not to be inferred and each phone has a transaction of its own", () => {
		const player = new CallPlayer({ groups: false }).after(0, ...rings("11", 0), ...rings("12", 1));
		player.after(5, end("11", 0), idle("11"), end("12", 1), idle("12")).rest();
		assert.equal(player.records.length, 2);
		const same = new CallPlayer({ groups: false }).after(0, ...rings("11", 0), ...rings("12", 0));
		same.after(5, end("11", 0), idle("11"), end("12", 0), idle("12")).rest();
		assert.deepEqual(same.log, [`${NUMBER} missed by [] waited 5 talked null: 11 no-answer, 12 no-answer`]);
	});

	it("is not made of two callers, of withheld ones, or of one caller at different moments", () => {
		const pairs = [
			[caller("11", NUMBER, 0), caller("12", "600000101", 1)],
			[caller("11", "anonymous", 0), caller("12", "anonymous", 1)],
			[caller("11", "", 0), caller("12", "", 1)],
			[caller("11", NUMBER, 0), laterTx("12", NUMBER, 3, 3520999)],
		];
		for (const pair of pairs) {
			const player = new CallPlayer().after(0, state("11", "Timbre"), state("12", "Timbre"), ...pair);
			player.after(9, idle("11"), idle("12")).rest();
			assert.deepEqual(
				player.records.map(({ outcome, legs }) => [outcome, legs.length]),
				[
					["missed", 1],
					["missed", 1],
				],
			);
		}
	});

	it("is not made of one caller who calls one phone twice", () => {
		const player = new CallPlayer().after(0, ...rings("11", 0)).after(1, end("11", 0), idle("11"));
		player
			.after(0, ...rings("11", 1))
			.after(1, end("11", 1), idle("11"))
			.rest();
		assert.equal(player.records.length, 2);
	});

	it("is one of a withheld caller where the transaction is the same", () => {
		const player = new CallPlayer().after(0, ...rings("11", 1, "anonymous"), ...rings("12", 1, "anonymous"));
		player.after(3, busy("11"), idle("12"), end("12", 1)).after(9, end("11", 1), idle("11")).rest();
		assert.deepEqual(player.log, ["anonymous answered by [11] waited 3 talked 9: 11 answered, 12 answered-elsewhere"]);
	});

	it("of a group in which one phone talked already and another answers", () => {
		const player = new CallPlayer().after(0, ...rings("11", 9, "600000101")).after(2, busy("11"));
		player
			.after(10, caller("11", NUMBER, 0), ...rings("12", 0))
			.after(4, busy("12"), end("11", 0))
			.after(30, end("12", 0), idle("12"), end("11", 9), idle("11"));
		assert.deepEqual(player.rest().log.sort(), [
			"600000101 answered by [11] waited 2 talked 44: 11 answered",
			`${NUMBER} answered by [12] waited 4 talked 30: 11 answered-elsewhere, 12 answered`,
		]);
	});

	it("is unknown where one phone talked already and nobody else answers: it may have been taken there", () => {
		const player = new CallPlayer().after(0, ...rings("11", 9, "600000101")).after(2, busy("11"));
		player
			.after(10, caller("11", NUMBER, 0), ...rings("12", 0))
			.after(14, end("12", 0), idle("12"), end("11", 0))
			.after(30, end("11", 9), idle("11"));
		assert.ok(player.rest().log.includes(`${NUMBER} unknown by [] waited null talked null: 11 unknown, 12 no-answer`));
	});
});

describe("a call that is passed on, one record", () => {
	const talks = (tx = 0) =>
		new CallPlayer()
			.after(0, idle("12"), idle("14"))
			.after(0, ...rings("12", tx))
			.after(3, busy("12"));

	it("blindly, under its transaction, with or without an end at the first phone", () => {
		for (const frames of [[idle("12")], [end("12", 0), idle("12")], [idle("12"), end("12", 0)]]) {
			const player = talks().after(30, ...frames, ...rings("14", 0));
			player.after(5, busy("14")).after(20, end("14", 0), idle("14")).rest();
			assert.deepEqual(player.log, [`${NUMBER} answered by [12,14] waited 3 talked 50: 12 answered, 14 answered`]);
			const { extension, inferred } = player.records[0] ?? {};
			assert.deepEqual([extension, inferred], ["14", false]);
			assert.deepEqual(
				player.events.filter(({ event }) => event === "call.ended").map(({ legId }) => legId.split("/")[1]),
				["12", "14"],
			);
		}
	});

	it("blindly, to a phone where nobody answers: answered by the first, and the second did not", () => {
		const player = talks().after(30, idle("12"), ...rings("14", 0));
		player.after(15, end("14", 0), idle("14")).rest();
		assert.deepEqual(player.log, [`${NUMBER} answered by [12] waited 3 talked 30: 12 answered, 14 no-answer`]);
	});

	it("blindly, under a transaction of its own, in either order, inferred", () => {
		for (const order of [0, 1]) {
			const next = [state("14", "Timbre"), laterTx("14", NUMBER, 33, 91)];
			const last = [end("12", 0), idle("12")];
			const player = talks().after(30, ...(order === 0 ? [...last, ...next] : [...next, ...last]));
			player.after(5, busy("14")).after(20, `(info,270-terminada-14-${SEED_TIME / 1000 + 33}.91)`, idle("14"));
			assert.deepEqual(player.rest().log, [
				`${NUMBER} answered by [12,14] waited 3 talked 50: 12 answered, 14 answered`,
			]);
			assert.equal(player.records[0]?.inferred, true);
		}
	});

	it("after asking the second phone, where the caller is never named to it", () => {
		const player = talks().after(20, state("14", "Timbre"), laterTx("14", "12", 23, 91));
		player.after(2, busy("14")).after(8, idle("12"), end("12", 0));
		player.after(30, `(info,270-terminada-14-${SEED_TIME / 1000 + 23}.91)`, idle("14")).rest();
		assert.deepEqual(player.log, [`${NUMBER} answered by [12,14] waited 3 talked 68: 12 answered, 14 answered`]);
		assert.equal(player.records[0]?.inferred, true);
		assert.equal(player.records[0]?.callId, "1508337505.3520740");
	});

	it("after asking the second phone, where the caller is named to it then", () => {
		for (const before of [true, false]) {
			const player = talks().after(20, state("14", "Timbre"), laterTx("14", "12", 23, 91));
			const handed = [caller("14", NUMBER, 0), `(info,270-terminada-14-${SEED_TIME / 1000 + 23}.91)`];
			const gone = [end("12", 0), idle("12")];
			player.after(2, busy("14")).after(8, ...(before ? [...handed, ...gone] : [...gone, ...handed]));
			player.after(30, end("14", 0), idle("14")).rest();
			assert.deepEqual(player.log, [`${NUMBER} answered by [12,14] waited 3 talked 68: 12 answered, 14 answered`]);
		}
	});

	it("after asking the second phone, which is let go again: two calls", () => {
		const player = talks().after(20, state("14", "Timbre"), laterTx("14", "12", 23, 91));
		player.after(2, busy("14")).after(8, `(info,270-terminada-14-${SEED_TIME / 1000 + 23}.91)`, idle("14"));
		player.after(30, end("12", 0), idle("12")).rest();
		assert.deepEqual(player.log, [
			"12 answered by [14] waited 2 talked 8: 14 answered",
			`${NUMBER} answered by [12] waited 3 talked 60: 12 answered`,
		]);
		assert.equal(player.records[0]?.direction, "internal");
	});

	it("forwarded from a phone that only rang for a moment", () => {
		const player = new CallPlayer().after(0, ...rings("11", 0)).after(0.3, end("11", 0), idle("11"), ...rings("14", 0));
		player.after(5, busy("14")).after(9, end("14", 0), idle("14")).rest();
		assert.deepEqual(player.log, [`${NUMBER} answered by [14] waited 5.3 talked 9: 11 no-answer, 14 answered`]);
	});
});

describe("a call that a third phone picks up", () => {
	const ringing = () => new CallPlayer().after(0, idle("13")).after(0, ...rings("11", 0));

	it("is answered there, where the caller is named to it before or after", () => {
		for (const frames of [
			[caller("13", NUMBER, 0), busy("13"), idle("11"), end("11", 0)],
			[busy("13"), caller("13", NUMBER, 0), idle("11"), end("11", 0)],
			[busy("13"), idle("11"), end("11", 0), caller("13", NUMBER, 0)],
			[idle("11"), end("11", 0), busy("13"), caller("13", NUMBER, 0)],
		]) {
			const player = ringing()
				.after(6, ...frames)
				.after(25, end("13", 0), idle("13"))
				.rest();
			const [record] = player.records;
			assert.equal(player.records.length, 1, player.log.join("; "));
			assert.deepEqual([record?.outcome, record?.answeredBy, record?.duration], ["answered", ["13"], 25]);
		}
	});

	it("is unknown where the caller is never named to it, and never missed", () => {
		for (const frames of [
			[busy("13"), end("11", 0), idle("11")],
			[end("11", 0), idle("11"), busy("13")],
			[busy("13"), idle("11")],
		]) {
			const player = ringing()
				.after(6, ...frames)
				.after(25, idle("13"))
				.rest();
			assert.deepEqual(
				player.records.map(({ outcome }) => outcome),
				["unknown"],
			);
		}
	});

	it("is missed all the same where some other phone goes busy at another moment, or for a call of its own", () => {
		const player = ringing().after(3, busy("13")).after(3, end("11", 0), idle("11")).rest();
		assert.deepEqual(player.log, [`${NUMBER} missed by [] waited 6 talked null: 11 no-answer`]);
		const other = ringing()
			.after(1, ...rings("13", 5, "600000101"))
			.after(5, busy("13"), end("11", 0), idle("11"));
		assert.ok(other.rest().log.includes(`${NUMBER} missed by [] waited 6 talked null: 11 no-answer`));
	});
});

describe("a word that nobody knows", () => {
	for (const word of ["En conversación", "Reservado", "Fuera de servicio", "xyz"]) {
		it(`makes nothing of a call that rings: ${word}`, () => {
			const player = new CallPlayer().after(0, ...rings("13", 0)).after(3, state("13", word));
			player.after(60, end("13", 0), idle("13")).rest();
			assert.deepEqual(player.log, [`${NUMBER} unknown by [] waited null talked null: 13 unknown`]);
			const own = new CallPlayer({ channel: "13" })
				.after(0, "(info,-Timbre)", `(CALL,${NUMBER})`)
				.after(3, `(info,- ${word})`)
				.after(60, "(info,-Livre)")
				.rest();
			assert.deepEqual(own.log, [`${NUMBER} unknown by [] waited null talked null: 13 unknown`]);
		});
	}

	it("does not make an answer of a phone that is busy afterwards, nor of one that was in that state before", () => {
		const player = new CallPlayer().after(0, ...rings("13", 0)).after(3, state("13", "xyz"));
		player.after(2, busy("13")).after(9, end("13", 0), idle("13")).rest();
		assert.deepEqual(player.records[0]?.outcome, "unknown");
		const before = new CallPlayer().after(0, state("13", "xyz")).after(3, caller("13", NUMBER, 0));
		before.after(2, busy("13")).after(9, end("13", 0), idle("13")).rest();
		assert.deepEqual(before.records[0]?.outcome, "unknown");
	});

	it("leaves a call that was answered as it is", () => {
		const player = new CallPlayer().after(0, ...rings("13", 0)).after(3, busy("13"));
		player.after(9, state("13", "En espera")).after(9, busy("13")).after(9, end("13", 0), idle("13")).rest();
		assert.deepEqual(player.log, [`${NUMBER} answered by [13] waited 3 talked 27: 13 answered`]);
	});

	it("is no second caller where it stands in the place of one, and puts the call in doubt", () => {
		const player = new CallPlayer().after(0, ...rings("13", 0)).after(3, caller("13", "Transferida", 0));
		player.after(9, end("13", 0), idle("13")).rest();
		assert.deepEqual(player.log, [`${NUMBER} unknown by [] waited null talked null: 13 unknown`]);
		assert.deepEqual(player.words, ["Transferida"]);
	});

	it("means what an installation says it does", () => {
		const words = { states: { "En conversación": "busy" } } as const;
		const player = new CallPlayer({ words }).after(0, ...rings("13", 0)).after(3, state("13", "En conversación"));
		player.after(60, end("13", 0), idle("13")).rest();
		assert.deepEqual(player.log, [`${NUMBER} answered by [13] waited 3 talked 60: 13 answered`]);
	});
});

describe("a call that the monitor and the extension's own connection hear", () => {
	const [TIMBRE, OCUPADO, LIVRE, CALL] = ["(info,-Timbre)", "(info,- Ocupado)", "(info,-Livre)", `(CALL,${NUMBER})`];
	const both = (options = {}) => new CallPlayer({ also: ["11"], ...options }).after(0, idle("11")).on("11", 0, LIVRE);
	const twice = (
		player: CallPlayer,
		seconds: number,
		order: number,
		lag: number,
		onMonitor: string[],
		own: string[],
	) => {
		if (order === 0) player.after(seconds, ...onMonitor).on("11", lag, ...own);
		else player.on("11", seconds, ...own).after(lag, ...onMonitor);
	};

	it("is one, whichever is ahead and by how much", () => {
		for (const lag of [0, 0.1, 0.4]) {
			for (const orders of [
				[0, 0, 0],
				[1, 1, 1],
				[0, 1, 0],
				[1, 0, 1],
			]) {
				const player = both();
				const [a = 0, b = 0, c = 0] = orders;
				twice(player, 1, a, lag, rings("11", 0), [TIMBRE, CALL]);
				twice(player, 5, b, lag, [busy("11")], [OCUPADO]);
				twice(player, 30, c, lag, [end("11", 0), idle("11")], [LIVRE]);
				player.rest();
				assert.deepEqual(
					player.events.map(({ event, callId }) => `${event} ${callId}`),
					["call.ringing", "call.answered", "call.ended"].map((event) => `${event} 1508337505.3520740`),
					`${lag} ${orders}`,
				);
				assert.deepEqual(
					player.records.map(({ outcome, callId }) => [outcome, callId]),
					[["answered", "1508337505.3520740"]],
				);
			}
		}
	});

	it("is one where a connection is seconds behind the other, and nothing is told from what is old by then", () => {
		const late = both()
			.after(1, ...rings("11", 0))
			.after(2, busy("11"))
			.after(3, end("11", 0), idle("11"));
		late.on("11", 1, TIMBRE, CALL, OCUPADO, LIVRE).rest();
		assert.deepEqual(late.log, [`${NUMBER} answered by [11] waited 2 talked 3: 11 answered`]);
		const early = both().on("11", 1, TIMBRE, CALL).on("11", 2, OCUPADO).on("11", 3, LIVRE);
		early.after(1, ...rings("11", 0), busy("11"), end("11", 0), idle("11")).rest();
		assert.deepEqual(early.log, [`${NUMBER} answered by [11] waited 2 talked 3: 11 answered`]);
		assert.equal(early.records[0]?.pbxId, "1508337505.3520740");
	});

	it("carries what only the own connection knows: the number that was dialled, how far it got, PRO lines", () => {
		const dialled = both().dial("600000101", "11").on("11", 1, TIMBRE).after(0, state("11", "Timbre"));
		dialled.on("11", 2, OCUPADO, "(info,Chamada...)").after(0, busy("11"));
		dialled.after(30, end("11", 7), idle("11")).on("11", 0, LIVRE).rest();
		assert.deepEqual(
			dialled.records.map(({ number, direction, outcome, pbxId }) => [number, direction, outcome, pbxId]),
			[["600000101", "outbound", "unknown", "1508337505.3520747"]],
		);
		const told = both({ activations: proTable() })
			.after(1, ...rings("11", 0))
			.on("11", 0.1, TIMBRE, CALL);
		told.on("11", 0.1, proLine("timbre", { id: "1508337505.3520740", queue: "Ventas" })).after(3, busy("11"));
		told.on("11", 0.1, OCUPADO, proLine("descolgado", { id: "1508337505.3520740" })).after(9, end("11", 0), idle("11"));
		told.on("11", 0.1, LIVRE, proLine("colgado", { id: "1508337505.3520740", duration: "9" })).rest();
		assert.deepEqual(
			told.records.map(({ queue, duration, source, callId }) => [queue, duration, source, callId]),
			[["Ventas", 9, "pro", "1508337505.3520740"]],
		);
		assert.equal(told.events.length, 3);
	});

	it("goes on unharmed where one of the connections falls", () => {
		for (const fallen of ["999", "11"]) {
			const player = both()
				.after(1, ...rings("11", 0))
				.on("11", 0, TIMBRE, CALL)
				.fall(fallen);
			if (fallen === "999") player.on("11", 4, OCUPADO).on("11", 20, LIVRE);
			else player.after(4, busy("11")).after(20, end("11", 0), idle("11"));
			player.rest();
			assert.deepEqual(player.log, [`${NUMBER} answered by [11] waited 4 talked 20: 11 answered`], fallen);
			assert.equal(player.records[0]?.complete, true);
		}
	});

	it("is in doubt only where both have fallen", () => {
		const player = both()
			.after(1, ...rings("11", 0))
			.on("11", 0, TIMBRE, CALL);
		player.fall("999").fall("11").after(3).rise("999").rise("11");
		player.after(20, end("11", 0), idle("11")).on("11", 0, LIVRE).rest();
		assert.deepEqual(player.log, [`${NUMBER} unknown by [] waited null talked null: 11 unknown`]);
		assert.equal(player.records[0]?.complete, false);
	});

	it("that rings several extensions with a connection each is one as well", () => {
		const player = new CallPlayer({ channel: "11", also: ["12"] });
		player.on("11", 1, TIMBRE, CALL).on("12", 0.2, TIMBRE, CALL).on("12", 5, OCUPADO).on("11", 0.1, LIVRE);
		player.on("12", 20, LIVRE).rest();
		assert.deepEqual(player.log, [
			`${NUMBER} answered by [12] waited 5.2 talked 20.1: 11 answered-elsewhere, 12 answered`,
		]);
	});
});

describe("what is kept of calls", () => {
	it("is bounded where a transaction is repeated for ever: later legs are counted, not listed", () => {
		const player = new CallPlayer();
		for (let i = 0; i < 1_200; i++) player.after(1, ...rings("11", 0)).after(1, end("11", 0), idle("11"));
		const [record, ...others] = player.rest().records;
		assert.equal(others.length, 0);
		assert.deepEqual([record?.legs.length, record?.omittedLegs, record?.complete], [1_000, 200, false]);
		assert.equal(record?.outcome, "unknown");
	});

	it("is forgotten when its record is told", () => {
		const player = new CallPlayer();
		for (let i = 0; i < 500; i++) player.after(1, ...rings("11", i)).after(1, end("11", i), idle("11"));
		player.rest();
		assert.deepEqual([[...player.tracker.takeChanged()].length, player.tracker.dueAt], [0, null]);
	});

	it("ends as unknown, and is recorded at once, when nothing is heard any more", () => {
		const player = new CallPlayer().after(0, ...rings("11", 0)).after(3, busy("11"), ...rings("12", 1, "600000101"));
		player.end();
		assert.deepEqual(player.log.sort(), [
			"600000101 unknown by [] waited null talked null: 12 unknown",
			`${NUMBER} unknown by [11] waited 3 talked null: 11 unknown`,
		]);
		assert.ok(player.records.every(({ complete }) => !complete));
	});
});
