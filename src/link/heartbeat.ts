import type { Clock, Timer } from "./clock";
import { LIMITS } from "./limits";

/** Pings an otherwise silent server and says when it is dead: neither pong nor frame in time (protocol 1). */
export class Heartbeat {
	readonly #clock: Clock;
	readonly #ping: () => void;
	readonly #dead: () => void;
	#timer: Timer;
	#heard = false;

	constructor(clock: Clock, ping: () => void, dead: () => void) {
		this.#clock = clock;
		this.#ping = ping;
		this.#dead = dead;
		this.#timer = this.#waitToPing();
	}

	/** A frame or pong arrived. Cheap: it runs for every frame. */
	heard(): void {
		this.#heard = true;
	}

	/** Ends it; nothing is called afterwards. */
	stop(): void {
		this.#timer.cancel();
	}

	#waitToPing(): Timer {
		return this.#clock.after(LIMITS.heartbeatInterval, () => {
			this.#heard = false;
			this.#ping();
			this.#timer = this.#waitForLife();
		});
	}

	#waitForLife(): Timer {
		return this.#clock.after(LIMITS.heartbeatTimeout, () => {
			if (!this.#heard) return this.#dead();
			this.#timer = this.#waitToPing();
		});
	}
}
