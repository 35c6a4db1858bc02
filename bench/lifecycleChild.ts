// The life cycle of so many calls at 200 phones, one after the other: how long, and how much memory.
import { CallLives } from "../src/calls/lifecycle";
import { MONITOR } from "../src/protocol/address";
import { decodeFrame } from "../src/protocol/decode";

const calls = Number(process.argv[2]);
const lives = new CallLives({ channel: MONITOR, newCallId: () => "local", findGroups: true, pro: null });
globalThis.gc?.();
const before = process.memoryUsage().heapUsed;
const epoch = 1_700_000_000;
let [ended, started] = [0, performance.now()];
for (let i = 0; i < calls; i++) {
	if (i === 1_000) started = performance.now();
	const extension = 2_000 + (i % 200);
	const id = `${epoch + Math.floor(i / 10)}.${i}`;
	const at = (epoch + i / 10) * 1000;
	const frame = `(info,270-Timbre-${extension}-0)(info,270-6${10_000_000 + i}-${extension}-${id})(info,270-Ocupada-${extension}-0)(info,270-terminada-${extension}-${id})(info,270-Libre-${extension}-0)`;
	for (const ticket of decodeFrame(frame)) {
		for (const step of lives.take(ticket, at)) if (step.step === "ended") ended++;
	}
}
const micros = ((performance.now() - started) * 1000) / (calls - 1_000);
globalThis.gc?.();
const mib = (process.memoryUsage().heapUsed - before) / 1024 / 1024;
if (ended !== calls) throw new Error(`${ended} of ${calls} calls ended`);
process.send?.({ micros, mib });
process.on("disconnect", () => process.exit(0));
