import { LruMap } from "../lruMap";
import { type CallName, type OpenCall, pbxIdOf } from "./call";
import { MOST_RECORDED_IDS } from "./timing";

interface UsedId {
	readonly times: number;
	readonly wasMissed: boolean;
}

/** How often each id of the PBX was used to tell of a call, and whether that was missed: none is used twice. */
export class UsedIds {
	readonly #ids = new LruMap<string, UsedId>(MOST_RECORDED_IDS);

	/** What a call is told by from now on. */
	nameOf(call: OpenCall, newCallId: () => string): CallName {
		const id = pbxIdOf(call);
		if (id === null) return { id: newCallId(), source: "local" };
		// The PBX uses an id again where a call whose record was told comes back: that is told as one of its own.
		const used = this.#ids.get(id);
		const times = (used?.times ?? 0) + 1;
		this.#ids.set(id, { times, wasMissed: false });
		if (!used) return { id, source: "pbx" };
		call.isTorn ||= !used.wasMissed;
		return { id: `${id}~${times}`, source: "local" };
	}

	/** An id was used by another process. */
	use(id: string): void {
		this.#ids.set(id, { times: 1, wasMissed: false });
	}

	/** A call's record was told. */
	recorded(call: OpenCall, wasMissed: boolean): void {
		const id = pbxIdOf(call);
		const used = id === null ? undefined : this.#ids.get(id);
		if (id !== null && used) this.#ids.update(id, { ...used, wasMissed });
	}
}
