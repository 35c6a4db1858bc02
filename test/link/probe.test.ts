import assert from "node:assert/strict";
import { Probe } from "../../src/link/probe";
import type { ProbeReport } from "../../src/link/steps";
import type { Extension, Key, Tenant } from "../../src/protocol/address";
import { STANDARD_VOCABULARY } from "../../src/protocol/vocabulary";
import { ManualClock } from "../support/clock";
import { eventually } from "../support/eventually";
import { rawServer } from "../support/rawServer";
import { ScriptedServer } from "../support/scriptedServer";
import { KEY, PROMPT_KEY, PROMPT_KNOWN } from "../support/seed";

describe("a test of the connection", () => {
	let server: ScriptedServer;
	let clock: ManualClock;
	let reports: ProbeReport[];
	let running: Promise<void>;
	let current: Probe;

	beforeEach(async () => {
		server = await ScriptedServer.start();
		clock = new ManualClock();
		reports = [];
	});
	afterEach(async () => {
		await running;
		await eventually(() => assert.equal(server.open, 0));
		await server.stop();
		assert.equal(clock.pending, 0, "no timer is left");
	});

	function start(over: { url?: string; key?: string | null; extension?: string } = {}): void {
		const { url = server.url, key = KEY, extension = "11" } = over;
		const address = {
			url,
			tenant: "227" as Tenant,
			extension: extension as Extension,
			key: key as Key | null,
			tls: null,
		};
		const lookup = (host: string) =>
			host === "pbx.invalid" ? Promise.reject(new Error("ENOTFOUND")) : Promise.resolve();
		const context = { clock, vocabulary: STANDARD_VOCABULARY, lookup };
		current = new Probe(address, context, (report) => reports.push(report));
		running = current.run();
	}
	const told = () => reports.map(({ step, outcome, reason }) => [step, outcome, reason].filter(Boolean).join(" "));
	async function tells(...lines: string[]): Promise<void> {
		await eventually(() => assert.deepEqual(told(), lines));
	}
	const UP = ["resolve ok", "connect ok", "websocket ok"];

	it("tells each step of one that works, asks for the own state where the server is silent, and hangs up", async () => {
		start();
		const client = await server.client();
		await tells(...UP);
		client.say(PROMPT_KEY);
		assert.equal(await client.hears(), `227/11, ${KEY} `);
		await tells(...UP, "prompt ok");
		clock.advance(2_000);
		await tells(...UP, "prompt ok", "login ok");
		assert.equal(await client.hears(), " (status, 11 ) ");
		client.say("(estado,11-livre)");
		await tells(...UP, "prompt ok", "login ok", "ticket ok");
		await running;
		// Whoever asked may have named a variable: only the end says what it was.
		assert.deepEqual([reports.at(0)?.extension, reports.at(-1)?.extension], [undefined, "11"]);
	});

	it("says that a server which says nothing after the login proves nothing", async () => {
		start({ extension: "999" });
		const client = await server.client();
		client.say(PROMPT_KNOWN);
		assert.equal(await client.hears(), "227, 999");
		clock.advance(2_000);
		clock.advance(5_000);
		await tells(...UP, "prompt ok", "login ok", "ticket silent");
		assert.deepEqual(client.sent, ["227, 999"]);
	});

	it("says which step failed and why", async () => {
		start();
		const again = await server.client();
		again.say(PROMPT_KEY, PROMPT_KEY, PROMPT_KEY);
		await tells(...UP, "prompt ok", "login failed prompted-again");
		await running;
		reports.length = 0;

		start();
		const closing = await server.client(1);
		closing.say(PROMPT_KEY);
		await closing.hears();
		closing.socket.close();
		await tells(...UP, "prompt ok", "login failed closed-after-login");
		await running;
		reports.length = 0;

		start({ key: null });
		(await server.client(2)).say(PROMPT_KEY);
		await tells(...UP, "prompt ok", "login failed no-key");
		await running;
		reports.length = 0;

		start();
		await server.client(3);
		await tells(...UP);
		clock.advance(10_000);
		await tells(...UP, "prompt failed no-prompt");
		await running;
		reports.length = 0;

		start({ url: "ws://pbx.invalid:9300" });
		await tells("resolve failed no-such-host");
		await running;
		reports.length = 0;

		const web = await rawServer((socket) => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"));
		start({ url: web.url });
		await tells("resolve ok", "connect ok", "websocket failed not-websocket");
		await running;
		await web.stop();
		reports.length = 0;

		start({ url: web.url });
		await tells("resolve ok", "connect failed unreachable");
	});

	it("says nothing more once it is over, whatever still comes", async () => {
		start({ key: null });
		(await server.client()).say(`${PROMPT_KEY}${PROMPT_KNOWN}(info,-Livre)`, PROMPT_KNOWN);
		await tells(...UP, "prompt ok", "login failed no-key");
		await running;
		clock.advance(20_000);
		assert.deepEqual(told().at(-1), "login failed no-key");
		assert.equal(told().length, 5);
	});

	it("can be broken off at any step", async () => {
		start();
		const client = await server.client();
		await tells(...UP);
		current.abort();
		await running;
		await client.closes();
	});
});
