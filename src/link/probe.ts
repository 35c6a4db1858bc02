import { isIP } from "node:net";
import { MONITOR } from "../protocol/address";
import { decodePieces } from "../protocol/decode";
import type { Piece } from "../protocol/frame";
import { loginKnown, loginWithKey, statusRequest } from "../protocol/request";
import type { PromptTicket, Ticket } from "../protocol/ticket";
import type { Vocabulary } from "../protocol/vocabulary";
import type { Clock, Timer } from "./clock";
import type { LinkAddress } from "./endpoint";
import { LIMITS } from "./limits";
import { PromptGuard, provesLogin } from "./login";
import { WireSocket } from "./socket";
import type { DownReason, RefusedReason } from "./state";
import { PROBE_STEPS, type ProbeReport, type ProbeStep } from "./steps";

/** What a {@link Probe} needs from outside. */
export interface ProbeContext {
	readonly clock: Clock;
	readonly vocabulary: Vocabulary;
	/** Looks a host name up; rejects where there is none. */
	readonly lookup: (host: string) => Promise<unknown>;
}

/** Milliseconds that the server is given to say anything after the login. */
const FIRST_TICKET = 5_000;

const STEP_OF: Readonly<Partial<Record<DownReason | RefusedReason, ProbeStep>>> = {
	"no-handshake": "websocket",
	"not-websocket": "websocket",
	"no-prompt": "prompt",
	"prompted-again": "login",
	"closed-after-login": "login",
	"no-key": "login",
};

/**
 * Connects once and logs in, tells each step as it happens, and hangs up (protocol 1 and 2). After the login it asks for
 * the extension's own state, as a phone where nothing happens says nothing by itself.
 */
export class Probe {
	readonly #address: LinkAddress;
	readonly #context: ProbeContext;
	readonly #report: (report: ProbeReport) => void;
	readonly #prompts = new PromptGuard();
	#socket: WireSocket | null = null;
	#timer: Timer | null = null;
	#isAborted = false;
	#done: (() => void) | null = null;
	/** How far it got. */
	#reached: ProbeStep = "resolve";
	#answeredAt: number | null = null;

	constructor(address: LinkAddress, context: ProbeContext, report: (report: ProbeReport) => void) {
		this.#address = address;
		this.#context = context;
		this.#report = report;
	}

	/** Resolves when it is over and the connection is gone. */
	async run(): Promise<void> {
		const { hostname } = new URL(this.#address.url);
		const host = hostname.replace(/^\[|\]$/g, "");
		try {
			if (!isIP(host)) await this.#context.lookup(host);
		} catch {
			this.#report({ step: "resolve", outcome: "failed", reason: "no-such-host" });
			return;
		}
		if (this.#isAborted) return;
		this.#ok("resolve");
		await new Promise<void>((resolve) => {
			this.#done = resolve;
			this.#connect();
		});
		await this.#socket?.close();
	}

	/** Hangs up at once; `run` resolves. */
	abort(): void {
		this.#isAborted = true;
		this.#timer?.cancel();
		this.#done?.();
		this.#done = null;
	}

	#connect(): void {
		try {
			this.#socket = new WireSocket(this.#address.url, this.#address.tls, {
				reached: () => this.#ok("connect"),
				opened: () => {
					this.#ok("websocket");
					this.#after(LIMITS.prompt, () => this.#fail("no-prompt"));
				},
				frame: (pieces) => this.#frame(pieces),
				heard: () => {},
				ended: (why) => this.#fail(this.#reached === "login" && why === "lost" ? "closed-after-login" : why),
			});
		} catch {
			// An unusable certificate or key is only noticed here.
			this.#fail("tls");
		}
	}

	#frame(pieces: readonly Piece[]): void {
		for (const ticket of decodePieces(pieces, this.#context.vocabulary)) {
			if (!this.#done) return;
			if (ticket.kind === "prompt") this.#prompted(ticket);
			else if (provesLogin(ticket)) this.#confirmed(ticket);
		}
	}

	#prompted({ phase }: PromptTicket): void {
		const { tenant, extension, key } = this.#address;
		if (this.#answeredAt === null) this.#ok("prompt");
		if (!this.#prompts.accepts(phase, this.#context.clock.steady())) this.#fail("prompted-again");
		else if (phase === "known") this.#login(loginKnown(tenant, extension));
		else if (key === null) this.#fail("no-key");
		else this.#login(loginWithKey(tenant, extension, key));
	}

	#login(text: string): void {
		this.#reached = "login";
		this.#answeredAt = this.#context.clock.steady();
		this.#socket?.send(text);
		this.#after(LIMITS.loginSilence, () => {
			const { extension } = this.#address;
			this.#ok("login");
			if (extension !== MONITOR) this.#socket?.send(statusRequest(extension));
			this.#after(FIRST_TICKET, () => this.#finish({ step: "ticket", outcome: "silent" }));
		});
	}

	#confirmed(ticket: Ticket): void {
		if (this.#answeredAt === null) return;
		if (this.#reached === "login") this.#ok("login");
		const isOwn =
			ticket.kind === "own-state" || (ticket.kind === "status" && ticket.extension === this.#address.extension);
		this.#finish({ step: "ticket", outcome: "ok", ...(isOwn && { state: ticket.state }) });
	}

	#ok(step: ProbeStep): void {
		this.#reached = PROBE_STEPS[PROBE_STEPS.indexOf(step) + 1] ?? step;
		this.#report({ step, outcome: "ok" });
	}

	/** The step that a reason names, or where it names none the one it had reached. */
	#fail(reason: DownReason | RefusedReason): void {
		this.#finish({ step: STEP_OF[reason] ?? this.#reached, outcome: "failed", reason });
	}

	#finish(report: ProbeReport): void {
		if (!this.#done) return;
		this.#timer?.cancel();
		const done = this.#done;
		this.#done = null;
		this.#report({ ...report, extension: this.#address.extension });
		done();
	}

	#after(milliseconds: number, run: () => void): void {
		this.#timer?.cancel();
		this.#timer = this.#context.clock.after(milliseconds, run);
	}
}
