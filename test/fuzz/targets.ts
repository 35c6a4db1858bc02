import assert from "node:assert/strict";
import fc from "fast-check";
import { createMatcher, recommendedTable } from "../../src/calls/template";
import { PromptGuard, provesLogin } from "../../src/link/login";
import { decodeFrame } from "../../src/protocol/decode";
import { splitFrame } from "../../src/protocol/frame";
import { readCapture } from "../../src/simulator/capture";
import { parseCommand } from "../../src/simulator/parseCommand";
import { CallPlayer } from "../support/callPlayer";

/** Pieces that the wire is made of, and what lies around them. */
const piece = fc.oneof(
	{
		weight: 4,
		arbitrary: fc.constantFrom(
			"(",
			")",
			",",
			"-",
			" ",
			"\n",
			"\r\n",
			".",
			"info",
			"CALL",
			"estado",
			"status",
			"???",
			"ID?",
		),
	},
	{
		weight: 3,
		arbitrary: fc.constantFrom(
			"Timbre",
			"Libre",
			"Ocupada",
			"terminada",
			"CONECTADO",
			"Chamada...",
			"270",
			"11",
			"12",
			"0",
			"999",
		),
	},
	{
		weight: 2,
		arbitrary: fc.constantFrom(
			"(???,CONECTADO)",
			"(ID?,CONECTADO)",
			"(CALL,",
			"(info,-",
			"(info,270-",
			"-1508337505.3520740)",
			"974319404",
			"anonymous",
			"%*ID*%",
			"/*CALLER_ID*/",
		),
	},
	{ weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 8 }) },
);
const frame = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(""));

/** What a server says while somebody logs in. */
const word = fc.oneof(
	{ weight: 4, arbitrary: fc.constantFrom("(???,CONECTADO)", "(ID?,CONECTADO)") },
	{ weight: 2, arbitrary: fc.constantFrom("(info,-Livre)", "welcome", "(info,what)") },
	{ weight: 1, arbitrary: frame },
);

function endsEachCallOnce(player: CallPlayer): void {
	const told = new Map<string, string[]>();
	for (const { event, legId } of player.events) told.set(legId, [...(told.get(legId) ?? []), event]);
	for (const [key, events] of told) {
		const over = events.indexOf("call.ended");
		assert.ok(over === -1 || over === events.length - 1, `${key}: ${events}`);
	}
	assert.equal(player.tracker.dueAt, null);
	const recorded = player.records.flatMap(({ legs }) => legs.map(({ legId }) => legId));
	assert.deepEqual(recorded.sort(), [...told.keys()].sort());
}

/** What is fuzzed, each as a property that fast-check searches for a counterexample. */
export const TARGETS: Readonly<Record<string, fc.IProperty<unknown[]>>> = {
	decoder: fc.property(frame, (text) => {
		assert.equal(
			splitFrame(text)
				.map((part) => part.text)
				.join(""),
			text,
		);
		for (const ticket of decodeFrame(text)) assert.ok(text.includes(ticket.raw));
	}),
	matcher: fc.property(fc.array(frame, { maxLength: 4 }), frame, (commands, line) => {
		const rows = commands.map((command) => ({ state: "colgado", direction: "entrante", command }) as const);
		createMatcher([...rows, ...recommendedTable()])(line);
	}),
	login: fc.property(fc.array(fc.tuple(word, fc.nat(20_000)), { maxLength: 30 }), (script) => {
		const guard = new PromptGuard();
		let [now, answered] = [0, [] as number[]];
		for (const [text, wait] of script) {
			now += wait;
			for (const ticket of decodeFrame(text)) {
				if (ticket.kind === "prompt") {
					if (!guard.accepts(ticket.phase, now)) return;
					answered = [...answered.filter((at) => now - at < 60_000), now];
					assert.ok(answered.length <= 6, "answers no more than six prompts a minute");
				} else if (provesLogin(ticket)) guard.spoken();
			}
		}
	}),
	calls: fc.property(fc.array(fc.tuple(frame, fc.nat(90)), { maxLength: 30 }), fc.boolean(), (script, isMonitor) => {
		const player = new CallPlayer({ channel: isMonitor ? "999" : "11", activations: recommendedTable() });
		for (const [text, seconds] of script) player.after(seconds, text);
		endsEachCallOnce(player.rest());
	}),
	simulator: fc.property(fc.oneof(frame, fc.anything()), (input) => {
		for (const read of [parseCommand, readCapture]) {
			try {
				read(input);
			} catch (error) {
				assert.equal(Object(error).code, "invalid-command");
			}
		}
	}),
};
