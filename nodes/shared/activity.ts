import type { NodeStatus } from "node-red";
import type { CallEvent } from "../../src/messages";
import { statusKey } from "./texts";

interface Ongoing {
	/** A name, where one is known, else the number; null where it is withheld. */
	readonly who: string | null;
	readonly isAnswered: boolean;
}

/** More than a status could tell of. */
const MOST = 1_000;
/** Characters that fit below a node without running into its neighbour. */
const LONGEST = 20;

/** Cut to what fits under a node. */
export function fitted(text: string, longest = LONGEST): string {
	return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

/** What goes on at the phones that a node hears, for its status: the calls that are not over, or a word nobody knows. */
export class CallActivity {
	readonly #legs = new Map<string, Ongoing>();
	#word: string | null = null;

	/** Takes notice of a step in a leg's life. */
	notice(event: CallEvent): void {
		if (event.event === "call.record") return;
		const key = event.legId;
		this.#word = null;
		this.#legs.delete(key);
		if (event.outcome !== null) return;
		const name = event.contact?.name || event.name;
		const who = name || (!event.anonymous && event.number) || null;
		this.#legs.set(key, { who, isAnswered: event.answeredAt !== null });
		const [oldest] = this.#legs.keys();
		if (oldest !== undefined && this.#legs.size > MOST) this.#legs.delete(oldest);
	}

	/** The PBX said a word that nobody knows: shown until a call says more. */
	heard(word: string): void {
		this.#word = word;
	}

	/** What to show of it; null where nothing goes on. */
	get status(): (NodeStatus & { readonly text: string }) | null {
		if (this.#word !== null) return { fill: "yellow", shape: "ring", text: `«${fitted(this.#word, 17)}» ?` };
		const newest = [...this.#legs.values()].at(-1);
		if (!newest) return null;
		const count = this.#legs.size;
		const { isAnswered, who } = newest;
		const look = { fill: isAnswered ? "green" : "blue", shape: "dot" } as const;
		const sign = isAnswered ? "☎" : "♪";
		if (count > 1) return { ...look, text: `${sign} ${count}` };
		if (who === null)
			return { ...look, text: statusKey(isAnswered ? "status.talking-withheld" : "status.ringing-withheld") };
		return { ...look, text: `${sign} ${fitted(who, 18)}` };
	}
}
