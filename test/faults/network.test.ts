import assert from "node:assert/strict";
import dns from "node:dns";
import { eventually, settle } from "../support/eventually";
import { FaultyProxy } from "../support/faultyProxy";
import { LinkFixture } from "../support/linkFixture";
import { PROMPT_KNOWN } from "../support/seed";

describe("a network that fails", () => {
	let fixture: LinkFixture;
	let proxy: FaultyProxy;
	beforeEach(async () => {
		fixture = await LinkFixture.start();
		proxy = await FaultyProxy.start(fixture.server.port);
	});
	afterEach(async () => {
		await proxy.stop();
		await fixture.stop();
	});

	it("is left with a retry when it cuts the connection, and found again when it is back", async () => {
		fixture.open({ url: proxy.url });
		await fixture.loggedIn();
		proxy.cut();
		const { reason, retryIn } = await fixture.becomes("disconnected");
		assert.deepEqual([reason, retryIn], ["lost", 2_000]);
		fixture.clock.advance(retryIn);
		const client = await fixture.loggedIn(1);
		client.say("(CALL,974319404)");
		await eventually(() => assert.equal(fixture.heard.at(-1), "(CALL,974319404)"));
	});

	it("resets each connection at once, as the server does with the sixteenth: later each time, up to a minute", async () => {
		proxy.refuses = true;
		fixture.open({ url: proxy.url });
		const waits: number[] = [];
		for (let i = 1; i <= 7; i++) {
			await eventually(() => assert.equal(proxy.tried, i));
			const { reason, retryIn } = await fixture.becomes("disconnected");
			assert.equal(reason, "unreachable");
			waits.push(retryIn);
			if (i < 7) fixture.clock.advance(retryIn);
			await settle();
		}
		assert.deepEqual(waits, [2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
		proxy.refuses = false;
		fixture.clock.advance(60_000);
		await fixture.loggedIn();
	});

	it("stops passing bytes without closing: noticed within a heartbeat and its answer's time", async () => {
		fixture.open({ url: proxy.url });
		await fixture.loggedIn();
		proxy.isStalled = true;
		fixture.clock.advance(25_000);
		await settle();
		assert.equal(fixture.states.at(-1)?.kind, "connected");
		fixture.clock.advance(10_000);
		assert.equal((await fixture.becomes("disconnected")).reason, "no-heartbeat");
		await assert.rejects(fixture.link.askState("11" as never, 1_000), { code: "not-connected" });
	});

	it("brings handshake, prompt and tickets byte by byte", async () => {
		proxy.pieces = 1;
		fixture.open({ url: proxy.url });
		const client = await fixture.server.client();
		client.say(PROMPT_KNOWN);
		assert.equal(await client.hears(), "227, 11");
		client.say("(info,Indisponível) (info,-Livre)(CALL,974319404)");
		await eventually(() =>
			assert.deepEqual(fixture.heard, ["(info,Indisponível)", "(info,-Livre)", "(CALL,974319404)"]),
		);
	});

	it("brings the handshake too slowly: given up after ten seconds by the real clock's own timeout", async () => {
		proxy.isStalled = true;
		fixture.open({ url: proxy.url });
		await eventually(() => assert.equal(proxy.tried, 1));
		assert.equal((await eventually(() => fixture.becomes("disconnected"), 15)).reason, "no-handshake");
	}).timeout(180_000);

	it("turns bytes over: the connection is given up as broken, and nothing of it is believed", async () => {
		fixture.open({ url: proxy.url });
		const client = await fixture.loggedIn();
		const before = fixture.heard.length;
		// Sets bits in a frame's head that nothing may set.
		proxy.alter = (bytes) => Buffer.from(bytes.map((byte, i) => (i === 0 ? byte | 0x70 : byte)));
		client.say("(CALL,974319404)");
		assert.equal((await fixture.becomes("disconnected")).reason, "broken");
		assert.equal(fixture.heard.length, before);
	});

	it("does not know the server's name at first: the link connects when it does", async () => {
		const { lookup } = dns;
		const failing = (_host: string, ...rest: unknown[]) => {
			const done = rest.at(-1) as (error: Error) => void;
			process.nextTick(done, Object.assign(new Error("getaddrinfo ENOTFOUND pbx.invalid"), { code: "ENOTFOUND" }));
		};
		Reflect.set(dns, "lookup", failing);
		try {
			fixture.open({ url: `ws://pbx.invalid:${proxy.port}` });
			const { reason, retryIn } = await fixture.becomes("disconnected");
			assert.equal(reason, "unreachable");
			const working = (_host: string, options: { all?: boolean }, done: (...results: unknown[]) => void) => {
				const found = options.all ? [[{ address: "127.0.0.1", family: 4 }]] : ["127.0.0.1", 4];
				process.nextTick(done, null, ...found);
			};
			Reflect.set(dns, "lookup", working);
			fixture.clock.advance(retryIn);
			await fixture.loggedIn();
		} finally {
			Reflect.set(dns, "lookup", lookup);
		}
	});
});
