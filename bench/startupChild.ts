// What loading the built nodes adds to a process that has Node-RED's own modules already.
import { join } from "node:path";

const nodes = join(__dirname, "..", "dist", "nodes");
// Node-RED's core WebSocket node brings `ws` along anyway.
require("ws");
globalThis.gc?.();
const before = process.memoryUsage().rss;
const started = performance.now();
for (const name of ["pbx-config", "pbx-in", "pbx-call", "pbx-status", "pbx-simulator"])
	require(join(nodes, `${name}.js`));
const ms = performance.now() - started;
globalThis.gc?.();
process.send?.({ ms, mib: (process.memoryUsage().rss - before) / 1024 / 1024 });
process.on("disconnect", () => process.exit(0));
