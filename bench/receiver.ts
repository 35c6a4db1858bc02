import type { ChildProcess } from "node:child_process";
import type { EventName } from "../src/eventNames";
import { systemClock } from "../src/link/clock";
import { LinkPool } from "../src/link/pool";
import type { PbxEvent } from "../src/messages";
import { DialLogs, NO_RULES } from "../src/pbx/dialGuard";
import { Pbx } from "../src/pbx/pbx";
import { MONITOR, type Tenant } from "../src/protocol/address";
import { STANDARD_VOCABULARY } from "../src/protocol/vocabulary";
import { start, told } from "./built";
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
	const child = start("sender", [JSON.stringify(options)]);
	const { port } = await told<{ port: number }>(child);
	const done = told<SentStats>(child, options.rate > 0 ? (options.total / options.rate) * 1000 : 0);
	// Nobody may be waiting when a run fails for another reason.
	done.catch(() => {});
	return { port, child, done };
}

/** Listens to the monitor of a server with all that the package does: calls, board. */
export function listen(port: number, events: readonly EventName[], hear: (event: PbxEvent) => void) {
	const links = new LinkPool({ clock: systemClock, random: Math.random, vocabulary: STANDARD_VOCABULARY });
	const plan = { country: "ES", plus: "+", prefix: "" } as const;
	const pbx = new Pbx(
		{
			...{ url: `ws://127.0.0.1:${port}`, tenant: "227" as Tenant, key: null, tls: null, activations: [] },
			...{ rules: NO_RULES, infersGroups: true, mostExtensions: 5_000, settle: 8_000 },
			crm: { plan, language: "es", timeZone: "Europe/Madrid", people: new Map() },
		},
		{
			...{ links, dialLogs: new DialLogs(), clock: systemClock, vocabulary: STANDARD_VOCABULARY },
			...{ accounts: null, keeper: null, deafSince: new Map(), note: () => {}, warn: () => {} },
			failed: (error) => {
				throw error;
			},
		},
	);
	const listener = {
		events: new Set(events),
		extensions: null,
		directions: new Set<never>(),
		outcomes: new Set<never>(),
	};
	const subscription = pbx.subscribe({
		...{ id: null, connections: [MONITOR], watch: () => () => {} },
		listener: { ...listener, event: hear },
	});
	return { pbx, close: async () => Promise.all([subscription.close(true), pbx.close()]) };
}
