import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { NodeRed, ROOT } from "../support/nodeRed";
import { READMES } from "../support/readmes";

const run = promisify(execFile);

const MODULE = "@meetip/node-red-pbx";
const TYPES = [
	"pbx-config",
	"pbx-in",
	"pbx-call",
	"pbx-status",
	"pbx-log",
	"pbx-history",
	"pbx-contact",
	"pbx-simulator",
];

/** One entry of `GET /nodes`. */
interface NodeSet {
	readonly module: string;
	readonly types: readonly string[];
	readonly enabled: boolean;
	readonly err?: string;
}

/** Packs the project as for the registry; gives the tarball and the paths in it. */
async function pack(into: string): Promise<{ tarball: string; paths: string[] }> {
	// Building replaces dist/, which other tests may be using.
	const isBuilt = existsSync(join(ROOT, "dist", "nodes", "pbx-in.js"));
	const options = ["--json", "--pack-destination", into, ...(isBuilt ? ["--ignore-scripts"] : [])];
	const { stdout } = await run("npm", ["pack", ...options], { cwd: ROOT });
	const [packed] = JSON.parse(stdout) as { filename: string; files: { path: string }[] }[];
	assert.ok(packed);
	return { tarball: join(into, packed.filename), paths: packed.files.map(({ path }) => path) };
}

describe("the package", function () {
	this.timeout(120_000);
	let folder: string;
	let userDir: string;
	let paths: string[];
	let red: NodeRed;

	before(async () => {
		folder = mkdtempSync(join(tmpdir(), "node-red-pbx-package-"));
		userDir = join(folder, "user");
		mkdirSync(userDir);
		const packed = await pack(folder);
		paths = packed.paths;
		writeFileSync(join(userDir, "package.json"), JSON.stringify({ name: "user", private: true }));
		const options = ["--no-audit", "--no-fund", "--ignore-scripts"];
		await run("npm", ["install", ...options, packed.tarball], { cwd: userDir });
		red = await NodeRed.start({ userDir });
	});
	after(async () => {
		await red?.stop();
		rmSync(folder, { recursive: true, force: true });
	});

	it("holds what was built, the examples and what npm always adds, and nothing else", () => {
		const allowed =
			/^(?:(?:package\.json|README(?:\.\w\w)?\.md|LICENSE|CHANGELOG\.md|SECURITY\.md)$|dist\/|examples\/(?:English|Español|Português)\/(?:CRM\/)?[^/]+\.json$|docs\/(?:[\w-]+\/)*[\w-]+\.md$|docs\/images\/[\w-]+\.png$)/;
		assert.deepEqual(
			paths.filter((path) => !allowed.test(path)),
			[],
		);
		// Run time, declarations, and what Node-RED loads.
		const built = /^dist\/(?:messages\.schema\.json|asyncapi\.json|(?:src|nodes)\/.*\.(?:js|d\.ts|html|json|svg))$/;
		assert.ok(paths.includes("dist/messages.schema.json"));
		assert.deepEqual(
			paths.filter((path) => path.startsWith("dist/") && (!built.test(path) || /test|\.editor\./.test(path))),
			[],
		);
		for (const type of TYPES) assert.ok(paths.includes(`dist/nodes/${type}.js`), type);
	});

	for (const file of READMES) {
		it(`holds the pictures that ${file} shows, and every page it leads to`, () => {
			const targets = [...readFileSync(join(ROOT, file), "utf8").matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)];
			assert.ok(targets.length > 10);
			for (const [, target = ""] of targets)
				if (target !== "CONTRIBUTING.md") assert.ok(paths.includes(target), target);
		});
	}

	it("brings all its nodes to a Node-RED, without an error", async () => {
		const sets = ((await red.get("/nodes")) as NodeSet[]).filter(({ module }) => module === MODULE);
		assert.deepEqual(sets.flatMap(({ types }) => types).sort(), [...TYPES].sort());
		for (const { types, enabled, err } of sets)
			assert.deepEqual({ types, enabled, err }, { types, enabled: true, err: undefined });
	});

	it("brings an icon for each node of the palette", async () => {
		// A missing icon answers 200 as well; only the listing tells.
		const icons = (await red.get("/icons")) as Record<string, string[]>;
		const expected = TYPES.filter((type) => type !== "pbx-config").map((type) => `${type}.svg`);
		assert.deepEqual([...(icons[MODULE] ?? [])].sort(), expected.sort());
	});

	it("brings the texts of each node", async () => {
		// As the editor fetches them.
		const catalogs = (await red.get("/nodes/messages?lng=en-US")) as Record<string, Record<string, unknown>>;
		for (const type of TYPES) {
			const texts = catalogs[`${MODULE}/${type}`]?.[type] as
				| { palette?: string; label?: { name?: string } }
				| undefined;
			assert.ok(texts?.palette, `${type}: palette`);
			assert.equal(texts.label?.name, "Name", type);
		}
	});

	it("brings a form, its code and a help text for each node", async () => {
		const answer = await fetch(`${red.url}/nodes`, { headers: { accept: "text/html" } });
		const html = await answer.text();
		for (const type of TYPES) {
			const section = html.split(`[red-module:${MODULE}/${type}]`)[1]?.split("[red-module:")[0] ?? "";
			assert.ok(section.includes(`data-template-name="${type}"`), `${type}: form`);
			assert.ok(section.includes(`registerType("${type}"`), `${type}: code`);
			assert.match(section, new RegExp(`data-help-name="${type}">\\s*<p>\\S`), `${type}: help`);
		}
	});

	it("offers its examples in the import dialog", async () => {
		const files = readdirSync(join(ROOT, "examples"), { recursive: true }).map(String);
		const flows = files.filter((name) => name.endsWith(".json"));
		assert.ok(flows.length >= 81, `27 examples in three languages at least, there are ${flows.length}`);
		const listed: string[] = [];
		const languages = (await red.get(`/library/examples/flows/${MODULE}/`)) as unknown[];
		assert.deepEqual(languages, ["English", "Español", "Português"]);
		for (const folder of languages.flatMap((language) => [`${language}/`, `${language}/CRM/`])) {
			const entries = (await red.get(`/library/examples/flows/${MODULE}/${encodeURI(folder)}`)) as (
				| string
				| { fn: string }
			)[];
			for (const each of entries) if (typeof each === "object") listed.push(`${folder}${each.fn}`);
		}
		assert.deepEqual(listed.map((fn) => `${fn}.json`).sort(), flows.sort());
		for (const fn of listed) {
			const path = fn.split("/").map(encodeURIComponent).join("/");
			const flow = await red.get(`/library/examples/flows/${MODULE}/${path}`);
			assert.ok(Array.isArray(flow) && flow.length > 0, fn);
		}
	});

	it("brings the command pbx-simulator", async () => {
		const command = join(userDir, "node_modules", ".bin", "pbx-simulator");
		const { stdout } = await run(command, ["--help"]);
		assert.match(stdout, /^Usage: pbx-simulator \[options\]/);
	});
});
