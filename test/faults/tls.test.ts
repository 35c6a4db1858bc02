import assert from "node:assert/strict";
import type { TlsOptions } from "node:tls";
import type { TlsSettings } from "../../src/link/socket";
import { LinkFixture } from "../support/linkFixture";
import { certificate, type Pair, TlsServer } from "../support/tlsServer";

describe("a link over TLS", function () {
	this.timeout(180_000);
	let authority: Pair;
	let fixture: LinkFixture;
	let server: TlsServer | null = null;

	before(async () => {
		authority = await certificate({ isAuthority: true });
	});
	beforeEach(async () => {
		fixture = await LinkFixture.start();
	});
	afterEach(async () => {
		await fixture.stop();
		server?.stop();
		server = null;
	});

	async function serve(pair: Pair, options: TlsOptions = {}): Promise<string> {
		server = await TlsServer.start(pair, options);
		return server.url;
	}
	async function isRefused(url: string, tls: TlsSettings): Promise<void> {
		fixture.open({ url, tls });
		assert.equal((await fixture.becomes("disconnected")).reason, "tls");
	}

	it("connects with a private authority's certificate where that authority is given, and only there", async () => {
		const url = await serve(await certificate({ issuer: authority }));
		fixture.open({ url, tls: { ca: authority.cert } });
		assert.ok((await fixture.becomes("connected")).confirmed);
		await fixture.link.close();
		fixture.states.length = 0;
		await isRefused(url, {});
	});

	it("shows its own certificate to a server that asks for one, and is refused without", async () => {
		const pair = await certificate({ issuer: authority });
		const client = await certificate({ name: "client", issuer: authority });
		const url = await serve(pair, { ca: authority.cert, requestCert: true, rejectUnauthorized: true });
		fixture.open({ url, tls: { ca: authority.cert, cert: client.cert, key: client.private } });
		await fixture.becomes("connected");
		await fixture.link.close();
		fixture.states.length = 0;
		fixture.open({ url, tls: { ca: authority.cert } });
		assert.notEqual((await fixture.becomes("disconnected")).kind, "connected");
	});

	it("refuses a wrong host name, an expired and a self-signed certificate", async () => {
		const wrong = [
			await certificate({ name: "pbx.example", issuer: authority }),
			await certificate({ from: -30, to: -1, issuer: authority }),
			await certificate(),
		];
		for (const pair of wrong) {
			await isRefused(await serve(pair), { ca: authority.cert });
			await fixture.link.close();
			fixture.states.length = 0;
			server?.stop();
		}
	});

	it("says so where the server speaks no TLS, and where the certificate to show is none", async () => {
		await isRefused(fixture.server.url.replace("ws:", "wss:"), {});
		await fixture.link.close();
		fixture.states.length = 0;
		await isRefused("wss://127.0.0.1:1", { cert: "no certificate", key: "no key" });
	});
});
