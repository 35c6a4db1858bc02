import assert from "node:assert/strict";
import { letEnd, start, told } from "../../bench/built";
import { ATTACKS, HostileServer } from "../../bench/hostileServer";
import { EVENT_NAMES } from "../../src/eventNames";
import { LONGEST } from "../../src/kept";
import { LIMITS } from "../../src/link/limits";
import { LinkPool } from "../../src/link/pool";
import { WireSocket } from "../../src/link/socket";
import type { CallEvent, PbxEvent } from "../../src/messages";
import { DialLogs, NO_RULES } from "../../src/pbx/dialGuard";
import { Journal } from "../../src/pbx/journal";
import { Pbx } from "../../src/pbx/pbx";
import { PatientListener } from "../../src/pbx/subscription";
import { type Extension, MONITOR, type Tenant } from "../../src/protocol/address";
import { decodeFrame, decodePieces } from "../../src/protocol/decode";
import { STANDARD_VOCABULARY } from "../../src/protocol/vocabulary";
import { ManualClock } from "../support/clock";
import { eventually } from "../support/eventually";
import { assertPayload } from "../support/schema";
import { type Client, ScriptedServer } from "../support/scriptedServer";
import { PROMPT_KNOWN, TENANT } from "../support/seed";

const MIB = 1024 * 1024;

/** MiB that a process of its own keeps of an attack of so many frames. */
async function keptOf(attack: string, frames: number): Promise<number> {
	const server = new HostileServer(attack, frames);
	const child = start("hostileChild", [await server.url()], { options: ["--expose-gc"] });
	try {
		return (await told<{ kept: number }>(child)).kept;
	} finally {
		letEnd(child);
		server.close();
	}
}

describe("a server that means harm", function () {
	this.timeout(120_000);
	let server: ScriptedServer;
	beforeEach(async () => {
		server = await ScriptedServer.start();
	});
	afterEach(() => server.stop());

	it("has a frame of 1 MiB handed on in hundreds of parts, in order and without loss, others getting their turn", async () => {
		const [frame = ""] = ATTACKS["callers at 5,000 phones"]?.(1) ?? [];
		const raws: string[] = [];
		const parts: number[] = [];
		const turns = new Set<number>();
		let turn = 0;
		const count = setInterval(() => turn++, 0);
		let isOver = false;
		const socket = new WireSocket(server.url, null, {
			opened: () => {},
			frame: (pieces) => {
				const tickets = decodePieces(pieces, STANDARD_VOCABULARY);
				parts.push(tickets.reduce((sum, { raw }) => sum + raw.length, 0));
				turns.add(turn);
				raws.push(...tickets.map(({ raw }) => raw));
				isOver ||= tickets.some(({ raw }) => raw === "(info,-Livre)");
			},
			heard: () => {},
			ended: () => {},
		});
		const client = await server.client();
		client.say(frame, "(info,-Livre)");
		await eventually(() => assert.ok(isOver), 60);
		clearInterval(count);
		await socket.close();
		assert.deepEqual(raws, [...decodeFrame(frame).map(({ raw }) => raw), "(info,-Livre)"]);
		assert.ok(parts.length >= frame.length / LIMITS.sliceCharacters);
		assert.ok(Math.max(...parts) <= LIMITS.sliceCharacters + 64, String(Math.max(...parts)));
		assert.ok(turns.size > 20, String(turns.size));
	});

	it("leaves nothing behind of the frames that its tickets came in", async () => {
		// Each of them holds a short ticket of a phone, one of a caller, and a mebibyte of something else.
		assert.ok((await keptOf("a short ticket in frames of 1 MiB", 40)) < 16);
	});

	it("fills no memory with tickets of 1 MiB each", async () => {
		assert.ok((await keptOf("tickets of 1 MiB", 1)) < 16);
	});

	for (const attack of ["phones, told of twice", "unknown words", "PRO lines"]) {
		it(`fills no memory with ${attack}, however many`, async () => {
			const [few, many] = [await keptOf(attack, 1), await keptOf(attack, 4)];
			// Beyond the caps nothing is added: what differs is the garbage of a running process.
			assert.ok(many < few + 8, `${few} MiB, ${many} MiB`);
		});
	}
});

