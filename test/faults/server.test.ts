import assert from "node:assert/strict";
import { eventually, settle } from "../support/eventually";
import { LinkFixture } from "../support/linkFixture";
import { handshake, type RawServer, rawServer, textFrame } from "../support/rawServer";
import { PROMPT_KEY, PROMPT_KNOWN } from "../support/seed";

describe("a server that does what it should not", () => {
	let fixture: LinkFixture;
	const servers: RawServer[] = [];
	beforeEach(async () => {
		fixture = await LinkFixture.start();
	});
	afterEach(async () => {
		await fixture.stop();
		for (const server of servers.splice(0)) await server.stop();
	});

	/** A server that answers the handshake like this. */
	async function answering(answer: (request: string) => string | Buffer): Promise<string> {
		const server = await rawServer((socket, request) => socket.write(answer(request)));
		servers.push(server);
		return server.url;
	}

	it("sends the client elsewhere, and is not followed", async () => {
		const url = await answering(
			() => `HTTP/1.1 302 Found\r\nLocation: ${fixture.server.url.replace("ws", "http")}/\r\nContent-Length: 0\r\n\r\n`,
		);
		fixture.open({ url });
		assert.equal((await fixture.becomes("disconnected")).reason, "not-websocket");
		await settle();
		assert.equal(fixture.server.clients.length, 0);
	});

	it("agrees on a subprotocol or a compression that nobody asked for", async () => {
		for (const header of ["Sec-WebSocket-Protocol: pbx", "Sec-WebSocket-Extensions: permessage-deflate"]) {
			const url = await answering((request) => handshake(request).replace("\r\n\r\n", `\r\n${header}\r\n\r\n`));
			fixture.open({ url });
			assert.equal((await fixture.becomes("disconnected")).reason, "not-websocket", header);
			await fixture.link.close();
			fixture.states.length = 0;
		}
	});

	it("prompts in the middle of the session, twice at a time, or of the other kind, and is answered each time", async () => {
		const client = await fixture.openLoggedIn();
		client.say("(CALL,1)", PROMPT_KNOWN, "(CALL,2)", `${PROMPT_KEY}(CALL,3)`);
		assert.deepEqual([await client.hears(), (await client.hears()).slice(0, 8)], ["227, 11", "227/11, "]);
		await eventually(() => assert.deepEqual(fixture.heard.slice(1), ["(CALL,1)", "(CALL,2)", "(CALL,3)"]));
		assert.equal(fixture.states.at(-1)?.kind, "connected");
	});

	it("sends binary frames, broken UTF-8 and empty frames: what can be read is read, and what comes behind as well", async () => {
		const client = await fixture.openLoggedIn();
		client.socket.send(Buffer.from("(CALL,974319404)"), { binary: true });
		client.say(
			"",
			Buffer.from([0xff, 0xfe, 0x28]),
			Buffer.from("(info,\xff\xfeOcupado)", "latin1"),
			"(CALL,600000101)",
		);
		await eventually(() => assert.equal(fixture.heard.at(-1), "(CALL,600000101)"));
		assert.equal(fixture.heard[1], "(CALL,974319404)");
		assert.equal(fixture.heard.length, 5);
		assert.equal(fixture.states.at(-1)?.kind, "connected");
	});

	it("announces a frame of 64 MiB: given up before it is read", async () => {
		const url = await answering((request) => {
			const head = Buffer.from([0x81, 127, 0, 0, 0, 0, 0x04, 0, 0, 0]);
			return Buffer.concat([Buffer.from(handshake(request)), textFrame(PROMPT_KNOWN), head]);
		});
		fixture.open({ url });
		assert.equal((await fixture.becomes("disconnected")).reason, "too-large");
	});

	it("sends 40,000 tickets in one frame: all are heard, in their order", async () => {
		const client = await fixture.openLoggedIn();
		const tickets = Array.from({ length: 40_000 }, (_, i) => `(CALL,${600_000_000 + i})`);
		client.say(tickets.join(""));
		await eventually(() => assert.equal(fixture.heard.length, 40_001));
		assert.deepEqual(fixture.heard.slice(1), tickets);
	});

	it("closes with codes that nobody may use", async () => {
		for (const code of [1004, 1005, 1006, 1015, 2999]) {
			const url = await answering((request) => {
				const close = Buffer.from([0x88, 0x02, code >> 8, code & 0xff]);
				return Buffer.concat([Buffer.from(handshake(request)), close]);
			});
			fixture.open({ url });
			assert.match((await fixture.becomes("disconnected")).reason, /^(broken|lost)$/, String(code));
			await fixture.link.close();
			fixture.states.length = 0;
		}
	});

	it("answers no HTTP, or something that is none", async () => {
		for (const answer of [
			"SSH-2.0-OpenSSH_9.6\r\n",
			"\x15\x03\x01\x00\x02\x02\x46",
			"HTTP/1.1 101 Switching Protocols\r\n\r\n",
		]) {
			fixture.open({ url: await answering(() => answer) });
			assert.equal((await fixture.becomes("disconnected")).reason, "not-websocket", answer);
			await fixture.link.close();
			fixture.states.length = 0;
		}
	});
});
