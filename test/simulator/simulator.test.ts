import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import WebSocket from "ws";
import { decodeFrame } from "../../src/protocol/decode";
import { parseCommand } from "../../src/simulator/parseCommand";
import { Simulator, type SimulatorOptions } from "../../src/simulator/simulator";
import { ManualClock } from "../support/clock";
import { eventually, settle } from "../support/eventually";
import { proLine, proTable } from "../support/proLines";
import { KEY, MONITOR_FRAMES, PRO_LINE, PROMPT_KEY, PROMPT_KNOWN } from "../support/seed";

/** A client written against the vendor's page, not against our link. */
class VendorClient {
	readonly heard: string[] = [];
	isOpen = true;
	readonly #socket: WebSocket;

	private constructor(port: number) {
		this.#socket = new WebSocket(`ws://127.0.0.1:${port}`);
		this.#socket.on("message", (data) => this.heard.push(String(data)));
		this.#socket.on("close", () => {
			this.isOpen = false;
		});
	}

	static async connect(port: number): Promise<VendorClient> {
		const client = new VendorClient(port);
		await once(client.#socket, "open");
		return client;
	}

	/** Reads no more, until it is told to. */
	pause(): void {
		this.#socket.pause();
	}

	resume(): void {
		this.#socket.resume();
	}

	say(text: string): void {
		this.#socket.send(text);
	}

	async hears(frame: string): Promise<void> {
		await eventually(() => assert.ok(this.heard.includes(frame), `${frame} not in ${JSON.stringify(this.heard)}`));
	}
}

