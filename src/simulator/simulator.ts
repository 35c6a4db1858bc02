import { createServer, type IncomingMessage, type Server } from "node:http";
import { WebSocketServer } from "ws";
import type { Activation } from "../calls/template";
import { PbxError } from "../errors";
import { type Clock, systemClock } from "../link/clock";
import type { SimulatorFrame } from "../messages";
import { MONITOR } from "../protocol/address";
import { Announcer, type Outlet } from "./announcer";
import type { Command } from "./commands";
import { Exchange, NATURAL_PACE, type Pace } from "./exchange";
import { mayConnect } from "./mayConnect";
import { playScene } from "./playScene";
import { Replay } from "./replay";
import { Scenes } from "./scenes";
import { type Refusal, type Request, Session, type SessionHost } from "./session";
import type { SimulatedState } from "./speller";
import { Traffic } from "./traffic";

/** How a simulated PBX is set up. */
export interface SimulatorOptions {
	/** 0 takes any free port. */
	readonly port: number;
	/** The address to listen on; by default this machine only. */
	readonly host?: string;
	readonly tenant: string;
	/** Null asks nobody for a key. */
	readonly key: string | null;
	readonly extensions: readonly string[];
	/** Extensions that exist and were never active: asked for their state, the PBX says nothing (protocol 4). */
	readonly silentExtensions?: readonly string[];
	readonly pace?: Partial<Pace>;
	/** The PRO events that the administrator has entered (protocol 6); none unless given. */
	readonly activations?: readonly Activation[];
	/** Seconds between two calls that come in by themselves; 0 for none. */
	readonly traffic?: number;
	readonly clock?: Clock;
	/** From 0 to 1, for the traffic. */
	readonly random?: () => number;
	/** Hears of every frame; keys are masked. */
	readonly onFrame?: (frame: SimulatorFrame) => void;
	/** Hears how many clients are connected, whenever that changes. */
	readonly onClients?: (clients: number) => void;
}

/** The address a simulator listens on unless told otherwise. */
export const LOOPBACK = "127.0.0.1";
/** Clients taken at a time: more than the real server's 15 per address, but not without end. */
const MOST_CLIENTS = 1_000;

/** A PBX2CRM server to develop and test against, on a real WebSocket. */
export class Simulator implements SessionHost, Outlet {
	readonly tenant: string;
	readonly key: string | null;
	refuseAll = false;
	refusal: Refusal = "prompt";
	readonly #options: SimulatorOptions;
	readonly #clock: Clock;
	readonly #exchange: Exchange;
	readonly #scenes: Scenes;
	readonly #traffic: Traffic;
	readonly #replay: Replay;
	readonly #silent: ReadonlySet<string>;
	readonly #extensions: ReadonlySet<string>;
	readonly #known = new Set<string>();
	readonly #sessions = new Set<Session>();
	#server: Server | null = null;
	#isMute = false;

