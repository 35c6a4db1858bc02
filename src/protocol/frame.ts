/**
 * One piece of a frame. The pieces of a frame, put together, give the frame back (protocol 3).
 *
 * - `ticket`: bracketed text with a tag, ready for {@link decodeTicket}
 * - `line`: a bare line, as PRO events send it (protocol 6)
 * - `debris`: text that is neither, beside or inside a run of tickets
 * - `gap`: blanks, commas and line breaks between the others
 */
export interface Piece {
	readonly kind: "ticket" | "line" | "debris" | "gap";
	readonly text: string;
}

/** The tags the PBX is known to send, in lower case (protocol 3). */
const KNOWN_TAGS: readonly string[] = ["info", "call", "estado", "status", "???", "id?"];
const LONGEST_TAG = 16;

const OPEN = 0x28;
const CLOSE = 0x29;
const COMMA = 0x2c;
const LF = 0x0a;
const CR = 0x0d;
const BOM = 0xfeff;

function isSeparator(code: number): boolean {
	return (
		code === 0x20 || code === COMMA || code === LF || code === CR || code === 0x09 || code === 0xa0 || code === BOM
	);
}

function skipSeparators(text: string, from: number, end: number): number {
	let at = from;
	while (at < end && isSeparator(text.charCodeAt(at))) at++;
	return at;
}

/** Whether `(` + a known tag + `,` stands at `at`. */
function opensKnownTicket(text: string, at: number, end: number): boolean {
	for (const tag of KNOWN_TAGS) {
		const comma = at + 1 + tag.length;
		if (comma >= end || text.charCodeAt(comma) !== COMMA) continue;
		if (text.slice(at + 1, comma).toLowerCase() === tag) return true;
	}
	return false;
}

/** Whether `(` + anything that looks like a tag + `,` stands at `at`: a ticket this code does not know yet. */
function opensAnyTicket(text: string, at: number, end: number): boolean {
	if (text.charCodeAt(at) !== OPEN) return false;
	for (let i = at + 1; i < end && i <= at + 1 + LONGEST_TAG; i++) {
		const code = text.charCodeAt(i);
		if (code === COMMA) return i > at + 1;
		if (isSeparator(code) || code === OPEN || code === CLOSE) return false;
	}
	return false;
}

/** Whether a `)` stands before `at`, but for separators. */
function followsClose(text: string, at: number, from: number): boolean {
	let before = at - 1;
	while (before > from && isSeparator(text.charCodeAt(before))) before--;
	return before > from && text.charCodeAt(before) === CLOSE;
}

/**
 * Where the next ticket opens after the one at `from`, or `end`: at a bracket and a known tag behind a `)` (protocol 3).
 * `=(CALL,` inside a URL opens nothing (protocol 6).
 */
function nextTicket(text: string, from: number, end: number): number {
	for (let at = text.indexOf("(", from + 1); at !== -1 && at < end; at = text.indexOf("(", at + 1)) {
		if (opensKnownTicket(text, at, end) && followsClose(text, at, from)) return at;
	}
	return end;
}

/**
 * Where tickets open inside what looks like one, because something was cut off or slipped in between: behind rubbish
 * outside all brackets or, where a bracket was never closed, anywhere.
 */
function openings(text: string, from: number, end: number): number[] {
	const candidates: { at: number; depth: number }[] = [];
	let depth = 0;
	for (let at = from; at < end; at++) {
		const code = text.charCodeAt(at);
		if (code === OPEN) {
			const isFree = at > from && isSeparator(text.charCodeAt(at - 1));
			if (isFree && opensKnownTicket(text, at, end)) candidates.push({ at, depth });
			depth++;
		} else if (code === CLOSE) depth--;
	}
	return candidates.filter((candidate) => candidate.depth <= 0 || depth > 0).map(({ at }) => at);
}

/** The last `)` between the two places, or -1; `lastIndexOf` would look further back, again and again. */
function lastClose(text: string, from: number, end: number): number {
	for (let at = end - 1; at > from; at--) if (text.charCodeAt(at) === CLOSE) return at;
	return -1;
}

function push(pieces: Piece[], kind: Piece["kind"], text: string, from: number, to: number): void {
	if (to > from) pieces.push({ kind, text: text.slice(from, to) });
}

/** Text between two tickets: debris, with the separators around it as gaps. */
function pushBetween(pieces: Piece[], text: string, from: number, to: number): void {
	const first = skipSeparators(text, from, to);
	let last = to;
	while (last > first && isSeparator(text.charCodeAt(last - 1))) last--;
	push(pieces, "gap", text, from, first);
	push(pieces, "debris", text, first, last);
	push(pieces, "gap", text, last, to);
}

/** One ticket: up to its last `)`, as bodies may hold commas and brackets; what has no `)` is debris. */
function pushTicket(pieces: Piece[], text: string, from: number, end: number): void {
	const close = lastClose(text, from, end);
	push(pieces, "ticket", text, from, close + 1);
	pushBetween(pieces, text, Math.max(close + 1, from), end);
}

/** A run of tickets on one line. */
function pushTickets(pieces: Piece[], text: string, from: number, end: number): void {
	for (let at = from; at < end; ) {
		const next = nextTicket(text, at, end);
		// Most tickets hold no second bracket.
		const bracket = text.indexOf("(", at + 1);
		const isSound = bracket === -1 || bracket >= next;
		for (const opening of isSound ? [] : openings(text, at, next)) {
			pushTicket(pieces, text, at, opening);
			at = opening;
		}
		pushTicket(pieces, text, at, next);
		at = next;
	}
}

function pushLine(pieces: Piece[], text: string, from: number, end: number): void {
	const first = skipSeparators(text, from, end);
	if (first === end) {
		push(pieces, "gap", text, from, end);
	} else if (opensAnyTicket(text, first, end)) {
		push(pieces, "gap", text, from, first);
		pushTickets(pieces, text, first, end);
	} else {
		push(pieces, "line", text, from, end);
	}
}

function lineEnd(text: string, from: number): number {
	for (let at = from; at < text.length; at++) {
		const code = text.charCodeAt(at);
		if (code === LF || code === CR) return at;
	}
	return text.length;
}

/** Cuts a frame into tickets, bare lines and what is between them. Never throws; loses no character. */
export function splitFrame(frame: string): Piece[] {
	const pieces: Piece[] = [];
	if (!frame.includes("\n") && !frame.includes("\r")) {
		pushLine(pieces, frame, 0, frame.length);
		return pieces;
	}
	for (let at = 0; at < frame.length; ) {
		const end = lineEnd(frame, at);
		pushLine(pieces, frame, at, end);
		let next = end;
		while (next < frame.length && (frame.charCodeAt(next) === LF || frame.charCodeAt(next) === CR)) next++;
		push(pieces, "gap", frame, end, next);
		at = next;
	}
	return pieces;
}
