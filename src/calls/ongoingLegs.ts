import { pbxIdOf } from "./call";
import type { CallRegister } from "./callRegister";
import type { Leg } from "./leg";
import { currentLeg } from "./phone";
import type { Phones } from "./phones";
import type { ToldLeg } from "./told";

/** A leg that goes on, and what its call is told by. */
export type OngoingLeg = Omit<ToldLeg, "kind" | "step" | "raw">;

/** The legs of an account that go on, as somebody looks at them: what was not told yet is not named by looking. */
export class OngoingLegs {
	readonly #phones: Phones;
	readonly #register: CallRegister;

	constructor(phones: Phones, register: CallRegister) {
		this.#phones = phones;
		this.#register = register;
	}

	/** The leg that an extension's phone has; null for none. */
	of(extension: string): OngoingLeg | null {
		const phone = this.#phones.get(extension);
		const leg = phone ? currentLeg(phone) : null;
		return leg && this.#named(leg);
	}

	/** All that ring or talk, those of the phone first that has had calls for longest. */
	*all(): Generator<OngoingLeg> {
		for (const { legs } of this.#phones.withCalls()) {
			for (const leg of legs) {
				const named = leg.state.kind === "ringing" || leg.state.kind === "talking" ? this.#named(leg) : null;
				if (named) yield named;
			}
		}
	}

	#named(leg: Leg): OngoingLeg | null {
		const call = this.#register.callOf(leg.key);
		const legId = call?.legs.get(leg.key)?.id ?? null;
		if (!call?.name || legId === null) return null;
		return { leg, legId, call: call.name, pbxId: pbxIdOf(call) };
	}
}
