import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server } from "node:https";
import type { TlsOptions } from "node:tls";
import { generate } from "selfsigned";
import { WebSocketServer } from "ws";
import type { TlsSettings } from "../../src/link/socket";
import { LinkFixture } from "../support/linkFixture";
import { PROMPT_KNOWN } from "../support/seed";

interface Pair {
	readonly cert: string;
	readonly private: string;
}

const DAY = 86_400_000;

/** A certificate for 127.0.0.1, or for another name; from and to in days from now. */
function certificate(
	over: { name?: string; from?: number; to?: number; issuer?: Pair; isAuthority?: boolean } = {},
): Promise<Pair> {
	const { name, from = -1, to = 30, issuer, isAuthority = false } = over;
	const altNames = name ? [{ type: 2 as const, value: name }] : [{ type: 7 as const, ip: "127.0.0.1" }];
	return generate([{ name: "commonName", value: isAuthority ? "Test authority" : (name ?? "127.0.0.1") }], {
		...{ keySize: 2048, algorithm: "sha256", notBeforeDate: new Date(Date.now() + from * DAY) },
		notAfterDate: new Date(Date.now() + to * DAY),
		...(issuer && { ca: { key: issuer.private, cert: issuer.cert } }),
		extensions: [
			{ name: "basicConstraints", cA: isAuthority, critical: true },
			...(isAuthority ? [] : [{ name: "subjectAltName" as const, altNames }]),
		],
	});
}

describe("a link over TLS", function () {
	this.timeout(30_000);
	let authority: Pair;
	let fixture: LinkFixture;
	let server: Server | null = null;

	before(async () => {
		authority = await certificate({ isAuthority: true });
	});
	beforeEach(async () => {
		fixture = await LinkFixture.start();
	});
	afterEach(async () => {
		await fixture.stop();
		server?.closeAllConnections();
		server?.close();
		server = null;
	});

	/** A server that asks for the login, with a certificate; gives its address. */
	async function serve(pair: Pair, options: TlsOptions = {}): Promise<string> {
		const https = createServer({ key: pair.private, cert: pair.cert, ...options });
		server = https;
		new WebSocketServer({ server: https }).on("connection", (socket) => {
			socket.send(PROMPT_KNOWN);
			socket.on("message", () => socket.send("(info,-Livre)"));
		});
		https.listen(0, "127.0.0.1");
		await once(https, "listening");
		const address = https.address();
		return `wss://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
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
			server?.closeAllConnections();
			server?.close();
		}
	});

	it("says so where the server speaks no TLS, and where the certificate to show is none", async () => {
		await isRefused(fixture.server.url.replace("ws:", "wss:"), {});
		await fixture.link.close();
		fixture.states.length = 0;
		await isRefused("wss://127.0.0.1:1", { cert: "no certificate", key: "no key" });
	});
});
