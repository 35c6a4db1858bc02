import type { WebSocket } from "ws";
import { kept, LONGEST } from "../kept";
import { MONITOR } from "../protocol/address";
import { frameText } from "../protocol/frameText";

/** How a login that is not right gets refused (protocol 2). */
export const REFUSALS = ["prompt", "close", "silent"] as const;

/** A refusal: prompting again, closing, or saying nothing. */
export type Refusal = (typeof REFUSALS)[number];

/** What a session needs of the server it belongs to. */
export interface SessionHost {
	readonly tenant: string;
	/** Null: no key is asked for, as if every address were known. */
	readonly key: string | null;
	/** Null while right logins are let in; otherwise every login is refused. */
	readonly refuseAll: boolean;
	readonly refusal: Refusal;
	hasExtension(extension: string): boolean;
	isKnown(address: string): boolean;
	know(address: string): void;
	loggedIn(session: Session): void;
	request(session: Session, request: Request): void;
	frame(direction: "in" | "out", extension: string | null, text: string): void;
}

/** Bytes that wait for a client which does not read: beyond the first it is behind, beyond the second it is cut off. */
const [BEHIND, TOO_MUCH] = [256 * 1024, 16 * 1024 * 1024];
/** Milliseconds in which one that is behind has to read something. */
const PATIENCE = 10_000;

/** What a client asked for. */
export type Request = { readonly kind: "call" | "status"; readonly value: string };

const LOGIN_WITH_KEY = /^([^\s,/()]+)\/([^\s,/()]+), ([\s\S]*) $/;
const LOGIN_KNOWN = /^([^\s,/()]+), ([^\s,/()]+)$/;
const REQUEST = /^\s*\(\s*(call|status)\s*,([^()]*)\)\s*$/i;

/** The log of frames is shown to people: never a key, nor what could be one. */
function shown(text: string): string {
	if (REQUEST.test(text) || LOGIN_KNOWN.test(text)) return text;
	return LOGIN_WITH_KEY.test(text) ? text.replace(LOGIN_WITH_KEY, "$1/$2, •••• ") : "••••";
}

/** One client's connection as the server sees it: prompt, login, requests. */
export class Session {
	readonly #socket: WebSocket;
	readonly #address: string;
	readonly #host: SessionHost;
	#extension: string | null = null;
	/** What waits for it, and since when that has not become less; null while it keeps up. */
	#backlog: { readonly bytes: number; readonly since: number } | null = null;

	constructor(socket: WebSocket, address: string, host: SessionHost) {
		this.#socket = socket;
		this.#address = address;
		this.#host = host;
		socket.on("message", (data) => this.#receive(frameText(Buffer.from(data as Buffer))));
		// What a client does wrong ends its own connection only.
		socket.on("error", () => socket.terminate());
	}

	/** The extension it logged in as, or null before. */
	get extension(): string | null {
		return this.#extension;
	}

	/** Asks for the login: with the key, or without where the address is known. */
	prompt(): void {
		const isKnown = this.#host.key === null || this.#host.isKnown(this.#address);
		this.send(isKnown ? "(ID?,CONECTADO)" : "(???,CONECTADO)");
	}

	send(text: string): void {
		if (this.#socket.readyState !== this.#socket.OPEN || text === "") return;
		if (this.#socket.bufferedAmount > TOO_MUCH) {
			this.cut();
			return;
		}
		this.#socket.send(text);
		this.#host.frame("out", this.#extension, text);
	}

	/** Whether it has yet to read much of what was sent. One that reads nothing of it for ten seconds is cut off. */
	isBehind(now: number): boolean {
		const { bufferedAmount, readyState, OPEN } = this.#socket;
		if (readyState !== OPEN || bufferedAmount <= BEHIND) {
			this.#backlog = null;
			return false;
		}
		if (!this.#backlog || bufferedAmount < this.#backlog.bytes) this.#backlog = { bytes: bufferedAmount, since: now };
		else if (now - this.#backlog.since > PATIENCE) this.cut();
		return true;
	}

	/** Cuts the connection without a word. */
	cut(): void {
		this.#socket.terminate();
	}

	#receive(text: string): void {
		this.#host.frame("in", this.#extension, shown(text));
		if (this.#extension === null) {
			this.#logIn(text);
			return;
		}
		const request = REQUEST.exec(text);
		if (!request) return;
		const kind = request[1]?.toLowerCase() === "call" ? "call" : "status";
		this.#host.request(this, { kind, value: kept((request[2] ?? "").trim(), LONGEST.id) });
	}

	#logIn(text: string): void {
		const { tenant, key } = this.#host;
		const withKey = LOGIN_WITH_KEY.exec(text);
		const login = withKey ?? LOGIN_KNOWN.exec(text);
		const extension = login?.[2] ?? "";
		const mayEnter = withKey ? withKey[3] === key || key === null : key === null || this.#host.isKnown(this.#address);
		const exists = extension === MONITOR || this.#host.hasExtension(extension);
		if (!login || login[1] !== tenant || !mayEnter || !exists || this.#host.refuseAll) {
			this.#refuse();
			return;
		}
		this.#host.know(this.#address);
		this.#extension = kept(extension, LONGEST.id);
		this.#host.loggedIn(this);
	}

	#refuse(): void {
		if (this.#host.refusal === "prompt") this.prompt();
		else if (this.#host.refusal === "close") this.#socket.close();
	}
}
