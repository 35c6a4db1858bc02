import WebSocket, { type RawData } from "ws";
import { type Piece, splitFrame } from "../protocol/frame";
import { frameText } from "../protocol/frameText";
import { LIMITS } from "./limits";
import { Slices } from "./slices";

/** TLS settings for `wss://`, as Node's `tls.connect` takes them. */
export interface TlsSettings {
	readonly ca?: string | Buffer;
	readonly cert?: string | Buffer;
	readonly key?: string | Buffer;
	readonly passphrase?: string;
	readonly servername?: string;
	readonly rejectUnauthorized?: boolean;
}

/**
 * Why a socket ended.
 *
 * - `unreachable`: no TCP connection or a reset; `tls`: no common encryption, or a certificate that is not accepted
 * - `no-handshake`: connected, but no WebSocket answer in time
 * - `not-websocket`: something else answered; `too-large`: a frame over 1 MiB; `broken`: not WebSocket frames
 * - `lost`: closed or cut by the other end
 */
export type SocketEnd = "unreachable" | "tls" | "no-handshake" | "not-websocket" | "too-large" | "broken" | "lost";

/** What a {@link WireSocket} tells its owner; nothing after `ended`, and `ended` once. */
export interface SocketEvents {
	/** TCP, and TLS where asked for, is up; only who shows each step wants to know. */
	reached?(): void;
	opened(): void;
	/** The pieces of a frame, or of a part of a long one; the other parts follow. */
	frame(pieces: readonly Piece[]): void;
	/** Any sign of life. */
	heard(): void;
	/** `detail` is the system's or the library's own short text, for logs. */
	ended(why: SocketEnd, detail: string): void;
}

const TLS_ERROR = /^(DEPTH_ZERO_|UNABLE_TO_|SELF_SIGNED_|CERT_|ERR_TLS_|ERR_SSL_|ERR_OSSL|EPROTO|HOSTNAME_)/;

function endOf(error: NodeJS.ErrnoException, opened: boolean): SocketEnd {
	if (error.code === "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH") return "too-large";
	if (error.code?.startsWith("WS_ERR_")) return "broken";
	if (error.code?.startsWith("HPE_")) return "not-websocket";
	if (TLS_ERROR.test(error.code ?? "")) return "tls";
	if (opened) return "lost";
	if (/handshake has timed out/.test(error.message)) return "no-handshake";
	return /Unexpected server response|Invalid |Server sent/.test(error.message) ? "not-websocket" : "unreachable";
}

function bytesOf(data: RawData): Uint8Array {
	if (Array.isArray(data)) return Buffer.concat(data);
	return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}

/** One WebSocket to the server, in the manner the server needs (protocol 1). It is opened by constructing it. */
export class WireSocket {
	readonly #ws: WebSocket;
	readonly #slices: Slices<Piece>;
	#events: SocketEvents | null;
	#opened = false;
	#end: { readonly why: SocketEnd; readonly detail: string } | null = null;

	constructor(url: string, tls: TlsSettings | null, events: SocketEvents) {
		this.#events = events;
		this.#ws = new WebSocket(url, {
			...tls,
			// The server echoes no subprotocol, ignores compression and lets Latin-1 stand in a text frame.
			perMessageDeflate: false,
			skipUTF8Validation: true,
			followRedirects: false,
			handshakeTimeout: LIMITS.handshake,
			maxPayload: LIMITS.frameBytes,
			finishRequest: (request) => {
				const reached = url.startsWith("wss") ? "secureConnect" : "connect";
				request.once("socket", (socket) => socket.once(reached, () => this.#events?.reached?.()));
				request.end();
			},
		});
		this.#slices = new Slices(LIMITS.sliceCharacters, this.#ws, splitFrame, (pieces) => this.#events?.frame(pieces));
		// Before `open`: the first prompt can share a TCP segment with the handshake's answer.
		this.#ws.on("message", (data) => {
			this.#events?.heard();
			this.#slices.push(frameText(bytesOf(data)));
		});
		this.#ws.on("open", () => {
			this.#opened = true;
			this.#events?.opened();
		});
		this.#ws.on("pong", () => this.#events?.heard());
		this.#ws.on("ping", () => this.#events?.heard());
		this.#ws.on("error", (error) => {
			this.#end ??= { why: endOf(error, this.#opened), detail: error.message };
		});
		this.#ws.on("close", (code) => this.#slices.whenEmpty(() => this.#finish(code)));
	}

	/** Sends one text frame; silently nothing where the socket is not open, as `ended` is then on its way. */
	send(text: string): void {
		if (this.#ws.readyState === WebSocket.OPEN) this.#ws.send(text);
	}

	/** Sends a ping; `heard` tells of the pong. */
	ping(): void {
		if (this.#ws.readyState === WebSocket.OPEN) this.#ws.ping();
	}

	/** Ends it with a close frame where one can be sent, and resolves when the socket is gone (within a second). */
	async close(): Promise<void> {
		this.#events = null;
		this.#slices.stop();
		if (this.#ws.readyState === WebSocket.CLOSED) return;
		await new Promise<void>((resolve) => {
			const deadline = setTimeout(() => this.#ws.terminate(), LIMITS.closing);
			this.#ws.once("close", () => {
				clearTimeout(deadline);
				resolve();
			});
			this.#ws.resume();
			if (this.#ws.readyState === WebSocket.OPEN) this.#ws.close(1000);
			else this.#ws.terminate();
		});
	}

	#finish(code: number): void {
		const events = this.#events;
		this.#events = null;
		this.#slices.stop();
		events?.ended(
			this.#end?.why ?? (this.#opened ? "lost" : "unreachable"),
			this.#end?.detail ?? `closed with ${code}`,
		);
	}
}
