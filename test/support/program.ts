import { type ChildProcess, execFileSync } from "node:child_process";
import { once } from "node:events";

/** Whether a program is installed here. */
export function isInstalled(program: string, ...args: string[]): boolean {
	try {
		execFileSync(program, args, { stdio: "ignore" });
		return true;
	} catch {
		return false;
	}
}

/** Ends a program, and waits until it is gone. */
export async function stopProgram(child: ChildProcess | null, signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
	if (!child || child.exitCode !== null || child.signalCode !== null) return;
	const ended = once(child, "exit");
	child.kill(signal);
	await ended;
}
