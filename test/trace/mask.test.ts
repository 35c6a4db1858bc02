import assert from "node:assert/strict";
import fc from "fast-check";
import { createMatcher } from "../../src/calls/template";
import { STANDARD_VOCABULARY } from "../../src/protocol/vocabulary";
import { maskFrames, type TracedFrame } from "../../src/trace/mask";
import { CallPlayer, monitor } from "../support/callPlayer";
import { proLine, proTable } from "../support/proLines";
import { tries } from "../support/tries";

const readers = { vocabulary: STANDARD_VOCABULARY, matchCommand: createMatcher(proTable()) };

function frame(text: string, extension = "999", direction: TracedFrame["direction"] = "out"): TracedFrame {
	return { at: 0, extension, direction, text };
}

async function textsOf(frames: readonly TracedFrame[]): Promise<string[]> {
	return (await maskFrames(frames, readers)).map(({ text }) => text);
}

async function masked(...texts: string[]): Promise<string[]> {
	return textsOf(texts.map((text) => frame(text)));
}

const digits = (length: number) => fc.stringMatching(new RegExp(`^[1-9][0-9]{${length - 1}}$`));
/** A number of nine digits, and the ways in which a PBX may write it. */
const number = digits(9).filter((text) => !/^0|000000$/.test(text));
const NAMES = ["Ana López", "Zé Carvalho", "Talleres Pérez"];
const SPELLINGS: readonly ((text: string, name: string) => string)[] = [
	(text) => text,
	(text) => `+34${text}`,
	(text) => `0034${text}`,
	(text) => `${text.slice(0, 3)} ${text.slice(3, 6)} ${text.slice(6)}`,
	(text) => `${text.slice(0, 3)}-${text.slice(3)}`,
	(text, name) => `"${name}" <${text}>`,
	(text, name) => `${name} <sip:${text}@pbx>`,
];

type Step = readonly [seconds: number, channel: string, text: string];

/** A few calls of a few callers, each written in any way, as the monitor, a phone's own connection and PRO lines tell them. */
const day = fc
	.tuple(
		fc.uniqueArray(number, { minLength: 3, maxLength: 3 }),
		fc.array(
			fc.record({
				seconds: fc.constantFrom(0, 0.3, 1, 5, 40),
				who: fc.nat(2),
				spelling: fc.nat(SPELLINGS.length - 1),
				what: fc.nat(7),
				phone: fc.constantFrom("11", "12", "13"),
				tx: fc.nat(2),
			}),
			{ maxLength: 30 },
		),
	)
	.map(([numbers, all]) => ({
		numbers,
		steps: all.map(({ seconds, who, spelling, what, phone, tx }): Step => {
			const caller = SPELLINGS[spelling]?.(numbers[who] ?? "", NAMES[who] ?? "") ?? "";
			const told: readonly Step[] = [
				[seconds, "999", `${monitor.state(phone, "Timbre")} ${monitor.caller(phone, caller, tx)}`],
				[seconds, "999", `${monitor.state(phone, "Libre")} ${monitor.end(phone, tx)}`],
				[seconds, "999", monitor.state(phone, "Ocupada")],
				[seconds, "999", monitor.caller(phone, "anonymous", tx)],
				[seconds, "999", monitor.caller(phone, "12", tx)],
				[seconds, "11", `(CALL,${caller})`],
				[seconds, "11", proLine("timbre", { callerId: caller })],
				[seconds, "11", proLine("colgado", { callerId: caller, duration: "30" })],
			];
			return told[what] ?? [seconds, "999", "(info,270-Libre-11-0)"];
		}),
	}));

function play(steps: readonly Step[]): CallPlayer {
	const player = new CallPlayer({ activations: proTable(), also: ["11"] });
	for (const [seconds, channel, text] of steps) player.on(channel, seconds, text);
	return player.rest();
}

/** What came of calls, but for who called. */
function outcomes(player: CallPlayer): unknown[] {
	return player.records.map(({ outcome, direction, answeredBy, waitDuration, duration, anonymous, legs }) => ({
		...{ outcome, direction, answeredBy, waitDuration, duration, anonymous },
		legs: legs.map((leg) => [leg.extension, leg.outcome]),
	}));
}

describe("the mask of a trace", () => {
	it("gives a number the same other one in all its spellings, of the same length", async () => {
		const spellings = ["974319404", "+34974319404", "0034974319404", "974 319 404", "974-319-404"];
		const texts = await masked(...spellings.map((text) => `(CALL,${text})`), "(CALL,974319405)");
		assert.deepEqual(texts, [
			...["974000001", "+34974000001", "0034974000001", "974 000 001", "974-000-001"].map((text) => `(CALL,${text})`),
			"(CALL,974000002)",
		]);
	});

	it("leaves extensions, states, unknown words, transactions and withheld callers as they are", async () => {
		const texts = [
			"(info,270-Timbre-2203-0)",
			"(info,270-En conversación-2203-0)",
			"(info,270-terminada-3103-1508337505.3520740)",
			"(info,270-anonymous-3103-1508337505.3520740)",
			"(info,270-2203-3103-1508337505.3520740)",
			"(info,270-1234567-3103-1508337505.3520740)(info,270-Libre-1234567-0)",
			"(estado,11-livre)",
			"(info,Chamada...)",
			"(CALL,)",
			"(???,CONECTADO)",
		];
		assert.deepEqual(await masked(...texts), texts);
	});

	it("replaces names, and numbers in lines and in what we say", async () => {
		const caller = '"Ana López" <600123456>';
		const [ticket, line, free, request] = await textsOf([
			frame(`(CALL,${caller})`),
			frame(proLine("timbre", { callerId: caller, id: "1508337505.3520740" })),
			frame("http://192.168.139/DbFind.aspx?pi=%2B34600123456&tiempo=30"),
			frame(" (call, 600123456)", "11", "in"),
		]);
		assert.equal(ticket, '(CALL,"namea" <600000001>)');
		assert.equal(line, proLine("timbre", { callerId: '"namea" <600000001>', id: "1508337505.3520740" }));
		assert.equal(free, "http://192.168.139/DbFind.aspx?pi=%2B34600000001&tiempo=30");
		assert.equal(request, " (call, 600000001)");
	});

	it("uses no number and no name that is a real one", async () => {
		const texts = await masked("(CALL,974319404)", "(CALL,600000001)", "(CALL,Ana)", "(CALL,namea)");
		assert.deepEqual(texts, ["(CALL,974000002)", "(CALL,600000003)", "(CALL,nameb)", "(CALL,namec)"]);
	});

	it("leaves no real number or name behind, and what comes of the calls is the same", async () => {
		await fc.assert(
			fc.asyncProperty(day, async ({ numbers, steps }) => {
				const frames = steps.map(([, channel, text]) => frame(text, channel));
				const texts = await textsOf(frames);
				const bare = decodeURIComponent(texts.join("\n")).replace(/[ -]/g, "");
				for (const each of [...numbers, ...NAMES.map((name) => name.replace(/ /g, ""))]) {
					assert.ok(!bare.includes(each), `${each} in ${texts.join("\n")}`);
				}
				const other = steps.map(([seconds, channel], i): Step => [seconds, channel, texts[i] ?? ""]);
				assert.deepEqual(outcomes(play(other)), outcomes(play(steps)));
			}),
			{ numRuns: tries(200) },
		);
	});
});
