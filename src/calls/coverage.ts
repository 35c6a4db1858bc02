import type { Moment } from "../moment";
import type { Source } from "./phoneView";
import { TICKET_GRACE_MS } from "./timing";

const NEVER = Number.NEGATIVE_INFINITY;

/** Which of an account's connections are up, and since when: what can be heard of which phone. */
export class Coverage {
	#monitorSince: Moment | null = null;
	readonly #ownSince = new Map<string, number>();

	/** Since when the monitor is up; null while it is not. */
	get monitorSince(): Moment | null {
		return this.#monitorSince;
	}

	/** A connection came up: an extension's own, or the monitor's. */
	up(source: Source, extension: string, at: Moment): void {
		if (source === "monitor") this.#monitorSince = at;
		else this.#ownSince.set(extension, at.steady);
	}

	/** A connection fell. */
	down(source: Source, extension: string): void {
		if (source === "monitor") this.#monitorSince = null;
		else this.#ownSince.delete(extension);
	}

	/** Whether an extension's own connection is up. */
	isOwnUp(extension: string): boolean {
		return this.#ownSince.has(extension);
	}

	/** Whether anything can be heard of a phone. */
	isCovered(extension: string): boolean {
		return this.#monitorSince !== null || this.#ownSince.has(extension);
	}

	/** Whether a call that began then, by the wall clock, is older than the monitor's connection. */
	isOlder(startedAt: number, at: Moment): boolean {
		return this.#monitorSince !== null && at.wall - startedAt > at.steady - this.#monitorSince.steady + TICKET_GRACE_MS;
	}

	/** When each connection that speaks of a phone came up, by the steady clock. */
	upSince(extension: string): Readonly<Record<Source, number>> {
		return { monitor: this.#monitorSince?.steady ?? NEVER, extension: this.#ownSince.get(extension) ?? NEVER };
	}
}
