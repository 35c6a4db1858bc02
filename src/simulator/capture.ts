import { PbxError } from "../errors";
import { MONITOR } from "../protocol/address";
import { decodeFrame } from "../protocol/decode";

/** A frame that a PBX sent, as somebody recorded it. */
export interface CapturedFrame {
	/** Milliseconds since 1970. */
	readonly at: number;
	/** Whose connection it came on; 999 is the monitor. */
	readonly extension: string;
	readonly text: string;
}

/** Frames in one capture: more than a busy PBX sends in a day. */
const MOST_FRAMES = 1_000_000;

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
	return typeof value === "object" && value !== null;
}

function fault(line: number): PbxError {
	return new PbxError("invalid-command", `Line ${line} of the capture is no JSON with a time and a text`, {
		reason: "bad-capture",
		line,
	});
}

function parsed(entry: unknown, line: number): Fields {
	try {
		const value: unknown = typeof entry === "string" ? JSON.parse(entry) : entry;
		// A whole message of a flow, as a file node writes it.
		const record = isFields(value) && isFields(value.payload) ? value.payload : value;
		if (isFields(record)) return record;
	} catch {
		// Said below.
	}
	throw fault(line);
}

/**
 * Whether an event brought its ticket along: the states of phones and PRO lines have events of their own, and a call that
 * ends by itself names a ticket of long before.
 */
function isItsOwn(event: string, kind: string): boolean {
	if (!event.startsWith("call.")) return true;
	return event === "call.ringing" ? kind === "call" || kind === "monitor-caller" : kind === "monitor-end";
}

function frameOf(record: Fields, line: number): CapturedFrame | null {
	const { event, extension, direction } = record;
	const isFrame = event === undefined || event === "simulator.frame";
	const text = isFrame ? record.text : record.raw;
	// What a client said, what came before its login, what no ticket said, and answers to requests.
	const isAnswer = event === "dial.result" || (event === "extension.state" && "source" in record);
	if (Array.isArray(record) || direction === "in" || extension === null || text === null || isAnswer) return null;
	const at = typeof record.at === "string" ? Date.parse(record.at) : Number.NaN;
	if (typeof text !== "string" || typeof extension !== "string" || Number.isNaN(at)) throw fault(line);
	if (isFrame) return { at, text, extension };
	const [ticket] = decodeFrame(text);
	if (!ticket || !isItsOwn(typeof event === "string" ? event : "", ticket.kind)) return null;
	// A ticket of the monitor names an extension that is not its connection's own.
	return { at, text, extension: ticket.kind.startsWith("monitor-") ? MONITOR : extension };
}

function entriesOf(capture: unknown): readonly unknown[] {
	if (Array.isArray(capture)) return capture;
	if (typeof capture !== "string") return capture === undefined || capture === null ? [] : [capture];
	const text = capture.replace(/^\ufeff/, "");
	if (!text.trimStart().startsWith("[")) return text.split(/\r?\n/);
	const list = parsed(text, 1);
	return Array.isArray(list) ? list : [];
}

/**
 * Reads a recording: one JSON object a line (or an array of objects), each either a frame as the simulator gives it
 * (`{"at": …, "extension": …, "text": …}`) or a message of `pbx-in`, whose events carry their tickets.
 *
 * @throws PbxError `invalid-command` that names the first line that is neither
 */
export function readCapture(capture: unknown): CapturedFrame[] {
	const entries = entriesOf(capture);
	const frames: CapturedFrame[] = [];
	const seen = new Set<string>();
	for (const [i, entry] of entries.entries()) {
		if ((typeof entry === "string" && entry.trim() === "") || frames.length >= MOST_FRAMES) continue;
		const record = parsed(entry, i + 1);
		const frame = frameOf(record, i + 1);
		if (!frame) continue;
		// One ticket can make several events of the same moment.
		const key = `${frame.at} ${frame.extension} ${frame.text}`;
		const isEvent = "raw" in record;
		if (isEvent && seen.has(key)) continue;
		if (isEvent) seen.add(key);
		frames.push(frame);
	}
	return frames;
}
