import assert from "node:assert/strict";
import { eventually, settle } from "../support/eventually";
import { LinkFixture } from "../support/linkFixture";
import { handshake, rawServer, textFrame, unmasked } from "../support/rawServer";
import { PROMPT_KEY, PROMPT_KNOWN } from "../support/seed";

describe("a link, logging in", () => {
	let fixture: LinkFixture;
	beforeEach(async () => {
		fixture = await LinkFixture.start();
	});
	afterEach(() => fixture.stop());

	it("answers each prompt with the bytes the vendor's client sends, whenever it comes", async () => {
		fixture.open();
		const client = await fixture.server.client();
		client.say(PROMPT_KEY);
		assert.equal(await client.hears(), "227/11, XX_673482yRTO988423432xx% ");
		client.say(PROMPT_KNOWN);
		assert.equal(await client.hears(), "227, 11");
		client.say("(CALL,974319404)", PROMPT_KEY);
		assert.equal(await client.hears(), "227/11, XX_673482yRTO988423432xx% ");
		assert.deepEqual(fixture.heard, ["(CALL,974319404)"]);
	});

	it("sends nothing before a prompt", async () => {
		fixture.open();
		const client = await fixture.server.client();
		fixture.clock.advance(9_000);
		await settle();
		assert.deepEqual(client.sent, []);
	});

	it("hears a prompt that shares a TCP segment with the handshake's answer", async () => {
		const received: string[] = [];
		const tcp = await rawServer((socket, request) => {
			const answer = handshake(request);
			socket.write(Buffer.concat([Buffer.from(answer), textFrame(PROMPT_KNOWN)]));
			socket.on("data", (data) => received.push(unmasked(data)));
		});
		fixture.open({ url: tcp.url });
		await eventually(() => assert.deepEqual(received, ["227, 11"]));
		await fixture.link.close();
		await tcp.stop();
	});

	it("counts as logged in with the first ticket that is no prompt", async () => {
		await fixture.openLoggedIn();
		assert.deepEqual(fixture.states.at(-1), { kind: "connected", confirmed: true });
	});

	it("counts as logged in, unconfirmed, when the server stays silent for two seconds", async () => {
		fixture.open();
		const client = await fixture.server.client();
		client.say(PROMPT_KEY);
		await client.hears();
		fixture.clock.advance(1_999);
		assert.equal(fixture.link.state.kind, "connecting");
		fixture.clock.advance(1);
		assert.deepEqual(fixture.link.state, { kind: "connected", confirmed: false });
		client.say("(info,-Livre)");
		await eventually(() => assert.deepEqual(fixture.link.state, { kind: "connected", confirmed: true }));
	});

	it("takes no bare line for a confirmation", async () => {
		fixture.open();
		const client = await fixture.server.client();
		client.say(PROMPT_KEY, "ERROR");
		await eventually(() => assert.deepEqual(fixture.heard, ["ERROR"]));
		assert.equal(fixture.link.state.kind, "connecting");
	});

	it("counts as refused when the same prompt comes a third time, and tries again slowly", async () => {
		fixture.open();
		const client = await fixture.server.client();
		client.say(PROMPT_KEY, PROMPT_KEY, PROMPT_KEY, PROMPT_KEY);
		const state = await fixture.becomes("refused");
		assert.deepEqual(state, { kind: "refused", reason: "prompted-again", retryIn: 120_000 });
		await client.closes();
		assert.equal(client.sent.length, 2);
		fixture.clock.advance(119_999);
		await settle();
		assert.equal(fixture.server.clients.length, 1);
		fixture.clock.advance(1);
		await fixture.loggedIn(1);
	});

	it("counts as refused when the server closes right after the answer", async () => {
		fixture.open();
		const client = await fixture.server.client();
		client.say(PROMPT_KEY);
		await client.hears();
		client.socket.close();
		assert.deepEqual(await fixture.becomes("refused"), {
			kind: "refused",
			reason: "closed-after-login",
			retryIn: 120_000,
		});
	});

	it("counts as refused when a key is asked for and none is set", async () => {
		fixture.open({ key: null });
		(await fixture.server.client()).say(PROMPT_KEY);
		assert.deepEqual(await fixture.becomes("refused"), { kind: "refused", reason: "no-key", retryIn: 120_000 });
	});

	it("takes a fault of the network right after the answer for what it is", async () => {
		fixture.open();
		const client = await fixture.server.client();
		client.say(PROMPT_KEY);
		await client.hears();
		client.say(`(info,${"x".repeat(1024 * 1024)})`);
		assert.equal((await fixture.becomes("disconnected")).reason, "too-large");
	});

	it("counts as refused when prompts go on and on, whatever is said between them", async () => {
		fixture.open();
		const client = await fixture.server.client();
		for (let round = 0; round < 20; round++) client.say("(info,clave incorrecta)", PROMPT_KEY, "(info,-Livre)");
		assert.equal((await fixture.becomes("refused")).reason, "prompted-again");
		await client.closes();
		assert.ok(client.sent.length <= 6, String(client.sent.length));
	});

	it("takes a text that nobody knows for no confirmation", async () => {
		fixture.open();
		const client = await fixture.server.client();
		client.say(PROMPT_KEY);
		await client.hears();
		client.say("(info,Clave incorrecta)");
		client.socket.close();
		assert.equal((await fixture.becomes("refused")).reason, "closed-after-login");
	});

	it("takes one close after a login that has worked before for a server that restarts, and a second for a refusal", async () => {
		(await fixture.openLoggedIn()).socket.terminate();
		for (const [round, kind] of (["disconnected", "refused"] as const).entries()) {
			fixture.clock.advance((await fixture.becomes("disconnected")).retryIn);
			const client = await fixture.server.client(round + 1);
			client.say(PROMPT_KEY);
			await client.hears();
			fixture.states.length = 0;
			client.socket.close();
			await fixture.becomes(kind);
		}
	});
});
