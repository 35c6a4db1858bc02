import assert from "node:assert/strict";
import { eventually, settle } from "../support/eventually";
import { LinkFixture } from "../support/linkFixture";
import { handshake, rawServer } from "../support/rawServer";

describe("a link, keeping the connection", () => {
	let fixture: LinkFixture;
	beforeEach(async () => {
		fixture = await LinkFixture.start();
	});
	afterEach(() => fixture.stop());

	it("slows down and says so where another client throws it out again and again", async () => {
		fixture.open();
		const reasons: string[] = [];
		for (let i = 0; i < 5; i++) {
			const client = await fixture.loggedIn(i);
			fixture.clock.advance(1_000);
			client.socket.terminate();
			const { reason, retryIn } = await fixture.becomes("disconnected");
			reasons.push(`${reason} ${retryIn}`);
			fixture.clock.advance(retryIn);
		}
		assert.deepEqual(reasons, ["lost 2000", "lost 4000", "thrown-out 8000", "thrown-out 16000", "thrown-out 32000"]);
	});

	it("gives a server up that does not prompt within ten seconds", async () => {
		fixture.open();
		await fixture.server.client();
		await settle();
		fixture.clock.advance(10_000);
		assert.deepEqual(fixture.states.at(-1), {
			...{ kind: "disconnected", reason: "no-prompt" },
			...{ detail: "the server did not ask for the login", retryIn: 2_000 },
		});
		await (await fixture.server.client()).closes();
	});

	it("pings after 25 s and gives a server up that neither answers nor speaks within ten more", async () => {
		const client = await fixture.openLoggedIn();
		client.socket.pause();
		fixture.clock.advance(34_999);
		assert.equal(fixture.link.state.kind, "connected");
		fixture.clock.advance(1);
		assert.equal((await fixture.becomes("disconnected")).reason, "no-heartbeat");
	});

	it("comes back by itself, later each time, up to a minute, and never gives up", async () => {
		const delays: number[] = [];
		const dead = await rawServer((socket) => socket.destroy());
		fixture.open({ url: dead.url });
		for (let round = 0; round < 9; round++) {
			const state = await fixture.becomes("disconnected");
			assert.ok(state.kind === "disconnected");
			delays.push(state.retryIn / 1000);
			fixture.states.push({ kind: "closed" });
			fixture.clock.advance(state.retryIn);
		}
		assert.deepEqual(delays, [2, 4, 8, 16, 32, 60, 60, 60, 60]);
		await fixture.link.close();
		await dead.stop();
	});

	it("starts its delays anew after it has held for half a minute", async () => {
		fixture.open();
		(await fixture.server.client()).socket.terminate();
		await fixture.becomes("disconnected");
		fixture.clock.advance(2_000);
		const client = await fixture.loggedIn(1);
		fixture.clock.advance(30_000);
		client.socket.terminate();
		assert.deepEqual(await fixture.becomes("disconnected").then((state) => "retryIn" in state && state.retryIn), 2_000);
	});

	it("closes on a frame over 1 MiB and comes back", async () => {
		const client = await fixture.openLoggedIn();
		client.say(`(info,${"x".repeat(1024 * 1024)})`);
		const state = await fixture.becomes("disconnected");
		assert.equal(state.kind === "disconnected" && state.reason, "too-large");
		fixture.clock.advance(2_000);
		await fixture.loggedIn(1);
	});

	it("gives every kind of close the same orderly reconnect", async () => {
		fixture.open();
		for (const [round, code] of [1000, 1001, 1011, 3000, 4000].entries()) {
			const client = await fixture.loggedIn(round);
			client.socket.close(code);
			const state = await fixture.becomes("disconnected");
			// From the third time in a row on, somebody else seems to have the extension.
			assert.equal(state.reason, round < 2 ? "lost" : "thrown-out");
			fixture.clock.advance(60_000);
		}
	});

	it("survives reserved close codes, broken frames and things that are no WebSocket server", async () => {
		const reserved = Buffer.from([0x88, 0x02, 0x03, 0xec]);
		const cases: [Buffer, string][] = [
			[reserved, "broken"],
			[Buffer.from([0xff, 0xff, 0xff, 0xff]), "broken"],
		];
		for (const [bytes, reason] of cases) {
			const tcp = await rawServer((socket, request) => {
				socket.write(handshake(request));
				socket.write(bytes);
			});
			fixture.open({ url: tcp.url });
			const state = await fixture.becomes("disconnected");
			assert.equal(state.kind === "disconnected" && state.reason, reason);
			await fixture.link.close();
			await tcp.stop();
		}
		const web = await rawServer((socket) => socket.end("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"));
		fixture.open({ url: web.url });
		const state = await fixture.becomes("disconnected");
		assert.equal(state.kind === "disconnected" && state.reason, "not-websocket");
		await fixture.link.close();
		await web.stop();
	});

	it("hands on what came before the server closed", async () => {
		const client = await fixture.openLoggedIn();
		const frames = Array.from({ length: 500 }, (_, i) => `(CALL,${i})`);
		client.say(...frames);
		client.socket.close();
		await fixture.becomes("disconnected");
		assert.deepEqual(fixture.heard.slice(1), frames);
	});

	it("reads Latin-1 in a text frame", async () => {
		const client = await fixture.openLoggedIn();
		client.say(Buffer.from("(info,Indisponível)", "latin1"));
		await eventually(() => assert.equal(fixture.heard.at(-1), "(info,Indisponível)"));
	});

	it("leaves neither socket nor timer behind when it is closed, whatever it was doing", async () => {
		fixture.open();
		await fixture.link.close();
		fixture.open();
		const client = await fixture.server.client();
		await fixture.link.close();
		await client.closes();
		fixture.open();
		await fixture.loggedIn(fixture.server.clients.length);
		await fixture.link.close();
		await eventually(() => assert.equal(fixture.server.open, 0));
		assert.equal(fixture.clock.pending, 0);
		assert.equal(fixture.states.at(-1)?.kind, "closed");
	});
});
