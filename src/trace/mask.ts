import { setImmediate as nextTurn } from "node:timers/promises";
import { splitFrame } from "../protocol/frame";
import { decodeTicket, type Ticket } from "../protocol/ticket";
import { fold, type Vocabulary } from "../protocol/vocabulary";
import { Fictions, SHORTEST_NUMBER } from "./fictions";

/** A text that went over the wire. */
export interface TracedFrame {
	/** Milliseconds since 1970. */
	readonly at: number;
	/** Whose connection it went over; 999 is the monitor's. */
	readonly extension: string;
	/** `out` is what the server said, as in the simulator's recordings; `in` what was said to it. */
	readonly direction: "in" | "out";
	readonly text: string;
}

/** How an account reads what its PBX says. */
export interface Readers {
	readonly vocabulary: Vocabulary;
	/** What a line of a PRO event says, by the account's table. */
	readonly matchCommand: (line: string) => { readonly callerId: string | null } | null;
}

/** What becomes of a number's digits, and of a name. */
interface Replacement {
	number(digits: string): string;
	name(name: string): string;
}

const NAME = /\p{L}[\p{L}\p{M}]*(?:[ .'’]+\p{L}[\p{L}\p{M}]*)*/gu;
/** Of addresses such as `sip:600123456@pbx`. */
const SCHEME = /^sips?$/i;
/** A transaction, which is kept; digits in a row; and digits that are grouped as people write a number. */
const DIGITS = /(?<!\d)\d{10}\.\d+|\d{6,}|(?<!\d)\d{1,5}(?:(?:%20|[ -])\d{1,5})+(?!\d)/g;
const SHORTEST_GROUPED = 9;

/** As it stands in a URL; half a character cannot be encoded. */
function encoded(text: string): string {
	return encodeURIComponent(text.replace(/\p{Cs}/gu, "\ufffd"));
}

/** Puts other digits in the places of those of a text. */
function withDigits(text: string, digits: string): string {
	let at = 0;
	return text.replace(/\d/g, () => digits.charAt(at++));
}

/** Rewrites frames: what names a caller, and what looks like a number anywhere else. */
class Rewriter {
	readonly #readers: Readers;
	readonly #extensions: ReadonlySet<string>;
	readonly #to: Replacement;

	constructor(readers: Readers, extensions: ReadonlySet<string>, to: Replacement) {
		this.#readers = readers;
		this.#extensions = extensions;
		this.#to = to;
	}

	frame({ direction, text }: TracedFrame): string {
		if (direction === "in") return this.#free(text);
		const pieces = splitFrame(text).map((piece) => {
			if (piece.kind === "ticket") return this.#ticket(decodeTicket(piece.text, this.#readers.vocabulary));
			return piece.kind === "line" ? this.#line(piece.text) : this.#free(piece.text);
		});
		return pieces.join("");
	}

	#ticket(ticket: Ticket): string {
		const { kind, raw } = ticket;
		const body = raw.indexOf(",") + 1;
		if (kind === "call") return this.#within(raw, body, ticket.number, this.#caller(ticket.number));
		if (kind === "monitor-caller") {
			return this.#within(raw, raw.indexOf("-", body) + 1, ticket.number, this.#caller(ticket.number));
		}
		if ("text" in ticket) return this.#within(raw, body, ticket.text, this.#free(ticket.text));
		return kind === "prompt" || kind === "status-error" ? raw : this.#free(raw);
	}

	#within(raw: string, from: number, text: string, other: string): string {
		const at = raw.indexOf(text, from);
		return text === other || at === -1 ? raw : raw.slice(0, at) + other + raw.slice(at + text.length);
	}

	#line(line: string): string {
		const caller = this.#readers.matchCommand(line)?.callerId ?? "";
		const other = this.#caller(caller);
		const spellings = [
			[caller, other],
			[encoded(caller), encoded(other)],
		] as const;
		const [sent, masked] = spellings.find(([spelling]) => spelling !== "" && line.includes(spelling)) ?? ["", ""];
		if (sent === masked) return this.#free(line);
		return line
			.split(sent)
			.map((part) => this.#free(part))
			.join(masked);
	}

	/** What stands where a caller is named: a number however grouped, a name, both, or a word that says that none is told. */
	#caller(text: string): string {
		if (this.#isKept(text)) return text;
		const names = [...text.matchAll(NAME)];
		let [at, result] = [0, ""];
		for (const { 0: name, index } of names) {
			const isKept = this.#isKept(name) || SCHEME.test(name);
			result += this.#digits(text.slice(at, index), SHORTEST_NUMBER) + (isKept ? name : this.#to.name(name));
			at = index + name.length;
		}
		return result + this.#digits(text.slice(at), SHORTEST_NUMBER);
	}

	#isKept(text: string): boolean {
		const { states, withheld, ignored } = this.#readers.vocabulary;
		const word = fold(text);
		return withheld.has(word) || states.has(word) || ignored.has(word);
	}

	/** Text of any kind. */
	#free(text: string): string {
		return text.replace(DIGITS, (found) => {
			if (/^\d{10}\./.test(found)) return found;
			return this.#digits(found, /^\d+$/.test(found) ? SHORTEST_NUMBER : SHORTEST_GROUPED);
		});
	}

	/** The digits of a text as one number, where they are so many. */
	#digits(text: string, least: number): string {
		const bare = text.replace(/%20/g, "");
		const digits = bare.replace(/\D/g, "");
		if (digits.length < least || this.#extensions.has(digits) || /^0+$/.test(digits)) return text;
		const other = this.#to.number(digits);
		return bare === text ? withDigits(text, other) : other;
	}
}

/** Characters handled before the event loop gets its turn: some milliseconds. A frame counts for 48 at least. */
const SLICE_CHARACTERS = 16_384;

/** Runs for each frame, and lets calls, timers and pings have their turn again and again. */
export async function inSlices(frames: readonly TracedFrame[], run: (frame: TracedFrame) => void): Promise<void> {
	let left = SLICE_CHARACTERS;
	for (const frame of frames) {
		run(frame);
		left -= Math.max(frame.text.length, 48);
		if (left > 0) continue;
		left = SLICE_CHARACTERS;
		await nextTurn();
	}
}

async function extensionsOf(frames: readonly TracedFrame[], { vocabulary }: Readers): Promise<Set<string>> {
	const found = new Set<string>();
	await inSlices(frames, ({ extension, direction, text }) => {
		found.add(extension);
		for (const { kind, text: raw } of direction === "out" ? splitFrame(text) : []) {
			const ticket = kind === "ticket" ? decodeTicket(raw, vocabulary) : null;
			if (ticket && "extension" in ticket) found.add(ticket.extension);
		}
	});
	return found;
}

/**
 * Frames with other numbers and names: the same for the same, so that a call stays one call. Extensions, words of the PBX,
 * transactions, withheld callers and numbers of up to five digits stay; so do names of queues.
 */
export async function maskFrames(frames: readonly TracedFrame[], readers: Readers): Promise<TracedFrame[]> {
	const extensions = await extensionsOf(frames, readers);
	const [numbers, names] = [new Set<string>(), new Set<string>()];
	const collect = new Rewriter(readers, extensions, {
		number(digits) {
			numbers.add(digits);
			return digits;
		},
		name(name) {
			names.add(name);
			return name;
		},
	});
	await inSlices(frames, (frame) => collect.frame(frame));
	const rewriter = new Rewriter(readers, extensions, new Fictions(numbers, names));
	const masked: TracedFrame[] = [];
	await inSlices(frames, (frame) => masked.push({ ...frame, text: rewriter.frame(frame) }));
	return masked;
}
