import { type Activation, fillCommand } from "../calls/template";
import type { Clock } from "../link/clock";
import type { DialOutcome } from "../messages";
import type { SimulatedLeg, SimulatedPhone } from "./phone";
import { Speller } from "./speller";

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

	/** The phone is said to be in a state by any word. */
	word({ extension }: SimulatedPhone, word: string): void {
		this.#outlet.toExtension(extension, `(info,-${word})`);
		this.#outlet.toMonitor(`(info,${PBX_CODE}-${word}-${extension}-0)`);
	}

	/** A call comes in. */
	caller(phone: SimulatedPhone, leg: SimulatedLeg): void {
		this.#outlet.toExtension(phone.extension, `(CALL,${leg.number})`);
		this.named(phone, leg.number, leg.id);
		this.proLine("timbre", phone.extension, leg);
	}

	/** The monitor is told who calls a phone, under which transaction. */
	named({ extension }: SimulatedPhone, number: string, id: string): void {
		this.#outlet.toMonitor(this.#speller.monitorCaller(PBX_CODE, extension, number, id));
	}

	/**
	 * A call is over at a phone. Of one that was asked for from here the monitor was told nothing (protocol 5).
	 *
	 * @param isTold  whether a ticket says so
	 */
	end({ extension }: SimulatedPhone, leg: SimulatedLeg, isTold: boolean): void {
		if (leg.direction === "entrante" && isTold) {
			this.#outlet.toMonitor(this.#speller.monitorEnd(PBX_CODE, extension, leg.id));
		}
		this.proLine("colgado", extension, leg);
	}

	/** Of a call that was asked for from here. */
	progress(extension: string, outcome: Exclude<DialOutcome, "unknown">): void {
		this.#outlet.toExtension(extension, this.#speller.progress(outcome));
	}

	/** The lines that the administrator made of this event. */
	proLine(state: Activation["state"], extension: string, leg: SimulatedLeg): void {
		const { id, direction, number, queue, talksSince } = leg;
		const seconds = talksSince === null ? 0 : Math.round((this.#clock.steady() - talksSince) / 1000);
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
