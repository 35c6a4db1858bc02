import { monitorEventLoopDelay } from "node:perf_hooks";
import { letEnd } from "./built";
import { listen, startSender } from "./receiver";
import { burn } from "./stats";

/** What came of a load. */
export interface LoadReport {
	readonly seconds: number;
	readonly sent: number;
	/** Calls that rang, and calls that ended, each counted by its transaction. */
	readonly rang: number;
	readonly ended: number;
	readonly lost: number;
	readonly twice: number;
	/** Resident memory in MiB at each sample. */
	readonly memory: readonly { readonly second: number; readonly mib: number }[];
	/** Milliseconds that the event loop was late, 99th percentile and most. */
	readonly delay: { readonly p99: number; readonly max: number };
}

/** How a load is put on. */
export interface LoadOptions {
	/** Tickets a second; four make a call. */
	readonly rate: number;
	readonly seconds: number;
	/** Microseconds that the consumer takes for each event. */
	readonly slow?: number;
	/** Seconds between two samples of the memory. */
	readonly sample?: number;
	/** Hears each sample. */
	readonly onSample?: (sample: LoadReport["memory"][number]) => void;
}

/** Puts a load of calls on the monitor, life cycle and board of the package, and counts what arrives. */
export async function load(options: LoadOptions): Promise<LoadReport> {
	const { rate, seconds, slow = 0, sample = 60 } = options;
	const total = rate * seconds;
	const sender = await startSender({ rate, warm: 0, total, perFrame: 4, phones: 200, kind: "call" });
	// One bit for each step of a call, by its number: a map of strings would be the memory that is measured.
	const steps = new Uint8Array(total / 4 + 1);
	let [rang, ended, twice] = [0, 0, 0];
	const delay = monitorEventLoopDelay({ resolution: 5 });
	const memory: LoadReport["memory"][number][] = [];
	const started = performance.now();
	const take = () => {
		const mib = Math.round((process.memoryUsage().rss / 1024 / 1024) * 10) / 10;
		const entry = { second: Math.round((performance.now() - started) / 1000), mib };
		memory.push(entry);
		options.onSample?.(entry);
	};
	const timer = setInterval(take, sample * 1000);
	const { close } = listen(sender.port, ["call.ringing", "call.ended", "extension.state"], (event) => {
		if (slow > 0) burn(slow);
		if (!("callId" in event)) return;
		const index = Number(event.callId.split(".")[1]);
		const bit = event.event === "call.ringing" ? 1 : 2;
		if (((steps[index] ?? 0) & bit) !== 0) twice++;
		steps[index] = (steps[index] ?? 0) | bit;
		if (bit === 1) rang++;
		else ended++;
	});
	delay.enable();
	try {
		const { sent } = await sender.done;
		// What is still on its way.
		const until = performance.now() + 60_000;
		while ((rang < total / 4 || ended < total / 4) && performance.now() < until) {
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
		take();
		return {
			...{ seconds: (performance.now() - started) / 1000, sent, rang, ended, memory },
			...{ lost: total / 2 - rang - ended, twice },
			delay: { p99: delay.percentile(99) / 1e6, max: delay.max / 1e6 },
		};
	} finally {
		delay.disable();
		clearInterval(timer);
		await close();
		letEnd(sender.child);
	}
}
