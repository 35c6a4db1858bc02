import { letEnd, start, told } from "./built";
import type { Under } from "./contestants";
import type { Effort } from "./effort";
import { ATTACKS, HostileServer } from "./hostileServer";

/** What one frame of 1 MiB does, and four of them. */
export type HostileResult = Record<
	string,
	{ seconds: number; stall: number; kept1: number; kept4: number; rss: number }
>;

interface Report {
	readonly seconds: number;
	/** Milliseconds for which the event loop was held up at most. */
	readonly stall: number;
	/** MiB of what is in use afterwards. */
	readonly kept: number;
	readonly highest: number;
}

async function attacked(name: string, frames: number, { node }: Under): Promise<Report> {
	const server = new HostileServer(name, frames);
	const child = start("hostileChild", [await server.url()], { node, options: ["--expose-gc"] });
	try {
		return await told<Report>(child);
	} finally {
		letEnd(child);
		server.close();
	}
}

/** What a server that means harm does: how long it holds the event loop up, and whether memory grows with what it says. */
export async function hostile(effort: Effort, under: Under): Promise<HostileResult> {
	const result: HostileResult = {};
	for (const name of Object.keys(ATTACKS)) {
		const one = await attacked(name, 1, under);
		const four = await attacked(name, 4, under);
		const stall = Math.max(one.stall, four.stall);
		result[name] = { seconds: four.seconds / 4, stall, kept1: one.kept, kept4: four.kept, rss: four.highest };
		effort.note(`hostile: ${name}`);
	}
	return result;
}
