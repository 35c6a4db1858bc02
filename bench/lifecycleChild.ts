// The life of so many calls at 200 phones, one after the other: how long, and how much memory.
import { happeningOf } from "../src/calls/happening";
import { CallTracker } from "../src/calls/tracker";
import { MONITOR, MOST_EXTENSIONS } from "../src/protocol/address";
import { decodeFrame } from "../src/protocol/decode";
import { STANDARD_VOCABULARY } from "../src/protocol/vocabulary";

const calls = Number(process.argv[2]);
const tracker = new CallTracker({
	...{ settle: 8_000, infersGroups: true, pro: null, mostPhones: MOST_EXTENSIONS },
	...{ newCallId: () => "local", isWord: () => false },
});
tracker.linkUp("monitor", MONITOR, { wall: 0, steady: 0 });
globalThis.gc?.();
const before = process.memoryUsage().heapUsed;
const epoch = 1_700_000_000;
let [recorded, started] = [0, performance.now()];
const count = (told: ReturnType<CallTracker["due"]>) => {
	for (const { kind } of told) if (kind === "record") recorded++;
};
for (let i = 0; i < calls; i++) {
	if (i === 1_000) started = performance.now();
	const extension = 2_000 + (i % 200);
	const id = `${epoch + Math.floor(i / 10)}.${i}`;
	const at = { wall: (epoch + i / 10) * 1000, steady: i * 100 };
	const frame = `(info,270-Timbre-${extension}-0)(info,270-6${10_000_000 + i}-${extension}-${id})(info,270-Ocupada-${extension}-0)(info,270-terminada-${extension}-${id})(info,270-Libre-${extension}-0)`;
	for (const ticket of decodeFrame(frame)) {
		const happening = happeningOf(ticket, MONITOR, STANDARD_VOCABULARY, null);
		if (happening) count(tracker.take(happening.extension, happening.input, at));
	}
	count(tracker.due(at));
}
const micros = ((performance.now() - started) * 1000) / (calls - 1_000);
globalThis.gc?.();
const mib = (process.memoryUsage().heapUsed - before) / 1024 / 1024;
count(tracker.due({ wall: Number.MAX_SAFE_INTEGER, steady: Number.MAX_SAFE_INTEGER }));
if (recorded !== calls) throw new Error(`${recorded} of ${calls} calls were recorded`);
process.send?.({ micros, mib });
process.on("disconnect", () => process.exit(0));
