import assert from "node:assert/strict";
import { decodeFrame } from "../../src/protocol/decode";
import { reread, type Ticket } from "../../src/protocol/ticket";
import {
	isKnownWord,
	STANDARD_VOCABULARY,
	type TaughtWord,
	taughtVocabulary,
	type WordMeaning,
} from "../../src/protocol/vocabulary";

/** What a frame says: read by the standard words first, as a shared socket does, then by those that were taught. */
function heard(frame: string, rows: readonly TaughtWord[]): Ticket {
	const words = taughtVocabulary(rows);
	const [standard] = decodeFrame(frame);
	const [direct] = decodeFrame(frame, words);
	assert.ok(standard && direct);
	assert.deepEqual(reread(standard, words), direct, frame);
	return direct;
}

describe("words that were taught", () => {
	it("say the state of a phone, whichever connection tells it, with capitals and accents as they come", () => {
		for (const [meaning, state] of [
			["idle", "idle"],
			["ringing", "ringing"],
			["busy", "busy"],
		] as const) {
			const rows = [{ word: "En Conversación", meaning }];
			for (const frame of [
				"(info,-en conversacion)",
				"(info,- EN CONVERSACIÓN...)",
				"(estado,11-En conversación)",
				"(info,270-en conversación-11-0)",
				"(info,270-En conversación-11-1508337505.3520740)",
			]) {
				const ticket = heard(frame, rows);
				assert.equal("state" in ticket && ticket.state, state, frame);
			}
		}
	});

	it("say the end of a call, what becomes of one that is placed, and that a caller withholds the number", () => {
		const of = (meaning: WordMeaning) => [{ word: "Fim", meaning }];
		assert.equal(heard("(info,270-fim-11-1508337505.1)", of("ended")).kind, "monitor-end");
		for (const [meaning, outcome] of [
			["dial-calling", "calling"],
			["dial-busy", "busy"],
			["dial-timeout", "timeout"],
			["dial-unavailable", "unavailable"],
		] as const) {
			const ticket = heard("(info,Fim...)", of(meaning));
			assert.equal(ticket.kind === "progress" && ticket.outcome, outcome);
		}
		assert.ok(taughtVocabulary(of("withheld")).withheld.has("fim"));
	});

	it("can say nothing: then nothing comes of them, but the answer to a question stays one", () => {
		const rows = [{ word: "Em pausa", meaning: "ignore" }] as const;
		for (const frame of ["(info,-Em pausa)", "(info,270-em pausa-11-0)", "(info,Em pausa...)"]) {
			assert.equal(heard(frame, rows).kind, "ignored", frame);
		}
		const answer = heard("(estado,11-em pausa)", rows);
		assert.equal(answer.kind === "status" && answer.state, "unknown");
		assert.ok(isKnownWord("EM PAUSA", "state", taughtVocabulary(rows)));
	});

	it("win over standard ones, and are compared whole", () => {
		const rows = [{ word: "Libre", meaning: "busy" }] as const;
		const ticket = heard("(info,-libre)", rows);
		assert.equal(ticket.kind === "own-state" && ticket.state, "busy");
		const longer = heard("(info,-libre ya)", rows);
		assert.equal(longer.kind === "own-state" && longer.state, "unknown");
		assert.equal(taughtVocabulary([]), STANDARD_VOCABULARY);
	});

	it("are known where they were taught, and nowhere else", () => {
		const words = taughtVocabulary([{ word: "Fim", meaning: "dial-busy" }]);
		assert.deepEqual(
			(["state", "progress", "caller"] as const).map((place) => isKnownWord("FIM", place, words)),
			[false, true, false],
		);
		// What stands where a caller is named may be a state.
		assert.ok(isKnownWord("Libre", "caller", STANDARD_VOCABULARY));
	});
});
