/** What the editor and the run time say to each other. */
import type { ErrorDetails } from "../../src/errors";
import type { ProbeReport } from "../../src/link/steps";
import type { CurrentCall, PbxEvent, PhoneState } from "../../src/messages";

export type { UnknownWord } from "../../src/pbx/unknownWord";

/** What the form of the config node sends to have its connection tested. */
export interface ConnectionTestRequest {
	/** The config node; its saved key is used where none is sent. */
	readonly id: string;
	readonly url: string;
	readonly tenant: string;
	readonly tls: string;
	/** Absent where the field was left alone. */
	readonly key?: string;
	readonly extension: string;
}

/** A line of the answer: a step, or why there is none. The browser puts both into words of its language. */
export type ConnectionTestLine =
	| ProbeReport
	| { readonly step: null; readonly code: string; readonly details: ErrorDetails };

/** One extension on the board. Times in milliseconds since 1970. */
export interface LiveExtension {
	readonly extension: string;
	readonly state: PhoneState;
	readonly since: number;
	readonly stale: boolean;
	readonly call: CurrentCall | null;
}

/** One connection. */
export interface LiveLink {
	readonly extension: string;
	readonly state: "connecting" | "connected" | "disconnected" | "refused" | "standby" | "closed";
	/** A key of the catalog's `reasons`; empty for none. */
	readonly reason: string;
	readonly since: number;
}

/** What the sidebar shows of one config node. */
export interface LiveAccount {
	readonly id: string;
	readonly name: string;
	readonly tenant: string;
	/** Host and port of its server. */
	readonly server: string;
	/** The sentence that says why it does not work, or null. */
	readonly fault: string | null;
	readonly links: readonly LiveLink[];
	readonly extensions: readonly LiveExtension[];
	/** Extensions that are left out, as nobody can look at so many. */
	readonly more: number;
	readonly events: readonly { readonly seq: number; readonly event: PbxEvent }[];
}

/** A simulator that runs. */
export interface LiveSimulator {
	readonly id: string;
	readonly name: string;
	readonly extensions: readonly string[];
}

/** What the sidebar is sent. */
export interface LiveView {
	/** Milliseconds since 1970, by the clock of the Node-RED: the browser's may differ. */
	readonly now: number;
	readonly accounts: readonly LiveAccount[];
	readonly simulators: readonly LiveSimulator[];
}
