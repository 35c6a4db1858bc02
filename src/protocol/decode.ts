import { type Piece, splitFrame } from "./frame";
import { decodeTicket, type Ticket } from "./ticket";
import { STANDARD_VOCABULARY, type Vocabulary } from "./vocabulary";

/** All that one frame says, in its order. Blanks between tickets are left out; everything else comes out. Never throws. */
export function decodeFrame(frame: string, words: Vocabulary = STANDARD_VOCABULARY): Ticket[] {
	return decodePieces(splitFrame(frame), words);
}

/** What pieces of a frame say; as {@link decodeFrame}. */
export function decodePieces(pieces: readonly Piece[], words: Vocabulary): Ticket[] {
	const tickets: Ticket[] = [];
	for (const { kind, text } of pieces) {
		if (kind === "ticket") tickets.push(decodeTicket(text, words));
		else if (kind === "line") tickets.push({ kind: "line", raw: text });
		else if (kind === "debris") tickets.push({ kind: "unrecognised", raw: text });
	}
	return tickets;
}
