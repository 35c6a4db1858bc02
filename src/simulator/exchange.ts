import { PbxError } from "../errors";
import type { Clock } from "../link/clock";
import type { Announcer } from "./announcer";
import { type SimulatedCall, SimulatedPhone } from "./phone";
import type { SimulatedState } from "./words";

/** How long things take in the simulated PBX, in milliseconds. */
export interface Pace {
	/** From ringing until the caller gives up. */
	readonly ringing: number;
	/** From asking for a call until the user picks the own phone up, and again until the far end does. */
	readonly pickUp: number;
	/** From picking up until a call that was asked for hangs up by itself. */
	readonly talking: number;
}

/** The pace when none is given. */
export const NATURAL_PACE: Pace = { ringing: 25_000, pickUp: 1_500, talking: 15_000 };

/** How a call comes in. */
export interface Arrival {
	/** The caller's; empty is withheld. */
	readonly number: string;
	/** The queue it comes in by, for PRO lines. */
	readonly queue?: string;
	/** Milliseconds after which the caller gives up. */
	readonly patience?: number;
}

/** Numbers that end like this fail, by the SIP code of that failure, so that flows can be rehearsed. */
const FAILING: readonly { readonly ending: string; readonly outcome: "timeout" | "unavailable" | "busy" }[] = [
	{ ending: "000408", outcome: "timeout" },
	{ ending: "000480", outcome: "unavailable" },
	{ ending: "000486", outcome: "busy" },
];

/** The telephones of a simulated PBX: calls come in, wait, are answered, transferred, missed, ended and asked for. */
export class Exchange {
	readonly #phones: ReadonlyMap<string, SimulatedPhone>;
	readonly #announcer: Announcer;
	readonly #clock: Clock;
	readonly #pace: Pace;
	#sequence = 3_520_740;

	constructor(extensions: readonly string[], announcer: Announcer, clock: Clock, pace: Pace) {
		this.#phones = new Map(extensions.map((extension) => [extension, new SimulatedPhone(extension)]));
		this.#announcer = announcer;
		this.#clock = clock;
		this.#pace = pace;
	}

	/** The extensions with their states. */
	states(): [extension: string, state: SimulatedState][] {
		return [...this.#phones.values()].map(({ extension, state }) => [extension, state]);
	}

	/** All states in one frame, as the monitor gets them on connecting. */
	snapshot(): string {
		return this.#announcer.snapshot(this.#phones.values());
	}

	/** The answer to a state request. */
	statusReply(extension: string): string {
		return this.#announcer.statusReply(this.#phones.get(extension));
	}

	/** A call comes in; at a phone that talks already it waits. The caller gives up after a while unless someone answers. */
	ring(extension: string, arrival: Arrival): void {
		this.#reach(this.#phone(extension), this.#newCall("entrante", arrival), arrival.patience);
	}

	/** One call rings several phones, as a queue does: the first to be picked up has it. Busy phones are left out. */
	ringGroup(extensions: readonly string[], arrival: Arrival): void {
		const phones = [...new Set(extensions)].map((extension) => this.#phone(extension));
		const idle = phones.filter(({ state }) => state === "idle");
		const [first] = phones;
		if (first && phones.length > 1 && idle.length === 0) throw refused("has-call", first.extension);
		const ringing = (phones.length === 1 ? phones : idle).map((phone) => {
			const call = this.#newCall("entrante", arrival);
			this.#reach(phone, call, arrival.patience);
			return { phone, call };
		});
		for (const { call } of ringing) {
			call.onPickUp = () => {
				for (const other of ringing) if (other.call !== call) this.#end(other.phone, other.call);
			};
		}
	}

	/** The phone is picked up for the call that rings or waits; one that it talked on is held. */
	answer(extension: string): void {
		const phone = this.#phone(extension);
		const call = phone.ringing;
		if (!call) throw refused("not-ringing", extension);
		call.next?.cancel();
		this.#change(phone, () => {
			call.isPickedUp = true;
		});
		if (call.direction === "entrante") this.#talk(phone, call);
		call.onPickUp?.();
	}

