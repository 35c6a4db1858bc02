#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { type Activation, RECOMMENDED_LINE, recommendedTable, templateFault } from "../calls/template";
import type { SimulatorFrame } from "../messages";
import { isExtension, isTenant } from "../protocol/address";
import { visible, visibleJson } from "../visible";
import { helpIn, languageOf } from "./cliHelp";
import { COMMAND_HELP, type Command } from "./commands";
import { parseCommand } from "./parseCommand";
import { LOOPBACK, Simulator } from "./simulator";

function list(value: string): string[] {
	return value.split(/[\s,]+/).filter(Boolean);
}

function readOptions() {
	return parseArgs({
		options: {
			port: { type: "string", default: "9300" },
			host: { type: "string", default: LOOPBACK },
			tenant: { type: "string", default: "227" },
			key: { type: "string" },
			"key-file": { type: "string" },
			extensions: { type: "string", default: "11,12,13" },
			silent: { type: "string", default: "" },
			traffic: { type: "string", default: "0" },
			pro: { type: "string", default: "" },
			replay: { type: "string", default: "" },
			speed: { type: "string", default: "1" },
			json: { type: "boolean", default: false },
			quiet: { type: "boolean", default: false },
			version: { type: "boolean", default: false },
			help: { type: "boolean", default: false },
		},
	}).values;
}

/** The package's version; its manifest stands above the sources and above what was built of them. */
function version(): string {
	const folder = join(__dirname, "..", "..");
	const manifest = join(folder, folder.endsWith("dist") ? ".." : "", "package.json");
	return (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version;
}

/** The key, from where only its owner reads it: what stands on a command line everybody on the machine can list. */
function readKey({ key, "key-file": file }: ReturnType<typeof readOptions>): string | null {
	if (key !== undefined) {
		process.stderr.write(
			"--key can be read by whoever lists the processes of this machine: use --key-file or PBX_KEY.\n",
		);
	}
	// An editor ends the last line, too.
	const kept = file === undefined ? process.env.PBX_KEY : readFileSync(file, "utf8").replace(/\r?\n$/, "");
	return (key ?? kept) || null;
}

/** The PRO event table with one line for all. */
function proTable(line: string): Activation[] {
	if (line === "") return [];
	const command = line === "standard" ? RECOMMENDED_LINE : line;
	if (templateFault(command))
		throw new Error("--pro takes a line with placeholders such as %*CALLER_ID*%, and text between them");
	return recommendedTable().map((row) => ({ ...row, command }));
}

function replayed(file: string, factor: string | undefined): Command {
	return parseCommand({ command: "replay", capture: readFileSync(file, "utf8"), speed: factor });
}

/** Milliseconds between two looks at who is connected. */
const LOOK_MS = 100;

/** Plays a recording as soon as somebody is connected who hears some of it: at the start nobody is, and it may be short. */
function playOnceHeard(simulator: Simulator, recording: Command): NodeJS.Timeout | undefined {
	if (recording.command !== "replay") return;
	const extensions = new Set(recording.frames.map(({ extension }) => extension));
	const timer = setInterval(() => {
		if (!simulator.status().clients.some((client) => extensions.has(client))) return;
		clearInterval(timer);
		simulator.run(recording);
	}, LOOK_MS);
	return timer;
}

function printJson(frame: SimulatorFrame): void {
	process.stdout.write(`${visibleJson(frame)}\n`);
}

function printFrame({ at, direction, extension, text }: SimulatorFrame): void {
	const arrow = direction === "in" ? "<-" : "->";
	process.stdout.write(`${at.slice(11, 23)} ${arrow} ${visible(extension ?? "?").padEnd(4)} ${visible(text)}\n`);
}

async function main(): Promise<void> {
	// As in `pbx-simulator | head`: nobody reads any more.
	process.stdout.on("error", () => process.exit(0));
	const options = readOptions();
	if (options.help) {
		process.stdout.write(helpIn(languageOf(process.env), LOOPBACK));
		return;
	}
	if (options.version) {
		process.stdout.write(`${version()}\n`);
		return;
	}
	const [port, traffic] = [Number(options.port), Number(options.traffic)];
	if (!/^\d+$/.test(options.port) || port > 65_535) throw new Error("--port takes a number from 0 to 65535");
	if (!(traffic >= 0 && traffic <= 86_400)) throw new Error("--traffic takes seconds from 0 to 86400");
	if (!isTenant(options.tenant)) throw new Error("--tenant takes a number such as 227, without blanks or brackets");
	const wrong = [...list(options.extensions), ...list(options.silent)].find((item) => !isExtension(item));
	if (wrong !== undefined) throw new Error(`${wrong} is no extension`);
	const simulator = new Simulator({
		...{ port, host: options.host, tenant: options.tenant, key: readKey(options), traffic },
		extensions: list(options.extensions),
		silentExtensions: list(options.silent),
		activations: proTable(options.pro),
		...(options.quiet ? {} : { onFrame: options.json ? printJson : printFrame }),
	});
	const recording = options.replay === "" ? null : replayed(options.replay, options.speed);
	const listening = await simulator.listen();
	const waiting = recording ? playOnceHeard(simulator, recording) : undefined;
	// A recording on standard output holds frames only.
	const terminal = options.json ? process.stderr : process.stdout;
	terminal.write(`Simulated PBX on ws://${options.host}:${listening}, tenant ${options.tenant}. Type help.\n`);
	if (options.host !== LOOPBACK) process.stderr.write("It can be reached from other machines.\n");

	const input = createInterface({ input: process.stdin });
	const quit = async () => {
		input.close();
		clearInterval(waiting);
		await simulator.close();
		process.exit(0);
	};
	process.once("SIGINT", () => void quit());
	process.once("SIGTERM", () => void quit());
	input.on("line", (line) => {
		const word = line.trim();
		if (word === "") return;
		if (word === "quit") void quit();
		else if (word === "help") process.stdout.write(`${COMMAND_HELP}\n`);
		else if (word === "list") process.stdout.write(`${visibleJson(simulator.status())}\n`);
		else runLine(simulator, word);
	});
}

function runLine(simulator: Simulator, line: string): void {
	try {
		const [, file, factor] = /^replay\s+(\S+)(?:\s+(\S+))?$/i.exec(line) ?? [];
		simulator.run(file === undefined ? parseCommand(line) : replayed(file, factor));
	} catch (error) {
		complain(error);
	}
}

function complain(error: unknown): void {
	process.stderr.write(`${visible(error instanceof Error ? error.message : String(error))}\n`);
}

main().catch((error: unknown) => {
	complain(error);
	process.exitCode = 1;
});
