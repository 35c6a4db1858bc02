import type { Moment } from "../moment";
import type { Extension, Key, Tenant } from "../protocol/address";
import type { Piece } from "../protocol/frame";
import type { Ticket } from "../protocol/ticket";
import type { Vocabulary } from "../protocol/vocabulary";
import type { Clock } from "./clock";
import type { TlsSettings } from "./socket";
import type { LinkState } from "./state";

/** Where a link leads and as whom. */
export interface LinkAddress {
	/** `ws://` or `wss://`, checked by {@link checkServerUrl}. */
	readonly url: string;
	readonly tenant: Tenant;
	readonly extension: Extension;
	/** Null when none is set: then only a server that knows this address already lets us in. */
	readonly key: Key | null;
	readonly tls: TlsSettings | null;
}

/** What a link needs from outside. */
export interface LinkContext {
	readonly clock: Clock;
	/** From 0 to 1, for the jitter of the delays. */
	readonly random: () => number;
	readonly vocabulary: Vocabulary;
}

/** Sees what goes over the wire, both ways, as text. */
export interface WireTap {
	/** What the server said on an extension's connection: a frame, or a part of a long one. */
	heard(extension: Extension, pieces: readonly Piece[], at: Moment): void;
	/** What was said to it; a login without its key. */
	said(extension: Extension, text: string, at: Moment): void;
}

/** Who hears what a link says, and when. */
export interface LinkListener {
	readonly wire?: WireTap;
	state(state: LinkState, at: Moment): void;
	/** Every ticket but the prompts. */
	ticket(ticket: Ticket, at: Moment): void;
}
