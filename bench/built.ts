import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { ROOT } from "../test/support/nodeRed";

/** Beneath the project, so that what is built finds the project's packages. */
const FOLDER = join(ROOT, "node_modules", ".cache", `node-red-pbx-bench-${process.pid}`);

/** Milliseconds after which a program has failed. */
const DEADLINE = 600_000;

let isMade = false;

/** The folder of what was built; it goes with this process. */
export function buildFolder(): string {
	if (!isMade) process.once("exit", () => rmSync(FOLDER, { recursive: true, force: true }));
	isMade = true;
	mkdirSync(FOLDER, { recursive: true });
	return FOLDER;
}

/** Ends a program with this process, however that ends. */
export function endWithUs(child: ChildProcess): void {
	const kill = () => child.kill("SIGKILL");
	process.once("exit", kill);
	child.once("exit", () => process.off("exit", kill));
}

/** Compiles a file of this folder: what is measured runs in plain Node.js, with nothing else loaded. */
export function build(file: string, name = file): string {
	const outfile = join(buildFolder(), `${name}.js`);
	const entryPoints = [join(__dirname, `${file}.ts`)];
	buildSync({ entryPoints, bundle: true, packages: "external", platform: "node", format: "cjs", outfile });
	return outfile;
}

const programs = new Map<string, string>();

/** How a program is started: with which Node.js, the one of this process when none is given, and which options for it. */
export interface StartOptions {
	readonly node?: string | undefined;
	readonly options?: string[];
}

/** Starts a program of this folder; it ends when it is disconnected. */
export function start(file: string, args: readonly (string | number)[], how: StartOptions = {}): ChildProcess {
	const program = programs.get(file) ?? build(file);
	programs.set(file, program);
	const { node = process.execPath, options = [] } = how;
	const child = fork(program, args.map(String), { execPath: node, execArgv: options });
	endWithUs(child);
	return child;
}

/** Lets a program end; it may have done so by itself, which then says more than a second error would. */
export function letEnd(child: ChildProcess): void {
	if (child.connected) child.disconnect();
}

/** Rejects when a program ends, or after ten minutes and `longer` milliseconds; nothing else comes of it. */
export async function ended(child: ChildProcess, signal: AbortSignal, longer = 0): Promise<never> {
	const deadline = AbortSignal.timeout(DEADLINE + Math.ceil(longer));
	await once(child, "exit", { signal: AbortSignal.any([signal, deadline]) });
	throw new Error(`A program of the benchmark ended by itself: ${child.spawnargs.join(" ")}`);
}

/** The next message of a program; it has ten minutes, and `longer` milliseconds where that is its work. */
export async function told<Message>(child: ChildProcess, longer = 0): Promise<Message> {
	const settled = new AbortController();
	try {
		const message = once(child, "message", { signal: settled.signal });
		const [first] = await Promise.race([message, ended(child, settled.signal, longer)]);
		return first as Message;
	} finally {
		settled.abort();
	}
}
