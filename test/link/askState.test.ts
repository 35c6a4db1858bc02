import assert from "node:assert/strict";
import type { Extension } from "../../src/protocol/address";
import { eventually } from "../support/eventually";
import { LinkFixture } from "../support/linkFixture";

describe("a link, asking for states", () => {
	let fixture: LinkFixture;
	beforeEach(async () => {
		fixture = await LinkFixture.start();
	});
	afterEach(() => fixture.stop());

	const ask = (extension: string) => fixture.link.askState(extension as Extension, 5_000);

	it("asks one at a time and matches the answer by its extension", async () => {
		const client = await fixture.openLoggedIn();
		const [first, second] = [ask("11"), ask("12")];
		assert.equal(await client.hears(), " (status, 11 ) ");
		client.say("(estado,12-livre)");
		await eventually(() => assert.equal(fixture.heard.at(-1), "(estado,12-livre)"));
		assert.equal(client.sent.length, 2);
		client.say("(estado,11-ocupado)");
		assert.deepEqual(await first.then((reply) => reply.kind === "found" && reply.ticket.state), "busy");
		assert.equal(await client.hears(), " (status, 12 ) ");
		client.say("(status,12-libre)");
		assert.deepEqual(await second.then((reply) => reply.kind === "found" && reply.ticket.state), "idle");
	});

	it("tells an extension that does not exist from one that gets no answer", async () => {
		const client = await fixture.openLoggedIn();
		const missing = ask("77");
		await client.hears();
		client.say("(status,ErrorNumber)");
		assert.equal((await missing).kind, "not-found");
		const silent = ask("19");
		await client.hears();
		fixture.clock.advance(5_000);
		assert.equal((await silent).kind, "no-answer");
	});

	it("lets 256 wait and refuses more", async () => {
		await fixture.openLoggedIn();
		const waiting = Array.from({ length: 257 }, (_, i) => ask(String(i)).catch((error: unknown) => error));
		await assert.rejects(ask("300"), { code: "too-many-requests" });
		await fixture.link.close();
		const ended = await Promise.all(waiting);
		assert.ok(ended.every((error) => error instanceof Error && "code" in error && error.code === "closed"));
	});
});
