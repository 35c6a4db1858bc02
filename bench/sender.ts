// A PBX that sends monitor tickets, in a process of its own: what it costs must not count for the receiver.
import { once } from "node:events";
import type { Socket } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import type { Amount } from "./stats";

/** How it sends. */
export interface SenderOptions extends Amount {
	/** Tickets a second; 0 for as many as the receiver takes. */
	readonly rate: number;
	/** Of the tickets of warming up, how many come last and at the rate; the others come as fast as they are taken. */
	readonly settling?: number;
	/** Tickets in one frame. */
	readonly perFrame: number;
	/** Frames that go into one write, where there is no rate: 1 is each by itself. */
	readonly burst?: number;
	/** Phones that the tickets speak of. */
	readonly phones: number;
	/** `call`: a call's four tickets (rings, caller, end, idle); `state`: states only, with the time in the transaction. */
	readonly kind: "call" | "state";
}

/** What it did. */
export interface SentStats {
	/** Tickets, warming up left out. */
	readonly sent: number;
	readonly seconds: number;
}

/** Bytes that may wait in the socket: beyond, TCP tells the sender to wait. */
const HIGH_WATER = 256 * 1024;
/** Milliseconds between two writes, where there is a rate. */
const TICK = 1;
/** Milliseconds of rest between warming up and what is measured. */
const REST = 200;

const options = JSON.parse(process.argv[2] ?? "{}") as SenderOptions;
let sequence = 0;

function callTickets(): string[] {
	const extension = 2_000 + (sequence % options.phones);
	const id = `${Math.floor(Date.now() / 1000)}.${sequence}`;
	return [
		`(info,270-Timbre-${extension}-0)`,
		`(info,270-6${String(sequence % 100_000_000).padStart(8, "0")}-${extension}-${id})`,
		`(info,270-terminada-${extension}-${id})`,
		`(info,270-Libre-${extension}-0)`,
	];
}

function stateTicket(): string {
	const extension = 2_000 + (sequence % options.phones);
	// The time in microseconds, so that the receiver can tell how old the ticket is.
	const id = `${Math.round((performance.timeOrigin + performance.now()) * 1000)}.${sequence}`;
	const word = Math.floor(sequence / options.phones) % 2 === 0 ? "Ocupada" : "Libre";
	return `(info,270-${word}-${extension}-${id})`;
}

/** A frame's worth of tickets, or what is left of them. */
function nextTickets(left: number): string[] {
	const tickets: string[] = [];
	while (tickets.length < Math.min(options.perFrame, left)) {
		sequence++;
		if (options.kind === "call") tickets.push(...callTickets());
		else tickets.push(stateTicket());
	}
	return tickets;
}

/** Sends so many tickets, at a rate or as fast as the receiver takes them; resolves with the seconds that took. */
function sendAll(socket: WebSocket, total: number, rate: number, burst: number): Promise<number> {
	const wire: Socket = Reflect.get(socket, "_socket");
	const started = performance.now();
	let sent = 0;
	return new Promise((resolve) => {
		const turn = () => {
			if (socket.readyState !== socket.OPEN) return;
			const due = rate > 0 ? Math.min(total, ((performance.now() - started) / 1000) * rate) : total;
			wire.cork();
			for (let i = 0; i < burst && sent < due && socket.bufferedAmount < HIGH_WATER; i++) {
				const tickets = nextTickets(total - sent);
				sent += tickets.length;
				socket.send(tickets.join(" "));
			}
			wire.uncork();
			if (sent >= total) resolve((performance.now() - started) / 1000);
			else if (rate > 0) setTimeout(turn, TICK);
			else setImmediate(turn);
		};
		turn();
	});
}

async function serve(socket: WebSocket): Promise<void> {
	const { warm, total, rate, settling = 0, burst = 64 } = options;
	if (warm > 0) {
		const isThrough = once(process, "message");
		await sendAll(socket, warm - settling, 0, burst);
		if (settling > 0) await sendAll(socket, settling, rate, Number.POSITIVE_INFINITY);
		await isThrough;
		await new Promise((resolve) => setTimeout(resolve, REST));
	}
	const seconds = await sendAll(socket, total, rate, rate > 0 ? Number.POSITIVE_INFINITY : burst);
	process.send?.({ sent: total, seconds } satisfies SentStats);
}

const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
server.on("listening", () => {
	const address = server.address();
	process.send?.({ port: typeof address === "object" && address ? address.port : 0 });
});
server.on("connection", (socket) => {
	socket.send("(ID?,CONECTADO)");
	socket.once("message", () => void serve(socket));
});
process.on("disconnect", () => process.exit(0));
