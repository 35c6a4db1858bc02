import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { EVENT_NAMES } from "../../src/eventNames";
import { Simulator } from "../../src/simulator/simulator";
import { closePages, openBrowser } from "../support/browser";
import { EditorPage, PBX_TABS } from "../support/editorPage";
import { eventually } from "../support/eventually";
import { NodeRed } from "../support/nodeRed";
import { ScriptedServer } from "../support/scriptedServer";
import { PROMPT_KEY, PROMPT_KNOWN } from "../support/seed";
import { catalogText } from "../support/statusText";

const SCREEN = { width: 1280, height: 800 };

interface SavedPbx {
	readonly id: string;
	readonly type: string;
	readonly url?: string;
	readonly country?: string;
	readonly language?: string;
	readonly timeZone?: string;
	readonly words?: readonly object[];
}

for (const [locale, language, zone, country] of [
	["es-ES", "es", "Europe/Madrid", "ES"],
	["pt-PT", "pt", "Europe/Lisbon", "PT"],
] as const) {
	describe(`the first hour in ${locale}`, function () {
		this.timeout(120_000);
		let simulator: Simulator;
		let red: NodeRed;
		let browser: Browser;
		let editor: EditorPage;
		let page: Page;
		let port: number;
		const text = (key: string, node = "pbx-config") => catalogText(language, node, key);

		before(async () => {
			simulator = new Simulator({ port: 0, tenant: "227", key: null, extensions: ["11", "12"] });
			port = await simulator.listen();
			const input = (id: string, y: number, over: object) => ({
				...{ id, type: "pbx-in", z: "tab", x: 300, y, name: id, pbx: "pbx", channel: "extension", extensions: "11" },
				...{ events: ["call.ringing"], directions: [], outcomes: [], split: false, outputs: 1, wires: [[]], ...over },
			});
			const flows = [
				{ id: "tab", type: "tab", label: "Calls" },
				{ id: "wrong", type: "pbx-config", name: "", url: "http://192.0.2.1", tenant: "227", version: 3 },
				{ id: "unset", type: "pbx-config", name: "", url: "ws://${NOT_SET_HERE}:9300", tenant: "227", version: 3 },
				input("no pbx", 200, { pbx: "" }),
				input("wrong address", 300, { pbx: "wrong" }),
				input("no variable", 400, { pbx: "unset" }),
			];
			// What the run time says is English: what the canvas says is not.
			red = await NodeRed.start({ flows, lang: "en-US", env: { PBX_PORT: String(port), PHONE: "12" } });
			browser = await openBrowser();
			editor = await EditorPage.open(browser, red.url, locale, zone, SCREEN);
			page = editor.page;
		});
		after(async () => {
			await closePages(browser);
			await red?.stop();
			await simulator?.close();
		});

		const shows = (label: string, status: string) =>
			editor.statusOf(editor.onCanvas(label)).getByText(status, { exact: true }).waitFor();
		const saved = async () =>
			((await red.get("/flows")) as SavedPbx[]).find(
				({ id, type }) => type === "pbx-config" && id !== "wrong" && id !== "unset",
			) as SavedPbx;

		it("tells apart, in the browser's language, what keeps a node from starting", async () => {
			await shows("no pbx", text("fault.no-config"));
			await shows("wrong address", text("fault.invalid-url"));
			await shows("no variable", "${NOT_SET_HERE} = ?");
		});

		it("takes a new PBX to be where the browser is, and offers the address that was meant", async () => {
			await editor.place("pbx-in", "pbx in", 200, 100);
			await editor.openForm(editor.onCanvas("pbx in"));
			await page.locator("#node-input-extensions").fill("11, ${PHONE}");
			await editor.openPbxForm("add");
			const url = page.locator("#node-config-input-url");
			const meant = page.locator("#pbx-config-url-meant button");
			for (const [typed, offered] of [
				["192.168.1.5", "ws://192.168.1.5:9300"],
				["192.168.1.5:9301", "ws://192.168.1.5:9301"],
				["http://pbx.example/crm?x=1", "ws://pbx.example:9300"],
				["https://pbx.example", "wss://pbx.example:9300"],
				["pbx.example/crm", "ws://pbx.example:9300"],
				["ws:/pbx.example", "ws://pbx.example:9300"],
			] as const) {
				await url.fill(typed);
				await meant.getByText(offered, { exact: true }).waitFor();
			}
			await url.fill(`127.0.0.1:${port}`);
			await meant.click();
			assert.equal(await url.inputValue(), `ws://127.0.0.1:${port}`);
			await meant.waitFor({ state: "hidden" });
			await url.and(page.locator(":not(.input-error)")).waitFor();
		});

		it("tests the connection as the extension of the node, and says how it went in a sentence", async () => {
			await page.locator("#node-config-input-tenant").fill("227");
			assert.equal(await page.locator("#pbx-config-test-extension").inputValue(), "11");
			await page.locator("#pbx-config-test").click();
			const sentence = text("test.result.state")
				.replace("__extension__", "11")
				.replace("__state__", text("phone.idle"));
			await page.locator("#pbx-config-test-result").getByText(sentence, { exact: true }).waitFor();
		});

		it("has no tab of the PBX's form that is longer than a screen", async () => {
			for (const tab of PBX_TABS) {
				await editor.showTab(tab);
				const { bottom, width, right } = (await page.evaluate(`(() => {
					const panel = document.querySelector("#pbx-config-panel-${tab}").getBoundingClientRect();
					const label = document.querySelector('#pbx-config-tabs a[href="#pbx-config-panel-${tab}"]');
					return { bottom: panel.bottom, width: label.scrollWidth, right: label.clientWidth };
				})()`)) as { bottom: number; width: number; right: number };
				assert.ok(bottom <= SCREEN.height - 35, `${tab} ends at ${bottom}`);
				assert.ok(width <= right + 1, `the label of ${tab} is cut`);
			}
		});

		it("connects with variables within the texts", async () => {
			await editor.showTab("connection");
			await page.locator("#node-config-input-url").fill("ws://127.0.0.1:${PBX_PORT}");
			await editor.closeForm("#node-config-dialog-ok");
			await editor.closeForm("#node-dialog-ok");
			assert.equal(await editor.onCanvas("11, ${PHONE}").locator(".red-ui-flow-node-error").isVisible(), false);
			await editor.deploy();
			await eventually(() => assert.deepEqual([...simulator.status().clients].sort(), ["11", "12"]));
			// A phone where nothing happens says nothing: the node adds that until the first call.
			await editor
				.statusOf(editor.onCanvas("11, ${PHONE}"))
				.getByText(new RegExp(`^${text("status.connected")}`))
				.waitFor();
			const { url, country: from, language: spoken, timeZone } = await saved();
			assert.deepEqual([url, from, spoken, timeZone], ["ws://127.0.0.1:${PBX_PORT}", country, language, zone]);
		});

		it("shows what a message looks like: an example, and the last one that came", async () => {
			await editor.openForm(editor.onCanvas("11, ${PHONE}"));
			await page.locator("#pbx-in-preview-box summary").click();
			const shown = page.locator("#pbx-in-preview");
			for (const name of EVENT_NAMES) {
				await page.locator(`#pbx-in-event-${name.replace(".", "-")}`).check();
				await page.locator("#pbx-in-preview-event").selectOption(name);
				const { payload, topic } = JSON.parse(await shown.innerText()) as { payload: { event: string }; topic: string };
				assert.equal(payload.event, name);
				// Of 11 as an example, or of the one that was connected last.
				assert.match(topic, new RegExp(`^pbx/227/1[12]/${name.replace(".", "/")}$`));
			}
			await page.locator("#pbx-in-preview-event").selectOption("call.ringing");
			await page.locator("#pbx-in-preview-source").getByText(text("preview.example")).waitFor();
			// It looks every few seconds, and what comes from then on is kept.
			await page.waitForResponse((response) => response.url().endsWith("/last-events"));
			simulator.run({ command: "ring", extension: "12", number: "912345678" });
			await shown.getByText('"number": "912345678"').waitFor();
			if (country === "PT") await shown.getByText("+351912345678").first().waitFor();
			await page.locator("#node-dialog-cancel").click();
			await page.locator("#node-dialog-cancel").waitFor({ state: "detached" });
		});

		it("shows a word that nobody knows, and is taught it with a click", async () => {
			simulator.run({ command: "send", extension: "12", text: "(info,-En conversación)" });
			await shows("11, ${PHONE}", "«En conversación» ?");
			await editor.openForm(editor.onCanvas("11, ${PHONE}"));
			await editor.openPbxForm("edit");
			await editor.showTab("words");
			await editor.assertAccessible("#pbx-config-panel-words");
			const offer = page.locator('#pbx-config-heard-words li[data-word="En conversación"]');
			await offer.getByText("(info,-En conversación)").waitFor();
			await offer.locator("button").click();
			await offer.waitFor({ state: "hidden" });
			const row = page.locator("#pbx-config-words .pbx-word");
			assert.equal(await row.locator("input").inputValue(), "En conversación");
			await row.locator("select.input-error").waitFor();
			await row.locator("select").selectOption({ label: text("words.meaning.busy") });
			await editor.closeForm("#node-config-dialog-ok");
			await editor.closeForm("#node-dialog-ok");
			await editor.deploy();
			await eventually(async () =>
				assert.deepEqual((await saved()).words, [{ word: "En conversación", meaning: "busy" }]),
			);
			simulator.run({ command: "send", extension: "11", text: "(info,-Timbre)(CALL,912345678)" });
			await shows("11, ${PHONE}", "♪ 912345678");
			simulator.run({ command: "send", extension: "11", text: "(info,-EN CONVERSACION)" });
			await eventually(async () => {
				const phones = (await red.get(`/pbx/${(await saved()).id}/extensions`)) as {
					extension: string;
					state: string;
				}[];
				assert.equal(phones.find(({ extension }) => extension === "11")?.state, "busy");
			});
			assert.deepEqual(await red.get(`/pbx/${(await saved()).id}/words`), []);
		});

		it("says where the monitor is refused and an extension is not", async () => {
			const server = await ScriptedServer.start();
			await editor.openForm(editor.onCanvas("11, ${PHONE}"));
			await editor.openPbxForm("edit");
			await page.locator("#node-config-input-url").fill(server.url);
			await page.locator("#pbx-config-test-extension").fill("999");
			await page.locator("#pbx-config-test").click();
			const monitor = await server.client(0);
			for (let i = 0; i < 3; i++) monitor.say(PROMPT_KEY.replace("???", "ID?"));
			const phone = await server.client(1);
			phone.say(PROMPT_KNOWN);
			await phone.hears();
			phone.say("(info,-Libre)");
			const sentence = text("test.result.only-phone").replace("__extension__", "11");
			await page.locator("#pbx-config-test-result").getByText(sentence, { exact: true }).waitFor();
			await page.locator("#node-config-dialog-cancel").click();
			await page.locator("#node-config-dialog-cancel").waitFor({ state: "detached" });
			await server.stop();
		});

		it("reports no error of its own", () => {
			assert.deepEqual(editor.faults, []);
		});
	});
}
