import assert from "node:assert/strict";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { closePages, openBrowser } from "../support/browser";
import { EditorPage } from "../support/editorPage";
import { eventually } from "../support/eventually";
import { BASIC_EXAMPLES, EXAMPLES, examplesOf, type FlowNode, onFreePort, readExample } from "../support/examples";
import { NodeRed } from "../support/nodeRed";

interface Box {
	readonly name: string;
	readonly left: number;
	readonly right: number;
	readonly top: number;
	readonly bottom: number;
}

describe("the files of the examples", () => {
	it("can stand side by side: no two share an id, a port, an address or a call log", () => {
		const unique = (values: unknown[]) => assert.equal(new Set(values).size, values.length, JSON.stringify(values));
		const saved = EXAMPLES.flatMap((file) => readExample(file));
		unique(saved.map(({ id }) => id));
		unique(saved.flatMap(({ type, port }) => (type === "pbx-simulator" ? [port] : [])));
		unique(saved.flatMap(({ type, url, method }) => (type === "http in" ? [`${method} ${url}`] : [])));
		unique(saved.flatMap((node) => Reflect.get(node, "storeFile") || []));
	});

	it("say what to change for a real PBX, hold no key, and a simulator each", () => {
		for (const file of EXAMPLES) {
			const nodes = readExample(file);
			assert.ok(
				nodes.some(({ type, info }) => type === "comment" && /For your own PBX/.test(info ?? "")),
				file,
			);
			assert.equal(nodes.filter(({ type }) => type === "pbx-simulator").length, 1, file);
			assert.doesNotMatch(JSON.stringify(nodes), /"(key|credentials)"/, file);
		}
	});

	describe("of each language", () => {
		let red: NodeRed;
		before(async () => {
			red = await NodeRed.start({ flows: [] });
		});
		after(() => red.stop());

		for (const language of ["English", "Español", "Português"]) {
			it(`run in one Node-RED, ${language}, without an error`, async () => {
				const loaded = red.log.length;
				const running = await Promise.all(
					examplesOf(language).map(async (file) => onFreePort(readExample(file, language))),
				);
				// Those for a CRM are there, and wait for what has to be filled in.
				const waiting = examplesOf(`${language}/CRM`).flatMap((file) =>
					readExample(file, `${language}/CRM`).map((node) =>
						node.type === "tab" ? { ...node, disabled: true } : node,
					),
				);
				// What they write stays with this Node-RED.
				const written = /^(LINKS_FILE|TOLD_FILE|FOLDER)$/;
				const nodes = new Map(
					[...running.flat(), ...waiting].map((node) => {
						const env = node.env?.map((each) =>
							written.test(String(Reflect.get(each, "name")))
								? { ...each, value: join(red.userDir, `${language} ${Reflect.get(each, "value")}`) }
								: each,
						);
						return [node.id, { ...node, ...(env && { env }) }];
					}),
				);
				const answer = await fetch(`${red.url}/flows`, {
					method: "POST",
					headers: { "content-type": "application/json" },
					body: JSON.stringify([...nodes.values()]),
				});
				assert.equal(answer.status, 204);
				const statuses = await red.followStatus();
				await eventually(() => {
					for (const { id, type } of running.flat())
						if (type === "pbx-simulator") assert.match(statuses.get(id) ?? "", /^127\.0\.0\.1:/);
				}, 30);
				// Of the flows before, some are stopped while they ask.
				const [, log = ""] = red.log.slice(loaded).split("Updated flows");
				assert.match(log, /Started flows/);
				assert.doesNotMatch(log, /\[error\]|Uncaught|unknown|missing/i);
			}).timeout(180_000);
		}
	});

	describe("in the editor", () => {
		let browser: Browser;
		let red: NodeRed;
		let editor: EditorPage;

		before(async function () {
			this.timeout(180_000);
			red = await NodeRed.start({ flows: [] });
			browser = await openBrowser();
			editor = await EditorPage.open(browser, red.url, "en-US");
		});
		after(async () => {
			await closePages(browser);
			await red.stop();
		});

		it("can be imported twice: each copy keeps to itself, is valid, and no node lies on another", async function () {
			this.timeout(180_000);
			const flows = await Promise.all(BASIC_EXAMPLES.map(async (file) => onFreePort(readExample(file))));
			for (const nodes of [...flows, ...flows]) {
				await editor.page.evaluate(
					`RED.view.importNodes(${JSON.stringify(nodes)}, { generateIds: true, addFlow: false })`,
				);
				await editor.page.keyboard.press("Escape");
			}
			const all = (await editor.page.evaluate("RED.nodes.createCompleteNodeSet()")) as FlowNode[];
			const tabs = all.filter(({ type, label }) => type === "tab" && label !== "Flow 1");
			assert.equal(tabs.length, 2 * BASIC_EXAMPLES.length);
			for (const tab of tabs) {
				const inTab = new Set(all.filter(({ z }) => z === tab.id).map(({ id }) => id));
				for (const { z, type, wires = [], links = [], scope = [] } of all) {
					if (z !== tab.id) continue;
					for (const id of [...wires.flat(), ...links, ...scope])
						assert.ok(inTab.has(id), `${tab.label}: ${type} ${id}`);
				}
				await editor.page.evaluate(`RED.workspaces.show("${tab.id}")`);
				const boxes = await eventually(async () => {
					const drawn = (await editor.page.evaluate(`RED.nodes.filterNodes({ z: "${tab.id}" }).map((node) => ({
						name: \`\${node.type} \${node.name}\`, left: node.x - node.w / 2, right: node.x + node.w / 2,
						top: node.y - node.h / 2, bottom: node.y + node.h / 2,
					}))`)) as Box[];
					assert.ok(drawn.every(({ left, right }) => right > left));
					return drawn;
				});
				for (const [i, a] of boxes.entries()) {
					for (const b of boxes.slice(i + 1)) {
						const isApart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
						assert.ok(isApart, `${tab.label}: ${a.name} lies on ${b.name}`);
					}
				}
			}
			const invalid = await editor.page.evaluate(
				"RED.nodes.filterNodes({}).filter(({ valid }) => !valid).map(({ type }) => type)",
			);
			assert.deepEqual(invalid, []);
			await editor.deploy();
			await eventually(() => assert.match(red.log, /Started flows[\s\S]*Started flows/), 20);
			assert.doesNotMatch(red.log, /Uncaught|TypeError/);
			assert.deepEqual(editor.faults, []);
		});
	});
});
