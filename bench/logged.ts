import { openQueue } from "../src/store/deliveries";
import { LogFixture } from "../test/support/callLogs";
import { CrmStandIn, deliveryFlow } from "../test/support/crmStandIn";
import { eventually } from "../test/support/eventually";
import { ScriptedServer } from "../test/support/scriptedServer";
import { PROMPT_KNOWN } from "../test/support/seed";
import { endWithUs } from "./built";
import { run, startNodeRed, type Under } from "./contestants";
import type { Effort } from "./effort";
import { type Spread, spread } from "./stats";
import { fill } from "./store";
import { each, perMillion, rate } from "./throughput";

/** What the call log costs the live events. */
export interface LoggedResult {
	/** How many times the CPU seconds a million tickets, with the log in a file against none, of each round. */
	readonly "CPU of states, times that without": Spread;
	/** The same where all tickets are of calls, each of which becomes a record. */
	readonly "CPU of calls, times that without": Spread;
	/** How many times as many tickets a second. */
	readonly "rate of states, times that without": Spread;
	readonly "rate of calls, times that without": Spread;
	/** Seconds from the start of Node-RED to the first event that `pbx-in` gives. */
	readonly "first event with nothing waiting, s": Spread;
	readonly "first event with 10,000 waiting, s": Spread;
}

const WAITING = 10_000;
const QUEUE = { tenant: "227", queue: "crm" };

/** A call log with so many records waiting for whoever hands them over; gives where it is. */
async function logWith(fixture: LogFixture, waiting: number): Promise<string> {
	const log = fixture.open();
	await log.store.write((db) => openQueue(db, QUEUE, false, Date.now()));
	await fill(log, 0, waiting);
	await log.close();
	return fixture.file;
}

/** Seconds from the start of Node-RED to its first live event, while what waits is handed over to a CRM that takes it. */
async function firstEvent(waiting: number, under: Under): Promise<number> {
	const [fixture, crm, server] = [new LogFixture(), await CrmStandIn.start(), await ScriptedServer.start()];
	const storeFile = await logWith(fixture, waiting);
	const started = performance.now();
	const starting = startNodeRed(deliveryFlow({ url: server.url, storeFile }, crm.url), under).then((red) => {
		endWithUs(red.child);
		return red;
	});
	// A ringing caller as soon as the monitor has logged in.
	const client = await eventually(() => server.client(), 60);
	client.say(PROMPT_KNOWN);
	await client.hears();
	client.say("(info,270-600000101-11-1508337505.1)");
	await eventually(() => {
		if (!crm.events.some(({ event }) => event === "call.ringing")) throw new Error("no call has been told of");
	}, 60);
	const seconds = (performance.now() - started) / 1000;
	await (await starting).stop();
	await crm.stop();
	await server.stop();
	await fixture.close();
	return seconds;
}

/** What keeping calls costs the events that `pbx-in` gives, side by side in each round. */
export async function logged(effort: Effort, under: Under): Promise<LoggedResult> {
	const { warm, total } = effort.amount;
	const ratios = {
		state: { cpu: [] as number[], rate: [] as number[] },
		call: { cpu: [] as number[], rate: [] as number[] },
	};
	const first = { none: [] as number[], many: [] as number[] };
	for (let round = 0; round < effort.rounds; round++) {
		for (const kind of ["state", "call"] as const) {
			// Opening the database takes a moment, which must not count for much.
			const times = kind === "state" ? 8 : 1;
			const options = { rate: 0, warm, total: total * times, perFrame: 1, phones: 50, kind } as const;
			const stats = await each(["pbx-in", "pbx-in logged"], round, (name) => run(name, options, under));
			const [without, withLog] = [stats["pbx-in"], stats["pbx-in logged"]];
			ratios[kind].cpu.push(perMillion(withLog) / perMillion(without));
			ratios[kind].rate.push(rate(withLog) / rate(without));
		}
		first.none.push(await firstEvent(0, under));
		first.many.push(await firstEvent(WAITING, under));
		effort.note(`logged: round ${round + 1} of ${effort.rounds}`);
	}
	return {
		"CPU of states, times that without": spread(ratios.state.cpu),
		"CPU of calls, times that without": spread(ratios.call.cpu),
		"rate of states, times that without": spread(ratios.state.rate),
		"rate of calls, times that without": spread(ratios.call.rate),
		"first event with nothing waiting, s": spread(first.none),
		"first event with 10,000 waiting, s": spread(first.many),
	};
}
