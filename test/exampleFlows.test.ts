import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CONFIG_VERSION } from "../nodes/shared/options";
import { FLOWS, pathOf } from "../scripts/examples";
import { type ExampleNode, readExample } from "./support/example";
import { ROOT } from "./support/nodeRed";

const NUMBERS = readdirSync(join(ROOT, "examples")).flatMap((file) => /^(\d\d) - .+\.json$/.exec(file)?.[1] ?? []);
/** Types of packages that a user has to install first. */
const COMPANIONS = /^(e-mail|ui-\w+)$/;

describe("the example flows", () => {
	for (const make of FLOWS) {
		const flow = make();
		const nodes = JSON.parse(flow.json) as ExampleNode[];
		const comments = nodes.filter(({ type }) => type === "comment").map(({ name, info }) => `${name}\n${info}`);

		it(`${flow.file} is what its files make of it`, () => {
			assert.equal(readFileSync(pathOf(flow), "utf8"), flow.json, "npm run examples");
		});

		it(`${flow.file} says in three languages what it is and what to change for a real PBX, and holds no key`, () => {
			const [first = "", real = ""] = comments;
			for (const text of [first, real]) assert.match(text, /Español[\s\S]*Português/);
			assert.match(real, /For your own PBX/);
			assert.doesNotMatch(flow.json, /"(key|credentials)":/);
		});

		it(`${flow.file} names the packages that it needs, and what happens without them`, () => {
			if (!nodes.some(({ type }) => COMPANIONS.test(type))) return;
			assert.match(comments[0] ?? "", /Needs [@\w/-]*node-red-/);
			assert.match(comments.join(), /unknown[\s\S]*Node-RED starts \*\*no flow at all\*\* until you install it/);
		});

		it(`${flow.file} is wired to nodes that are there, none on top of another`, () => {
			const ids = new Set(nodes.map(({ id }) => id));
			for (const { name, wires, pbx } of nodes) {
				for (const to of ((wires ?? []) as string[][]).flat()) assert.ok(ids.has(to), `${name} → ${to}`);
				if (pbx !== undefined && pbx !== "") assert.ok(ids.has(String(pbx)), name);
			}
			const places = nodes.flatMap(({ x, y }) => (x === undefined ? [] : [`${x} ${y}`]));
			assert.equal(new Set(places).size, places.length);
		});

		it(`${flow.file} saves the PBX in its newest form, with a simulator and a call log of its own`, () => {
			const [pbx] = nodes.filter(({ type }) => type === "pbx-config");
			assert.equal(pbx?.version, CONFIG_VERSION);
			assert.equal(pbx?.store, "file");
			assert.equal(nodes.filter(({ type }) => type === "pbx-simulator").length, 1);
		});
	}

	it("can stand side by side: no two share an id, a port, a call log or an address", () => {
		const all = NUMBERS.flatMap(readExample);
		const unique = (values: unknown[]) => assert.equal(new Set(values).size, values.length, JSON.stringify(values));
		unique(all.map(({ id }) => id));
		unique(all.flatMap(({ type, port }) => (type === "pbx-simulator" ? [port] : [])));
		unique(all.flatMap(({ type, storeFile }) => (type === "pbx-config" && storeFile ? [storeFile] : [])));
		unique(all.flatMap(({ type, url, method }) => (type === "http in" ? [`${method} ${url}`] : [])));
		unique(all.flatMap(({ type, path }) => (type === "websocket-listener" ? [path] : [])));
	});
});
