import { PbxError } from "../errors";
import type { Clock, Timer } from "../link/clock";
import type { DialOutcome } from "../messages";
import { type SimulatedState, Speller } from "./words";

/** Where the exchange's tickets go: to the clients of one extension, or to those of the monitor. */
export interface Outlet {
	toExtension(extension: string, frame: string): void;
	toMonitor(frame: string): void;
}

/** How long things take in the simulated PBX, in milliseconds. */
export interface Pace {
	/** From ringing until the caller gives up. */
	readonly ringing: number;
	/** From asking for a call until the user picks the own phone up. */
	readonly pickUp: number;
	/** From picking up until a call that was asked for hangs up by itself. */
	readonly talking: number;
}

/** The pace when none is given. */
export const NATURAL_PACE: Pace = { ringing: 25_000, pickUp: 1_500, talking: 15_000 };

/** The PBX's own code in monitor tickets; not the tenant (protocol 5). */
const PBX_CODE = "270";

/** Numbers that end like this fail, by the SIP code of that failure, so that flows can be rehearsed. */
const FAILING: readonly { readonly ending: string; readonly outcome: "timeout" | "unavailable" | "busy" }[] = [
	{ ending: "000408", outcome: "timeout" },
	{ ending: "000480", outcome: "unavailable" },
	{ ending: "000486", outcome: "busy" },
];

interface Phone {
	state: SimulatedState;
	/** The transaction of the call it has; null when it has none, or one that was asked for from here. */
	transaction: string | null;
	/** What will happen next by itself. */
	next: Timer | null;
	/** What happens when it is picked up. */
	onPickUp: (() => void) | null;
	/** It was asked for from here, so that the one who asked hears when nobody picks up. */
	isDialled: boolean;
}

/** The telephones of a simulated PBX: calls come in, are answered, missed, ended and asked for. */
export class Exchange {
	readonly #phones = new Map<string, Phone>();
	readonly #outlet: Outlet;
	readonly #clock: Clock;
	readonly #pace: Pace;
	readonly #speller = new Speller();
	#sequence = 3_520_740;

	constructor(extensions: readonly string[], outlet: Outlet, clock: Clock, pace: Pace) {
		this.#outlet = outlet;
		this.#clock = clock;
		this.#pace = pace;
		for (const extension of extensions)
			this.#phones.set(extension, { state: "idle", transaction: null, next: null, onPickUp: null, isDialled: false });
	}

	/** The extensions with their states. */
	states(): [extension: string, state: SimulatedState][] {
		return [...this.#phones].map(([extension, phone]) => [extension, phone.state]);
	}

	/** All states in one frame, as the monitor gets them on connecting. */
	snapshot(): string {
		return this.states()
			.map(([extension, state]) => this.#speller.monitorState(PBX_CODE, extension, state))
			.join(" ");
	}

	/** The answer to a state request. */
	statusReply(extension: string): string {
		const phone = this.#phones.get(extension);
		return phone ? this.#speller.status(extension, phone.state) : "(status,ErrorNumber)";
	}

	/** A call comes in. The caller gives up after a while unless someone answers. */
	ring(extension: string, number: string, patience = this.#pace.ringing): void {
		const phone = this.#idlePhone(extension);
		const transaction = this.#newTransaction();
		phone.transaction = transaction;
		this.#change(extension, phone, "ringing");
		this.#outlet.toExtension(extension, `(CALL,${number})`);
		this.#outlet.toMonitor(this.#speller.monitorCaller(PBX_CODE, extension, number, transaction));
		this.#later(phone, patience, () => this.hangUp(extension));
	}

	/** One call rings several phones, as a queue does: the first to be picked up has it. Busy phones are left out. */
	ringGroup(extensions: readonly string[], number: string, patience?: number): void {
		const idle = extensions.filter((extension) => this.#phone(extension).state === "idle");
		const [first] = idle.length === 0 ? extensions : idle;
		if (first !== undefined && idle.length === 0) this.#idlePhone(first);
		for (const extension of idle) this.ring(extension, number, patience);
		for (const extension of idle) {
			this.#phone(extension).onPickUp = () => {
				for (const other of idle) {
					if (other !== extension && this.#phone(other).state === "ringing") this.hangUp(other);
				}
			};
		}
	}

	/** The ringing phone is picked up. */
	answer(extension: string): void {
		const phone = this.#phone(extension);
		if (phone.state !== "ringing") throw refused("not-ringing", extension);
		phone.next?.cancel();
		this.#change(extension, phone, "busy");
		phone.onPickUp?.();
		phone.onPickUp = null;
	}

	/** The call ends: hung up when it was answered, missed when it still rang. */
	hangUp(extension: string): void {
		const phone = this.#phone(extension);
		if (phone.state === "idle") throw refused("no-call", extension);
		phone.next?.cancel();
		const { transaction } = phone;
		// A call that was asked for and never picked up.
		if (phone.isDialled && phone.onPickUp) this.#report(extension, "timeout");
		phone.onPickUp = null;
		phone.isDialled = false;
		phone.transaction = null;
		if (transaction) this.#outlet.toMonitor(this.#speller.monitorEnd(PBX_CODE, extension, transaction));
		this.#change(extension, phone, "idle");
	}

	/** A client asks for a call from its extension: its own phone rings first (protocol 4). */
	dial(extension: string, number: string): void {
		const phone = this.#phone(extension);
		const failure = FAILING.find(({ ending }) => number.endsWith(ending))?.outcome;
		if (phone.state !== "idle" || failure === "busy") {
			this.#report(extension, "busy");
			return;
		}
		this.#change(extension, phone, "ringing");
		phone.isDialled = true;
		phone.onPickUp = () => {
			this.#report(extension, failure === "unavailable" ? failure : "calling");
			this.#later(phone, failure ? this.#pace.pickUp : this.#pace.talking, () => this.hangUp(extension));
		};
		this.#later(phone, this.#pace.pickUp, () => {
			if (failure === "timeout") this.hangUp(extension);
			else this.answer(extension);
		});
	}

	/** Nothing happens by itself any more. */
	close(): void {
		for (const phone of this.#phones.values()) phone.next?.cancel();
	}

	#report(extension: string, outcome: Exclude<DialOutcome, "unknown">): void {
		this.#outlet.toExtension(extension, this.#speller.progress(outcome));
	}

	#phone(extension: string): Phone {
		const phone = this.#phones.get(extension);
		if (!phone) throw refused("no-extension", extension);
		return phone;
	}

	#idlePhone(extension: string): Phone {
		const phone = this.#phone(extension);
		if (phone.state !== "idle") throw refused("has-call", extension);
		return phone;
	}

	#later(phone: Phone, milliseconds: number, run: () => void): void {
		phone.next?.cancel();
		phone.next = this.#clock.after(milliseconds, run);
	}

	#change(extension: string, phone: Phone, state: SimulatedState): void {
		phone.state = state;
		this.#outlet.toExtension(extension, this.#speller.ownState(state));
		this.#outlet.toMonitor(this.#speller.monitorState(PBX_CODE, extension, state));
	}

	#newTransaction(): string {
		return `${Math.floor(this.#clock.now() / 1000)}.${this.#sequence++}`;
	}
}

const REASONS = {
	"not-ringing": "does not ring",
	"no-call": "has no call",
	"no-extension": "does not exist",
	"has-call": "has a call already",
} as const;

function refused(reason: keyof typeof REASONS, extension: string): PbxError {
	return new PbxError("invalid-command", `Extension ${extension} ${REASONS[reason]}`, { reason, extension });
}
