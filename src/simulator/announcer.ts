import { type Activation, fillCommand } from "../calls/template";
import type { Clock } from "../link/clock";
import type { DialOutcome } from "../messages";
import type { SimulatedCall, SimulatedPhone } from "./phone";
import { Speller } from "./words";

/** Where the exchange's frames go: to the clients of one extension, or to those of the monitor. */
export interface Outlet {
	toExtension(extension: string, frame: string): void;
	toMonitor(frame: string): void;
}

/** The PBX's own code in monitor tickets; not the tenant (protocol 5). */
const PBX_CODE = "270";

/** Puts what happens at the phones on the wire: tickets for the extension and the monitor, and PRO lines (protocol 6). */
export class Announcer {
	readonly #outlet: Outlet;
	readonly #activations: readonly Activation[];
	readonly #clock: Clock;
	readonly #speller = new Speller();

	constructor(outlet: Outlet, activations: readonly Activation[], clock: Clock) {
		this.#outlet = outlet;
		this.#activations = activations;
		this.#clock = clock;
	}

	/** The phone changed its state. */
	state({ extension, state }: SimulatedPhone): void {
		this.#outlet.toExtension(extension, this.#speller.ownState(state));
		this.#outlet.toMonitor(this.#speller.monitorState(PBX_CODE, extension, state));
	}

	/** A call comes in. */
	caller({ extension }: SimulatedPhone, call: SimulatedCall): void {
		this.#outlet.toExtension(extension, `(CALL,${call.number})`);
		this.#outlet.toMonitor(this.#speller.monitorCaller(PBX_CODE, extension, call.number, call.id));
		this.proLine("timbre", extension, call);
	}

	/** A call is over. Of one that was asked for from here the monitor was told nothing (protocol 5). */
	end({ extension }: SimulatedPhone, call: SimulatedCall): void {
		if (call.direction === "entrante") {
			this.#outlet.toMonitor(this.#speller.monitorEnd(PBX_CODE, extension, call.id));
		}
		this.proLine("colgado", extension, call);
	}

	/** Of a call that was asked for from here. */
	progress(extension: string, outcome: Exclude<DialOutcome, "unknown">): void {
		this.#outlet.toExtension(extension, this.#speller.progress(outcome));
	}

	/** The lines that the administrator made of this event. */
	proLine(state: Activation["state"], extension: string, call: SimulatedCall): void {
		const { id, direction, number, queue, talksSince } = call;
		const seconds = talksSince === null ? 0 : Math.round((this.#clock.now() - talksSince) / 1000);
		const duration = state === "colgado" ? String(seconds) : "";
		for (const row of this.#activations) {
			if (row.state !== state || row.direction !== direction) continue;
			const line = fillCommand(row.command, { state, direction, callerId: number, queue, id, duration, extension });
			this.#outlet.toExtension(extension, line);
		}
	}

	/** All states in one frame, as the monitor gets them on connecting. */
	snapshot(phones: Iterable<SimulatedPhone>): string {
		return [...phones].map(({ extension, state }) => this.#speller.monitorState(PBX_CODE, extension, state)).join(" ");
	}

	/** The answer to a state request; undefined is a phone that does not exist. */
	statusReply(phone: SimulatedPhone | undefined): string {
		return phone ? this.#speller.status(phone.extension, phone.state) : "(status,ErrorNumber)";
	}
}
