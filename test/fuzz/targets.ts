import assert from "node:assert/strict";
import fc from "fast-check";
import { type ContactMessage, callOf, hasFailed, partyOf, readContact } from "../../nodes/shared/contactMessage";
import { readMoment } from "../../nodes/shared/readMoment";
import { Board } from "../../src/calls/board";
import { happeningOf } from "../../src/calls/happening";
import { createProReader } from "../../src/calls/pro";
import { createMatcher, recommendedTable } from "../../src/calls/template";
import { extensionOf, saysState } from "../../src/calls/ticketEvents";
import { kept, LONGEST } from "../../src/kept";
import type { Clock } from "../../src/link/clock";
import { PromptGuard, provesLogin } from "../../src/link/login";
import { Contacts } from "../../src/pbx/contacts";
import { UnknownWords } from "../../src/pbx/unknownWords";
import { type Extension, MONITOR } from "../../src/protocol/address";
import { decodeFrame } from "../../src/protocol/decode";
import { splitFrame } from "../../src/protocol/frame";
import { STANDARD_VOCABULARY } from "../../src/protocol/vocabulary";
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

/** Frames with texts in them that no PBX sends. */
const longFrame = fc
	.tuple(frame, piece, fc.integer({ min: 1, max: 3_000 }), frame)
	.map(([before, each, times, after]) => before + each.repeat(times) + after);

/** The lengths of all texts in a value. */
function lengthsIn(value: unknown): number[] {
	if (typeof value === "string") return [value.length];
	if (typeof value !== "object" || value === null) return [];
	return Object.values(value).flatMap(lengthsIn);
}

function keepsLittle(text: string, channel: Extension): void {
	const pro = createProReader(recommendedTable(), STANDARD_VOCABULARY);
	const [board, words] = [new Board(), new UnknownWords()];
	for (const ticket of decodeFrame(text)) {
		const happening = happeningOf(ticket, channel, STANDARD_VOCABULARY, pro);
		const { raw, ...rest } = { raw: "", ...happening?.input };
		assert.ok(raw.length <= LONGEST.ticket);
		assert.ok(Math.max(0, ...lengthsIn(rest)) <= LONGEST.number);
		if ("text" in ticket) words.count(ticket.text, "state", ticket.raw, 0, channel);
		if (saysState(ticket)) {
			const entry = board.note(extensionOf(ticket, channel), ticket.state, ticket.text, ticket.raw, {
				wall: 0,
				steady: 0,
			});
			assert.ok(entry.text.length <= LONGEST.word && entry.raw.length <= LONGEST.ticket);
		}
	}
	assert.ok(Math.max(0, ...lengthsIn(words.list())) <= 300);
	for (const longest of [1, 2, 13, 64]) {
		const short = kept(text, longest);
		assert.ok(short.length <= longest || short === text);
		assert.ok(short === text || text.startsWith(short.slice(0, -1)) || /\p{Cs}/u.test(text));
	}
}

function findsNobodyOrSomebody(message: object, found: Record<"id" | "name" | "url", unknown>): void {
	const contacts = new Contacts({ now: () => 0 } as Clock, () => {});
	const contact = readContact(found);
	for (const text of Object.values(contact ?? {})) assert.match(text, /^[^\p{Cc}\p{Zl}\p{Zp}]{0,2000}$/u);
	assert.ok(contact === null || contact.url === "" || /^https?:$/.test(new URL(contact.url).protocol));
	try {
		hasFailed(message as ContactMessage);
		const party = partyOf(callOf(message as ContactMessage));
		if (contact) contacts.found(party, contact, 5);
		assert.equal(contacts.of(party.callId, null) === null, contact === null || party.callId.length > LONGEST.id);
	} catch (error) {
		assert.equal(Object(error).code, "no-call");
	}
}

function isMomentOrFault(value: unknown): void {
	try {
		const moment = readMoment(value, "Europe/Madrid", 1_768_471_200_000);
		assert.ok(moment === null || !Number.isNaN(new Date(moment).getTime()), String(moment));
	} catch (error) {
		assert.equal(Object(error).code, "invalid-period");
	}
}

/** What is fuzzed, each as a property that fast-check searches for a counterexample. */
export const TARGETS: Readonly<Record<string, fc.IProperty<unknown[]>>> = {
	retained: fc.property(longFrame, fc.constantFrom("11" as Extension, MONITOR), keepsLittle),
	contact: fc.property(
		fc.oneof(
			fc.record({ call: fc.anything(), payload: fc.anything(), statusCode: fc.anything() }, { requiredKeys: [] }),
			fc.record({
				call: fc.record({ callId: fc.string({ maxLength: 300 }), number: fc.anything(), e164: fc.anything() }),
			}),
		),
		fc.record({
			id: fc.anything(),
			name: fc.oneof(fc.anything(), longFrame),
			url: fc.oneof(fc.webUrl(), longFrame, fc.anything()),
		}),
		findsNobodyOrSomebody,
	),
	period: fc.property(
		fc.oneof(
			...[fc.anything(), fc.string({ maxLength: 24 }), fc.double(), fc.date({ noInvalidDate: false })],
			fc.date({ noInvalidDate: true, min: new Date(0), max: new Date("9999-12-31") }).map((date) => date.toISOString()),
			fc.stringMatching(/^-?\d{1,16}$|^\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d)?)?$/),
		),
		isMomentOrFault,
	),
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
