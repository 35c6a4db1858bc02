// What loading the built nodes adds to a process that has loaded Node-RED.
import { join } from "node:path";

const [nodeRed = "", nodes = ""] = process.argv.slice(2);
require(nodeRed);
// Node-RED's own WebSocket nodes bring it along anyway.
require("ws");
globalThis.gc?.();
const before = process.memoryUsage().heapUsed;
const started = performance.now();
for (const name of ["pbx-config", "pbx-in", "pbx-call", "pbx-status", "pbx-simulator"])
	require(join(nodes, `${name}.js`));
const ms = performance.now() - started;
globalThis.gc?.();
process.send?.({ ms, mib: (process.memoryUsage().heapUsed - before) / 1024 / 1024 });
process.on("disconnect", () => process.exit(0));
