import { LIMITS } from "../link/limits";
import type { LinkState } from "../link/state";
import type { LinkStateEvent } from "../messages";
import type { Moment } from "../moment";

/** One connection of an account. */
export interface LinkReport {
	readonly extension: string;
	readonly state: LinkState;
	/** In milliseconds since 1970. */
	readonly since: number;
}

/** The contract's word and reason for a link's state. */
export function describeState(state: LinkState): Pick<LinkStateEvent, "state" | "reason"> {
	switch (state.kind) {
		case "queued":
			return { state: "connecting", reason: "queued" };
		case "connecting":
			return { state: "connecting", reason: state.first ? "first-try" : "retry" };
		case "connected":
			return { state: "connected", reason: state.confirmed ? "confirmed" : "unconfirmed" };
		case "disconnected":
		case "refused":
			return { state: state.kind, reason: state.reason };
		case "standby":
			return { state: "standby", reason: "other-gateway" };
		case "closed":
			return { state: "disconnected", reason: "closed" };
	}
}

/** A link that went silent was last known to be alive one heartbeat before that was noticed. */
export function deafSince(state: LinkState, at: Moment): Moment {
	const isSilent = state.kind === "disconnected" && state.reason === "no-heartbeat";
	const silence = isSilent ? LIMITS.heartbeatInterval + LIMITS.heartbeatTimeout : 0;
	return { wall: at.wall - silence, steady: at.steady - silence };
}
