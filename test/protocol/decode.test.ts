import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeFrame } from "../../src/protocol/decode";
import { transactionStart } from "../../src/protocol/monitor";
import type { Ticket } from "../../src/protocol/ticket";
import { createVocabulary, fold } from "../../src/protocol/vocabulary";
import { MONITOR_FRAMES, PRO_LINE, PROMPT_KEY, PROMPT_KNOWN } from "../support/seed";
import { tries } from "../support/tries";

function one(frame: string): Ticket {
	const tickets = decodeFrame(frame);
	assert.equal(tickets.length, 1, frame);
	return tickets[0] as Ticket;
}

/** A ticket without its raw text, which is checked for all at once. */
function told(frame: string): object {
	const { raw, ...rest } = one(frame);
	assert.equal(raw, frame);
	return rest;
}

describe("decoding the vendor's own frames", () => {
	it("reads both prompts", () => {
		assert.deepEqual(told(PROMPT_KEY), { kind: "prompt", phase: "key" });
		assert.deepEqual(told(PROMPT_KNOWN), { kind: "prompt", phase: "known" });
	});

	it("reads a call that comes in", () => {
		assert.deepEqual(told("(CALL,974319404)"), { kind: "call", number: "974319404" });
		assert.deepEqual(told("(CALL,)"), { kind: "call", number: "" });
		assert.deepEqual(told("(CALL,+34 974-31.94)"), { kind: "call", number: "+34 974-31.94" });
	});

	it("reads the own phone's state, with and without a blank behind the dash", () => {
		assert.deepEqual(told("(info,-Timbre)"), { kind: "own-state", state: "ringing", text: "Timbre" });
		assert.deepEqual(told("(info,- Ocupado)"), { kind: "own-state", state: "busy", text: "Ocupado" });
		assert.deepEqual(told("(info,-Livre)"), { kind: "own-state", state: "idle", text: "Livre" });
	});

	it("reads the progress of a call that was asked for", () => {
		assert.deepEqual(told("(info,Chamada...)"), { kind: "progress", outcome: "calling", text: "Chamada..." });
		assert.deepEqual(told("(info,Ocupado)"), { kind: "progress", outcome: "busy", text: "Ocupado" });
		assert.deepEqual(told("(info,Indisponível)"), { kind: "progress", outcome: "unavailable", text: "Indisponível" });
		assert.deepEqual(told("(info,Tempo limite de falha)"), {
			kind: "progress",
			outcome: "timeout",
			text: "Tempo limite de falha",
		});
	});

	it("reads the answers to a state request, under both names", () => {
		assert.deepEqual(told("(estado,11-livre)"), { kind: "status", extension: "11", state: "idle", text: "livre" });
		assert.deepEqual(told("(estado,11-ocupado)"), { kind: "status", extension: "11", state: "busy", text: "ocupado" });
		assert.deepEqual(told("(status,11-libre)"), { kind: "status", extension: "11", state: "idle", text: "libre" });
		assert.deepEqual(told("(status,ErrorNumber)"), { kind: "status-error" });
	});

	it("reads the whole monitor block", () => {
		const read = MONITOR_FRAMES.flatMap((frame) => decodeFrame(frame)).map((ticket) => {
			if (ticket.kind === "monitor-state") return `${ticket.extension} ${ticket.state}`;
			if (ticket.kind === "monitor-caller") return `${ticket.number} at ${ticket.extension} (${ticket.transaction})`;
			if (ticket.kind === "monitor-end") return `${ticket.extension} ends ${ticket.transaction}`;
			return ticket.kind;
		});
		assert.deepEqual(read, [
			"2203 ringing",
			"2209 ends 1508337513.3520805",
			"2402 busy",
			"5112 ends 1508337514.3520810",
			"5112 ringing",
			"2504 busy",
			"974319404 at 3103 (1508337505.3520740)",
			"3102 ends 1508337505.3520744",
			"3101 idle",
			"3105 idle",
			"3102 idle",
			"3104 idle",
			"5112 busy",
			"3103 ends 1508337505.3520740",
		]);
	});

	it("reads a PRO line", () => {
		assert.deepEqual(told(PRO_LINE), { kind: "line" });
	});
});

