import type { NodeAPI } from "node-red";
import { systemClock } from "../../src/link/clock";
import { LinkPool } from "../../src/link/pool";
import { Accounts } from "../../src/pbx/accounts";
import { DialLogs } from "../../src/pbx/dialGuard";
import { STANDARD_VOCABULARY } from "../../src/protocol/vocabulary";

// One for the process: config nodes that mean the same extension of the same PBX share its socket, limits count what an
// account dialled, whichever node asked, and a deploy hands over what it stops.
const links = new LinkPool({ clock: systemClock, random: Math.random, vocabulary: STANDARD_VOCABULARY });

/** All accounts of this Node-RED. */
export const accounts = new Accounts({ links, clock: systemClock, dialLogs: new DialLogs() });

const followed = new WeakSet<NodeAPI["events"]>();

/** Tells the accounts when all nodes of a deploy have started: only then can they send. */
export function followDeploys({ events }: NodeAPI): void {
	if (followed.has(events)) return;
	followed.add(events);
	events.on("flows:started", () => accounts.started());
}
