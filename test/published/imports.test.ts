import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { publint } from "publint";
import { ROOT } from "../support/nodeRed";

const run = promisify(execFile);
const NAME = "@meetip/node-red-pbx";

/** Runs a script within the project, where the package's own name leads to itself. */
async function evaluated(type: "commonjs" | "module", script: string): Promise<string> {
	const { stdout } = await run(process.execPath, [`--input-type=${type}`, "-e", script], { cwd: ROOT });
	return stdout.trim();
}

describe("what programs import", function () {
	this.timeout(120_000);
	let folder: string;
	let path: string;

	before(async () => {
		folder = mkdtempSync(join(tmpdir(), "node-red-pbx-imports-"));
		const options = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
		const { stdout } = await run("npm", options, { cwd: ROOT, shell: process.platform === "win32" });
		const [packed] = JSON.parse(stdout) as { filename: string }[];
		assert.ok(packed);
		path = join(folder, packed.filename);
	});
	after(() => rmSync(folder, { recursive: true, force: true }));

	it("is the same by require and by import", async () => {
		const said =
			"console.log(new Set(EVENT_NAMES).size, topicOf.name, Simulator.name, Object.keys(schema.definitions).length > 20)";
		const required = await evaluated(
			"commonjs",
			`const { EVENT_NAMES, topicOf } = require("${NAME}"); const { Simulator } = require("${NAME}/simulator");
			const schema = require("${NAME}/messages.schema.json"); ${said}`,
		);
		const imported = await evaluated(
			"module",
			`import { EVENT_NAMES, topicOf } from "${NAME}"; import { Simulator } from "${NAME}/simulator";
			import schema from "${NAME}/messages.schema.json" with { type: "json" }; ${said}`,
		);
		assert.equal(required, "10 topicOf Simulator true");
		assert.equal(imported, required);
	});

	it("is nothing else", async () => {
		for (const inside of ["dist/src/pbx/pbx.js", "dist/src/messages.js", "src/index.ts"]) {
			const tried = evaluated("commonjs", `require("${NAME}/${inside}")`);
			await assert.rejects(tried, /ERR_PACKAGE_PATH_NOT_EXPORTED/, inside);
		}
	});

	it("has nothing that publint objects to", async () => {
		const { messages } = await publint({ pack: { tarball: Uint8Array.from(readFileSync(path)).buffer }, strict: true });
		assert.deepEqual(
			messages.map(({ code, path }) => `${code} ${path.join(".")}`),
			[],
		);
	});

	it("has types that are right for each way of importing that has an import map", async () => {
		// In a process of its own: what the tests are run with would translate it, and it does not stand that.
		const script = `import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
			import { readFileSync } from "node:fs";
			const tarball = createPackageFromTarballData(new Uint8Array(readFileSync(${JSON.stringify(path)})));
			const { types, problems, entrypoints } = await checkPackage(tarball);
			console.log(JSON.stringify({ types, problems, entrypoints: Object.keys(entrypoints).sort() }));`;
		const { types, problems, entrypoints } = JSON.parse(await evaluated("module", script)) as {
			types: object | false;
			problems: { resolutionKind?: string }[];
			entrypoints: string[];
		};
		assert.ok(types, "it has types");
		// `node10` knows no import map: it finds the main entry and no other.
		assert.deepEqual(
			problems.filter(({ resolutionKind }) => resolutionKind !== "node10"),
			[],
		);
		assert.deepEqual(entrypoints, [".", "./asyncapi.json", "./messages.schema.json", "./package.json", "./simulator"]);
	});
});
