import type { Moment } from "../moment";
import { type Leg, type LegStep, STEPS, type StepName } from "./leg";

/** What a step that is known from tickets waits for: the PRO line that tells it better, or the monitor's transaction. */
export type Awaited = "line" | "transaction";

interface Held {
	readonly step: LegStep;
	readonly awaits: Awaited | null;
	/** It is told then in any case, by the steady clock. */
	readonly until: number;
}

/** A leg's steps on their way out. */
interface Waiting {
	leg: Leg;
	held: Held[];
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

	/**
	 * Takes a step, and gives what is to be told now, in order: what is behind a step that waits, waits with it.
	 *
	 * @param awaits    what it waits for; null for nothing
	 * @param patience  milliseconds that it waits at most
	 */
	take(step: LegStep, awaits: Awaited | null, patience: number, at: Moment): LegStep[] {
		const { key } = step.leg;
		const waiting = this.#waiting.get(key);
		if (!waiting && awaits === null) return step.step === "described" ? [] : [step];
		const entry = waiting ?? { leg: step.leg, held: [] };
		entry.leg = step.leg;
		if (step.step !== "described") {
			entry.held.push({ step, awaits, until: at.steady + (awaits === null ? 0 : patience) });
		}
		this.#waiting.set(key, entry);
		return this.release(key, at);
	}

	/** What a leg's steps need not wait for any more. */
	release(key: string, at: Moment): LegStep[] {
		const waiting = this.#waiting.get(key);
		if (!waiting) return [];
		const { leg, held } = waiting;
		const steps: LegStep[] = [];
		for (let [next] = held; next && isReady(next, leg, at); [next] = held) {
			held.shift();
			// What is known of the leg by now, at the step where it was.
			const { pro, transaction, number, name, direction } = leg;
			steps.push({ ...next.step, leg: { ...next.step.leg, pro, transaction, number, name, direction } });
		}
		if (held.length === 0) this.#waiting.delete(key);
		return steps;
	}

	/** When a leg's first step is told at the latest; null where none waits. */
	dueAt(key: string): number | null {
		return this.#waiting.get(key)?.held[0]?.until ?? null;
	}

	/** All that waits, in the order in which it came. */
	releaseAll(): LegStep[] {
		const steps = [...this.#waiting.values()].flatMap(({ held }) => held.map(({ step }) => step));
		this.#waiting.clear();
		return steps;
	}
}
