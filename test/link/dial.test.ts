import assert from "node:assert/strict";
import { eventually, settle } from "../support/eventually";
import { LinkFixture, NUMBER } from "../support/linkFixture";
import { PROMPT_KNOWN } from "../support/seed";

describe("a link, asking for a call", () => {
	let fixture: LinkFixture;
	beforeEach(async () => {
		fixture = await LinkFixture.start();
	});
	afterEach(() => fixture.stop());

	it("sends the request and takes the PBX's word as the outcome", async () => {
		const outcomes = [
			["(info,Chamada...)", "calling"],
			["(info,Ocupado)", "busy"],
			["(info,Indisponível)", "unavailable"],
			["(info,Tempo limite de falha)", "timeout"],
		];
		const client = await fixture.openLoggedIn();
		for (const [word = "", outcome] of outcomes) {
			const { isSent, reply } = fixture.link.dial(NUMBER, 60_000);
			assert.ok(isSent);
			assert.equal(await client.hears(), " (call, 974319404)");
			client.say("(info,-Timbre)", word);
			assert.equal((await reply).outcome, outcome);
		}
	});

	it("answers a second call meanwhile as busy, without sending it", async () => {
		const client = await fixture.openLoggedIn();
		const first = fixture.link.dial(NUMBER, 60_000);
		const second = fixture.link.dial(NUMBER, 60_000);
		assert.ok(!second.isSent);
		assert.deepEqual(await second.reply, { outcome: "busy", ticket: null });
		await client.hears();
		client.say("(info,Chamada...)");
		assert.equal((await first.reply).outcome, "calling");
		assert.equal(client.sent.length, 2);
	});

	it("waits on at a word it does not know, and says unknown when nothing else comes", async () => {
		const client = await fixture.openLoggedIn();
		const dialled = fixture.link.dial(NUMBER, 20_000);
		await client.hears();
		client.say("(info,Marcando algo)");
		await eventually(() => assert.equal(fixture.heard.at(-1), "(info,Marcando algo)"));
		fixture.clock.advance(20_000);
		const reply = await dialled.reply;
		assert.equal(reply.outcome, "unknown");
		assert.equal(reply.ticket?.text, "Marcando algo");
	});

	it("is refused at once while the link is down, and not dialled later", async () => {
		fixture.open();
		const client = await fixture.server.client();
		assert.throws(() => fixture.link.dial(NUMBER, 60_000), { code: "not-connected" });
		client.say(PROMPT_KNOWN, "(info,-Livre)");
		await fixture.becomes("connected");
		await client.hears();
		await settle();
		assert.deepEqual(client.sent, ["227, 11"]);
	});

	it("fails with a stable code when the link falls or closes first", async () => {
		const client = await fixture.openLoggedIn();
		const lost = assert.rejects(fixture.link.dial(NUMBER, 60_000).reply, { code: "link-lost" });
		await client.hears();
		client.socket.terminate();
		await lost;
		fixture.clock.advance(2_000);
		await fixture.loggedIn(1);
		const closed = assert.rejects(fixture.link.dial(NUMBER, 60_000).reply, { code: "closed" });
		await fixture.link.close();
		await closed;
	});
});
