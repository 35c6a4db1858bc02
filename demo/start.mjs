// `npm start`: a Node-RED with the nodes, the demo flow and, unless PBX_URL names a real PBX, a simulated one.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { demoFlow } from "./flow.mjs";
import { languageOf } from "./words.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { env } = process;
const userDir = env.DEMO_DIR ?? join(root, ".demo");
const isSimulated = !env.PBX_URL;

env.PORT ||= "1880";
env.PBX_SIMULATOR_PORT ??= String(Number(env.PORT) + (Number(env.PORT) < 50_000 ? 7420 : -7420));
env.PBX_URL ||= `ws://127.0.0.1:${env.PBX_SIMULATOR_PORT}`;
env.PBX_TENANT ??= isSimulated ? "227" : "";
env.PBX_EXTENSION ??= isSimulated ? "11, 12, 13, 14" : "";
env.PBX_KEY ??= isSimulated ? "demo-key" : "";
// One of them asks for the states of all.
env.PBX_STATUS_VIA ??= env.PBX_EXTENSION.split(/[\s,]+/)[0] ?? "";
for (const [name, example] of [
	["PBX_TENANT", "227"],
	["PBX_EXTENSION", "11 (or several: 11, 12)"],
]) {
	if (env[name]) continue;
	console.error(`Set ${name} to yours, such as ${example}.`);
	process.exit(1);
}
if (!(Number(env.PORT) > 0 && Number(env.PORT) < 65_536)) {
	console.error("PORT must be a number from 1 to 65535.");
	process.exit(1);
}

/** What Node-RED does for an installed package, without installing: a link in the user directory. */
function linkPackage() {
	const scope = join(userDir, "node_modules", "@meetip");
	mkdirSync(scope, { recursive: true });
	rmSync(join(scope, "node-red-pbx"), { force: true, recursive: true });
	symlinkSync(root, join(scope, "node-red-pbx"), "junction");
}

/** The flow is written once, so that changes made in the editor stay; only the simulation's switch follows PBX_URL. */
function writeFlow() {
	const file = join(userDir, "flows.json");
	const flow = existsSync(file)
		? JSON.parse(readFileSync(file, "utf8"))
		: demoFlow({ isSimulated, language: languageOf(env) });
	for (const node of flow) if (node.id === "simulation") node.disabled = !isSimulated;
	writeFileSync(file, JSON.stringify(flow, null, "\t"));
	const credentials = { "demo-pbx": { key: "${PBX_KEY}" }, simulator: { key: "${PBX_KEY}" } };
	if (!existsSync(join(userDir, "flows_cred.json"))) {
		writeFileSync(join(userDir, "flows_cred.json"), JSON.stringify(credentials));
	}
}

async function whenUp(url) {
	for (let tries = 0; tries < 600; tries++) {
		const isUp = await fetch(url, { signal: AbortSignal.timeout(1000) }).then(
			(answer) => answer.ok,
			() => false,
		);
		if (isUp) return true;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	return false;
}

/** Another program's answer on this port would pass for ours. */
function isFree(port) {
	return new Promise((resolve) => {
		const probe = createServer();
		probe.once("error", () => resolve(false));
		probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
	});
}

for (const name of isSimulated ? ["PORT", "PBX_SIMULATOR_PORT"] : ["PORT"]) {
	if (await isFree(Number(env[name]))) continue;
	console.error(`Port ${env[name]} is in use. Set ${name} to another one.`);
	process.exit(1);
}
linkPackage();
writeFlow();
const red = createRequire(import.meta.url).resolve("node-red/red.js");
const settings = join(root, "demo", "settings.cjs");
const child = spawn(process.execPath, [red, "--userDir", userDir, "--settings", settings], { stdio: "inherit", env });
child.on("exit", (code) => process.exit(code ?? 0));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));

if (!(await whenUp(`http://127.0.0.1:${env.PORT}/crm`))) {
	console.error("Node-RED did not come up; its own messages say why.");
	child.kill();
	process.exit(1);
}
console.log(`
  Editor     http://127.0.0.1:${env.PORT}/        the flow, with the states of the connections on its nodes
  Demo CRM   http://127.0.0.1:${env.PORT}/crm     ${isSimulated ? "a caller's card pops up every few seconds" : "ring your extension: the caller's card pops up"}; call back with a click
  PBX        ${env.PBX_URL}${isSimulated ? "  (simulated; set PBX_URL, PBX_TENANT, PBX_KEY and PBX_EXTENSION for a real one)" : ""}

  Changes you make are kept in .demo; delete that folder to start afresh. Ctrl-C ends everything.
`);
