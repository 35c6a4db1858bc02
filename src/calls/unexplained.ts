import type { Moment } from "../moment";
import type { PhoneState } from "../protocol/vocabulary";
import type { PhoneInput } from "./phone";
import type { HeardState } from "./stepLeg";
import { TICKET_GRACE_MS } from "./timing";

/** What happens at a phone and that no call explains yet. */
export type Unexplained =
	/** It rings, and nobody was named. */
	| { readonly kind: "rings"; readonly at: Moment }
	/** It rang, nobody was named, and it was picked up. */
	| { readonly kind: "picked-up"; readonly at: Moment }
	/** It went busy without having rung: a call from here, or one picked up that rang elsewhere. */
	| { readonly kind: "off-hook"; readonly at: Moment }
	/** A call that was over here is named again: it is there again if the phone rings. */
	| { readonly kind: "named-again"; readonly at: Moment; readonly input: Extract<PhoneInput, { kind: "caller" }> };

/** What still awaits an explanation: a caller is named soon after what it explains, or it explains something else. */
export function stillUnexplained(unexplained: Unexplained | null, at: Moment): Unexplained | null {
	return unexplained && at.steady - unexplained.at.steady <= TICKET_GRACE_MS ? unexplained : null;
}

/** What the state of a phone without legs leaves to be explained, by a call that is named only later. */
export function leftUnexplained(
	before: Unexplained | null,
	state: PhoneState,
	previous: HeardState,
	isRepeating: boolean,
	at: Moment,
): Unexplained | null {
	if (state === "ringing") return { kind: "rings", at };
	if (state !== "busy") return null;
	if (previous === "ringing") return { kind: "picked-up", at };
	return previous !== "busy" && !isRepeating ? { kind: "off-hook", at } : before;
}
