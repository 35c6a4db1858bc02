import { type ChildProcess, execFile, execFileSync } from "node:child_process";
import { once } from "node:events";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Whether a program is installed here. */
export function isInstalled(program: string, ...args: string[]): boolean {
	try {
		execFileSync(program, args, { stdio: "ignore" });
		return true;
	} catch {
		return false;
	}
}

/**
 * Installs packages of Debian's on a machine of a CI, which is nobody's own and says so by `CI`; elsewhere, and where that
 * cannot be done, what is missing is left missing.
 */
export async function installForCi(...packages: string[]): Promise<void> {
	if (!process.env.CI || !isInstalled("apt-get", "--version")) return;
	const apt = process.getuid?.() === 0 ? ["apt-get"] : ["sudo", "-n", "apt-get"];
	// Others may be installing too.
	const [program = "", ...options] = [...apt, "-qq", "-o", "DPkg::Lock::Timeout=120"];
	const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
	try {
		await run(program, [...options, "update"], { env, timeout: 60_000 });
		await run(program, [...options, "install", "-y", "--no-install-recommends", ...packages], {
			env,
			timeout: 240_000,
		});
	} catch {
		// Then it is left missing.
	}
}

/** Ends a program, and waits until it is gone. */
export async function stopProgram(child: ChildProcess | null, signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
	if (!child || child.exitCode !== null || child.signalCode !== null) return;
	const ended = once(child, "exit");
	child.kill(signal);
	await ended;
}
