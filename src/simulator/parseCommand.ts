import { PbxError, shown } from "../errors";
import { isExtension } from "../protocol/address";
import { readCapture } from "./capture";
import type { Command } from "./commands";
import { REFUSALS } from "./session";
import { readWireChange, WIRE_SWITCHES } from "./wire";

const DEFAULT_MISS_SECONDS = 3;
const DEFAULT_QUEUE_SECONDS = 15;
const DEFAULT_REJECT_SECONDS = 2;
const MOST_ROUNDS = 100;
const MOST_SECONDS = 86_400;
const MOST_SPEED = 10_000;

type Problem =
	| "unknown"
	| "not-speed"
	| "not-seconds"
	| "not-rounds"
	| "not-extension"
	| "refuse-how"
	| "mute-how"
	| "wire-how"
	| "no-command";

function invalid(reason: Problem, value: unknown, text: string): PbxError {
	return new PbxError("invalid-command", `${text}: ${shown(value)}`, { reason, value: shown(value) });
}

/** A number, or the text of one; an object can make `Number` throw. */
function numberOf(value: unknown): number {
	return typeof value === "string" || typeof value === "number" ? Number(value) : Number.NaN;
}

function seconds(value: unknown): number {
	const number = numberOf(value);
	if (value === undefined || value === "" || !(number >= 0 && number <= MOST_SECONDS)) {
		throw invalid("not-seconds", value, `Expected seconds from 0 to ${MOST_SECONDS}`);
	}
	return number;
}

function rounds(value: unknown): number {
	const number = numberOf(value ?? 1);
	if (Number.isInteger(number) && number >= 1 && number <= MOST_ROUNDS) return number;
	throw invalid("not-rounds", value, `Expected rounds from 1 to ${MOST_ROUNDS}`);
}

function extension(value: unknown): string {
	const text = typeof value === "number" ? String(value) : value;
	if (typeof text !== "string" || !isExtension(text)) throw invalid("not-extension", value, "Expected an extension");
	return text;
}

/** One extension or, for a call that rings several phones, several with commas between. */
function extensionList(value: unknown): string {
	const items: unknown[] = Array.isArray(value) ? value : typeof value === "string" ? value.split(",") : [value];
	return items.map(extension).join(",");
}

function text(value: unknown): string {
	return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function speed(value: unknown): number {
	const number = numberOf(value ?? 1);
	if (!(number > 0 && number <= MOST_SPEED)) throw invalid("not-speed", value, `Expected a speed up to ${MOST_SPEED}`);
	return number;
}

function arrival(fields: Fields): { extension: string; number: string; queue: string } {
	const [number = "", ...queue] = text(fields.number).split("@");
	return {
		extension: extensionList(fields.extension),
		number: number.trim(),
		queue: text(fields.queue) || queue.join("@").trim(),
	};
}

type Fields = Readonly<Record<string, unknown>>;

function fromFields(fields: Fields): Command {
	const { command } = fields;
	switch (command) {
		case "ring":
			return { command, ...arrival(fields) };
		case "answer":
		case "hangup":
			return { command, extension: extension(fields.extension) };
		case "miss": {
			const patience = fields.seconds === undefined ? DEFAULT_MISS_SECONDS : seconds(fields.seconds);
			return { command, ...arrival(fields), seconds: patience };
		}
		case "queue":
			return {
				...{ command, ...arrival(fields), rounds: rounds(fields.rounds) },
				seconds: fields.seconds === undefined ? DEFAULT_QUEUE_SECONDS : seconds(fields.seconds),
			};
		case "reject": {
			const pause = fields.seconds === undefined ? DEFAULT_REJECT_SECONDS : seconds(fields.seconds);
			return { command, extension: extension(fields.extension), seconds: pause };
		}
		case "transfer":
		case "consult":
			return { command, extension: extension(fields.extension), to: extension(fields.to) };
		case "handover":
			return { command, extension: extension(fields.extension) };
		case "pickup":
			return { command, extension: extension(fields.extension), from: extension(fields.from) };
		case "forward": {
			const isOff = fields.to === "off" || fields.to === null;
			return { command, extension: extension(fields.extension), to: isOff ? null : extension(fields.to) };
		}
		case "word":
			return { command, extension: extension(fields.extension), text: text(fields.text) };
		case "wire": {
			const change = readWireChange(fields.what, fields.how);
			if (change) return { command, ...change };
			const known = Object.entries(WIRE_SWITCHES).map(([what, how]) => `${what} ${how.join("|")}`);
			throw invalid("wire-how", `${text(fields.what)} ${text(fields.how)}`, `Set what? ${known.join(", ")}`);
		}
		case "replay":
			return { command, frames: readCapture(fields.capture), speed: speed(fields.speed) };
		case "send":
			return { command, extension: extension(fields.extension), text: text(fields.text) };
		case "refuse": {
			const how = REFUSALS.find((style) => style === fields.how);
			if (!how && fields.how !== "nobody")
				throw invalid("refuse-how", fields.how, `Refuse how? ${REFUSALS.join(", ")} or nobody`);
			return { command, how: how ?? "nobody" };
		}
		case "mute":
			if (![true, false, "on", "off"].includes(fields.on as string))
				throw invalid("mute-how", fields.on, "mute on or off?");
			return { command, on: fields.on === true || fields.on === "on" };
		case "forget":
		case "drop":
			return { command };
		case "traffic":
			return { command, seconds: seconds(fields.seconds) };
		default:
			throw invalid("unknown", command, "Unknown command");
	}
}

/** The words of a line behind its command, in the order of the fields they fill; the last one takes the rest. */
const WORDS: Readonly<Record<Command["command"], readonly string[]>> = {
	ring: ["extension", "number"],
	answer: ["extension"],
	hangup: ["extension"],
	queue: ["extension", "number", "seconds", "rounds"],
	reject: ["extension", "seconds"],
	transfer: ["extension", "to"],
	consult: ["extension", "to"],
	handover: ["extension"],
	pickup: ["extension", "from"],
	forward: ["extension", "to"],
	word: ["extension", "text"],
	wire: ["what", "how"],
	miss: ["extension", "number", "seconds"],
	// A recording is given by an object, or by the name of its file to the command-line program.
	replay: ["capture", "speed"],
	send: ["extension", "text"],
	refuse: ["how"],
	forget: [],
	mute: ["on"],
	drop: [],
	traffic: ["seconds"],
};

function isCommand(word: string): word is Command["command"] {
	return Object.hasOwn(WORDS, word);
}

function fromLine(line: string): Command {
	let rest = line.trim();
	const takeWord = (): string | undefined => {
		const word = /^\S+/.exec(rest)?.[0];
		rest = rest.slice(word?.length ?? 0).trimStart();
		return word;
	};
	const command = takeWord()?.toLowerCase() ?? "";
	if (!isCommand(command)) throw invalid("unknown", command, "Unknown command");
	const names = WORDS[command];
	const fields: Record<string, unknown> = { command };
	names.forEach((name, i) => {
		const value = i === names.length - 1 ? rest : takeWord();
		if (value !== undefined && value !== "") fields[name] = value;
	});
	return fromFields(fields);
}

/**
 * Reads a command from a line (`ring 11 974319404`) or an object (`{command: "ring", extension: "11", number: "…"}`).
 *
 * @throws PbxError `invalid-command` with a sentence that says what is wrong
 */
export function parseCommand(input: unknown): Command {
	if (typeof input === "string") return fromLine(input);
	if (typeof input === "object" && input !== null) return fromFields({ ...input });
	throw invalid("no-command", input, "A command is a line of text, or an object with a property command");
}
