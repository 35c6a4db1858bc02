import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { systemClock } from "../src/link/clock";
import { LinkPool } from "../src/link/pool";
import type { PbxEvent } from "../src/messages";
import { DialLogs, NO_RULES } from "../src/pbx/dialGuard";
import { Pbx } from "../src/pbx/pbx";
import { MONITOR, type Tenant } from "../src/protocol/address";
import { STANDARD_VOCABULARY } from "../src/protocol/vocabulary";
import type { SenderOptions, SentStats } from "./sender";

/** A sender that runs. */
export interface Sender {
	readonly port: number;
	readonly child: ChildProcess;
	/** What it has sent, once it is through. */
	readonly done: Promise<SentStats>;
}

/** Starts a sender in a process of its own. */
export async function startSender(options: SenderOptions): Promise<Sender> {
	const child = fork(join(__dirname, "sender.ts"), [JSON.stringify(options)], { execArgv: ["-r", "tsx/cjs"] });
	const [first] = (await once(child, "message")) as [{ port: number }];
	const done = once(child, "message").then(([last]) => last as SentStats);
	return { port: first.port, child, done };
}

/** Listens to the monitor of a server with all that the package does: life cycle of calls, board. */
export function listen(port: number, families: ("call" | "extension")[], hear: (event: PbxEvent) => void) {
	const links = new LinkPool({ clock: systemClock, random: Math.random, vocabulary: STANDARD_VOCABULARY });
	const fail = (error: unknown) => {
		throw error;
	};
	const pbx = new Pbx(
		{
			...{ url: `ws://127.0.0.1:${port}`, tenant: "227" as Tenant, key: null, tls: null, country: "ES" },
			...{ activations: [], findGroups: true, plus: "+", rules: NO_RULES },
		},
		{
			links,
			dialLogs: new DialLogs(),
			clock: systemClock,
			vocabulary: STANDARD_VOCABULARY,
			note: () => {},
			failed: fail,
		},
	);
	const seat = pbx.join(MONITOR, () => {}, { families: new Set(families), extensions: null, event: hear });
	return { pbx, close: async () => Promise.all([seat.leave(), pbx.close()]) };
}
