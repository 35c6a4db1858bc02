import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import { eventually } from "./eventually";

/** One client's connection, as the test that plays the server sees it. */
export class Client {
	/** All that the client sent, in its order. */
	readonly sent: string[] = [];
	isOpen = true;

	constructor(readonly socket: WebSocket) {
		socket.on("message", (data) => this.sent.push(String(data)));
		socket.on("close", () => {
			this.isOpen = false;
		});
	}

	/** Sends frames to the client. */
	say(...frames: (string | Buffer)[]): void {
		for (const frame of frames) this.socket.send(frame, { binary: false });
	}

	/** Waits for the next message that this has not returned yet. */
	async hears(): Promise<string> {
		const index = this.#read++;
		return eventually(() => {
			const message = this.sent[index];
			if (message === undefined) throw new Error(`message ${index} has not come: ${JSON.stringify(this.sent)}`);
			return message;
		});
	}
	#read = 0;

	async closes(): Promise<void> {
		await eventually(() => {
			if (this.isOpen) throw new Error("the client has not closed the connection");
		});
	}
}

/** A real WebSocket server on a free port that does nothing by itself: the test is the PBX. */
export class ScriptedServer {
	readonly clients: Client[] = [];
	readonly #server: WebSocketServer;

	private constructor(server: WebSocketServer, greet: (client: Client) => void) {
		this.#server = server;
		server.on("connection", (socket) => {
			const client = new Client(socket);
			this.clients.push(client);
			greet(client);
		});
	}

	/** @param greet  what is done at once with each client */
	static async start(port = 0, greet: (client: Client) => void = () => {}): Promise<ScriptedServer> {
		const server = new WebSocketServer({ port, host: "127.0.0.1" });
		await once(server, "listening");
		return new ScriptedServer(server, greet);
	}

	get port(): number {
		return (this.#server.address() as AddressInfo).port;
	}

	get url(): string {
		return `ws://127.0.0.1:${this.port}`;
	}

	/** How many connections stand. */
	get open(): number {
		return this.clients.filter(({ isOpen }) => isOpen).length;
	}

	/** Waits for the n-th client (from 0). */
	async client(index = 0): Promise<Client> {
		return eventually(() => {
			const client = this.clients[index];
			if (!client) throw new Error(`client ${index} has not connected`);
			return client;
		});
	}

	async stop(): Promise<void> {
		for (const { socket } of this.clients) socket.terminate();
		await new Promise((resolve) => this.#server.close(resolve));
	}
}