describe("what is kept of a ticket", () => {
	let server: ScriptedServer;
	let clock: ManualClock;
	let pbx: Pbx;
	let client: Client;
	const events: PbxEvent[] = [];
	let leave: () => Promise<void>;

	beforeEach(async () => {
		server = await ScriptedServer.start();
		clock = new ManualClock();
		events.length = 0;
		pbx = new Pbx(
			{
				...{ url: server.url, tenant: TENANT as Tenant, key: null, tls: null, activations: [], rules: NO_RULES },
				crm: { plan: { country: "ES", plus: "+", prefix: "" }, language: "es", timeZone: "", people: new Map() },
				...{ infersGroups: true, mostExtensions: 5_000, settle: 0 },
			},
			{
				links: new LinkPool({ clock, random: () => 0, vocabulary: STANDARD_VOCABULARY }),
				...{ clock, dialLogs: new DialLogs(), vocabulary: STANDARD_VOCABULARY, accounts: null, keeper: null },
				...{
					deafSince: new Map(),
					note: () => {},
					warn: () => {},
					failed: (error: unknown) => assert.fail(String(error)),
				},
			},
		);
		const subscription = pbx.subscribe({
			...{ id: null, connections: [MONITOR], watch: () => () => {} },
			listener: {
				...{ events: new Set(EVENT_NAMES), extensions: null, directions: new Set(), outcomes: new Set() },
				event: (event) => events.push(event),
			},
		});
		leave = () => subscription.close(true);
		client = await server.client();
		client.say(PROMPT_KNOWN);
	});
	afterEach(async () => {
		await leave();
		await pbx.close();
		await server.stop();
	});

	const calls = () => events.filter((event): event is CallEvent => "callId" in event);

	it("is shortened with a mark; the message of the moment carries all of it", async () => {
		const number = "6".repeat(100_000);
		const ticket = `(info,270-${number}-11-1508337505.1)`;
		client.say("(info,270-Timbre-11-0)", ticket);
		const ringing = await eventually(() => {
			const [first] = calls();
			assert.ok(first);
			return first;
		});
		assert.equal(ringing.raw, ticket);
		assert.equal(ringing.number, `${number.slice(0, LONGEST.number - 1)}…`);
		assert.ok(ringing.crm.search.every((each) => each.length <= LONGEST.number));
		assertPayload(ringing);
		// Over by itself: told with what is kept of its last ticket.
		clock.advance(3_600_000);
		const [, ended] = calls();
		assert.equal(ended?.event, "call.ended");
		assert.equal(ended?.raw, `${ticket.slice(0, LONGEST.ticket - 1)}…`);
	});

	it("is little on the board, in the journal and among the unknown words, and whole in the event", async () => {
		const journal = Journal.of(pbx, clock);
		journal.look();
		const word = "palabra ".repeat(20_000).trim();
		client.say(`(info,270-${word}-11-0)`, `(info,${word})`, `(x,${word})`, `http://crm.example/?q=${word}`);
		await eventually(() => assert.ok(events.some(({ event }) => event === "web.command")));
		const of = (name: string) => events.find(({ event }) => event === name) as unknown as Record<string, string>;
		assert.equal(of("extension.state").text, word);
		assert.equal(of("dial.progress").text, word);
		assert.equal(of("unrecognised").text, `(x,${word})`);
		assert.equal(of("web.command").line, `http://crm.example/?q=${word}`);
		const kept = { board: pbx.look("11"), journal: journal.look(), words: pbx.unknownWords.list() };
		assert.equal(kept.board?.text.length, LONGEST.word);
		assert.ok(kept.journal.length >= 3);
		assert.ok(JSON.stringify(kept).length < 30_000, String(JSON.stringify(kept).length));
		journal.close();
	});

	it("reads no address out of a line that is none any more, and no more parameters than one has", async () => {
		const long = `http://crm.example/?${"a=%41&".repeat(20_000)}`;
		const many = `http://crm.example/?${Array.from({ length: 5_000 }, (_, i) => `p${i}=1`).join("&")}`;
		client.say(long, many);
		const [first, second] = await eventually(() => {
			const lines = events.filter((event) => event.event === "web.command");
			assert.equal(lines.length, 2);
			return lines;
		});
		assert.deepEqual([first?.line, first?.url, first?.query, first?.fields], [long, null, null, null]);
		assert.deepEqual([second?.url, Object.keys(second?.query ?? {}).length], [many, 1_000]);
	});

	it("waits for a node to start only as far as there is room", () => {
		const heard: PbxEvent[] = [];
		const patient = new PatientListener({
			...{ events: new Set(EVENT_NAMES), extensions: null, directions: new Set(), outcomes: new Set() },
			event: (event) => heard.push(event),
		});
		patient.pause();
		const raw = "x".repeat(MIB);
		const event = {
			event: "unrecognised",
			at: "2026-01-15T10:00:00.000Z",
			tenant: "227",
			extension: "11",
			raw,
			text: raw,
		};
		for (let i = 0; i < 100; i++) patient.event(event as PbxEvent);
		patient.event({ ...event, raw: "(x)", text: "(x)" } as PbxEvent);
		patient.resume();
		assert.equal(heard.length, 8);
		patient.event({ ...event, extension: "12" as Extension } as PbxEvent);
		assert.equal(heard.length, 9);
	});
});
