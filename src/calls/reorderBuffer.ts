import type { Moment } from "../moment";
import type { Coverage } from "./coverage";
import { type DueEntry, DueQueue } from "./dueQueue";
import { type Leg, type LegStep, STEPS, type StepName } from "./leg";
import type { ProReader } from "./pro";
import { LINE_PATIENCE_MS, TRANSACTION_PATIENCE_MS } from "./timing";

/** What a step that is known from tickets waits for: the PRO line that tells it better, or the monitor's transaction. */
export type Awaited = "line" | "transaction";

const PATIENCE_MS: Readonly<Record<Awaited, number>> = { line: LINE_PATIENCE_MS, transaction: TRANSACTION_PATIENCE_MS };

/** What a step has yet to wait for, by the connections that are up; null for nothing. */
export function awaitedBy({ step, leg }: LegStep, coverage: Coverage, pro: ProReader | null): Awaited | null {
	if (step === "described") return null;
	if (coverage.isOwnUp(leg.extension) && pro?.expects(step, leg.direction)) return "line";
	const isNamedSoon = step === "ringing" && leg.isOnOwn && leg.direction === "inbound" && leg.transaction === null;
	return isNamedSoon && coverage.monitorSince !== null ? "transaction" : null;
}

interface Held {
	readonly step: LegStep;
	readonly awaits: Awaited | null;
	/** It is told then in any case, by the steady clock. */
	readonly until: number;
}

/** A leg's steps on their way out. */
interface Waiting {
	leg: Leg;
	readonly held: Held[];
	readonly due: DueEntry<string>;
}

function isReady({ step, awaits, until }: Held, { pro, transaction }: Leg, at: Moment): boolean {
	if (awaits === null || until <= at.steady) return true;
	if (awaits === "transaction") return transaction !== null || pro !== null;
	return pro !== null && STEPS.indexOf(pro.said) >= STEPS.indexOf(step.step as StepName);
}

/**
 * Holds back the steps of legs of which something better is about to come, so that each is told once and as well as it
 * can be. What does not come costs its patience, never the step.
 */
export class ReorderBuffer {
	readonly #waiting = new Map<string, Waiting>();
	readonly #due = new DueQueue<string>();

	/** When {@link due} has something to give, by the steady clock; null for never. */
	get dueAt(): number | null {
		return this.#due.dueAt;
	}

	/**
	 * Takes a step, and gives what is to be told now, in order: what is behind a step that waits, waits with it.
	 *
	 * @param awaits what it waits for; null for nothing
	 */
	take(step: LegStep, awaits: Awaited | null, at: Moment): LegStep[] {
		const { key } = step.leg;
		const waiting = this.#waiting.get(key);
		if (!waiting && awaits === null) return step.step === "described" ? [] : [step];
		const entry = waiting ?? { leg: step.leg, held: [], due: this.#due.add(at.steady, key) };
		entry.leg = step.leg;
		if (step.step !== "described") {
			entry.held.push({ step, awaits, until: at.steady + (awaits === null ? 0 : PATIENCE_MS[awaits]) });
		}
		this.#waiting.set(key, entry);
		return this.#release(key, entry, at);
	}

	/** The steps of a leg whose patience is over; undefined where there is none. */
	due(at: Moment): LegStep[] | undefined {
		const key = this.#due.take(at.steady);
		const waiting = key === undefined ? undefined : this.#waiting.get(key);
		return key !== undefined && waiting ? this.#release(key, waiting, at) : undefined;
	}

	/** What a leg's steps need not wait for any more. */
	#release(key: string, waiting: Waiting, at: Moment): LegStep[] {
		const { leg, held } = waiting;
		const steps: LegStep[] = [];
		for (let [next] = held; next && isReady(next, leg, at); [next] = held) {
			held.shift();
			// What is known of the leg by now, at the step where it was.
			const { pro, transaction, number, name, direction } = leg;
			steps.push({ ...next.step, leg: { ...next.step.leg, pro, transaction, number, name, direction } });
		}
		this.#due.remove(waiting.due);
		const [next] = held;
		if (next) this.#waiting.set(key, { leg, held, due: this.#due.add(next.until, key) });
		else this.#waiting.delete(key);
		return steps;
	}

	/** All that waits, in the order in which it came. */
	releaseAll(): LegStep[] {
		const steps = [...this.#waiting.values()].flatMap(({ held }) => held.map(({ step }) => step));
		this.#waiting.clear();
		this.#due.clear();
		return steps;
	}
}
