import { connect, createServer, type Server, type Socket } from "node:net";

/** A TCP proxy between a client and a server, which can do to the bytes what networks do. */
export class FaultyProxy {
	readonly #server: Server;
	readonly #target: number;
	readonly #pairs = new Set<readonly [Socket, Socket]>();
	/** Takes connections and resets them at once. */
	refuses = false;
	/** Nothing passes any more, and nothing is closed. */
	isStalled = false;
	/** Bytes to the client go out in pieces of this many; 0 as they came. */
	pieces = 0;
	/** Milliseconds between two pieces. */
	pace = 0;
	/** What becomes of the bytes to the client. */
	alter: (bytes: Buffer) => Buffer = (bytes) => bytes;
	/** Connections that were tried. */
	tried = 0;

	private constructor(target: number) {
		this.#target = target;
		this.#server = createServer((client) => this.#pass(client));
	}

	static async start(target: number): Promise<FaultyProxy> {
		const proxy = new FaultyProxy(target);
		await new Promise<void>((resolve) => proxy.#server.listen(0, "127.0.0.1", resolve));
		return proxy;
	}

	get port(): number {
		const address = this.#server.address();
		return typeof address === "object" && address ? address.port : 0;
	}

	get url(): string {
		return `ws://127.0.0.1:${this.port}`;
	}

	/** Cuts all connections, as a router does that restarts. */
	cut(): void {
		for (const [client, server] of this.#pairs) {
			client.destroy();
			server.destroy();
		}
	}

	async stop(): Promise<void> {
		this.cut();
		await new Promise((resolve) => this.#server.close(resolve));
	}

	#pass(client: Socket): void {
		this.tried++;
		client.on("error", () => client.destroy());
		if (this.refuses) {
			client.resetAndDestroy();
			return;
		}
		const server = connect(this.#target, "127.0.0.1");
		server.on("error", () => client.destroy());
		const pair = [client, server] as const;
		this.#pairs.add(pair);
		client.on("data", (bytes) => {
			if (!this.isStalled) server.write(bytes);
		});
		let sent = Promise.resolve();
		server.on("data", (bytes: Buffer) => {
			if (!this.isStalled) sent = sent.then(() => this.#send(client, this.alter(bytes)));
		});
		client.on("close", () => {
			this.#pairs.delete(pair);
			server.destroy();
		});
		server.on("close", () => {
			if (!this.isStalled) void sent.then(() => client.end());
		});
	}

	async #send(client: Socket, bytes: Buffer): Promise<void> {
		const size = this.pieces || bytes.length;
		for (let at = 0; at < bytes.length && !client.destroyed; at += size) {
			client.write(bytes.subarray(at, at + size));
			if (this.pieces > 0) await new Promise((resolve) => setTimeout(resolve, this.pace));
		}
	}
}
