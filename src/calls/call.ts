import type { CallOutcome } from "../messages";

/** What PRO lines have said of a call (protocol 6). */
export interface ProDetails {
	/** The PBX's own id of the call; null where no line gave one. */
	readonly id: string | null;
	/** The queue it came in by. */
	readonly queue: string | null;
	/** Seconds, as the PBX counts them. */
	readonly duration: number | null;
	/** The latest step that a line has told. */
	readonly said: StepName;
}

/** A call on one phone, as far as it is known. Times in milliseconds since 1970. */
export interface Call {
	readonly id: string;
	/** Whose id that is. */
	readonly idSource: "pbx" | "local";
	/** The transaction that monitor tickets name it by, also where another id was its first; null where they do not. */
	readonly transaction: string | null;
	/** The PBX has used its id for an earlier call at this phone, as of one passed on and back: its id here stays local. */
	readonly isAgain: boolean;
	readonly extension: string;
	readonly direction: "inbound" | "outbound" | "unknown";
	/** As sent, or as dialled; null where it was never said. */
	readonly number: string | null;
	/** By the PBX's clock where it says so, else by ours; null where neither is known. */
	readonly startedAt: number | null;
	/** When it was heard to begin here; null for one that was heard of only later. */
	readonly heardAt: number | null;
	readonly answeredAt: number | null;
	readonly endedAt: number | null;
	readonly pro: ProDetails | null;
}

/** One call at one phone: extensions that take part in the same call can share its id. */
export function keyOf({ extension, id }: Call): string {
	return `${extension} ${id}`;
}

/** A call of which nothing is known but its id. */
export function unheardCall(extension: string, id: string, idSource: Call["idSource"]): Call {
	return {
		id,
		idSource,
		transaction: idSource === "pbx" ? id : null,
		isAgain: false,
		extension,
		direction: "unknown",
		number: null,
		startedAt: null,
		heardAt: null,
		answeredAt: null,
		endedAt: null,
		pro: null,
	};
}

/** Who is at the other end of a call, and since when. */
export type Party = Pick<Call, "direction" | "number" | "startedAt">;

/** The steps of a call's life, in their order. */
export const STEPS = ["ringing", "answered", "ended"] as const;

/** A step of a call's life. */
export type StepName = (typeof STEPS)[number];

/** A step in a call's life, as it is told. Each call ends with exactly one `ended`. */
export type CallStep =
	| { readonly step: "ringing" | "answered"; readonly call: Call; readonly raw: string | null }
	| { readonly step: "ended"; readonly call: Call; readonly outcome: CallOutcome; readonly raw: string | null };

/** No steps: what most tickets mean for calls. */
export const NO_STEPS: readonly never[] = [];

/** A step, or a PRO line that only added to what is known of a call. */
export type PhoneStep = CallStep | { readonly step: "described"; readonly call: Call; readonly raw: string | null };

/** Milliseconds within which tickets of one change may come in any order. */
export const TICKET_GRACE = 3_000;
