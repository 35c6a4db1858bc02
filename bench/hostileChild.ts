// What a server that means harm does to a Node-RED: how long it holds the event loop up, and how much memory it takes.
import { recommendedTable } from "../src/calls/template";
import { EVENT_NAMES } from "../src/eventNames";
import { systemClock } from "../src/link/clock";
import { LinkPool } from "../src/link/pool";
import { DialLogs, NO_RULES } from "../src/pbx/dialGuard";
import { Journal } from "../src/pbx/journal";
import { Pbx } from "../src/pbx/pbx";
import { MONITOR, type Tenant } from "../src/protocol/address";
import { STANDARD_VOCABULARY } from "../src/protocol/vocabulary";

const [, , url = ""] = process.argv;
const pbx = new Pbx(
	{
		...{ url, tenant: "227" as Tenant, key: null, tls: null, activations: recommendedTable(), rules: NO_RULES },
		crm: { plan: { country: "ES", prefix: "", plus: "+" }, language: "es", timeZone: "", people: new Map() },
		...{ infersGroups: true, mostExtensions: 5_000, settle: 8_000 },
	},
	{
		links: new LinkPool({ clock: systemClock, random: Math.random, vocabulary: STANDARD_VOCABULARY }),
		...{ clock: systemClock, vocabulary: STANDARD_VOCABULARY, dialLogs: new DialLogs() },
		...{
			accounts: null,
			keeper: null,
			deafSince: new Map(),
			note: () => {},
			warn: () => {},
			failed: (error) => console.error(error),
		},
	},
);
const journal = Journal.of(pbx, systemClock);
/** Milliseconds of CPU time from one turn of the event loop to the next, at most: other work on the machine does not count. */
let stall = 0;
let isMeasuring = false;
let spent = process.cpuUsage();

function turn(): void {
	const { user, system } = process.cpuUsage(spent);
	spent = process.cpuUsage();
	if (isMeasuring) {
		stall = Math.max(stall, (user + system) / 1000);
		setImmediate(turn);
	}
}

let [events, begun, highest] = [0, 0, 0];

function mib(): number {
	globalThis.gc?.();
	const { heapUsed, external } = process.memoryUsage();
	return (heapUsed + external) / 1024 / 1024;
}

// Loaded with the first number in any case.
pbx.dialNumber("+34974319404");
const before = mib();
const watch = setInterval(() => {
	highest = Math.max(highest, process.memoryUsage().rss / 1024 / 1024);
	journal.look();
}, 100);

function over(): void {
	const seconds = (performance.now() - begun) / 1000;
	// What holds the loop up is only measured once it runs again.
	setTimeout(() => {
		clearInterval(watch);
		isMeasuring = false;
		const kept = mib() - before;
		process.send?.({ events, seconds, stall, kept, highest });
	}, 50);
}

pbx.subscribe({
	id: null,
	connections: [MONITOR],
	listener: {
		...{ events: new Set(EVENT_NAMES), extensions: null, directions: new Set(), outcomes: new Set() },
		event(event) {
			events++;
			if (event.event !== "extension.state") return;
			if (event.raw === "(info,270-Libre-1-0)" && begun === 0) {
				begun = performance.now();
				spent = process.cpuUsage();
				isMeasuring = true;
				turn();
			} else if (event.raw === "(info,-Livre)") over();
		},
	},
	watch: () => () => {},
});
process.on("disconnect", () => process.exit(0));
