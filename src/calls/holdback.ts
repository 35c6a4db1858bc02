import { type Call, type CallStep, keyOf, type PhoneStep, type ProDetails, STEPS } from "./call";
import type { ProReader } from "./pro";

/** Milliseconds that a step known from tickets waits for the PRO line that tells it better. */
const PATIENCE = 2_000;

interface Held {
	readonly step: CallStep;
	readonly until: number;
}

/** One call on its way out. */
interface Teller {
	pro: ProDetails | null;
	isAgain: boolean;
	/** The id under which it was first told, which stays its id; null while nothing was. */
	told: Pick<Call, "id" | "idSource"> | null;
	held: Held[];
}

/**
 * Holds back the steps of calls for which a PRO line is to be expected, so that each is told once and with the PBX's own
 * id, queue and duration. A line that does not come costs two seconds, never the step.
 */
export class Holdback {
	readonly #pro: ProReader;
	readonly #tellers = new Map<string, Teller>();

	constructor(pro: ProReader) {
		this.#pro = pro;
	}

	/** When {@link due} has something to do, or null. */
	get dueAt(): number | null {
		let first: number | null = null;
		for (const { held } of this.#tellers.values()) {
			const [next] = held;
			if (next && (first === null || next.until < first)) first = next.until;
		}
		return first;
	}

	/** Takes what a phone tells, and gives what is to be told now. */
	take(step: PhoneStep, at: number): CallStep[] {
		const key = keyOf(step.call);
		const teller = this.#tellers.get(key);
		if (step.step === "described") {
			if (!teller) return [];
			teller.pro = step.call.pro;
			teller.isAgain = step.call.isAgain;
			return this.#release(key, teller, at);
		}
		const fresh = teller ?? { pro: null, isAgain: step.call.isAgain, told: null, held: [] };
		this.#tellers.set(key, fresh);
		fresh.pro = step.call.pro ?? fresh.pro;
		fresh.isAgain ||= step.call.isAgain;
		const waits = this.#pro.expects(step.step, step.call.direction);
		fresh.held.push({ step, until: waits ? at + PATIENCE : at });
		return this.#release(key, fresh, at);
	}

	/** What has waited long enough. */
	due(at: number): CallStep[] {
		return [...this.#tellers].flatMap(([key, teller]) => this.#release(key, teller, at));
	}

	/** Nothing is held back any more, nor told. */
	clear(): void {
		this.#tellers.clear();
	}

	/** A call under the id it is told by. */
	named(call: Call): Call {
		return { ...call, ...this.#tellers.get(keyOf(call))?.told };
	}

	/** In their order: what is behind a step that waits, waits with it. */
	#release(key: string, teller: Teller, at: number): CallStep[] {
		const steps: CallStep[] = [];
		// A clock that was set back makes nobody wait longer.
		teller.held = teller.held.map(({ step, until }) => ({ step, until: Math.min(until, at + PATIENCE) }));
		for (let [next] = teller.held; next && isReady(next, teller.pro, at); [next] = teller.held) {
			teller.held.shift();
			const { call } = next.step;
			teller.told ??= nameOf({ ...call, isAgain: teller.isAgain }, teller.pro);
			steps.push({ ...next.step, call: { ...call, ...teller.told, pro: teller.pro } });
			if (next.step.step === "ended") this.#tellers.delete(key);
		}
		return steps;
	}
}

function nameOf({ id, idSource, isAgain }: Call, pro: ProDetails | null): Pick<Call, "id" | "idSource"> {
	return idSource === "local" && !isAgain && pro?.id ? { id: pro.id, idSource: "pbx" } : { id, idSource };
}

function isReady({ step, until }: Held, pro: ProDetails | null, at: number): boolean {
	return until <= at || (pro !== null && STEPS.indexOf(pro.said) >= STEPS.indexOf(step.step));
}
