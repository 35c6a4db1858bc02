import assert from "node:assert/strict";
import { shares } from "../../bench/profile";

const call = (id: number, functionName: string, url: string, children: number[] = []) => ({
	...{ id, callFrame: { functionName, url }, children },
});

const NODES = [
	call(1, "(root)", "", [2, 3, 4, 5, 8]),
	call(2, "(idle)", ""),
	call(3, "(garbage collector)", ""),
	call(4, "hear", "file:///bench/bench-counter.js"),
	call(5, "send", "file:///x/node_modules/@node-red/runtime/lib/nodes/Node.js", [6]),
	call(6, "toString", "", [7]),
	call(7, "decodeFrame", "file:///x/dist/src/protocol/decode.js"),
	call(8, "start", "file:///x/node_modules/express/index.js"),
];

describe("the benchmark's profile", () => {
	it("gives each moment to the place whose code ran, or called Node.js', from the first message to the last", () => {
		// Starting takes long and comes before the first message; idle time is nobody's.
		const samples = [8, 4, 5, 6, 7, 2, 3, 4, 8];
		const timeDeltas = [900, 10, 10, 20, 40, 500, 10, 10, 900];
		assert.deepEqual(shares({ nodes: NODES, samples, timeDeltas }), {
			"reading tickets (protocol)": 40,
			"Node-RED's hand-over": 30,
			"the counter at the end": 20,
			"garbage collector": 10,
		});
	});

	it("gives nothing where no message was counted", () => {
		assert.deepEqual(shares({ nodes: NODES, samples: [8, 2], timeDeltas: [10, 10] }), {});
	});
});
