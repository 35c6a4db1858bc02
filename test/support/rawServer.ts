import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createServer, type Server, type Socket } from "node:net";

export interface RawServer {
	readonly url: string;
	stop(): Promise<void>;
}

/** A TCP server for what a WebSocket server would never do; `serve` gets the request's head. */
export async function rawServer(serve: (socket: Socket, request: string) => void): Promise<RawServer> {
	const sockets = new Set<Socket>();
	const server: Server = createServer((socket) => {
		sockets.add(socket);
		socket.on("error", () => socket.destroy());
		socket.once("data", (data) => serve(socket, String(data)));
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const address = server.address();
	assert.ok(typeof address === "object" && address !== null);
	return {
		url: `ws://127.0.0.1:${address.port}`,
		stop: async () => {
			for (const socket of sockets) socket.destroy();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** The answer to a client's handshake. */
export function handshake(request: string): string {
	const key = /Sec-WebSocket-Key: (\S+)/.exec(request)?.[1] ?? "";
	const accept = createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
	return `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`;
}

/** A server's text frame, of at most 125 characters. */
export function textFrame(text: string): Buffer {
	return Buffer.concat([Buffer.from([0x81, text.length]), Buffer.from(text)]);
}

/** The text of a client's frame. */
export function unmasked(frame: Buffer): string {
	const length = (frame[1] ?? 0) & 0x7f;
	const mask = frame.subarray(2, 6);
	return String(Buffer.from(frame.subarray(6, 6 + length).map((byte, i) => byte ^ (mask[i % 4] ?? 0))));
}
