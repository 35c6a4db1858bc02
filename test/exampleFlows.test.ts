import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { CONFIG_VERSION } from "../nodes/shared/options";
import { examplesIn, FLOWS, FOR_CRMS, pathOf } from "../scripts/examples";
import type { Language } from "../scripts/examples/language";
import { LANGUAGES } from "../scripts/examples/language";
import { CRM_FILES } from "./support/crmFlows";
import type { ExampleNode } from "./support/example";

/** Types of packages that a user has to install first. */
const COMPANIONS = /^(e-mail|ui-\w+)$/;
/** What the comments say in each language. */
const SAYS: Readonly<Record<Language, Readonly<Record<"real" | "needs" | "missing", RegExp>>>> = {
	en: { real: /For your own PBX/, needs: /Needs [@\w/-]*node-red-/, missing: /unknown[\s\S]*\*\*no flow at all\*\*/ },
	es: {
		...{ real: /Con tu propia centralita/, needs: /Necesita [@\w/-]*node-red-/ },
		missing: /no conoce[\s\S]*\*\*ningún flujo\*\*/,
	},
	pt: {
		...{ real: /Com o seu próprio PBX/, needs: /Precisa de [@\w/-]*node-red-/ },
		missing: /não conhece[\s\S]*\*\*nenhum fluxo\*\*/,
	},
};
const nodesOf = ({ json }: { readonly json: string }) => JSON.parse(json) as ExampleNode[];
const wiresOf = ({ wires }: ExampleNode) => ((wires ?? []) as string[][]).flat();

/** That wires lead to nodes that are there, and every variable that is read is the tab's. */
function assertWhole(nodes: readonly ExampleNode[]): void {
	const ids = new Set(nodes.map(({ id }) => id));
	for (const node of nodes) {
		for (const to of wiresOf(node)) assert.ok(ids.has(to), `${node.name} → ${to}`);
		for (const to of [node.scope, node.links, node.server, node.broker, node.group].flat())
			if (/^[0-9a-f]{16}$/.test(String(to))) assert.ok(ids.has(String(to)), `${node.name}: ${to}`);
		if (node.pbx !== undefined && node.pbx !== "") assert.ok(ids.has(String(node.pbx)), node.name);
	}
}

for (const language of LANGUAGES) {
	describe(`the example flows, ${language}`, () => {
		it("are what stands in their folder, and nothing else does", () => {
			for (const example of examplesIn(language)) {
				assert.equal(readFileSync(pathOf(example), "utf8"), example.json, `npm run examples: ${example.path}`);
			}
		});

		for (const flow of FLOWS.map((make) => make(language))) {
			const nodes = nodesOf(flow);
			const comments = nodes.filter(({ type }) => type === "comment").map(({ name, info }) => `${name}\n${info}`);

			it(`${flow.path} says what to change for a real PBX, and holds no key`, () => {
				assert.match(comments[1] ?? "", SAYS[language].real);
				assert.doesNotMatch(flow.json, /"(key|credentials)":/);
			});

			it(`${flow.path} names the packages that it needs, and what happens without them`, () => {
				if (!nodes.some(({ type }) => COMPANIONS.test(type))) return;
				assert.match(comments[0] ?? "", SAYS[language].needs);
				assert.match(comments.join(), SAYS[language].missing);
			});

			it(`${flow.path} is whole, and saves the PBX in its newest form, with a simulator of its own`, () => {
				assertWhole(nodes);
				const [pbx] = nodes.filter(({ type }) => type === "pbx-config");
				assert.equal(pbx?.version, CONFIG_VERSION);
				assert.equal(pbx?.language, language);
				assert.equal(nodes.filter(({ type }) => type === "pbx-simulator").length, 1);
			});
		}
	});
}

describe("the example flows", () => {
	it("can stand side by side: no two share an id, a port or a call log, nor an address in one language", () => {
		const unique = (values: unknown[]) => assert.equal(new Set(values).size, values.length, JSON.stringify(values));
		const saved = LANGUAGES.map((language) => FLOWS.flatMap((make) => nodesOf(make(language))));
		const all = saved.flat();
		unique(all.map(({ id }) => id));
		unique(all.flatMap(({ type, port }) => (type === "pbx-simulator" ? [port] : [])));
		unique(all.flatMap(({ type, storeFile }) => (type === "pbx-config" && storeFile ? [storeFile] : [])));
		for (const nodes of saved) {
			unique(nodes.flatMap(({ type, url, method }) => (type === "http in" ? [`${method} ${url}`] : [])));
			unique(nodes.flatMap(({ type, path }) => (type === "websocket-listener" ? [path] : [])));
		}
	});
});

for (const language of LANGUAGES) {
	describe(`the flows for one CRM each, ${language}`, () => {
		const flows = FOR_CRMS.map((make) => make(language));

		it("are those that are there", () => {
			assert.deepEqual(flows.map(({ path }) => path.replace(/^.*\//, "")).sort(), [...CRM_FILES].sort());
		});

		for (const flow of flows) {
			const nodes = nodesOf(flow);

			it(`${flow.path} holds no secret`, () => {
				assert.doesNotMatch(flow.json, /"(key|credentials)":/);
				for (const { name, type, value } of nodes.flatMap(({ env }) => env ?? [])) {
					const isSecret = /KEY$|TOKEN$|SECRET$|PASSWORD$|WEBHOOK$/.test(name);
					assert.equal(type === "cred", isSecret, name);
					if (isSecret) assert.equal(value, "");
				}
			});

			it(`${flow.path} says what to fill in, of every variable, and what is unsure`, () => {
				const comments = nodes.filter(({ type }) => type === "comment").map(({ info }) => String(info));
				assert.equal(comments.length, 2);
				for (const { name } of nodes.flatMap(({ env }) => env ?? []))
					assert.equal(comments[0]?.split(`\`${name}\``).length, 2, name);
			});

			it(`${flow.path} brings every way that a request can go back to pbx log, and reads only variables that it has`, () => {
				assertWhole(nodes);
				const names = new Set(nodes.flatMap(({ env }) => env ?? []).map(({ name }) => name));
				for (const { func } of nodes)
					for (const [, name = ""] of String(func).matchAll(/env\.get\("(\w+)"\)/g)) assert.ok(names.has(name), name);
				const [caught] = nodes.filter(({ type }) => type === "catch");
				const scope = new Set(caught?.scope as string[]);
				// All but those that fetch a token, which begin at a button.
				const fetching = new Set(
					nodes
						.filter(({ type, props }) => type === "inject" && !JSON.stringify(props).includes("retry"))
						.flatMap(wiresOf),
				);
				for (let size = -1; size !== fetching.size; ) {
					size = fetching.size;
					for (const node of nodes) if (fetching.has(node.id)) for (const to of wiresOf(node)) fetching.add(to);
				}
				for (const { id, type, name } of nodes)
					if (/^(function|http request)$/.test(type) && !fetching.has(id)) assert.ok(scope.has(id), name);
			});
		}

		it("share no id but that of the PBX", () => {
			const ids = flows.flatMap(nodesOf).filter(({ type }) => type !== "pbx-config");
			assert.equal(new Set(ids.map(({ id }) => id)).size, ids.length);
		});
	});
}
