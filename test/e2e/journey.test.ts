import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Locator } from "playwright-core";
import type { PbxConfigOptions } from "../../nodes/shared/options";
import { closePages, openBrowser } from "../support/browser";
import { EditorPage, PBX_TABS } from "../support/editorPage";
import { eventually } from "../support/eventually";
import { readExample } from "../support/examples";
import { LANGUAGES, localeOf } from "../support/languages";
import { freePort, NodeRed, type NodeRedOptions, ROOT } from "../support/nodeRed";
import { nodeRed5 } from "../support/nodeRed5";

const KEY = "recognisable-key-4711";

type Catalog = { readonly [key: string]: string | Catalog };

/** A text of the shared catalog, or of a node's own. */
function text(language: string, key: string, file = "pbx-config"): string {
	const catalog = JSON.parse(readFileSync(join(ROOT, "nodes", "locales", language, `${file}.json`), "utf8")) as Catalog;
	const found = key.split(".").reduce<string | Catalog | undefined>((at, part) => Object(at)[part], catalog);
	assert.equal(typeof found, "string", key);
	return String(found);
}

function journey(title: string, optionsOf: () => NodeRedOptions | null): void {
	describe(title, function () {
		this.timeout(180_000);
		let red: NodeRed;
		let browser: Browser;
		let editor: EditorPage;
		let port: number;

		let options: NodeRedOptions;

		before(async function () {
			const found = optionsOf();
			if (found) options = found;
			else this.skip();
			browser = await openBrowser();
		});

		/** A flow to start from: a simulated PBX that asks for a key, and nothing else. */
		async function start(lang: string): Promise<void> {
			port = await freePort();
			const simulator = {
				...{ id: "sim", type: "pbx-simulator", z: "tab", x: 300, y: 400, wires: [[]], name: "" },
				...{ port, host: "127.0.0.1", tenant: "227", extensions: "11, 12", silent: "", traffic: 0, pbx: "" },
			};
			const flows = [{ id: "tab", type: "tab", label: "Calls" }, simulator];
			red = await NodeRed.start({ ...options, flows, credentials: { sim: { key: KEY } }, lang });
		}

		afterEach(async () => {
			await closePages(browser);
			await red?.stop();
		});

		// English is what all other tests of the editor see.
		for (const language of LANGUAGES.filter((each) => each !== "en-US")) {
			const locale = localeOf(language);
			it(`takes a newcomer in ${language} from the palette to a call in the sidebar`, async () => {
				await start(language);
				editor = await EditorPage.open(browser, red.url, locale);
				const { page } = editor;
				// The structure is the same in each language.
				const isAccessible = async (part: string) => {
					if (language === "es") await editor.assertAccessible(part);
				};
				const category = text(language, "palette.label.telephony", "pbx-in");
				await page.locator("#red-ui-palette-header-telephony").getByText(category, { exact: true }).waitFor();
				// Looked for by what people call it.
				const search = page.locator("#red-ui-palette-search input");
				await search.pressSequentially(language === "es" ? "centralita" : "chamadas");
				const offered = page.locator(".red-ui-palette-node:visible");
				await eventually(async () => assert.equal(await offered.count(), 7));
				// A category that is shown again while it still slides away stays hidden, in Node-RED itself.
				await page.locator("#red-ui-palette-header-common").waitFor({ state: "hidden" });
				await page.locator("#red-ui-palette-search .red-ui-searchBox-clear").click();
				await page.locator('.red-ui-palette-node[data-palette-type="inject"]').waitFor();
				await editor.place("pbx-in", "pbx in", 200, 100);
				await editor.openForm(editor.onCanvas("pbx in"));
				await editor.openPbxForm("add");
				const step = (name: string) => page.locator(`#pbx-config-test-steps [data-step="${name}"]`);

				// A wrong server, and then the right one with a wrong key, are explained; then all is well.
				await page.locator("#node-config-input-tenant").fill("227");
				await page.locator("#node-config-input-url").fill(`ws://127.0.0.1:${await freePort()}`);
				await page.locator("#node-config-input-key").fill("wrong");
				await page.locator("#pbx-config-test-extension").fill("12");
				const test = page.locator("#pbx-config-test");
				await test.click();
				await step("connect").and(page.locator('[data-outcome="failed"]')).waitFor();
				const result = page.locator("#pbx-config-test-result");
				await result.getByText(text(language, "test.advice.unreachable")).waitFor();
				await page.locator("#node-config-input-url").fill(`ws://127.0.0.1:${port}`);
				await test.click();
				await result.getByText(text(language, "test.advice.prompted-again")).waitFor();
				await page.locator("#node-config-input-key").fill(KEY);
				await test.click();
				await step("ticket").and(page.locator('[data-outcome="ok"]')).waitFor();
				await step("ticket").getByText(text(language, "test.step.ticket")).waitFor();
				const idle = { __extension__: "12", __state__: text(language, "phone.idle") };
				const sentence = text(language, "test.result.state").replace(/__\w+__/g, (name) => Reflect.get(idle, name));
				await result.getByText(sentence).waitFor();

				// The PRO event builder: the recommended line, and a line that arrived.
				await editor.showTab("pro");
				await page.locator("#pbx-config-recommended").click();
				const line = await page.locator("#pbx-config-recommended-line").inputValue();
				assert.equal(line.match(/%\*\w+\*%/g)?.length, 7);
				await page
					.locator("#pbx-config-sample")
					.fill(line.replace("%*ESTADO*%", "colgado").replace("%*CALLER_ID*%", "974319404"));
				await page.locator("#pbx-config-sample-answer").getByText("974319404").waitFor();
				const marked = () => page.locator('#pbx-config-activations [data-matches="true"]');
				await eventually(async () => assert.equal(await marked().count(), 2));
				await page.locator("#pbx-config-sample").fill("something else");
				await page.getByText(text(language, "pbx-config.sample.none")).waitFor();
				assert.equal(await page.locator("#pbx-config-activations select").count(), 12);
				for (const tab of [...PBX_TABS].reverse()) {
					await editor.showTab(tab);
					await isAccessible(".red-ui-tray:last-child .form-row");
				}
				await editor.closeForm("#node-config-dialog-ok");

				await page.locator("#node-input-extensions").fill("11");
				await isAccessible(".red-ui-tray:last-child .form-row");
				await editor.closeForm("#node-dialog-ok");
				await editor.deploy();
				const input = editor.onCanvas("11");
				const shows = (label: string) => editor.statusOf(input).getByText(label).waitFor();
				await shows(text(language, "status.connected"));

				// A call, rung from the sidebar, on the board, under the node and in the list.
				const tab = await editor.showSidebar();
				await tab.locator('[data-section="simulators"] > summary').click();
				const command = (name: string) => tab.locator(`[data-command="${name}"]`);
				await command("ring").getByText(text(language, "sidebar.ring")).waitFor();
				assert.ok((await command("answer").isDisabled()) && (await command("hangup").isDisabled()));
				await command("ring").click();
				const tile = tab.locator(".pbx-tile").filter({ hasText: "11" });
				await tile.getByText(text(language, "phone.ringing")).waitFor();
				// With the recommended line the PBX's word is waited for, two seconds at most.
				await tile.getByText("974319404").waitFor();
				await tab.locator(".pbx-calls li").filter({ hasText: "974319404" }).waitFor();
				await shows("♪ 974319404");
				await command("answer").click();
				await command("hangup").click();
				await tile.getByText(text(language, "phone.idle")).waitFor();
				// The call has settled: it stands there once, by its record, in the words of the language.
				const entry = tab.locator('.pbx-log li[data-outcome="answered"]');
				await entry.locator("summary").click();
				await entry.locator("code").getByText("(info,").waitFor();
				assert.match(await entry.locator("code").innerText(), /974\s?31\s?94\s?04/);
				const calls = tab.locator(".pbx-log li:visible").filter({ hasText: "974319404" });
				await eventually(async () => assert.equal(await calls.count(), 1));
				await tab.locator("#pbx-sidebar-mask").check();
				await eventually(async () => assert.doesNotMatch(await tab.locator(".pbx-log").innerText(), /974 ?31 ?94/));
				await tab.locator("#pbx-sidebar-mask").uncheck();
				await isAccessible(".pbx-sidebar");
				// Node-RED 5 has a dark theme as well.
				await page.evaluate("document.documentElement.classList.add('nr-theme-dark')");
				await isAccessible(".pbx-sidebar");

				// Extensions heard of complete the field.
				await editor.openForm(input);
				const field = page.locator("#node-input-extensions");
				await field.fill("");
				await field.press("1");
				await page.locator(".red-ui-autoComplete-container, .red-ui-menu").getByText("11").first().waitFor();
				await field.press("Escape");
				await page.locator("#node-dialog-cancel").click();

				const flows = JSON.stringify(await red.get("/flows"));
				assert.ok(!flows.includes(KEY) && !(await page.content()).includes(KEY));
				assert.deepEqual(editor.faults, []);
			});
		}

		it("shows for a flow that was saved before what it stands for, and saves that", async () => {
			const file = join(ROOT, "test", "fixtures", "flows", "0 - before versions.json");
			red = await NodeRed.start({ ...options, flows: JSON.parse(readFileSync(file, "utf8")) as object[] });
			editor = await EditorPage.open(browser, red.url, "en-US");
			const { page } = editor;
			await editor.openForm(editor.onCanvas("11"));
			await editor.openPbxForm("edit");
			assert.equal(await page.locator("#node-config-input-plus").inputValue(), "+");
			assert.equal(await page.locator("#node-config-input-dialInAll").inputValue(), "0");
			assert.equal(await page.locator("#node-config-input-settle").inputValue(), "8");
			assert.ok(await page.locator("#node-config-input-groups").isChecked());
			await editor.closeForm("#node-config-dialog-ok");
			await editor.closeForm("#node-dialog-ok");
			await editor.deploy();
			await eventually(async () => {
				const flows = (await red.get("/flows")) as Partial<PbxConfigOptions & { type: string }>[];
				const config = flows.find(({ type }) => type === "pbx-config");
				const { plus, groups, version, activations } = config ?? {};
				assert.deepEqual([plus, groups, version, activations?.length], ["+", true, 3, 1]);
			});
			assert.deepEqual(editor.faults, []);
		});

		it("imports an example from the menu, and every one without a fault", async () => {
			await start("en-US");
			editor = await EditorPage.open(browser, red.url, "en-US");
			const { page } = editor;
			const names = readdirSync(join(ROOT, "examples", "English")).flatMap(
				(file) => /^(.+)\.json$/.exec(file)?.[1] ?? [],
			);
			const [first = "", ...others] = names;
			const simulators = "RED.nodes.filterNodes({type:'pbx-simulator'}).length";
			await page.evaluate('RED.actions.invoke("core:show-examples-import-dialog")');
			const item = (label: string): Locator =>
				page.locator(".ui-dialog:visible .red-ui-treeList-label").filter({ hasText: label }).first();
			await item("@meetip/node-red-pbx").click();
			await item("English").click();
			// The folder is still opening.
			await eventually(async () => {
				await item(first).click();
				const chosen = await page.locator(".ui-dialog:visible .red-ui-treeList-label.selected").allInnerTexts();
				assert.ok(chosen.some((text) => text.trim() === first));
			});
			await page.locator("#red-ui-clipboard-dialog-ok:not(:disabled)").click();
			// Besides the one that was there.
			await page.waitForFunction(`${simulators} === 2`);
			await page.locator("#red-ui-clipboard-dialog-ok").waitFor({ state: "hidden" });

			// The others as the dialog does it, which takes its time with each.
			for (const name of others) {
				const flow = JSON.stringify(readExample(`${name}.json`));
				await page.evaluate(`RED.view.importNodes(${flow}, { addFlow: false, generateIds: true, touchImport: true })`);
			}
			const state = (await page.evaluate(
				"({unknown: RED.nodes.filterNodes({type:'unknown'}).length, ours: RED.nodes.filterNodes({type:'pbx-simulator'}).length, wrong: RED.nodes.filterNodes({}).filter((node) => /^pbx-/.test(node.type) && node.valid === false).length})",
			)) as { unknown: number; ours: number; wrong: number };
			assert.deepEqual(state, { unknown: 0, ours: names.length + 1, wrong: 0 });
			assert.deepEqual(editor.faults, []);
		});
	});
}

journey("the editor of Node-RED 4.1", () => ({}));
journey("the editor of Node-RED 5", nodeRed5);

describe("the browser's language", function () {
	this.timeout(180_000);
	let red: NodeRed;
	before(async () => {
		red = await NodeRed.start();
	});
	after(() => red?.stop());

	it("is met by the catalog of the language, whatever the country", async () => {
		const browser = await openBrowser();
		for (const [locale, language] of [
			["es-MX", "es"],
			["pt-BR", "pt"],
			["fr-FR", "en-US"],
		] as const) {
			const { page, faults } = await EditorPage.open(browser, red.url, locale);
			const shown = await page.evaluate('RED._("@meetip/node-red-pbx/pbx-config:test.silent")');
			assert.equal(shown, text(language, "test.silent"), locale);
			assert.deepEqual(faults, []);
			await page.close();
		}
	});
});
