// A PBX that sends monitor tickets, in a process of its own: what it costs must not count for the receiver.
import { WebSocketServer } from "ws";

/** How it sends. */
export interface SenderOptions {
	/** Tickets a second; 0 for as many as the receiver takes. */
	readonly rate: number;
	/** Tickets in all; 0 for without end. */
	readonly total: number;
	/** Tickets in one frame. */
	readonly perFrame: number;
	/** Frames that go into one write, where there is no rate: 1 is each by itself. */
	readonly burst?: number;
	/** Phones that the tickets speak of. */
	readonly phones: number;
	/** `call`: a call's four tickets (rings, caller, end, idle); `state`: states only, with the time in the transaction. */
	readonly kind: "call" | "state";
}

/** Bytes that may wait in the socket: beyond, TCP tells the sender to wait. */
const HIGH_WATER = 256 * 1024;
/** Milliseconds between two bursts, where there is a rate. */
const TICK = 10;

function callTickets(sequence: number, phones: number): string[] {
	const extension = 2_000 + (sequence % phones);
	const id = `${Math.floor(Date.now() / 1000)}.${sequence}`;
	return [
		`(info,270-Timbre-${extension}-0)`,
		`(info,270-6${String(sequence % 100_000_000).padStart(8, "0")}-${extension}-${id})`,
		`(info,270-terminada-${extension}-${id})`,
		`(info,270-Libre-${extension}-0)`,
	];
}

function stateTicket(sequence: number, phones: number): string {
	const extension = 2_000 + (sequence % phones);
	// The time in microseconds, so that the receiver can tell how old the ticket is.
	const id = `${Math.round(performance.timeOrigin * 1000 + performance.now() * 1000)}.${sequence}`;
	return `(info,270-${sequence % 2 === 0 ? "Ocupada" : "Libre"}-${extension}-${id})`;
}

type Socket = import("node:net").Socket;

const options = JSON.parse(process.argv[2] ?? "{}") as SenderOptions;
const burst = options.rate > 0 ? Number.POSITIVE_INFINITY : (options.burst ?? 64);
const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
server.on("listening", () => {
	const address = server.address();
	process.send?.({ port: typeof address === "object" && address ? address.port : 0 });
});
server.on("connection", (socket) => {
	socket.send("(ID?,CONECTADO)");
	const wire: Socket = Reflect.get(socket, "_socket");
	socket.once("message", () => {
		let [sequence, sent] = [0, 0];
		const started = performance.now();
		const isOver = () => options.total > 0 && sent >= options.total;
		const sendFrame = () => {
			const tickets: string[] = [];
			while (tickets.length < options.perFrame && !(options.total > 0 && sent + tickets.length >= options.total)) {
				sequence++;
				if (options.kind === "call") tickets.push(...callTickets(sequence, options.phones));
				else tickets.push(stateTicket(sequence, options.phones));
			}
			sent += tickets.length;
			socket.send(tickets.join(" "));
		};
		const turn = () => {
			if (socket.readyState !== socket.OPEN) return;
			const due = options.rate > 0 ? ((performance.now() - started) / 1000) * options.rate : Number.POSITIVE_INFINITY;
			wire.cork();
			for (let i = 0; i < burst && !isOver() && sent < due && socket.bufferedAmount < HIGH_WATER; i++) sendFrame();
			wire.uncork();
			if (isOver()) {
				socket.send("(info,270-done-1-0)");
				process.send?.({ sent, seconds: (performance.now() - started) / 1000 });
			} else if (options.rate > 0) setTimeout(turn, TICK);
			else setImmediate(turn);
		};
		turn();
	});
});
process.on("disconnect", () => process.exit(0));
