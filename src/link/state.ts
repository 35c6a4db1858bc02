import type { SocketEnd } from "./socket";

/**
 * Why a link is down although it wants to be up. `thrown-out`: it was logged in and cut again several times in a row, as
 * when another client uses the same extension.
 */
export type DownReason = SocketEnd | "no-prompt" | "no-heartbeat" | "thrown-out";

/**
 * Why a login counts as refused: the same prompt again and again, the connection closed right after the answer, or the
 * server asks for a key and none is set (protocol 2).
 */
export type RefusedReason = "prompted-again" | "closed-after-login" | "no-key";

/**
 * The state of a link. There is no success message in the protocol: `confirmed` says whether the server has said
 * something since (true), or was merely silent after the login (false).
 */
export type LinkState =
	/** Others are logging in to the same host; its turn comes. */
	| { readonly kind: "queued"; readonly first: boolean }
	| { readonly kind: "connecting" /** Nothing has failed yet. */; readonly first: boolean }
	| { readonly kind: "connected"; readonly confirmed: boolean }
	| {
			readonly kind: "disconnected";
			readonly reason: DownReason;
			/** A short technical text for logs. */
			readonly detail: string;
			/** Milliseconds until the next try. */
			readonly retryIn: number;
	  }
	/** Another process listens in its place; this one waits for its turn. */
	| { readonly kind: "standby" }
	| { readonly kind: "refused"; readonly reason: RefusedReason; readonly retryIn: number }
	| { readonly kind: "closed" };

/** A link that is down and will try again. */
export type Fallen = Extract<LinkState, { kind: "disconnected" | "refused" }>;
