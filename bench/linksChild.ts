// How long so many links take to connect in one process, and what each of them costs.
import { monitorEventLoopDelay } from "node:perf_hooks";
import { WebSocketServer } from "ws";
import { systemClock } from "../src/link/clock";
import { LinkPool } from "../src/link/pool";
import type { Extension, Tenant } from "../src/protocol/address";
import { STANDARD_VOCABULARY } from "../src/protocol/vocabulary";

const count = Number(process.argv[2]);
const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
server.on("connection", (socket) => {
	socket.send("(ID?,CONECTADO)");
	socket.on("message", () => socket.send("(info,-Livre)"));
});
server.on("listening", async () => {
	const address = server.address();
	const url = `ws://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
	const pool = new LinkPool({ clock: systemClock, random: Math.random, vocabulary: STANDARD_VOCABULARY });
	globalThis.gc?.();
	const before = process.memoryUsage();
	const delay = monitorEventLoopDelay({ resolution: 5 });
	delay.enable();
	const started = performance.now();
	let connected = 0;
	await new Promise<void>((resolve) => {
		for (let i = 0; i < count; i++) {
			const heard = { isUp: false };
			pool.join(
				{ url, tenant: "227" as Tenant, extension: String(1_000 + i) as Extension, key: null, tls: null },
				{
					state: (state) => {
						if (state.kind !== "connected" || heard.isUp) return;
						heard.isUp = true;
						if (++connected === count) resolve();
					},
					ticket: () => {},
				},
			);
		}
	});
	const seconds = (performance.now() - started) / 1000;
	delay.disable();
	globalThis.gc?.();
	const after = process.memoryUsage();
	const bytes = after.heapUsed + after.external - before.heapUsed - before.external;
	// Both ends of each connection are in this process: half of it is the link's.
	process.send?.({ seconds, kib: bytes / count / 2 / 1024, stall: delay.max / 1e6 });
});
process.on("disconnect", () => process.exit(0));
