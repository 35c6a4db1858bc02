import type { Clock, Timer } from "../link/clock";
import type { WireTap } from "../link/endpoint";
import type { Moment } from "../moment";
import type { Extension, Key } from "../protocol/address";
import { type Piece, splitFrame } from "../protocol/frame";
import { inSlices, maskFrames, type Readers, type TracedFrame } from "./mask";

/** What a trace may take: five megabytes, ten minutes; and for how long it is kept, once it is over, until it is fetched. */
export const TRACE_LIMITS = { bytes: 5 * 1024 * 1024, milliseconds: 600_000, keptFor: 600_000 } as const;

/** Bytes of a frame's line beside its text, about. */
const LINE_BYTES = 100;
/** A shorter key could be anything that the PBX says; what we say ourselves comes without it. */
const SHORTEST_KEY = 6;

/** What a recorder knows of its account. */
export interface TraceContext extends Readers {
	readonly clock: Clock;
	readonly key: Key | null;
}

/** Why a trace is over: somebody stopped it, its time was up, or it was full. */
export type TraceEnd = "stopped" | "time" | "size";

/** How a recorder is. */
export interface TraceState {
	readonly kind: "off" | "recording" | "over";
	/** Null while it records, and before. */
	readonly why: TraceEnd | null;
	readonly frames: number;
	readonly bytes: number;
	/** Milliseconds until it ends by itself, or until one that is over is dropped. */
	readonly left: number;
}

interface Trace {
	readonly frames: TracedFrame[];
	bytes: number;
	why: TraceEnd | null;
	/** By the steady clock: when it ends, or is dropped. */
	until: number;
	timer: Timer;
}

function isPrompt({ kind, text }: Piece): boolean {
	return kind === "ticket" && /^\((?:\?\?\?|id\?),/i.test(text);
}

/** A frame as `pbx-simulator --replay` reads it; prompts belong to no extension yet, so that they are not played. */
function linesOf({ at, extension, direction, text }: TracedFrame): string[] {
	const line = (to: string | null, what: string) =>
		JSON.stringify({ at: new Date(at).toISOString(), direction, extension: to, text: what });
	const pieces = direction === "out" ? splitFrame(text) : [];
	if (!pieces.some(isPrompt)) return [line(extension, text)];
	const joined = (some: readonly Piece[]) => some.map((piece) => piece.text).join("");
	const rest = pieces.filter((piece) => !isPrompt(piece));
	const prompt = line(null, joined(pieces.filter(isPrompt)));
	return rest.some(({ kind }) => kind !== "gap") ? [prompt, line(extension, joined(rest))] : [prompt];
}

function withoutKey(text: string, { key }: TraceContext): string {
	return key !== null && key.length >= SHORTEST_KEY ? text.replaceAll(key, "***") : text;
}

/** Records what goes over an account's connections, one trace at a time and within {@link TRACE_LIMITS}. */
export class Recorder implements WireTap {
	readonly #context: () => TraceContext;
	#trace: Trace | null = null;

	constructor(context: () => TraceContext) {
		this.#context = context;
	}

	get state(): TraceState {
		const trace = this.#trace;
		if (!trace) return { kind: "off", why: null, frames: 0, bytes: 0, left: 0 };
		const { why, frames, bytes, until } = trace;
		const left = Math.max(0, until - this.#context().clock.steady());
		return { kind: why === null ? "recording" : "over", why, frames: frames.length, bytes, left };
	}

	/** Begins a trace, and drops one that is over; gives whether it did: not while one goes on. */
	start(): boolean {
		if (this.#trace?.why === null) return false;
		this.close();
		const { clock } = this.#context();
		const timer = clock.after(TRACE_LIMITS.milliseconds, () => this.#end("time"));
		const until = clock.steady() + TRACE_LIMITS.milliseconds;
		this.#trace = { frames: [], bytes: 0, why: null, until, timer };
		return true;
	}

	/** Ends the trace that goes on. It can still be fetched for ten minutes. */
	stop(): void {
		this.#end("stopped");
	}

	/**
	 * What was recorded, a JSON object a line; null where there is nothing to fetch. The login is in it without its key;
	 * what the server says is, too, where the key is long enough to be known from other words.
	 *
	 * @param masks  whether numbers and names are replaced
	 */
	async text(masks: boolean): Promise<string | null> {
		if (!this.#trace) return null;
		// As it is now: it may go on, or be dropped, meanwhile.
		const frames = [...this.#trace.frames];
		const context = this.#context();
		const shown = masks ? await maskFrames(frames, context) : frames;
		const lines: string[] = [];
		await inSlices(shown, (frame) => lines.push(...linesOf({ ...frame, text: withoutKey(frame.text, context) })));
		return lines.map((line) => `${line}\n`).join("");
	}

	/** Drops whatever was recorded. */
	close(): void {
		this.#trace?.timer.cancel();
		this.#trace = null;
	}

	heard(extension: Extension, pieces: readonly Piece[], at: Moment): void {
		if (this.#trace?.why !== null) return;
		this.#add({ at: at.wall, extension, direction: "out", text: pieces.map(({ text }) => text).join("") });
	}

	said(extension: Extension, text: string, at: Moment): void {
		if (this.#trace?.why !== null) return;
		this.#add({ at: at.wall, extension, direction: "in", text });
	}

	#add(frame: TracedFrame): void {
		if (!this.#trace) return;
		const bytes = LINE_BYTES + Buffer.byteLength(frame.text);
		if (this.#trace.bytes + bytes > TRACE_LIMITS.bytes) {
			this.#end("size");
			return;
		}
		this.#trace.frames.push({ ...frame, text: withoutKey(frame.text, this.#context()) });
		this.#trace.bytes += bytes;
	}

	#end(why: TraceEnd): void {
		const trace = this.#trace;
		if (trace?.why !== null) return;
		const { clock } = this.#context();
		trace.timer.cancel();
		trace.why = why;
		trace.until = clock.steady() + TRACE_LIMITS.keptFor;
		trace.timer = clock.after(TRACE_LIMITS.keptFor, () => this.close());
	}
}