describe("the simulator", () => {
	let simulator: Simulator;
	let clock: ManualClock;
	let port: number;
	const frames: string[] = [];

	async function start(over: Partial<SimulatorOptions> = {}): Promise<void> {
		clock = new ManualClock();
		frames.length = 0;
		simulator = new Simulator({
			...{ port: 0, tenant: "227", key: KEY, extensions: ["11", "12"], silentExtensions: ["19"], clock },
			...{ random: () => 0.5, onFrame: ({ text }: { text: string }) => frames.push(text) },
			...over,
		});
		port = await simulator.listen();
	}
	afterEach(async () => {
		await simulator.close();
		assert.equal(clock.pending, 0, "no timer is left");
	});
	async function logIn(extension: string): Promise<VendorClient> {
		const client = await VendorClient.connect(port);
		await eventually(() => assert.equal(client.heard.length, 1));
		client.say(client.heard[0] === PROMPT_KEY ? `227/${extension}, ${KEY} ` : `227, ${extension}`);
		await eventually(() => assert.ok(simulator.status().clients.includes(extension)));
		return client;
	}

	it("asks an unknown address for the key, and one it knows for the extension only", async () => {
		await start();
		const first = await logIn("11");
		assert.deepEqual(first.heard, [PROMPT_KEY]);
		const second = await logIn("12");
		assert.deepEqual(second.heard, [PROMPT_KNOWN]);
		simulator.run({ command: "forget" });
		const third = await VendorClient.connect(port);
		await third.hears(PROMPT_KEY);
	});

	it("asks nobody for a key when it has none", async () => {
		await start({ key: null });
		assert.deepEqual((await logIn("11")).heard, [PROMPT_KNOWN]);
	});

	it("refuses a wrong key, tenant or extension by prompting again, closing, or saying nothing", async () => {
		await start();
		const wrong = ["227/11, wrong ", `228/11, ${KEY} `, `227/77, ${KEY} `, "227, 11", "hello"];
		for (const login of wrong) {
			const client = await VendorClient.connect(port);
			client.say(login);
			await eventually(() => assert.deepEqual(client.heard, [PROMPT_KEY, PROMPT_KEY]));
		}
		simulator.run({ command: "refuse", how: "close" });
		const closed = await VendorClient.connect(port);
		closed.say(`227/11, ${KEY} `);
		await eventually(() => assert.ok(!closed.isOpen));
		simulator.run({ command: "refuse", how: "silent" });
		const silent = await VendorClient.connect(port);
		silent.say(`227/11, ${KEY} `);
		await settle();
		assert.deepEqual([silent.heard, silent.isOpen], [[PROMPT_KEY], true]);
		simulator.run({ command: "refuse", how: "nobody" });
		await logIn("11");
		assert.ok(!frames.some((text) => text.includes(KEY)));
	});

	it("plays a call that comes in, on the extension and on the monitor", async () => {
		await start();
		const [phone, monitor] = [await logIn("11"), await logIn("999")];
		simulator.run({ command: "ring", extension: "11", number: "974319404" });
		simulator.run({ command: "answer", extension: "11" });
		simulator.run({ command: "hangup", extension: "11" });
		await phone.hears("(CALL,974319404)");
		await eventually(() => assert.equal(phone.heard.length, 5));
		const told = (client: VendorClient) =>
			client.heard
				.flatMap((frame) => decodeFrame(frame))
				.map((ticket) => ("state" in ticket ? ticket.state : ticket.kind));
		assert.deepEqual(told(phone), ["prompt", "ringing", "call", "busy", "idle"]);
		await eventually(() =>
			assert.deepEqual(told(monitor), [
				"prompt",
				"idle",
				"idle",
				"ringing",
				"monitor-caller",
				"busy",
				"monitor-end",
				"idle",
			]),
		);
		const transactions = monitor.heard.join("").match(/\d+\.\d+/g) ?? [];
		assert.deepEqual([new Set(transactions).size, transactions.length], [1, 2]);
	});

	it("gives a missed call up after its time", async () => {
		await start();
		const phone = await logIn("11");
		simulator.run({ command: "miss", extension: "11", number: "1", seconds: 3 });
		assert.deepEqual(simulator.status().phones["11"], "ringing");
		clock.advance(3_000);
		assert.deepEqual(simulator.status().phones["11"], "idle");
		await phone.hears("(CALL,1)");
	});

	it("plays a call that a client asks for, and how it can fail", async () => {
		await start({ pace: { pickUp: 1_000, talking: 5_000 } });
		const phone = await logIn("11");
		const progress = () => phone.heard.flatMap((frame) => decodeFrame(frame)).filter(({ kind }) => kind === "progress");
		const outcomes = () => progress().map((ticket) => ticket.kind === "progress" && ticket.outcome);
		phone.say(" (call, 600000101)");
		await eventually(() => assert.equal(simulator.status().phones["11"], "ringing"));
		clock.advance(1_000);
		phone.say(" (call, 600000101)");
		await eventually(() => assert.deepEqual(outcomes(), ["calling", "busy"]));
		clock.advance(6_000);
		assert.equal(simulator.status().phones["11"], "idle");
		for (const [number, expected] of [
			["600000480", ["unavailable"]],
			["600000408", ["timeout"]],
			["600000486", ["busy"]],
		] as const) {
			const before = outcomes().length;
			const sent = frames.length;
			phone.say(` (call, ${number})`);
			await eventually(() => assert.ok(frames.slice(sent).some((text) => text.includes("info"))));
			clock.advance(5_000);
			await eventually(() => assert.deepEqual(outcomes().slice(before), expected));
		}
	});

	it("lets a phone that rings for a call that was asked for be picked up, or hung up, by hand", async () => {
		await start({ pace: { pickUp: 60_000 } });
		const phone = await logIn("11");
		const outcomes = () =>
			phone.heard
				.flatMap((frame) => decodeFrame(frame))
				.flatMap((ticket) => (ticket.kind === "progress" ? ticket.outcome : []));
		for (const [command, expected] of [
			["answer", ["calling"]],
			["hangup", ["calling", "timeout"]],
		] as const) {
			phone.say(" (call, 600000101)");
			await eventually(() => assert.equal(simulator.status().phones["11"], "ringing"));
			simulator.run({ command, extension: "11" });
			await eventually(() => assert.deepEqual(outcomes(), expected));
			if (command === "answer") simulator.run({ command: "hangup", extension: "11" });
		}
	});

	it("ends the calls that are going on in their time when the traffic is turned off", async () => {
		await start({ traffic: 5, pace: { ringing: 10_000 } });
		for (let second = 0; second < 20; second++) clock.advance(1_000);
		assert.ok(Object.values(simulator.status().phones).some((state) => state !== "idle"));
		simulator.run({ command: "traffic", seconds: 0 });
		for (let second = 0; second < 60; second++) clock.advance(1_000);
		assert.deepEqual(Object.values(simulator.status().phones), ["idle", "idle"]);
	});

	it("says so when it is closed while it is opening", async () => {
		await start();
		const other = new Simulator({ port: 0, tenant: "227", key: null, extensions: [] });
		const opening = assert.rejects(other.listen(), { code: "closed" });
		await other.close();
		await opening;
	});

	it("answers state requests, says when there is no such extension, and nothing for one that was never active", async () => {
		await start();
		const phone = await logIn("11");
		for (const extension of ["12", "12", "77", "19"]) phone.say(` (status, ${extension} ) `);
		await phone.hears("(status,ErrorNumber)");
		await settle();
		assert.deepEqual(phone.heard.slice(1).sort(), ["(estado,12-livre)", "(status,12-libre)", "(status,ErrorNumber)"]);
	});

	it("spells the states in every way of the vendor's document", async () => {
		await start();
		const phone = await logIn("11");
		for (let round = 0; round < 4; round++) {
			simulator.run({ command: "ring", extension: "11", number: "1" });
			simulator.run({ command: "answer", extension: "11" });
			simulator.run({ command: "hangup", extension: "11" });
		}
		for (const frame of ["(info,-Timbre)", "(info,- Ocupado)", "(info,-Livre)"]) await phone.hears(frame);
	});

	it("sends any text it is told to, several tickets and PRO lines included", async () => {
		await start();
		const phone = await logIn("11");
		for (const text of ["(CALL,1) (CALL,2)", "http://192.168.139/x?pi=1"]) {
			simulator.run({ command: "send", extension: "11", text });
			await phone.hears(text);
		}
	});

	it("takes connections and says nothing while it is mute, and cuts all when told to", async () => {
		await start();
		const phone = await logIn("11");
		simulator.run({ command: "mute", on: true });
		const other = await VendorClient.connect(port);
		await settle();
		assert.deepEqual(other.heard, []);
		const before = phone.heard.length;
		simulator.run({ command: "ring", extension: "11", number: "1" });
		phone.say(" (status, 12 ) ");
		await settle();
		assert.equal(phone.heard.length, before);
		simulator.run({ command: "drop" });
		await eventually(() => assert.ok(!phone.isOpen && !other.isOpen));
	});

	it("makes calls by itself", async () => {
		await start({ traffic: 5 });
		const phone = await logIn("12");
		for (let second = 0; second < 60; second++) clock.advance(1_000);
		await eventually(() => assert.ok(phone.heard.some((frame) => frame.startsWith("(CALL,"))));
		simulator.run({ command: "traffic", seconds: 0 });
	});

	it("closes at once although somebody connected and asks for nothing", async () => {
		await start();
		const idle = connect(port, "127.0.0.1");
		await once(idle, "connect");
		await settle();
		const closed = once(idle, "close");
		await simulator.close();
		await closed;
	});

	it("makes no flood of a wait that is too long for a timer, and refuses a port that is none", async () => {
		await start({ traffic: 1e9 });
		clock.advance(40_000_000);
		assert.deepEqual(frames, []);
		const other = new Simulator({ port: Number.NaN, tenant: "227", key: null, extensions: [] });
		await assert.rejects(other.listen(), { code: "invalid-port" });
		await other.close();
	});

	it("rings several phones with one call; the first to be picked up has it", async () => {
		await start();
		const monitor = await logIn("999");
		simulator.run({ command: "ring", extension: "11,12", number: "974319404" });
		assert.deepEqual(simulator.status().phones, { 11: "ringing", 12: "ringing" });
		simulator.run({ command: "answer", extension: "12" });
		assert.deepEqual(simulator.status().phones, { 11: "idle", 12: "busy" });
		await eventually(() => assert.equal(monitor.heard.join("").match(/-974319404-/g)?.length, 2));
		simulator.run({ command: "hangup", extension: "12" });
		assert.deepEqual(simulator.status().phones, { 11: "idle", 12: "idle" });
	});

	it("lets a call wait at a phone that talks, and a third caller not", async () => {
		await start();
		const [phone, monitor] = [await logIn("11"), await logIn("999")];
		simulator.run({ command: "ring", extension: "11", number: "600000101" });
		simulator.run({ command: "answer", extension: "11" });
		const states = () =>
			phone.heard.flatMap((frame) => decodeFrame(frame)).flatMap((t) => ("state" in t ? t.state : []));
		simulator.run({ command: "ring", extension: "11", number: "600000102" });
		await phone.hears("(CALL,600000102)");
		assert.deepEqual(states(), ["ringing", "busy"]);
		assert.throws(() => simulator.run({ command: "ring", extension: "11", number: "3" }), { code: "invalid-command" });
		simulator.run({ command: "hangup", extension: "11" });
		assert.equal(simulator.status().phones["11"], "ringing");
		simulator.run({ command: "answer", extension: "11" });
		simulator.run({ command: "hangup", extension: "11" });
		await eventually(() => assert.deepEqual(states(), ["ringing", "busy", "ringing", "busy", "idle"]));
		await eventually(() => assert.equal(monitor.heard.join("").match(/-terminad|-terminated/g)?.length, 2));
	});

	it("passes a call on to another phone, which rings with the same transaction", async () => {
		await start();
		const monitor = await logIn("999");
		simulator.run({ command: "ring", extension: "11", number: "600000101" });
		assert.throws(() => simulator.run({ command: "transfer", extension: "11", to: "12" }), { code: "invalid-command" });
		simulator.run({ command: "answer", extension: "11" });
		simulator.run({ command: "transfer", extension: "11", to: "12" });
		assert.deepEqual(simulator.status().phones, { 11: "idle", 12: "ringing" });
		simulator.run({ command: "answer", extension: "12" });
		simulator.run({ command: "hangup", extension: "12" });
		await eventually(() => assert.equal(monitor.heard.join("").match(/\d+\.\d+/g)?.length, 4));
		assert.equal(new Set(monitor.heard.join("").match(/\d+\.\d+/g)).size, 1);
	});

	it("sends the PRO lines of its table, filled in, for calls in both directions", async () => {
		await start({ activations: proTable(), pace: { pickUp: 1_000, talking: 5_000 } });
		const phone = await logIn("11");
		const lines = () => phone.heard.filter((frame) => frame.startsWith("pbx2crm"));
		simulator.run({ command: "ring", extension: "11", number: "974319404", queue: "Ventas" });
		clock.advance(4_000);
		simulator.run({ command: "answer", extension: "11" });
		clock.advance(30_000);
		simulator.run({ command: "hangup", extension: "11" });
		await eventually(() => assert.equal(lines().length, 3));
		const id = /id=([\d.]+);/.exec(lines()[0] ?? "")?.[1] ?? "";
		assert.match(id, /^\d+\.\d+$/);
		assert.deepEqual(lines(), [
			proLine("timbre", { id, queue: "Ventas" }),
			proLine("descolgado", { id, queue: "Ventas" }),
			proLine("colgado", { id, queue: "Ventas", duration: "30" }),
		]);
		phone.say(" (call, 600000101)");
		await eventually(() => assert.equal(simulator.status().phones["11"], "ringing"));
		for (let second = 0; second < 8; second++) clock.advance(1_000);
		await eventually(() => assert.equal(lines().length, 6));
		assert.match(lines()[5] ?? "", /estado=colgado;sentido=saliente;numero=600000101;.*duracion=5;extension=11;$/);
	});

	it("plays a recording again, at its own speed or faster, and so do the messages of pbx-in", async () => {
		await start();
		const at = (seconds: number) => new Date(1_508_337_505_000 + seconds * 1000).toISOString();
		const frames = [
			{ event: "simulator.frame", at: at(0), direction: "out", extension: null, text: PROMPT_KNOWN },
			{ event: "simulator.frame", at: at(0), direction: "in", extension: "11", text: "227, 11" },
			{ event: "simulator.frame", at: at(0), direction: "out", extension: "11", text: "(info,-Timbre)" },
			{ event: "simulator.frame", at: at(0), direction: "out", extension: "11", text: "(CALL,974319404)" },
			{ event: "simulator.frame", at: at(60), direction: "out", extension: "11", text: "(info,-Livre)" },
		];
		const events = [
			{ event: "link.state", at: at(0), extension: "999", raw: null },
			{ event: "extension.state", at: at(0), extension: "3103", raw: MONITOR_FRAMES[0] },
			{ event: "call.ended", at: at(0), extension: "3103", raw: MONITOR_FRAMES[0] },
			{ event: "web.command", at: at(60), extension: "11", raw: PRO_LINE },
		];
		const [phone, monitor] = [await logIn("11"), await logIn("999")];
		const heard = monitor.heard.length;
		simulator.run(
			parseCommand({ command: "replay", capture: frames.map((frame) => JSON.stringify(frame)).join("\n") }),
		);
		await phone.hears("(CALL,974319404)");
		clock.advance(59_999);
		await settle();
		assert.ok(!phone.heard.includes("(info,-Livre)"));
		clock.advance(1);
		await phone.hears("(info,-Livre)");
		simulator.run(parseCommand({ command: "replay", capture: events.map((payload) => ({ payload })), speed: 60 }));
		await eventually(() => assert.deepEqual(monitor.heard.slice(heard), [MONITOR_FRAMES[0]]));
		clock.advance(1_000);
		await phone.hears(PRO_LINE);
		assert.throws(() => parseCommand({ command: "replay", capture: "{}\nhello" }), { code: "invalid-command" });
	});

	it("waits in a recording for a client that has yet to read, and cuts one off that never does, for the others' sake", async () => {
		await start();
		const [slow, stuck] = [await logIn("11"), await logIn("12")];
		const text = (i: number) => `(info,${i}${".".repeat(200_000)})`;
		const recording = (extension: string) =>
			Array.from({ length: 150 }, (_, i) => ({ at: new Date(0).toISOString(), extension, text: text(i) }));
		const sent = () => frames.filter((frame) => frame.startsWith("(info,")).length;

		slow.pause();
		simulator.run(parseCommand({ command: "replay", capture: recording("11") }));
		clock.advance(9_000);
		assert.ok(sent() < 150, "the rest is yet to be sent");
		slow.resume();
		await eventually(() => {
			clock.advance(10);
			assert.equal(slow.heard.filter((frame) => frame.startsWith("(info,")).length, 150);
		});

		slow.heard.length = 0;
		stuck.pause();
		const both = recording("12").flatMap((frame) => [frame, { ...frame, extension: "11" }]);
		simulator.run(parseCommand({ command: "replay", capture: both }));
		await eventually(() => {
			clock.advance(100);
			assert.deepEqual(simulator.status().clients, ["11"]);
			assert.equal(slow.heard.length, 150);
		});
	});

	it("cuts off a client for which too much waits", async () => {
		await start();
		const [stuck, other] = [await logIn("11"), await logIn("12")];
		stuck.pause();
		const send = (extension: string, text: string) => simulator.run(parseCommand({ command: "send", extension, text }));
		for (let i = 0; i < 40; i++) send("11", `(info,${".".repeat(1_000_000)})`);
		await eventually(() => assert.deepEqual(simulator.status().clients, ["12"]));
		send("12", "(info,-Livre)");
		await other.hears("(info,-Livre)");
	});
});
