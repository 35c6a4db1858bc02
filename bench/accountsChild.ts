// So many accounts in one process, each with its monitor and twenty phones: how long until all listen, what the process
// takes, the server's part included, and what a ticket costs when all of them talk.
import { ManyAccounts } from "../test/support/manyAccounts";

const EXTENSIONS = 20;
const TICKETS = 200_000;

async function main(): Promise<void> {
	const count = Number(process.argv[2]);
	const started = performance.now();
	const many = await ManyAccounts.start(count);
	const seconds = (performance.now() - started) / 1000;
	await many.fill(EXTENSIONS);
	globalThis.gc?.();
	const mib = process.memoryUsage.rss() / 1024 / 1024;
	const round = Array.from(
		{ length: EXTENSIONS },
		(_, n) => `(info,270-${n % 2 ? "Ocupado" : "Libre"}-${1000 + n}-0)`,
	).join(" ");
	const rounds = TICKETS / EXTENSIONS / count;
	// The last phone says when an account has heard all.
	const last = String(1000 + EXTENSIONS - 1);
	const cpu = process.cpuUsage();
	for (let n = 0; n < rounds; n++) {
		for (let i = 0; i < count; i++) many.say(i, n + 1 < rounds ? round : `${round} (info,270-Timbre-${last}-0)`);
		// The server must not run ahead of those who read.
		await new Promise((resolve) => setImmediate(resolve));
	}
	while (many.pbxs.some((pbx) => pbx.look(last)?.state !== "ringing"))
		await new Promise((resolve) => setTimeout(resolve, 1));
	const { user, system } = process.cpuUsage(cpu);
	process.send?.({ seconds, mib, "µs a ticket": (user + system) / TICKETS });
	process.on("disconnect", () => process.exit(0));
}

void main();
