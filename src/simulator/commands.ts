import { PbxError, shown } from "../errors";
import { isExtension } from "../protocol/address";
import { type CapturedFrame, readCapture } from "./capture";
import { REFUSALS, type Refusal } from "./session";

/** What a simulator can be told to do. */
export type Command =
	/** `extension` can be several, with commas between: one call rings them all. */
	| { readonly command: "ring"; readonly extension: string; readonly number: string; readonly queue?: string }
	| { readonly command: "answer" | "hangup"; readonly extension: string }
	/** The answered call goes on to another phone. */
	| { readonly command: "transfer"; readonly extension: string; readonly to: string }
	| {
			readonly command: "miss";
			readonly extension: string;
			readonly number: string;
			readonly seconds: number;
			readonly queue?: string;
	  }
	/** Sends any text to the clients of an extension: a ticket, several, or a PRO line. */
	| { readonly command: "send"; readonly extension: string; readonly text: string }
	| { readonly command: "refuse"; readonly how: Refusal | "nobody" }
	| { readonly command: "forget" | "drop" }
	| { readonly command: "mute"; readonly on: boolean }
	| { readonly command: "traffic"; readonly seconds: number }
	/** Plays a recording again, `speed` times as fast as it was; an empty one ends what is played. */
	| { readonly command: "replay"; readonly frames: readonly CapturedFrame[]; readonly speed: number };

/** The commands as lines, for people. */
export const COMMAND_HELP = `ring EXTENSION NUMBER@QUEUE   a call comes in, and waits where the phone is busy; without a NUMBER it is
                              withheld; a QUEUE stands in PRO lines; 11,12,13 rings several phones
answer EXTENSION              the ringing phone is picked up
hangup EXTENSION              the call ends
transfer EXTENSION TO         the answered call goes on to another phone
miss EXTENSION NUMBER [SEC]   a call comes in and gives up after SEC seconds (3)
send EXTENSION TEXT           send any text to the extension's clients: tickets, a PRO line
refuse prompt|close|silent|nobody   refuse every login from now on, in that way; nobody: let them in again
forget                        forget the known addresses: the next login needs the key
mute on|off                   take connections and say nothing
drop                          cut all connections
traffic SEC                   a call by itself about every SEC seconds; 0 for none`;

const DEFAULT_MISS_SECONDS = 3;
const MOST_SECONDS = 86_400;
const MOST_SPEED = 10_000;

type Problem = "unknown" | "not-speed" | "not-seconds" | "not-extension" | "refuse-how" | "mute-how" | "no-command";

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
		case "transfer":
			return { command, extension: extension(fields.extension), to: extension(fields.to) };
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
	transfer: ["extension", "to"],
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
