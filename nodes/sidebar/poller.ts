import type { LiveAnswer, LiveRequest } from "../admin/contract";
import { fetchLive } from "../shared/editor/api";

/** Milliseconds between two looks, while somebody looks. */
const PACE_MS = 1_000;

/** Asks the run time what has changed, once a second and when something else is to be shown, while somebody looks. */
export class Poller {
	/** Which tab this is, to the run time: random, as a browser can have several. */
	readonly #viewer = Math.random().toString(36).slice(2);
	readonly #isWatched: () => boolean;
	readonly #wanted: () => Pick<LiveRequest, "account" | "parts" | "find">;
	readonly #answered: (answer: LiveAnswer | null) => void;
	#seen = 0;
	#isAsking = false;
	#isDue = false;

	/**
	 * @param isWatched  whether the tab is on the screen
	 * @param wanted     what it shows
	 * @param answered   hears each answer; null where there was none
	 */
	constructor(
		isWatched: () => boolean,
		wanted: () => Pick<LiveRequest, "account" | "parts" | "find">,
		answered: (answer: LiveAnswer | null) => void,
	) {
		this.#isWatched = isWatched;
		this.#wanted = wanted;
		this.#answered = answered;
		setInterval(() => this.ask(), PACE_MS);
		document.addEventListener("visibilitychange", () => this.ask());
	}

	/** Asks now, or as soon as the answer to the last question is there. */
	ask(): void {
		if (this.#isAsking) this.#isDue = true;
		else void this.#ask();
	}

	async #ask(): Promise<void> {
		if (document.hidden || !this.#isWatched()) return;
		this.#isAsking = true;
		this.#isDue = false;
		let isCut = false;
		try {
			const answer = await fetchLive({ viewer: this.#viewer, seen: this.#seen, ...this.#wanted() });
			this.#seen = answer.number;
			isCut = answer.isCut;
			this.#answered(answer);
		} catch {
			this.#answered(null);
		} finally {
			this.#isAsking = false;
		}
		if (isCut || this.#isDue) setTimeout(() => this.ask());
	}
}
