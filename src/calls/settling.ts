import type { Moment } from "../moment";
import type { OpenCall } from "./call";
import { DueQueue } from "./dueQueue";
import { GAP_HOLD_MS, MOST_SETTLING } from "./timing";

/** Calls whose legs are over, until no other leg has followed for long enough. */
export class Settling {
	readonly #queue = new DueQueue<OpenCall>();
	/** Those that wait for the connection. */
	readonly #held = new Set<OpenCall>();

	/** When the next call's record is due, by the steady clock; null for none. */
	get dueAt(): number | null {
		return this.#queue.dueAt;
	}

	/** A call whose legs are over; gives one whose record is to be told early, where too many wait. */
	add(call: OpenCall, at: Moment, settle: number): OpenCall | undefined {
		this.remove(call);
		if (settle === 0) return call;
		call.settles = this.#queue.add(at.steady + settle, call);
		return this.#surplus();
	}

	/** A call whose legs are over, but of which somebody may yet hear how; {@link take} gives it then, to settle or wait on. As {@link add}. */
	hold(call: OpenCall, until: number): OpenCall | undefined {
		this.remove(call);
		call.settles = this.#queue.add(until, call);
		call.isHeld = true;
		return this.#surplus();
	}

	/** A leg has followed, or the record is told. */
	remove(call: OpenCall): void {
		if (call.settles) this.#queue.remove(call.settles);
		call.settles = null;
		call.isHeld = false;
		this.#held.delete(call);
	}

	/** A call that has waited long enough by now; undefined for none. */
	take(at: Moment): OpenCall | undefined {
		const call = this.#queue.take(at.steady);
		if (!call) return undefined;
		call.settles = null;
		this.#held.delete(call);
		return call;
	}

	/** A connection fell: a call with a leg at a phone that nothing is heard of may go on unheard. */
	tear(call: OpenCall, isCovered: (extension: string) => boolean, at: Moment): void {
		for (const { leg } of call.legs.values()) {
			if (isCovered(leg.extension)) continue;
			call.isTorn = true;
			if (!call.settles) return;
			this.#queue.move(call.settles, at.steady + GAP_HOLD_MS);
			this.#held.add(call);
			return;
		}
	}

	/** A connection is back: what has gone on meanwhile is soon spoken of. */
	resume(at: Moment, settle: number): void {
		for (const { settles } of this.#held) {
			if (settles) this.#queue.move(settles, Math.min(settles.at, at.steady + settle));
		}
		this.#held.clear();
	}

	#surplus(): OpenCall | undefined {
		return this.#queue.size > MOST_SETTLING ? this.#queue.take(Number.POSITIVE_INFINITY) : undefined;
	}

	clear(): void {
		this.#queue.clear();
		this.#held.clear();
	}
}
