import { once } from "node:events";
import { createServer, type Server } from "node:https";
import type { TlsOptions } from "node:tls";
import { generate } from "selfsigned";
import { WebSocketServer } from "ws";
import { PROMPT_KNOWN } from "./seed";

/** A certificate with its key. */
export interface Pair {
	readonly cert: string;
	readonly private: string;
}

const DAY = 86_400_000;

/** A certificate for 127.0.0.1, or for another name; from and to in days from now. */
export function certificate(
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

/** A server over TLS that asks for the login, and confirms it. */
export class TlsServer {
	readonly #server: Server;

	private constructor(server: Server) {
		this.#server = server;
	}

	static async start(pair: Pair, options: TlsOptions = {}): Promise<TlsServer> {
		const server = createServer({ key: pair.private, cert: pair.cert, ...options });
		new WebSocketServer({ server }).on("connection", (socket) => {
			socket.send(PROMPT_KNOWN);
			socket.on("message", () => socket.send("(info,-Livre)"));
		});
		server.listen(0, "127.0.0.1");
		await once(server, "listening");
		return new TlsServer(server);
	}

	get url(): string {
		const address = this.#server.address();
		return `wss://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
	}

	stop(): void {
		this.#server.closeAllConnections();
		this.#server.close();
	}
}
