import { PbxError, shown } from "../errors";
import { isExtension } from "../protocol/address";
import { REFUSALS, type Refusal } from "./session";

/** What a simulator can be told to do. */
export type Command =
	/** `extension` can be several, with commas between: one call rings them all. */
	| { readonly command: "ring"; readonly extension: string; readonly number: string }
	| { readonly command: "answer" | "hangup"; readonly extension: string }
	| { readonly command: "miss"; readonly extension: string; readonly number: string; readonly seconds: number }
	/** Sends any text to the clients of an extension: a ticket, several, or a PRO line. */
	| { readonly command: "send"; readonly extension: string; readonly text: string }
	| { readonly command: "refuse"; readonly how: Refusal | "nobody" }
	| { readonly command: "forget" | "drop" }
	| { readonly command: "mute"; readonly on: boolean }
	| { readonly command: "traffic"; readonly seconds: number };

/** The commands as lines, for people. */
export const COMMAND_HELP = `ring EXTENSION NUMBER         a call comes in (the NUMBER can be left out: withheld);
                              11,12,13 rings several phones with one call
answer EXTENSION              the ringing phone is picked up
hangup EXTENSION              the call ends
miss EXTENSION NUMBER [SEC]   a call comes in and gives up after SEC seconds (3)
send EXTENSION TEXT           send any text to the extension's clients: tickets, a PRO line
refuse prompt|close|silent|nobody   refuse every login from now on, in that way; nobody: let them in again
forget                        forget the known addresses: the next login needs the key
mute on|off                   take connections and say nothing
drop                          cut all connections
traffic SEC                   a call by itself about every SEC seconds; 0 for none`;

const DEFAULT_MISS_SECONDS = 3;
const MOST_SECONDS = 86_400;

type Problem = "unknown" | "not-seconds" | "not-extension" | "refuse-how" | "mute-how" | "no-command";

function invalid(reason: Problem, value: unknown, text: string): PbxError {
	return new PbxError("invalid-command", `${text}: ${shown(value)}`, { reason, value: shown(value) });
}

function seconds(value: unknown): number {
	const number = Number(value);
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
	const list = Array.isArray(value) ? value.join(",") : value;
	const items = typeof list === "string" ? list.split(",") : [list];
	return items.map(extension).join(",");
}

function text(value: unknown): string {
	return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

type Fields = Readonly<Record<string, unknown>>;

function fromFields(fields: Fields): Command {
	const { command } = fields;
	switch (command) {
		case "ring":
			return { command, extension: extensionList(fields.extension), number: text(fields.number) };
		case "answer":
		case "hangup":
			return { command, extension: extension(fields.extension) };
		case "miss": {
			const patience = fields.seconds === undefined ? DEFAULT_MISS_SECONDS : seconds(fields.seconds);
			return { command, extension: extensionList(fields.extension), number: text(fields.number), seconds: patience };
		}
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
	miss: ["extension", "number", "seconds"],
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