	constructor(options: SimulatorOptions) {
		this.#options = options;
		this.tenant = options.tenant;
		this.key = options.key || null;
		this.#clock = options.clock ?? systemClock;
		this.#silent = new Set(options.silentExtensions);
		this.#extensions = new Set([...options.extensions, ...this.#silent]);
		const announcer = new Announcer(this, options.activations ?? [], this.#clock);
		this.#exchange = new Exchange(options.extensions, announcer, this.#clock, { ...NATURAL_PACE, ...options.pace });
		this.#scenes = new Scenes(this.#exchange);
		const isHeldUp = () => [...this.#sessions].some((session) => session.isBehind(this.#clock.now()));
		this.#replay = new Replay(this.#clock, (extension, text) => this.#send(extension, text), isHeldUp);
		this.#traffic = new Traffic(this.#exchange, this.#clock, options.random ?? Math.random);
	}

	/**
	 * Starts to listen and gives the port.
	 *
	 * @throws PbxError `invalid-port`, `cannot-listen`
	 */
	async listen(): Promise<number> {
		const options = this.#options;
		const { port, host = LOOPBACK, traffic = 0 } = options;
		if (!Number.isInteger(port) || port < 0 || port > 65_535) {
			throw new PbxError("invalid-port", `Not a port: ${port}`, { port: String(port) });
		}
		const server = createServer((_request, response) => response.writeHead(426).end());
		this.#server = server;
		const sockets = new WebSocketServer({
			...{ server, perMessageDeflate: false, maxPayload: 64 * 1024 },
			verifyClient: ({ req }: { req: IncomingMessage }, answer: (isAllowed: boolean, code?: number) => void) =>
				answer(mayConnect(req.headers.origin, req.socket.localAddress), 403),
		});
		sockets.on("error", () => {});
		sockets.on("connection", (socket, request) => {
			const session = new Session(socket, request.socket.remoteAddress ?? "", this);
			if (this.#sessions.size >= MOST_CLIENTS) {
				session.cut();
				return;
			}
			this.#sessions.add(session);
			options.onClients?.(this.#sessions.size);
			socket.on("close", () => {
				this.#sessions.delete(session);
				options.onClients?.(this.#sessions.size);
			});
			if (!this.#isMute) session.prompt();
		});
		await new Promise<void>((resolve, reject) => {
			server.once("listening", resolve);
			server.once("close", () => reject(new PbxError("closed", "The simulator was closed while it was opening")));
			server.once("error", (error) => {
				reject(new PbxError("cannot-listen", `Cannot listen on ${host}:${port}: ${error.message}`, { host, port }));
			});
			server.listen(port, host);
		});
		server.on("error", () => {});
		this.#traffic.every(traffic);
		return this.port ?? port;
	}

	/** Ends the server with all its connections. */
	async close(): Promise<void> {
		this.#traffic.close();
		this.#replay.close();
		this.#scenes.close();
		this.#exchange.close();
		this.#cutAll();
		const server = this.#server;
		this.#server = null;
		if (!server) return;
		const closed = new Promise<void>((resolve) => server.close(() => resolve()));
		// Whoever connected and asked for nothing would keep it open.
		server.closeAllConnections();
		await closed;
	}

	/** The port it listens on; null while it does not. */
	get port(): number | null {
		const address = this.#server?.address();
		return typeof address === "object" && address ? address.port : null;
	}

	/** How many clients are connected. */
	get clients(): number {
		return this.#sessions.size;
	}

	/** The phones with their states, and the extensions of the clients that are logged in. */
	status(): { readonly phones: Readonly<Record<string, SimulatedState>>; readonly clients: readonly string[] } {
		const clients = [...this.#sessions].flatMap(({ extension }) => extension ?? []);
		return { phones: Object.fromEntries(this.#exchange.states()), clients };
	}

	/**
	 * Does what a command says.
	 *
	 * @throws PbxError `invalid-command` where the phone in question cannot do it
	 */
	run(command: Command): void {
		switch (command.command) {
			case "replay":
				this.#replay.start(command.frames, command.speed);
				break;
			case "send":
				this.#send(command.extension, command.text);
				break;
			case "refuse":
				this.refuseAll = command.how !== "nobody";
				if (command.how !== "nobody") this.refusal = command.how;
				break;
			case "forget":
				this.#known.clear();
				break;
			case "mute":
				this.#isMute = command.on;
				break;
			case "drop":
				this.#cutAll();
				break;
			case "traffic":
				this.#traffic.every(command.seconds);
				break;
			default:
				playScene(command, this.#exchange, this.#scenes);
		}
	}

	hasExtension(extension: string): boolean {
		return this.#extensions.has(extension);
	}

	isKnown(address: string): boolean {
		return this.#known.has(address);
	}

	know(address: string): void {
		const [oldest] = this.#known;
		if (oldest !== undefined && this.#known.size >= MOST_CLIENTS) this.#known.delete(oldest);
		this.#known.add(address);
	}

	loggedIn(session: Session): void {
		if (session.extension === MONITOR) session.send(this.#exchange.snapshot());
	}

	request(session: Session, { kind, value }: Request): void {
		const { extension } = session;
		if (this.#isMute || extension === null) return;
		if (kind === "status") {
			if (!this.#silent.has(value)) session.send(this.#exchange.statusReply(value));
		} else if (extension !== MONITOR && !this.#silent.has(extension)) {
			this.#exchange.dial(extension, value);
		}
	}

	frame(direction: "in" | "out", extension: string | null, text: string): void {
		const at = new Date(this.#clock.now()).toISOString();
		this.#options.onFrame?.({ event: "simulator.frame", at, direction, extension, text });
	}

	toExtension(extension: string, frame: string): void {
		this.#send(extension, frame);
	}

	toMonitor(frame: string): void {
		this.#send(MONITOR, frame);
	}

	#send(extension: string, text: string): void {
		if (this.#isMute) return;
		for (const session of this.#sessions) if (session.extension === extension) session.send(text);
	}

	#cutAll(): void {
		for (const session of this.#sessions) session.cut();
	}
}
