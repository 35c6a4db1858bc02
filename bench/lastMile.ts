// `npx tsx bench/lastMile.ts` (after `npm run build`): what of the calls a CRM has after bad days. About four minutes.
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Simulator } from "../src/simulator/simulator";
import { deliveryFlow } from "../test/support/crmStandIn";
import { eventually } from "../test/support/eventually";
import { linkPackage, NodeRed } from "../test/support/nodeRed";

const BAD_SECONDS = 120;
const CALLS = 40;
const pause = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/** Whether a CRM keeps a request, and what it answers; 0 for nothing. */
type Behaviour = (request: number, second: number) => { readonly keeps: boolean; readonly status: number };

/** The days, by what they are called. After them all is well. */
const DAYS: Readonly<Record<string, Behaviour>> = {
	"down two minutes": () => ({ keeps: false, status: 0 }),
	"429, then 500": (_, second) => ({ keeps: false, status: second < BAD_SECONDS / 2 ? 429 : 500 }),
	"every other request fails": (request) =>
		request % 2 ? { keeps: false, status: 500 } : { keeps: true, status: 200 },
	"answers are lost": () => ({ keeps: true, status: 0 }),
	"kill -9 of Node-RED": () => ({ keeps: false, status: 500 }),
};

async function crm(day: Behaviour) {
	const state = { kept: new Map<string, number>(), requests: 0, isBad: true, startedAt: Date.now() };
	const server = createServer(async (request, response) => {
		let text = "";
		for await (const chunk of request) text += chunk;
		const seconds = (Date.now() - state.startedAt) / 1000;
		const { keeps, status } = state.isBad ? day(state.requests, seconds) : { keeps: true, status: 200 };
		state.requests++;
		const { key } = JSON.parse(text) as { key: string };
		if (keeps) state.kept.set(key, (state.kept.get(key) ?? 0) + 1);
		if (status === 0) response.destroy();
		else response.writeHead(status, { "content-type": "application/json" }).end("{}");
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return { state, server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function main(): Promise<void> {
	const simulator = new Simulator({ port: 0, tenant: "227", key: "secret", extensions: ["11", "12"] });
	await simulator.listen();
	const names = Object.keys(DAYS);
	const crms = await Promise.all(Object.values(DAYS).map(crm));
	const url = `ws://127.0.0.1:${simulator.port}`;
	const flows = crms.flatMap(({ url: at }, i) => {
		const all = deliveryFlow({ url, settle: 0 }, at, { queue: `crm ${i}` }) as {
			id: string;
			z?: string;
			wires?: string[][];
		}[];
		const renamed = (id: string) => (id === "pbx" ? id : `${id}${i}`);
		return all
			.filter(({ id }) => !["in", "tell"].includes(id) && (id !== "pbx" || i === 0))
			.map((node) => ({
				...node,
				id: renamed(node.id),
				...(node.z && { z: `tab${i}` }),
				...(node.wires && { wires: node.wires.map((to) => to.map(renamed)) }),
			}));
	});
	const userDir = mkdtempSync(join(tmpdir(), "last-mile-"));
	linkPackage(userDir);
	const start = async () => {
		const red = await NodeRed.start({ userDir, flows, credentials: { pbx: { key: "secret" } } });
		await eventually(() => {
			if (simulator.status().clients.length !== 1) throw new Error("not connected");
		}, 30);
		return red;
	};
	let red = await start();
	for (const { state } of crms) state.startedAt = Date.now();
	for (let n = 0; n < CALLS; n++) {
		const extension = n % 2 ? "12" : "11";
		simulator.run({ command: "ring", extension, number: `6${String(n).padStart(8, "0")}` });
		simulator.run({ command: "hangup", extension });
		await pause(BAD_SECONDS / CALLS);
	}
	red.child.kill("SIGKILL");
	await once(red.child, "exit");
	red = await start();
	for (const [i, { state }] of crms.entries()) if (names[i] !== "every other request fails") state.isBad = false;
	const wellSince = Date.now();
	const all = () => crms.every(({ state }) => state.kept.size === CALLS);
	while (!all() && Date.now() - wellSince < 20 * 60_000) await pause(1);
	console.log(`all there ${Math.round((Date.now() - wellSince) / 1000)} s after the end of the bad days: ${all()}`);
	await pause(15);
	for (const [i, { state }] of crms.entries()) {
		const writes = [...state.kept.values()].reduce((sum, each) => sum + each, 0);
		console.log(
			`${names[i]}: made ${CALLS}, there ${state.kept.size}, lost ${CALLS - state.kept.size}, written again ${writes - state.kept.size}, requests ${state.requests}`,
		);
	}
	await red.stop();
	for (const { server } of crms) server.closeAllConnections();
	await simulator.close();
	rmSync(userDir, { recursive: true, force: true });
	process.exit();
}

void main();
