import { LIMITS } from "./limits";
import { retryDelay } from "./retryDelay";
import type { DownReason, Fallen, RefusedReason } from "./state";

/** How the tries of one connection went, and what that makes of the next one. */
export class Attempts {
	/** Tries in a row that found no connection, and logins in a row that were refused. */
	#failures = 0;
	#refusals = 0;
	/** The server has once spoken to this login. */
	#hasWorked = false;
	/** How often in a row it was cut soon after it had logged in. */
	#shortLives = 0;

	/** Nothing has been tried, or worked, before. */
	get isFirst(): boolean {
		return this.#failures + this.#refusals === 0 && !this.#hasWorked;
	}

	/** The server has spoken to the login. */
	worked(): void {
		this.#hasWorked = true;
		this.#refusals = 0;
	}

	/**
	 * What it means that a connection has ended, and when to try again.
	 *
	 * @param sinceLogin  milliseconds since the login was answered, of one that was not connected yet; null where it was not
	 * @param life        milliseconds that it was connected; null where it was not
	 * @param random      0 to 1
	 */
	ended(
		reason: DownReason,
		detail: string,
		{ sinceLogin, life }: { readonly sinceLogin: number | null; readonly life: number | null },
		random: number,
	): Fallen {
		const wasJustAnswered = sinceLogin !== null && sinceLogin <= LIMITS.loginSilence;
		if (reason === "lost" && wasJustAnswered && this.#isRefusal()) return this.refused("closed-after-login", random);
		const why = life !== null && this.#isThrownOut(life, reason) ? "thrown-out" : reason;
		const retryIn = retryDelay("disconnected", this.#failures++, random);
		return { kind: "disconnected", reason: why, detail, retryIn };
	}

	/** The login was refused. */
	refused(reason: RefusedReason, random: number): Fallen {
		return { kind: "refused", reason, retryIn: retryDelay("refused", this.#refusals++, random) };
	}

	/**
	 * Two clients of one extension would throw each other out for ever: true from the third time on that it was cut short.
	 *
	 * @param life milliseconds that it was up
	 */
	#isThrownOut(life: number, reason: DownReason): boolean {
		if (life >= LIMITS.stable) this.#failures = 0;
		this.#shortLives = life < LIMITS.stable && reason === "lost" ? this.#shortLives + 1 : 0;
		return this.#shortLives >= LIMITS.thrownOut;
	}

	/** Cut right after the login: refused; but where it has worked before, the first time may be a server that restarts. */
	#isRefusal(): boolean {
		return !this.#hasWorked || this.#refusals++ > 0;
	}
}
