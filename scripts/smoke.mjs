// `npm run smoke -- [VERSION]`: installs the tarball beside a Node-RED of that version (4.1), starts it, and looks whether
// every node came up and the package can be imported both ways.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { installed, pack } from "./pack.mjs";

const DEADLINE_MS = 120_000;
const version = process.argv[2] ?? "4.1";
const folder = mkdtempSync(join(tmpdir(), "pbx-smoke-"));
const { name, "node-red": declared } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

function freePort() {
	return new Promise((resolve) => {
		const server = createServer().listen(0, "127.0.0.1", () => {
			const { port } = server.address();
			server.close(() => resolve(port));
		});
	});
}

async function nodeSets(url, child) {
	for (const end = Date.now() + DEADLINE_MS; Date.now() < end; await wait(500)) {
		if (child.exitCode !== null) throw new Error(`Node-RED ended with ${child.exitCode}`);
		const answer = await fetch(`${url}/nodes`, { headers: { accept: "application/json" } }).catch(() => null);
		if (answer?.ok) return (await answer.json()).filter(({ module }) => module === name);
	}
	throw new Error("Node-RED did not come up in time");
}

async function main() {
	installed(folder, pack(folder), `node-red@${version}`);
	const probe =
		'if (new Simulator({ port: 0, tenant: "1", key: null, extensions: [] }).run === undefined) process.exit(1)';
	const [cjs, esm] = [
		`const { Simulator } = require("${name}/simulator"); require("${name}").EVENT_NAMES.length; ${probe}`,
		`import { Simulator } from "${name}/simulator"; import { EVENT_NAMES } from "${name}"; EVENT_NAMES.length; ${probe}`,
	];
	execFileSync(process.execPath, ["--input-type=commonjs", "-e", cjs], { cwd: folder, stdio: "inherit" });
	execFileSync(process.execPath, ["--input-type=module", "-e", esm], { cwd: folder, stdio: "inherit" });

	const port = await freePort();
	const settings = { uiPort: port, uiHost: "127.0.0.1", telemetry: { enabled: false, updateNotification: false } };
	writeFileSync(join(folder, "settings.js"), `module.exports = ${JSON.stringify(settings)};`);
	const red = join(folder, "node_modules", "node-red", "red.js");
	const child = spawn(process.execPath, [red, "--userDir", folder, "--settings", join(folder, "settings.js")], {
		stdio: ["ignore", "ignore", "inherit"],
	});
	try {
		const sets = await nodeSets(`http://127.0.0.1:${port}`, child);
		const wrong = sets.filter(({ enabled, err }) => !enabled || err);
		if (wrong.length > 0) throw new Error(`not loaded: ${JSON.stringify(wrong)}`);
		const missing = Object.keys(declared.nodes).filter((type) => !sets.some(({ types }) => types.includes(type)));
		if (missing.length > 0) throw new Error(`missing: ${missing.join(", ")}`);
		process.stdout.write(`Node-RED ${version} on Node.js ${process.version}: ${sets.length} nodes came up\n`);
	} finally {
		child.kill();
		await new Promise((ended) => (child.exitCode === null ? child.once("exit", ended) : ended()));
	}
}

main()
	.catch((error) => {
		process.stderr.write(`${error.message}\n`);
		process.exitCode = 1;
	})
	.finally(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
