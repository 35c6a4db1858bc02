import assert from "node:assert/strict";
import { PbxError } from "../../src/errors";
import { EVENT_FAMILIES } from "../../src/families";
import { LinkPool } from "../../src/link/pool";
import type { DialReply } from "../../src/link/requests";
import type { LinkState } from "../../src/link/state";
import type { PbxEvent } from "../../src/messages";
import type { Listener } from "../../src/pbx/channel";
import { DialLogs, NO_RULES } from "../../src/pbx/dialGuard";
import { Pbx } from "../../src/pbx/pbx";
import {
	type DialNumber,
	dialNumber,
	type Extension,
	type Key,
	MONITOR,
	type Tenant,
} from "../../src/protocol/address";
import { STANDARD_VOCABULARY } from "../../src/protocol/vocabulary";
import { ManualClock } from "../support/clock";
import { eventually, settle } from "../support/eventually";
import { assertPayload } from "../support/schema";
import { type Client, ScriptedServer } from "../support/scriptedServer";
import { KEY, MONITOR_FRAMES, PRO_LINE, PRO_TEMPLATE, PROMPT_KNOWN, TENANT } from "../support/seed";

const ELEVEN = "11" as Extension;
const NUMBER = dialNumber("974319404") as DialNumber;

describe("a PBX account", () => {
	let server: ScriptedServer;
	let clock: ManualClock;
	let links: LinkPool;
	let pbx: Pbx;
	let failures: unknown[];
	const seen: PbxEvent[] = [];

	beforeEach(async () => {
		server = await ScriptedServer.start();
		clock = new ManualClock();
		failures = [];
		links = new LinkPool({ clock, random: () => 0, vocabulary: STANDARD_VOCABULARY });
		const activations = [{ state: "colgado", direction: "entrante", command: PRO_TEMPLATE } as const];
		pbx = new Pbx(
			{
				url: server.url,
				tenant: TENANT as Tenant,
				key: KEY as Key,
				tls: null,
				country: "ES",
				activations,
				findGroups: true,
				plus: "+",
				rules: NO_RULES,
			},
			{
				links,
				dialLogs: new DialLogs(),
				clock,
				vocabulary: STANDARD_VOCABULARY,
				note: () => {},
				failed: (error) => failures.push(error),
			},
		);
	});
	afterEach(async () => {
		await pbx.close();
		await server.stop();
		assert.deepEqual([links.size, clock.pending], [0, 0]);
		for (const event of seen.splice(0)) assertPayload(event);
	});

	function listener(events: PbxEvent[], over: Partial<Listener> = {}): Listener {
		const event = (heard: PbxEvent) => {
			seen.push(structuredClone(heard));
			events.push(heard);
		};
		return { families: new Set(EVENT_FAMILIES), extensions: null, event, ...over };
	}
	async function logIn(index = 0): Promise<Client> {
		const client = await server.client(index);
		client.say(PROMPT_KNOWN);
		await client.hears();
		client.say("(info,-Livre)");
		return client;
	}
	const outcomeOf = (reply: DialReply | "dry-run") => (reply === "dry-run" ? reply : reply.outcome);
	const named = (events: PbxEvent[], name: string) => events.filter(({ event }) => event === name);

	it("makes a ringing call of CALL, with the number read for the country", async () => {
		const events: PbxEvent[] = [];
		const seat = pbx.join(ELEVEN, () => {}, listener(events));
		(await logIn()).say("(CALL,974319404)");
		const [call] = await eventually(() => {
			const found = named(events, "call.ringing");
			assert.equal(found.length, 1);
			return found;
		});
		assert.ok(call?.event === "call.ringing");
		const { callId, ...rest } = call;
		assert.match(callId, /^[0-9a-f-]{36}$/);
		assert.deepEqual(rest, {
			...{ event: "call.ringing", at: "2026-01-15T10:00:00.000Z", tenant: "227", extension: "11" },
			...{ raw: "(CALL,974319404)", callIdSource: "local", pbxId: null, direction: "inbound" },
			...{ number: "974319404", e164: "+34974319404", anonymous: false, internal: false, queue: null },
			...{ startedAt: "2026-01-15T10:00:00.000Z", answeredAt: null, endedAt: null, ringDuration: null },
			...{ duration: null, outcome: null, source: "extension", group: null },
		});
		await seat.leave();
	});

	it("tells what the vendor's monitor frames say, in their order", async () => {
		const events: PbxEvent[] = [];
		const seat = pbx.join(MONITOR, () => {}, listener(events));
		const client = await server.client();
		client.say(PROMPT_KNOWN);
		await client.hears();
		client.say(...MONITOR_FRAMES);
		const told = await eventually(() => {
			const found = events.filter(({ event }) => event !== "link.state");
			assert.equal(found.length, 14);
			return found.map(({ event, extension, ...rest }) => `${event} ${extension} ${"state" in rest ? rest.state : ""}`);
		});
		assert.deepEqual(told, [
			"extension.state 2203 ringing",
			"call.ended 2209 ",
			"extension.state 2402 busy",
			"call.ended 5112 ",
			"extension.state 5112 ringing",
			"extension.state 2504 busy",
			"call.ringing 3103 ",
			"call.ended 3102 ",
			"extension.state 3101 idle",
			"extension.state 3105 idle",
			"extension.state 3102 idle",
			"extension.state 3104 idle",
			"extension.state 5112 busy",
			"call.ended 3103 ",
		]);
		const ringing = named(events, "call.ringing")[0];
		assert.ok(ringing?.event === "call.ringing");
		assert.deepEqual([ringing.callId, ringing.callIdSource], ["1508337505.3520740", "pbx"]);
		assert.equal(ringing.startedAt, "2017-10-18T14:38:25.000Z");
		assert.equal(pbx.look("5112")?.previous, "ringing");
		await seat.leave();
	});

	it("passes a PRO line on as it came, with its query and its fields", async () => {
		const events: PbxEvent[] = [];
		const seat = pbx.join(ELEVEN, () => {}, listener(events));
		(await logIn()).say(PRO_LINE, "any text: %*CALLER_ID*%");
		const [first, second] = await eventually(() => {
			const found = named(events, "web.command");
			assert.equal(found.length, 2);
			return found;
		});
		assert.ok(first?.event === "web.command" && second?.event === "web.command");
		assert.deepEqual([first.line, first.url], [PRO_LINE, PRO_LINE]);
		assert.deepEqual(first.query, { pi: "974319404", tiempo: "42", modo: "ColgadoEntrante" });
		assert.equal(first.fields?.callerId, "974319404");
		assert.deepEqual([second.url, second.query, second.fields], [null, null, null]);
		await seat.leave();
	});

	it("tells each listener its families and extensions only, and what names no extension to all", async () => {
		const [all, calls, one, other]: PbxEvent[][] = [[], [], [], []];
		const seats = [
			pbx.join(MONITOR, () => {}, listener(all ?? [])),
			pbx.join(MONITOR, () => {}, listener(calls ?? [], { families: new Set(["call"]) })),
			pbx.join(MONITOR, () => {}, listener(one ?? [], { extensions: new Set(["3101"]) })),
			pbx.join(MONITOR, () => {}, listener(other ?? [], { extensions: new Set(["9999", "9998"]) })),
		];
		const client = await server.client();
		client.say(PROMPT_KNOWN);
		await client.hears();
		client.say(...MONITOR_FRAMES, "(strange,thing)");
		await eventually(() => assert.equal(named(all ?? [], "unrecognised").length, 1));
		assert.deepEqual([...new Set(calls?.map(({ event }) => event))], ["call.ended", "call.ringing"]);
		const names = (events: PbxEvent[] = []) => events.map(({ event }) => event).filter((name) => name !== "link.state");
		assert.deepEqual(names(one), ["extension.state", "unrecognised"]);
		assert.deepEqual(names(other), ["unrecognised"]);
		await Promise.all(seats.map((seat) => seat.leave()));
	});

	it("gives each listener an event of its own", async () => {
		const received: PbxEvent[] = [];
		const seats = [1, 2].map(() =>
			pbx.join(ELEVEN, () => {}, {
				...{ families: new Set(["call"] as const), extensions: null },
				event(event) {
					received.push(event);
					Object.assign(event, { tenant: "changed" });
				},
			}),
		);
		(await logIn()).say("(CALL,1)");
		await eventually(() => assert.equal(received.length, 2));
		assert.notEqual(received[0], received[1]);
		await Promise.all(seats.map((seat) => seat.leave()));
	});

	it("keeps a listener's exception from the others and from the link", async () => {
		const events: PbxEvent[] = [];
		const broken = listener([], {
			event: () => {
				throw new Error("on purpose");
			},
		});
		const seats = [broken, listener(events)].map((each) => pbx.join(ELEVEN, () => {}, each));
		(await logIn()).say("(CALL,1)", "(CALL,2)");
		await eventually(() => assert.equal(named(events, "call.ringing").length, 2));
		assert.match(String(failures[0]), /on purpose/);
		await Promise.all(seats.map((seat) => seat.leave()));
	});

	it("knows the states as stale when the link has fallen", async () => {
		const states: LinkState["kind"][] = [];
		const seat = pbx.join(ELEVEN, (state) => states.push(state.kind), null);
		const client = await logIn();
		await eventually(() => assert.equal(pbx.look("11")?.state, "idle"));
		client.socket.terminate();
		await eventually(() => assert.equal(states.at(-1), "disconnected"));
		assert.deepEqual([pbx.look("11")?.state, pbx.look("11")?.stale], ["idle", true]);
		await seat.leave();
	});

	it("opens a connection for a message, waits for its first try, and closes it after a minute of rest", async () => {
		const dialled = pbx.dial(ELEVEN, NUMBER, 20_000);
		const client = await logIn();
		assert.equal(await client.hears(), " (call, 974319404)");
		client.say("(info,Chamada...)");
		assert.equal(outcomeOf(await dialled), "calling");
		await settle();
		// A frame now and then, so that the heartbeat stays out of this.
		for (let second = 1; second <= 60; second++) {
			client.say("(info,-Livre)");
			await settle();
			assert.ok(client.isOpen, `after ${second} s`);
			clock.advance(1_000);
		}
		await client.closes();
	});

	it("fails at once for a message when the first try fails, and dials nothing later", async () => {
		const dialled = assert.rejects(pbx.dial(ELEVEN, NUMBER, 20_000), { code: "not-connected" });
		(await server.client()).socket.terminate();
		await dialled;
		await assert.rejects(pbx.dial(ELEVEN, NUMBER, 20_000), { code: "not-connected" });
		clock.advance(2_000);
		const client = await logIn(1);
		await settle();
		assert.deepEqual(client.sent, ["227, 11"]);
	});

	it("opens no connection to dial from the monitor", async () => {
		await assert.rejects(pbx.dial(MONITOR, NUMBER, 20_000), { code: "monitor-cannot-dial" });
		assert.equal(links.size, 0);
	});

	it("opens at most eight connections for messages at a time", async () => {
		const dialling = Array.from({ length: 8 }, (_, i) =>
			pbx.dial(`2${i}` as Extension, NUMBER, 20_000).catch((error: unknown) => error),
		);
		await assert.rejects(pbx.dial("30" as Extension, NUMBER, 20_000), { code: "too-many-links" });
		await server.client(7);
		await pbx.close();
		for (const error of await Promise.all(dialling)) assert.ok(error instanceof PbxError);
	});

	it("counts no connection that nodes keep open against those", async () => {
		const seats = Array.from({ length: 10 }, (_, i) => pbx.join(`3${i}` as Extension, () => {}, null));
		const asked = seats.map((_, i) => pbx.askState(`3${i}` as Extension, ELEVEN, 5_000));
		await Promise.all(seats.map((_, i) => logIn(i)));
		await eventually(() => assert.ok(server.clients.every(({ sent }) => sent.at(-1) === " (status, 11 ) ")));
		clock.advance(5_000);
		const replies = await Promise.all(asked);
		assert.ok(replies.every((reply) => reply.kind === "no-answer"));
		await Promise.all(seats.map((seat) => seat.leave()));
	});

	it("keeps what the monitor knows when an extension's own connection comes and goes", async () => {
		const monitor = pbx.join(MONITOR, () => {}, null);
		const client = await server.client();
		client.say(PROMPT_KNOWN);
		await client.hears();
		client.say("(info,270-Ocupada-11-0)");
		await eventually(() => assert.equal(pbx.look("11")?.state, "busy"));
		const events: PbxEvent[] = [];
		const own = pbx.join(ELEVEN, () => {}, listener(events));
		assert.equal(pbx.look("11", MONITOR)?.state, "busy");
		await logIn(1);
		const [state] = await eventually(() => {
			const found = named(events, "extension.state");
			assert.equal(found.length, 1);
			return found;
		});
		// What another connection heard is no change on this one.
		assert.deepEqual(state?.event === "extension.state" && [state.previous, state.state], ["unknown", "idle"]);
		await own.leave();
		assert.equal(pbx.look("11", MONITOR)?.state, "busy");
		await monitor.leave();
		assert.equal(pbx.look("11"), null);
	});

	it("ends a request in flight when the last node leaves, and takes none when it is closed", async () => {
		const seat = pbx.join(ELEVEN, () => {}, null);
		const client = await logIn();
		const dialled = assert.rejects(pbx.dial(ELEVEN, NUMBER, 20_000), { code: "closed" });
		assert.equal(await client.hears(), " (call, 974319404)");
		await seat.leave();
		await dialled;
		await client.closes();
		await pbx.close();
		await assert.rejects(pbx.askState(ELEVEN, ELEVEN, 5_000), { code: "closed" });
		assert.equal(links.size, 0);
	});

	it("tells each call's end once, by the clock too, and leaves no timer when it is left", async () => {
		const events: PbxEvent[] = [];
		const seat = pbx.join(MONITOR, () => {}, listener(events, { families: new Set(["call"]) }));
		const client = await server.client();
		client.say(PROMPT_KNOWN);
		await client.hears();
		client.say("(info,270-Timbre-11-0)", "(info,270-974319404-11-1768471200.7)");
		await eventually(() => assert.equal(events.length, 1));
		clock.advance(4_000);
		client.say("(info,270-Ocupada-11-0)");
		await eventually(() => assert.equal(events.length, 2));
		clock.advance(6_000);
		client.say("(info,270-Libre-11-0)", "(info,270-600000101-12-1768471210.8)");
		await eventually(() => assert.equal(events.length, 3));
		clock.advance(3_000);
		const ended = events[3];
		assert.ok(ended?.event === "call.ended");
		assert.deepEqual([ended.outcome, ended.ringDuration, ended.duration], ["answered", 4, 6]);
		await seat.leave();
	});

	it("follows a call that was asked for, from when it is on the wire", async () => {
		const events: PbxEvent[] = [];
		const seat = pbx.join(ELEVEN, () => {}, listener(events, { families: new Set(["call"]) }));
		const client = await logIn();
		const dialled = pbx.dial(ELEVEN, NUMBER, 20_000);
		assert.deepEqual(outcomeOf(await pbx.dial(ELEVEN, NUMBER, 20_000)), "busy");
		client.say("(info,-Timbre)", "(info,- Ocupado)", "(info,Chamada...)", "(info,-Livre)");
		await dialled;
		await eventually(() => assert.equal(events.length, 2));
		assert.deepEqual(
			events.map((event) => ("direction" in event ? [event.event, event.direction, event.e164, event.outcome] : [])),
			[
				["call.ringing", "outbound", "+34974319404", null],
				["call.ended", "outbound", "+34974319404", "unknown"],
			],
		);
		await seat.leave();
	});

	it("tells a group's missed call to whoever listens to any of its phones, once", async () => {
		const [one, both]: PbxEvent[][] = [[], []];
		const families = new Set(["call"] as const);
		const seats = [
			pbx.join(MONITOR, () => {}, listener(one ?? [], { families, extensions: new Set(["11"]) })),
			pbx.join(MONITOR, () => {}, listener(both ?? [], { families, extensions: new Set(["11", "12"]) })),
		];
		const client = await server.client();
		client.say(PROMPT_KNOWN);
		await client.hears();
		for (const phone of ["11", "12"])
			client.say(`(info,270-Timbre-${phone}-0) (info,270-974319404-${phone}-1768471200.${phone})`);
		for (const phone of ["11", "12"]) client.say(`(info,270-terminada-${phone}-1768471200.${phone})`);
		await eventually(() => assert.equal(named(both ?? [], "call.missed").length, 1));
		assert.equal(named(one ?? [], "call.missed").length, 1);
		await Promise.all(seats.map((seat) => seat.leave()));
	});

	it("says from when to when nothing could be heard, when the connection is back, and only then", async () => {
		const events: PbxEvent[] = [];
		const seat = pbx.join(ELEVEN, () => {}, listener(events, { families: new Set(["link"]) }));
		const client = await logIn();
		await eventually(() => assert.equal(events.length, 1));
		client.socket.terminate();
		await eventually(() => assert.equal(events.length, 2));
		assert.equal(named(events, "link.gap").length, 0);
		clock.advance(5_000);
		await logIn(1);
		const [gap] = await eventually(() => {
			const found = named(events, "link.gap");
			assert.equal(found.length, 1);
			return found;
		});
		assert.ok(gap?.event === "link.gap");
		assert.deepEqual([gap.from, gap.to, gap.seconds], ["2026-01-15T10:00:00.000Z", "2026-01-15T10:00:05.000Z", 5]);
		await seat.leave();
	});

	it("counts the time in which a silent link was not noticed yet into the gap", async () => {
		const events: PbxEvent[] = [];
		const seat = pbx.join(ELEVEN, () => {}, listener(events, { families: new Set(["link"]) }));
		const client = await logIn();
		await eventually(() => assert.equal(events.length, 1));
		client.socket.pause();
		clock.advance(35_000);
		await eventually(() => assert.equal(events.at(-1)?.event === "link.state" && events.length, 2));
		clock.advance(2_000);
		await logIn(1);
		const gap = await eventually(() => {
			const [found] = named(events, "link.gap");
			assert.ok(found?.event === "link.gap");
			return found;
		});
		assert.deepEqual([gap.from, gap.seconds], ["2026-01-15T10:00:00.000Z", 37]);
		await seat.leave();
	});

	it("ends what waits for a first try when it is closed, though another account keeps the connection", async () => {
		const account = { url: server.url, tenant: TENANT as Tenant, key: KEY as Key, tls: null, country: "ES" } as const;
		const context = {
			links,
			dialLogs: new DialLogs(),
			clock,
			vocabulary: STANDARD_VOCABULARY,
			note: () => {},
			failed: () => {},
		};
		const other = new Pbx({ ...account, activations: [], findGroups: true, plus: "+", rules: NO_RULES }, context);
		const kept = other.join(ELEVEN, () => {}, null);
		const dialled = assert.rejects(pbx.dial(ELEVEN, NUMBER, 20_000), { code: "closed" });
		const client = await server.client();
		await pbx.close();
		await dialled;
		assert.ok(client.isOpen);
		await kept.leave();
		await other.close();
	});
});
