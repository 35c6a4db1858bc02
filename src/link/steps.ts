import type { Extension } from "../protocol/address";
import type { PhoneState } from "../protocol/vocabulary";
import type { DownReason, RefusedReason } from "./state";

/** The steps of connecting, in their order: name looked up, TCP, WebSocket, prompt, login, first ticket (protocol 1, 2). */
export const PROBE_STEPS = ["resolve", "connect", "websocket", "prompt", "login", "ticket"] as const;

/** A step of connecting. */
export type ProbeStep = (typeof PROBE_STEPS)[number];

/** What came of one step. `silent`: the server said nothing, which is not wrong and proves nothing. */
export interface ProbeReport {
	readonly step: ProbeStep;
	readonly outcome: "ok" | "failed" | "silent";
	/** Why it failed. */
	readonly reason?: DownReason | RefusedReason | "no-such-host";
	/** As which extension, of the report that ends it. */
	readonly extension?: Extension;
	/** Of the phone, where the first ticket told of it. */
	readonly state?: PhoneState;
}
