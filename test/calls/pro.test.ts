import assert from "node:assert/strict";
import { type Activation, templateFault } from "../../src/calls/template";
import { CallPlayer } from "../support/callPlayer";
import { proLine, proTable } from "../support/proLines";
import { PRO_LINE, PRO_TEMPLATE } from "../support/seed";

const [RING, BUSY, IDLE] = ["(info,-Timbre)", "(info,- Ocupado)", "(info,-Livre)"];
const CALL = "(CALL,974319404)";
const ID = "1508337505.77";

function player(activations: readonly Activation[] = proTable()): CallPlayer {
	return new CallPlayer({ channel: "11", activations }).after(0, IDLE);
}

describe("calls that PRO events describe", () => {
	it("become the matching events, with the PBX's own id, queue, direction and duration", () => {
		const told = player()
			.after(0, proLine("timbre", { id: ID, queue: "Ventas Norte" }))
			.after(4, proLine("descolgado", { id: ID, queue: "Ventas Norte" }))
			.after(30, proLine("colgado", { id: ID, queue: "Ventas Norte", duration: "29" }))
			.rest();
		assert.deepEqual(told.story, [
			"ringing 11 974319404",
			"answered 11 974319404",
			"ended 11 974319404 answered rang 4 talked 29",
		]);
		for (const event of told.events) {
			const { callId, callIdSource, pbxId, queue, direction, source } = event;
			assert.deepEqual(
				[callId, callIdSource, pbxId, queue, direction, source],
				[ID, "pbx", ID, "Ventas Norte", "inbound", "pro"],
			);
		}
		assert.equal(told.events[0]?.startedAt, "2017-10-18T14:38:25.000Z");
	});

	it("are told once, whichever comes first, line or ticket, and under one id", () => {
		const line = (state: Activation["state"]) => proLine(state, { id: ID, duration: state === "colgado" ? "30" : "" });
		const orders: [string[], string[], string[]][] = [
			[
				[RING, CALL, line("timbre")],
				[BUSY, line("descolgado")],
				[IDLE, line("colgado")],
			],
			[
				[line("timbre"), CALL, RING],
				[line("descolgado"), BUSY],
				[line("colgado"), IDLE],
			],
			[
				[CALL, line("timbre"), RING],
				[line("descolgado"), BUSY],
				[IDLE, line("colgado"), IDLE],
			],
		];
		for (const [ringing, answered, ended] of orders) {
			const told = player();
			told
				.after(0, ...ringing)
				.after(4, ...answered)
				.after(30, ...ended)
				.rest();
			assert.deepEqual(told.story, [
				"ringing 11 974319404",
				"answered 11 974319404",
				"ended 11 974319404 answered rang 4 talked 30",
			]);
			assert.deepEqual([...new Set(told.events.map(({ callId }) => callId))], [ID]);
		}
	});

	it("are told from their tickets two seconds later where the line does not come", () => {
		const told = player().after(0, RING, CALL).after(1.9);
		assert.deepEqual(told.story, []);
		told.after(0.1);
		assert.deepEqual(told.story, ["ringing 11 974319404"]);
		told.after(20, IDLE).after(2);
		assert.deepEqual(told.story.at(-1), "ended 11 974319404 no-answer rang 22 talked null");
		assert.deepEqual([told.events.at(-1)?.source, told.events.at(-1)?.callIdSource], ["extension", "local"]);
	});

	it("keep the id they were first told by; the PBX's own stands beside it", () => {
		const told = player(proTable("colgado"))
			.after(0, RING, CALL)
			.after(4, BUSY)
			.after(30, IDLE)
			.after(0.2, proLine("colgado", { id: ID, duration: "30", queue: "Soporte" }))
			.rest();
		const { events } = told;
		assert.deepEqual([...new Set(events.map(({ callId }) => callId))], ["local-1"]);
		const last = events.at(-1);
		assert.deepEqual([events.length, last?.pbxId, last?.queue, last?.duration], [3, ID, "Soporte", 30]);
		assert.deepEqual([events[0]?.source, last?.source], ["extension", "pro"]);
	});

	it("are not told again by a line that comes late", () => {
		const told = player(proTable("colgado"))
			.after(0, RING, CALL)
			.after(20, IDLE)
			.after(10, proLine("colgado", { id: ID, duration: "0" }), proLine("colgado", { id: ID, duration: "0" }))
			.rest();
		assert.deepEqual(told.story, ["ringing 11 974319404", "ended 11 974319404 no-answer rang 20 talked null"]);
	});

	it("are missed where a line would have told of an answer, or the PBX counted no second", () => {
		const silent = player()
			.after(0, proLine("timbre", { id: ID }))
			.after(20, proLine("colgado", { id: ID, duration: "20" }))
			.rest();
		assert.deepEqual(silent.story.at(-1), "ended 11 974319404 no-answer rang 20 talked null");
		const zero = player(proTable("timbre", "colgado"))
			.after(0, proLine("timbre", { id: ID }))
			.after(20, proLine("colgado", { id: ID, duration: "0" }))
			.rest();
		assert.deepEqual(zero.story.at(-1), "ended 11 974319404 no-answer rang 20 talked null");
	});

	it("have an unknown outcome where nothing tells whether they were answered", () => {
		const told = player(proTable("timbre", "colgado"))
			.after(0, proLine("timbre", { id: ID }))
			.after(20, proLine("colgado", { id: ID, duration: "15" }))
			.rest();
		assert.deepEqual(told.story.at(-1), "ended 11 974319404 unknown rang null talked 15");
		const outbound = player()
			.after(0, proLine("timbre", { id: ID, direction: "saliente" }))
			.after(20, proLine("colgado", { id: ID, direction: "saliente" }))
			.rest();
		assert.deepEqual(outbound.story.at(-1), "ended 11 974319404 unknown rang null talked null");
		assert.equal(outbound.events.at(-1)?.direction, "outbound");
	});

	it("tell of call waiting what states cannot: which call was answered", () => {
		const told = player()
			.after(0, RING, CALL, proLine("timbre", { id: "1508337505.1" }))
			.after(4, BUSY, proLine("descolgado", { id: "1508337505.1" }))
			.after(10, "(CALL,600000101)", proLine("timbre", { id: "1508337505.2", callerId: "600000101" }))
			.after(9, proLine("colgado", { id: "1508337505.2", callerId: "600000101", duration: "0" }))
			.after(20, IDLE, proLine("colgado", { id: "1508337505.1", duration: "39" }))
			.rest();
		assert.deepEqual(
			told.story.filter((line) => /^ended/.test(line)),
			["ended 11 600000101 no-answer rang 9 talked null", "ended 11 974319404 answered rang 4 talked 39"],
		);
	});

	it("of one caller calling again at once are two calls", () => {
		const told = player();
		for (const id of ["1508337505.1", "1508337545.2"]) {
			told.after(10, RING, CALL, proLine("timbre", { id })).after(20, proLine("colgado", { id, duration: "0" }), IDLE);
		}
		const again = player().after(10, RING, CALL).after(3, IDLE).after(1, RING, CALL).after(3, IDLE).rest();
		for (const { story } of [told.rest(), again]) {
			assert.deepEqual(
				story.map((line) => line.split(" ")[0]),
				["ringing", "ended", "ringing", "ended"],
			);
		}
	});

	it("placed from here carry the PBX's id as well", () => {
		const told = player()
			.dial("974319404")
			.after(0.5, RING, proLine("timbre", { id: ID, direction: "saliente" }))
			.after(2, BUSY, "(info,Chamada...)")
			.after(5, proLine("descolgado", { id: ID, direction: "saliente" }))
			.after(60, proLine("colgado", { id: ID, direction: "saliente", duration: "60" }), IDLE)
			.rest();
		assert.deepEqual(told.story, [
			"ringing 11 974319404",
			"answered 11 974319404",
			"ended 11 974319404 answered rang 7.5 talked 60",
		]);
		assert.deepEqual([...new Set(told.events.map(({ callId }) => callId))], [ID]);
	});

	it("are read by the vendor's own example, which has no id", () => {
		const rows: Activation[] = [{ state: "colgado", direction: "entrante", command: PRO_TEMPLATE }];
		const told = player(rows).after(0, RING, CALL).after(4, BUSY).after(40, PRO_LINE, IDLE).rest();
		assert.deepEqual(told.story.at(-1), "ended 11 974319404 answered rang 4 talked 42");
		assert.equal(told.events.length, 3);
	});

	it("that began before we listened are told by their end alone, with what the line says", () => {
		const told = player()
			.after(0, proLine("colgado", { id: ID, duration: "42" }))
			.rest();
		assert.deepEqual(told.story, ["ended 11 974319404 unknown rang null talked 42"]);
		assert.deepEqual([told.events[0]?.startedAt, told.events[0]?.callId], ["2017-10-18T14:38:25.000Z", ID]);
		const picked = player()
			.after(0, proLine("descolgado", { id: ID }))
			.after(9, proLine("colgado", { id: ID }))
			.rest();
		assert.deepEqual(picked.story, ["answered 11 974319404", "ended 11 974319404 answered rang null talked 9"]);
	});

	it("are guessed by nobody where rows of one line differ in what they mean", () => {
		const command = "number=/*CALLER_ID*/;";
		const rows: Activation[] = [
			{ state: "colgado", direction: "entrante", command },
			{ state: "timbre", direction: "entrante", command },
		];
		assert.deepEqual(player(rows).after(0, "number=974319404;").rest().story, []);
	});
});

