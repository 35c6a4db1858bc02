import assert from "node:assert/strict";
import { PbxError } from "../../src/errors";
import { CALL_EVENTS, EVENT_NAMES } from "../../src/eventNames";
import { LinkPool } from "../../src/link/pool";
import type { DialReply } from "../../src/link/requests";
import type { LinkState } from "../../src/link/state";
import type { PbxEvent } from "../../src/messages";
import type { StateWatcher } from "../../src/pbx/connection";
import { DialLogs, NO_RULES } from "../../src/pbx/dialGuard";
import type { Listener } from "../../src/pbx/listener";
import type { PbxContext, PbxOptions } from "../../src/pbx/options";
import { Pbx } from "../../src/pbx/pbx";
import {
	type DialNumber,
	dialNumber,
	type Extension,
	type Key,
	MONITOR,
	type Tenant,
} from "../../src/protocol/address";
import { STANDARD_VOCABULARY, taughtVocabulary } from "../../src/protocol/vocabulary";
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

	const options = (over: Partial<PbxOptions> = {}): PbxOptions => ({
		...{ url: server.url, tenant: TENANT as Tenant, key: KEY as Key, tls: null, activations: [] },
		...{ rules: NO_RULES, infersGroups: true, mostExtensions: 5_000, settle: 8_000 },
		crm: {
			...{ plan: { country: "ES", plus: "+", prefix: "" }, language: "es", timeZone: "Europe/Madrid" },
			people: new Map(),
		},
		...over,
	});
	const context = (): PbxContext => ({
		...{ links, clock, dialLogs: new DialLogs(), vocabulary: STANDARD_VOCABULARY, accounts: null, keeper: null },
		...{ deafSince: new Map(), note: () => {}, warn: () => {}, failed: (error: unknown) => failures.push(error) },
	});
	/** Subscribes to the connection of one extension; gives what ends that. */
	function join(extension: Extension, watch: StateWatcher, listener: Listener | null, on = pbx) {
		const subscription = on.subscribe({ id: null, connections: [extension], listener, watch: () => watch });
		return { leave: () => subscription.close(true) };
	}

	beforeEach(async () => {
		server = await ScriptedServer.start();
		clock = new ManualClock();
		failures = [];
		links = new LinkPool({ clock, random: () => 0, vocabulary: STANDARD_VOCABULARY });
		const activations = [{ state: "colgado", direction: "entrante", command: PRO_TEMPLATE } as const];
		pbx = new Pbx(options({ activations }), context());
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
		return {
			...{ events: new Set(EVENT_NAMES), extensions: null, directions: new Set(), outcomes: new Set() },
			...{ event, ...over },
		};
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
		const seat = join(ELEVEN, () => {}, listener(events));
		(await logIn()).say("(CALL,974319404)");
		const [call] = await eventually(() => {
			const found = named(events, "call.ringing");
			assert.equal(found.length, 1);
			return found;
		});
		assert.ok(call?.event === "call.ringing");
		const { callId, legId, crm, ...rest } = call;
		assert.match(callId, /^[0-9a-f-]{36}$/);
		assert.deepEqual([legId, crm.key, crm.subject], [`${callId}/11`, `227/${callId}`, "Llamada de 974 31 94 04"]);
		assert.deepEqual(rest, {
			...{ event: "call.ringing", at: "2026-01-15T10:00:00.000Z", tenant: "227", extension: "11" },
			...{ raw: "(CALL,974319404)", callIdSource: "local", pbxId: null, direction: "inbound" },
			...{ number: "974319404", e164: "+34974319404", anonymous: false, internal: false, queue: null },
			...{ startedAt: "2026-01-15T10:00:00.000Z", answeredAt: null, endedAt: null, ringDuration: null },
			...{ duration: null, outcome: null, source: "extension", name: null, contact: null },
		});
		await seat.leave();
	});

	it("tells what the vendor's monitor frames say, in their order", async () => {
		const events: PbxEvent[] = [];
		const seat = join(MONITOR, () => {}, listener(events));
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
		const seat = join(ELEVEN, () => {}, listener(events));
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
			join(MONITOR, () => {}, listener(all ?? [])),
			join(MONITOR, () => {}, listener(calls ?? [], { events: new Set(CALL_EVENTS) })),
			join(MONITOR, () => {}, listener(one ?? [], { extensions: new Set(["3101"]) })),
			join(MONITOR, () => {}, listener(other ?? [], { extensions: new Set(["9999", "9998"]) })),
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
			join(ELEVEN, () => {}, {
				...{ events: new Set(CALL_EVENTS), extensions: null, directions: new Set(), outcomes: new Set() },
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
		const seats = [broken, listener(events)].map((each) => join(ELEVEN, () => {}, each));
		(await logIn()).say("(CALL,1)", "(CALL,2)");
		await eventually(() => assert.equal(named(events, "call.ringing").length, 2));
		assert.match(String(failures[0]), /on purpose/);
		await Promise.all(seats.map((seat) => seat.leave()));
	});

	it("knows the states as stale when the link has fallen", async () => {
		const states: LinkState["kind"][] = [];
		const seat = join(ELEVEN, (state) => states.push(state.kind), null);
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
		const seats = Array.from({ length: 10 }, (_, i) => join(`3${i}` as Extension, () => {}, null));
		const asked = seats.map((_, i) => pbx.askState(`3${i}` as Extension, ELEVEN, 5_000));
		await Promise.all(seats.map((_, i) => logIn(i)));
		await eventually(() => assert.ok(server.clients.every(({ sent }) => sent.at(-1) === " (status, 11 ) ")));
		clock.advance(5_000);
		const replies = await Promise.all(asked);
		assert.ok(replies.every((reply) => reply.kind === "no-answer"));
		await Promise.all(seats.map((seat) => seat.leave()));
	});

	it("keeps what the monitor knows when an extension's own connection comes and goes", async () => {
		const monitor = join(MONITOR, () => {}, null);
		const client = await server.client();
		client.say(PROMPT_KNOWN);
		await client.hears();
		client.say("(info,270-Ocupada-11-0)");
		await eventually(() => assert.equal(pbx.look("11")?.state, "busy"));
		const events: PbxEvent[] = [];
		const own = join(ELEVEN, () => {}, listener(events));
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
		const seat = join(ELEVEN, () => {}, null);
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
		const seat = join(MONITOR, () => {}, listener(events, { events: new Set(CALL_EVENTS) }));
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
		const seat = join(ELEVEN, () => {}, listener(events, { events: new Set(CALL_EVENTS) }));
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

	it("tells a call's record to whoever listens to any of its phones, once", async () => {
		const [one, both, other]: PbxEvent[][] = [[], [], []];
		const events = new Set(["call.record"] as const);
		const seats = [
			join(MONITOR, () => {}, listener(one ?? [], { events, extensions: new Set(["11"]) })),
			join(MONITOR, () => {}, listener(both ?? [], { events, extensions: new Set(["11", "12"]) })),
			join(MONITOR, () => {}, listener(other ?? [], { events, extensions: new Set(["13"]) })),
		];
		const client = await server.client();
		client.say(PROMPT_KNOWN);
		await client.hears();
		const at = Math.floor(clock.now() / 1000);
		for (const phone of ["11", "12"]) client.say(`(info,270-Timbre-${phone}-0) (info,270-974319404-${phone}-${at}.7)`);
		for (const phone of ["11", "12"]) client.say(`(info,270-terminada-${phone}-${at}.7)(info,270-Libre-${phone}-0)`);
		await eventually(() => assert.equal(pbx.look("12", MONITOR)?.state, "idle"));
		clock.advance(8_000);
		assert.deepEqual([one?.length, both?.length, other?.length], [1, 1, 0]);
		const [record] = both ?? [];
		assert.ok(record?.event === "call.record");
		assert.deepEqual([record.outcome, record.legs.length, record.complete], ["missed", 2, true]);
		await Promise.all(seats.map((seat) => seat.leave()));
	});

	it("tells each event of a call once, whichever of its connections hear it, under one id", async () => {
		const [onMonitor, onOwn]: PbxEvent[][] = [[], []];
		const seats = [
			join(MONITOR, () => {}, listener(onMonitor ?? [], { events: new Set(CALL_EVENTS) })),
			join(ELEVEN, () => {}, listener(onOwn ?? [], { events: new Set(CALL_EVENTS), extensions: new Set(["11"]) })),
		];
		const monitor = await server.client();
		monitor.say(PROMPT_KNOWN);
		await monitor.hears();
		monitor.say("(info,270-Libre-11-0)");
		const own = await logIn(1);
		await eventually(() => assert.equal(pbx.look("11", ELEVEN)?.state, "idle"));
		const at = Math.floor(clock.now() / 1000);
		const both = async (told: string, heard: string) => {
			own.say(heard);
			monitor.say(told);
			await settle();
		};
		await both(`(info,270-Timbre-11-0)(info,270-974319404-11-${at}.7)`, "(info,-Timbre)(CALL,974319404)");
		clock.advance(4_000);
		await both("(info,270-Ocupada-11-0)", "(info,- Ocupado)");
		clock.advance(6_000);
		await both(`(info,270-terminada-11-${at}.7)(info,270-Libre-11-0)`, "(info,-Livre)");
		// Two of them for the line that the PRO table says is to come.
		clock.advance(10_000);
		const told = (events: PbxEvent[] = []) =>
			events.map((event) => ("callId" in event ? `${event.event} ${event.callId}` : event.event));
		const names = ["call.ringing", "call.answered", "call.ended", "call.record"];
		assert.deepEqual(
			told(onMonitor),
			names.map((name) => `${name} ${at}.7`),
		);
		assert.deepEqual(told(onOwn), told(onMonitor));
		await Promise.all(seats.map((seat) => seat.leave()));
	});

	it("counts words that nobody knows: which, where, how often, and the last ticket", async () => {
		const seat = join(MONITOR, () => {}, listener([]));
		const client = await server.client();
		client.say(PROMPT_KNOWN);
		await client.hears();
		client.say(
			"(info,270-En conversación-13-0)(info,270-Libre-14-0)",
			"(info,270-EN CONVERSACIÓN-14-0)",
			"(info,Hm...)",
		);
		await eventually(() => assert.equal(pbx.unknownWords.list().length, 2));
		const at = clock.now();
		assert.deepEqual(pbx.unknownWords.list(), [
			{ word: "Hm...", place: "progress", count: 1, ticket: "(info,Hm...)", at },
			{ word: "EN CONVERSACIÓN", place: "state", count: 2, ticket: "(info,270-EN CONVERSACIÓN-14-0)", at },
		]);
		for (let i = 0; i < 300; i++) client.say(`(info,270-${"x".repeat(200)}${i}-13-0)(info,270-w${i}-13-0)`);
		await eventually(() => assert.equal(pbx.unknownWords.list()[0]?.word, "w299"));
		assert.equal(pbx.unknownWords.list().length, 100);
		assert.ok(pbx.unknownWords.list().every(({ word, ticket }) => word.length <= 64 && ticket.length <= 300));
		await seat.leave();
	});

	it("understands words that were taught at once, also on a socket that others share, and unlearns asking", async () => {
		const events: PbxEvent[] = [];
		const others: PbxEvent[] = [];
		const other = new Pbx(options(), context());
		const seats = [
			join(ELEVEN, () => {}, listener(events, { events: new Set(["extension.state", "dial.progress"]) })),
			join(ELEVEN, () => {}, listener(others, { events: new Set(["extension.state"]) }), other),
		];
		const client = await logIn();
		assert.equal(links.size, 1);
		const told: string[] = [];
		const unwatch = pbx.unknownWords.watch(({ word, count }, channel) => told.push(`${channel} ${word} ${count}`));
		client.say("(info,-En pausa)", "(info,-en pausa)", "(info,Marcando...)");
		await eventually(() => assert.deepEqual(told, ["11 En pausa 1", "11 en pausa 2"]));
		const vocabulary = taughtVocabulary([
			{ word: "EN PAUSA", meaning: "busy" },
			{ word: "Conectando", meaning: "dial-calling" },
			{ word: "Nada", meaning: "ignore" },
		]);
		pbx.configure(options(), { ...context(), vocabulary });
		assert.deepEqual(pbx.unknownWords.list(), []);
		client.say("(info,-En pausa)");
		await eventually(() => assert.equal(pbx.look("11", ELEVEN)?.state, "busy"));
		const asked = pbx.askState(ELEVEN, ELEVEN, 5_000);
		await client.hears();
		client.say("(estado,11-En pausa)");
		const answer = await asked;
		assert.equal(answer.kind === "found" && answer.ticket.state, "busy");
		const dialled = pbx.dial(ELEVEN, NUMBER, 5_000);
		await client.hears();
		client.say("(info,Nada)", "(info,conectando...)");
		assert.equal(outcomeOf(await dialled), "calling");
		assert.deepEqual(named(events, "dial.progress").length, 2);
		// The other account was taught nothing: it hears the same words as ones nobody knows.
		assert.equal((others.at(-1) as { state?: string }).state, "unknown");
		assert.equal(other.unknownWords.list().length, 3);
		assert.equal(told.length, 2);
		unwatch();
		await Promise.all([...seats.map((seat) => seat.leave()), other.close()]);
	});

	it("says from when to when nothing could be heard, when the connection is back, and only then", async () => {
		const events: PbxEvent[] = [];
		const seat = join(ELEVEN, () => {}, listener(events, { events: new Set(["link.state", "link.gap"]) }));
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
		const seat = join(ELEVEN, () => {}, listener(events, { events: new Set(["link.state", "link.gap"]) }));
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
		const other = new Pbx(options(), context());
		const kept = join(ELEVEN, () => {}, null, other);
		const dialled = assert.rejects(pbx.dial(ELEVEN, NUMBER, 20_000), { code: "closed" });
		const client = await server.client();
		await pbx.close();
		await dialled;
		assert.ok(client.isOpen);
		await kept.leave();
		await other.close();
	});
});