	/** The call in hand ends: hung up when it was answered, missed when it still rang. */
	hangUp(extension: string): void {
		const phone = this.#phone(extension);
		if (!phone.inHand) throw refused("no-call", extension);
		this.#end(phone, phone.inHand);
	}

	/** The user passes the call in hand on to another phone without asking there first. It keeps its transaction. */
	transfer(extension: string, to: string): void {
		const [phone, target] = [this.#phone(extension), this.#phone(to)];
		const call = phone.inHand;
		if (!call?.isPickedUp) throw refused("no-call", extension);
		if (target === phone || !target.takesCall) throw refused("has-call", to);
		const { id, number, queue } = call;
		this.#end(phone, call);
		this.#reach(target, { ...this.#newCall("entrante", { number, queue }), id }, this.#pace.ringing);
	}

	/** A client asks for a call from its extension: its own phone rings first (protocol 4). */
	dial(extension: string, number: string): void {
		const phone = this.#phone(extension);
		const failure = FAILING.find(({ ending }) => number.endsWith(ending))?.outcome;
		if (phone.state !== "idle" || failure === "busy") {
			this.#announcer.progress(extension, "busy");
			return;
		}
		const call = this.#newCall("saliente", { number });
		this.#change(phone, () => phone.calls.push(call));
		const hangUpAfter = (milliseconds: number) => this.#later(call, milliseconds, () => this.#end(phone, call));
		call.onPickUp = () => {
			this.#announcer.progress(extension, failure === "unavailable" ? failure : "calling");
			if (failure) {
				hangUpAfter(this.#pace.pickUp);
				return;
			}
			this.#announcer.proLine("timbre", extension, call);
			this.#later(call, this.#pace.pickUp, () => {
				this.#talk(phone, call);
				hangUpAfter(this.#pace.talking);
			});
		};
		this.#later(call, this.#pace.pickUp, () => {
			if (failure === "timeout") this.#end(phone, call);
			else this.answer(extension);
		});
	}

	/** Nothing happens by itself any more. */
	close(): void {
		for (const { calls } of this.#phones.values()) for (const { next } of calls) next?.cancel();
	}

	#reach(phone: SimulatedPhone, call: SimulatedCall, patience = this.#pace.ringing): void {
		if (!phone.takesCall) throw refused("has-call", phone.extension);
		this.#change(phone, () => phone.calls.push(call));
		this.#announcer.caller(phone, call);
		this.#later(call, patience, () => this.#end(phone, call));
	}

	#talk(phone: SimulatedPhone, call: SimulatedCall): void {
		call.talksSince = this.#clock.now();
		this.#announcer.proLine("descolgado", phone.extension, call);
	}

	#end(phone: SimulatedPhone, call: SimulatedCall): void {
		if (!phone.calls.includes(call)) return;
		call.next?.cancel();
		if (call.direction === "saliente" && !call.isPickedUp) this.#announcer.progress(phone.extension, "timeout");
		this.#announcer.end(phone, call);
		this.#change(phone, () => phone.remove(call));
	}

	#phone(extension: string): SimulatedPhone {
		const phone = this.#phones.get(extension);
		if (!phone) throw refused("no-extension", extension);
		return phone;
	}

	#later(call: SimulatedCall, milliseconds: number, run: () => void): void {
		call.next?.cancel();
		call.next = this.#clock.after(milliseconds, run);
	}

	#change(phone: SimulatedPhone, act: () => void): void {
		const before = phone.state;
		act();
		if (phone.state !== before) this.#announcer.state(phone);
	}

	#newCall(direction: SimulatedCall["direction"], { number, queue = "" }: Arrival): SimulatedCall {
		const id = `${Math.floor(this.#clock.now() / 1000)}.${this.#sequence++}`;
		return { id, direction, number, queue, isPickedUp: false, talksSince: null, next: null, onPickUp: null };
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