describe("decoding", () => {
	it("keeps the transaction's last zero and finds when the call began", () => {
		const ticket = one("(info,270-terminada-5112-1508337514.3520810)");
		assert.equal("transaction" in ticket && ticket.transaction, "1508337514.3520810");
		assert.equal(transactionStart("1508337514.3520810"), Date.UTC(2017, 9, 18, 14, 38, 34));
		assert.equal(transactionStart("7.12"), null);
	});

	it("reads a monitor ticket from both ends: the caller may hold dashes", () => {
		const { raw: _, ...caller } = one("(info,270-+34-974-31-94-04-3103-1508337505.3520740)");
		assert.deepEqual(caller, {
			...{ kind: "monitor-caller", pbx: "270", extension: "3103" },
			...{ transaction: "1508337505.3520740", number: "+34-974-31-94-04" },
		});
	});

	it("takes any caller, a withheld or missing number included", () => {
		for (const number of ["anonymous", "", "Bar (Lisboa), Lda.", "desconocido"]) {
			const ticket = one(`(info,270-${number}-3103-1508337505.3520740)`);
			assert.equal(ticket.kind === "monitor-caller" && ticket.number, number);
		}
	});

	it("keeps the text of a state it does not know", () => {
		assert.deepEqual(told("(info,270-Aparcada-2203-0)"), {
			...{ kind: "monitor-state", pbx: "270", extension: "2203", transaction: null },
			...{ state: "unknown", text: "Aparcada" },
		});
		assert.deepEqual(told("(info,-Aparcado)"), { kind: "own-state", state: "unknown", text: "Aparcado" });
		assert.deepEqual(told("(info,Marcando algo)"), { kind: "progress", outcome: "unknown", text: "Marcando algo" });
	});

	it("compares words whole: descolgado is not colgado, indisponible not disponible", () => {
		const states = ["Descolgado", "Colgado", "Disponible", "Indisponible"].map((word) => told(`(info,-${word})`));
		assert.deepEqual(
			states.map((ticket) => "state" in ticket && ticket.state),
			["busy", "idle", "idle", "unknown"],
		);
	});

	it("knows Spanish, Portuguese and English, both genders, whatever the marks and case", () => {
		const meanings: Record<string, string[]> = {
			idle: ["Libre", "LIVRE", "libre.", "Disponível", "idle"],
			busy: ["Ocupada", "ocupado", " Ocupado ", "busy", "Descolgada"],
			ringing: ["Timbre", "Ringing", "a tocar"],
		};
		for (const [state, words] of Object.entries(meanings)) {
			for (const word of words) {
				const ticket = one(`(info,-${word})`);
				assert.equal(ticket.kind === "own-state" && ticket.state, state, word);
			}
		}
	});

	it("takes words that an installation adds", () => {
		const words = createVocabulary({ states: { "En Pausa": "busy" } });
		const [ticket] = decodeFrame("(info,-en pausa...)", words);
		assert.equal(ticket?.kind === "own-state" && ticket.state, "busy");
	});

	it("gives out unrecognised what fits nothing, with the tickets around it", () => {
		const kinds = decodeFrame("(queue,3) (status,) (info,) (CALL,974319404)").map(({ kind, raw }) => `${kind} ${raw}`);
		assert.deepEqual(kinds, [
			"unrecognised (queue,3)",
			"unrecognised (status,)",
			"unrecognised (info,)",
			"call (CALL,974319404)",
		]);
	});

	it("never throws, and hands every character that is no separator on", () => {
		const separators = /[\s,]/g;
		fc.assert(
			fc.property(
				fc.array(fc.constantFrom("(info,", "270-", "-0)", ")", " ", "Timbre", "(CALL,", "\n", "(??")),
				(parts) => {
					const text = parts.join("");
					const raw = decodeFrame(text).map((ticket) => ticket.raw);
					assert.equal(raw.join("").replace(separators, ""), text.replace(separators, ""));
				},
			),
			{ numRuns: tries(2_000) },
		);
		fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void decodeFrame(text)));
	});

	it("folds words the same, folded twice", () => {
		fc.assert(fc.property(fc.string({ unit: "grapheme" }), (word) => assert.equal(fold(fold(word)), fold(word))));
	});

	it("takes a megabyte of dots, blanks or brackets in its stride", () => {
		for (const filling of [".", " ", "(", ")", "-", ",", "(info,", " (CALL,"]) {
			const frame = `(info,a${filling.repeat(1_000_000 / filling.length)}x)`;
			assert.ok(decodeFrame(frame).length > 0);
		}
	});
});
