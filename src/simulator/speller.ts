import type { DialOutcome } from "../messages";

/** What a simulated phone does. */
export type SimulatedState = "idle" | "ringing" | "busy";

/** Spellings that the vendor's document mixes; they are gone through in turn, so that every one of them is met. */
const OWN_STATE: Readonly<Record<SimulatedState, readonly string[]>> = {
	idle: ["-Livre", "-Libre", "- Livre"],
	ringing: ["-Timbre", "- Timbre"],
	busy: ["- Ocupado", "-Ocupado"],
};
const MONITOR_STATE: Readonly<Record<SimulatedState, readonly string[]>> = {
	idle: ["Libre", "Livre"],
	ringing: ["Timbre"],
	busy: ["Ocupada", "Ocupado"],
};
const STATUS_REPLY: Readonly<Record<SimulatedState, readonly string[]>> = {
	idle: ["(estado,#-livre)", "(status,#-libre)"],
	ringing: ["(estado,#-timbre)", "(status,#-timbre)"],
	busy: ["(estado,#-ocupado)", "(status,#-ocupado)"],
};
const PROGRESS: Readonly<Record<Exclude<DialOutcome, "unknown">, readonly string[]>> = {
	calling: ["Chamada...", "Llamada..."],
	busy: ["Ocupado"],
	unavailable: ["Indisponível", "Indisponible"],
	timeout: ["Tempo limite de falha"],
};
const ENDED: readonly string[] = ["terminada", "terminated"];

/** Writes tickets as the PBX does, a different spelling each time. */
export class Speller {
	#turn = 0;

	/** `(info,-Timbre)` */
	ownState(state: SimulatedState): string {
		return `(info,${this.#pick(OWN_STATE[state])})`;
	}

	/** `(info,270-Timbre-2203-0)` */
	monitorState(pbx: string, extension: string, state: SimulatedState): string {
		return `(info,${pbx}-${this.#pick(MONITOR_STATE[state])}-${extension}-0)`;
	}

	/** `(info,270-974319404-3103-1508337505.3520740)` */
	monitorCaller(pbx: string, extension: string, number: string, transaction: string): string {
		return `(info,${pbx}-${number}-${extension}-${transaction})`;
	}

	/** `(info,270-terminada-3103-1508337505.3520740)` */
	monitorEnd(pbx: string, extension: string, transaction: string): string {
		return `(info,${pbx}-${this.#pick(ENDED)}-${extension}-${transaction})`;
	}

	/** `(estado,11-livre)` */
	status(extension: string, state: SimulatedState): string {
		return this.#pick(STATUS_REPLY[state]).replace("#", extension);
	}

	/** `(info,Chamada...)` */
	progress(outcome: Exclude<DialOutcome, "unknown">): string {
		return `(info,${this.#pick(PROGRESS[outcome])})`;
	}

	#pick(spellings: readonly string[]): string {
		return spellings[this.#turn++ % spellings.length] ?? "";
	}
}