describe("PRO events and tickets that do not fit at first sight", () => {
	const ends = ({ story }: CallPlayer) => story.filter((line) => /^ended/.test(line));
	const out = { direction: "saliente", id: ID };

	it("do not make an answer of a phone that was picked up to call out", () => {
		const told = player()
			.after(0, RING)
			.after(2, BUSY)
			.after(0.5, proLine("timbre", out))
			.after(20, proLine("colgado", { ...out, duration: "0" }), IDLE)
			.rest();
		assert.deepEqual(told.story, ["ringing 11 974319404", "ended 11 974319404 unknown rang null talked 0"]);
		const waiting = player([])
			.after(0, RING)
			.after(1.5, BUSY, "(info,Chamada...)")
			.after(0.5, "(CALL,910000103)")
			.after(20, IDLE)
			.rest();
		assert.deepEqual(waiting.story, ["ringing 11 910000103", "ended 11 910000103 unknown rang null talked null"]);
	});

	it("end the call they are about, not the next one of the same caller", () => {
		const rows: Activation[] = [{ state: "colgado", direction: "entrante", command: PRO_TEMPLATE }];
		const told = player(rows)
			.after(0, RING, CALL)
			.after(4, BUSY)
			.after(42, IDLE)
			.after(1, RING, CALL)
			.after(0.3, PRO_LINE)
			.after(3, BUSY)
			.after(9, IDLE)
			.rest();
		assert.deepEqual(ends(told), [
			"ended 11 974319404 answered rang 4 talked 42",
			"ended 11 974319404 answered rang 3.3 talked 9",
		]);
	});

	it("of a withheld caller end the withheld call, and leave the number it has not alone", () => {
		const told = player(proTable("colgado"))
			.after(0, RING, "(CALL,600000101)")
			.after(4, BUSY)
			.after(6, "(CALL,)")
			.after(9, proLine("colgado", { callerId: "", duration: "0" }))
			.after(20, IDLE)
			.rest();
		assert.deepEqual(ends(told), [
			"ended 11  no-answer rang 9 talked null",
			"ended 11 600000101 answered rang 4 talked 35",
		]);
		assert.ok(told.events.filter(({ number }) => number === "").every(({ anonymous }) => anonymous));
	});

	it("tell of a call that comes again under its id when its record is told as of another one", () => {
		const told = player();
		for (let i = 0; i < 2; i++) {
			told
				.after(10, RING, proLine("timbre", { id: ID }))
				.after(2, BUSY, proLine("descolgado", { id: ID }))
				.after(9, proLine("colgado", { id: ID, duration: "9" }), IDLE);
		}
		assert.equal(ends(told.rest()).length, 2);
		assert.equal(new Set(told.events.map(({ callId }) => callId)).size, 2);
		assert.deepEqual([...new Set(told.events.map(({ pbxId }) => pbxId))], [ID]);
	});

	it("tell of a call that comes again under its id, and is over before its line comes, as of its second leg", () => {
		const told = player()
			.after(0, proLine("colgado", { id: ID, duration: "0" }))
			.after(3, RING, CALL, IDLE)
			.after(1, proLine("timbre", { id: ID }))
			.rest();
		assert.deepEqual(
			told.events.map(({ event, callId, legId }) => [event, callId, legId]),
			[
				["call.ended", ID, `${ID}/11`],
				["call.ringing", ID, `${ID}/11/2`],
				["call.ended", ID, `${ID}/11/2`],
			],
		);
		assert.equal(told.records.length, 1);
	});

	it("on the monitor name a call by its transaction, and are about nobody where they name no extension", () => {
		const line = (state: Activation["state"]) => proLine(state, { direction: "saliente", extension: "3103", id: ID });
		const told = new CallPlayer({ activations: proTable() })
			.after(0, line("timbre"))
			.after(3, line("descolgado"))
			.after(9, line("colgado"), `(info,270-terminada-3103-${ID})`)
			.rest();
		assert.deepEqual(ends(told), ["ended 3103 974319404 answered rang 3 talked 9"]);
		const rows: Activation[] = [{ state: "colgado", direction: "entrante", command: PRO_TEMPLATE }];
		assert.deepEqual(new CallPlayer({ activations: rows }).after(0, PRO_LINE).rest().story, []);
	});

	it("wait for no line that could not be read, and take no answer for told where none can be", () => {
		const rows: Activation[] = [
			{ state: "timbre", direction: "entrante", command: "t;%*CALLER_ID*%" },
			{ state: "descolgado", direction: "entrante", command: "x;%*CALLER_ID*%" },
			{ state: "colgado", direction: "entrante", command: "x;%*CALLER_ID*%" },
		];
		const told = player(rows)
			.after(0, RING, CALL, "t;974319404")
			.after(3, BUSY, "x;974319404")
			.after(5, "(CALL,600000101)", "t;600000101")
			.after(4, "x;600000101")
			.after(9, IDLE);
		assert.deepEqual(ends(told), [
			"ended 11 974319404 answered rang 3 talked 18",
			"ended 11 600000101 unknown rang null talked null",
		]);
	});

	it("count the duration at the end only, and use the connection's own extension", () => {
		const told = player(proTable("timbre", "descolgado"))
			.after(0, RING, CALL, proLine("timbre", { id: ID, duration: "0", extension: "227-11" }))
			.after(2, BUSY, proLine("descolgado", { id: ID, duration: "0", extension: "227-11" }))
			.after(30, IDLE)
			.rest();
		assert.deepEqual(ends(told), ["ended 11 974319404 answered rang 2 talked 30"]);
	});

	it("are held no hour longer where the clock is set back by one", () => {
		const told = player().after(0, RING, CALL);
		told.now -= 3_600_000;
		// As the channel does within a minute.
		told.tracker.due(told.at);
		told.after(2);
		assert.deepEqual(told.story, ["ringing 11 974319404"]);
	});

	it("know a number in fewer than nine digits", () => {
		const told = player()
			.after(0, RING, "(CALL,61234567)", proLine("timbre", { callerId: "+50761234567", id: ID }))
			.after(9, IDLE, proLine("colgado", { callerId: "+50761234567", id: ID, duration: "0" }))
			.rest();
		assert.equal(told.events.length, 2);
	});
});

describe("the recommended line", () => {
	it("is a template without fault that gives back all seven values", () => {
		const told = player().after(0, proLine("timbre", { id: ID, queue: "A; B", duration: "7" }));
		assert.equal(told.events[0]?.queue, "A; B");
		assert.deepEqual(
			proTable().map(({ command }) => templateFault(command)),
			[null, null, null, null, null, null],
		);
		assert.equal(proTable()[0]?.command.match(/%\*[A-Z_]+\*%/g)?.length, 7);
	});
});
