import assert from "node:assert/strict";
import type { Browser, Locator } from "playwright-core";
import { closePages, openBrowser } from "../support/browser";
import { EditorPage, PBX_TABS } from "../support/editorPage";
import { NodeRed } from "../support/nodeRed";
import { nodeRed5 } from "../support/nodeRed5";

const PBX = { pbx: "pbx", wires: [[]], z: "tab", x: 300 };
const CALLS = { channel: "monitor", extensions: "", directions: [], outcomes: [] };

/** A node of each type that has a form of its own. */
const NODES = [
	{ ...PBX, ...CALLS, id: "in", type: "pbx-in", name: "in", y: 60, events: ["call.record"], split: false },
	{
		...{ ...PBX, id: "call", type: "pbx-call", name: "call", y: 120, extension: "11", extensionType: "str" },
		...{ number: "payload", numberType: "msg", timeout: 10 },
	},
	{
		...{ ...PBX, id: "status", type: "pbx-status", name: "status", y: 180, extension: "payload", extensionType: "msg" },
		...{ source: "ask", via: "11", timeout: 10 },
	},
	{
		...{ ...PBX, ...CALLS, id: "log", type: "pbx-log", name: "log", y: 240, queue: "crm", timeout: 10, parallel: 2 },
		...{ giveUp: 24, fromStart: false },
	},
	{
		...{ ...PBX, ...CALLS, id: "history", type: "pbx-history", name: "history", y: 300, query: "calls", by: "day" },
		...{ number: "payload", numberType: "msg", from: "-7", fromType: "str", to: "0", toType: "str", limit: 10 },
		format: "objects",
	},
	{
		...{ ...PBX, id: "contact", type: "pbx-contact", name: "contact", y: 360, minutes: 10 },
		...{ contactName: "payload.name", contactNameType: "msg", contactId: "payload.id", contactIdType: "msg" },
		...{ contactUrl: "payload.url", contactUrlType: "msg" },
	},
	{
		...{ ...PBX, id: "sim", type: "pbx-simulator", name: "sim", y: 420, port: 0, host: "127.0.0.1", tenant: "227" },
		...{ extensions: "11, 12", silent: "", traffic: 0, pbx: "" },
	},
];

describe("forms and sidebar in Node-RED 5, light and dark", function () {
	this.timeout(180_000);
	let red: NodeRed;
	let browser: Browser;
	let editor: EditorPage;

	before(async function () {
		const options = nodeRed5();
		if (!options) this.skip();
		const config = {
			...{ id: "pbx", type: "pbx-config", name: "Oficina", url: "ws://127.0.0.1:9", tenant: "227", store: "none" },
			...{
				people: [{ extension: "11", name: "Ana", user: "", email: "" }],
				words: [{ word: "Comiendo", meaning: "" }],
			},
			activations: [{ state: "timbre", direction: "entrante", command: "n=/*CALLER_ID*/" }],
		};
		red = await NodeRed.start({ ...options, flows: [{ id: "tab", type: "tab", label: "Calls" }, config, ...NODES] });
		browser = await openBrowser();
		editor = await EditorPage.open(browser, red.url, "es-ES", "Europe/Madrid", { width: 1280, height: 800 });
	});
	after(async () => {
		await closePages(browser);
		await red?.stop();
	});

	/** As Node-RED 5 sets its themes. */
	async function inBothThemes(part: string): Promise<void> {
		for (const isDark of [false, true]) {
			await editor.page.evaluate(`document.documentElement.classList.toggle("nr-theme-dark", ${isDark})`);
			await editor.assertAccessible(part);
		}
	}

	/** Goes through a part with the Tab key, and sees that each of its controls is reached and shows it. */
	async function assertReached(part: Locator): Promise<void> {
		const controls = "input:not([type=hidden]), select, textarea, button, summary, a[href], [tabindex='0']";
		const missed = await part.evaluate((root, wanted) => {
			const all = [...root.querySelectorAll<HTMLElement>(wanted)].filter(
				(each) => each.checkVisibility() && !(each as HTMLInputElement).disabled && each.tabIndex >= 0,
			);
			for (const each of all) each.dataset.missed = "";
			root.addEventListener("focusin", ({ target }) => delete (target as HTMLElement).dataset.missed);
			all[0]?.focus();
			return all.length;
		}, controls);
		assert.ok(missed > 0);
		for (let i = 0; i < missed + 3; i++) await editor.page.keyboard.press("Tab");
		const left = await part.evaluate((root) =>
			[...root.querySelectorAll("[data-missed]")].map(({ outerHTML }) => outerHTML.slice(0, 200)),
		);
		assert.deepEqual(left, []);
	}

	/** Labels in one line, and fields that end where the others end. */
	async function assertAligned(form: Locator): Promise<void> {
		const found = await form.evaluate((root) => ({
			wrapped: [...root.querySelectorAll<HTMLElement>(".form-row > label:first-child")]
				.filter((each) => each.checkVisibility() && each.offsetHeight > 30)
				.map(({ textContent }) => textContent),
			edges: [
				...root.querySelectorAll(
					".form-row > select, .form-row > input[type=text], .form-row > .red-ui-typedInput-container",
				),
			]
				.filter((each) => each.checkVisibility() && each.getBoundingClientRect().width > 200)
				.map((each) => Math.round(each.getBoundingClientRect().right)),
		}));
		assert.deepEqual(found.wrapped, []);
		assert.ok(Math.max(...found.edges, 0) - Math.min(...found.edges, 10_000) <= 1, found.edges.join(" "));
	}

	for (const { id, type } of NODES) {
		it(`keeps nobody out of ${type}`, async () => {
			const { page } = editor;
			await editor.openForm(editor.onCanvas(id));
			const form = page.locator("#dialog-form");
			await inBothThemes("#dialog-form .form-row");
			await assertAligned(form);
			await assertReached(form);
			await page.locator("#node-dialog-cancel").click();
			await page.locator("#node-dialog-cancel").waitFor({ state: "detached" });
		});
	}

	it("keeps nobody out of any tab of pbx-config", async () => {
		const { page } = editor;
		await editor.openForm(editor.onCanvas("in"));
		await editor.openPbxForm("edit");
		for (const tab of PBX_TABS) {
			await editor.showTab(tab);
			const panel = page.locator(`#pbx-config-panel-${tab}`);
			await inBothThemes(`#pbx-config-panel-${tab}`);
			if (tab !== "pro") await assertAligned(panel);
			await assertReached(panel);
		}
		for (const button of ["#node-config-dialog-cancel", "#node-dialog-cancel"]) {
			await page.locator(button).click();
			await page.locator(button).waitFor({ state: "detached" });
		}
	});

	it("keeps nobody out of the sidebar", async () => {
		const tab = await editor.showSidebar();
		await tab.locator('[data-section="links"] li').first().waitFor();
		for (const name of ["simulators", "trace"]) await tab.locator(`[data-section="${name}"] > summary`).press("Enter");
		await tab.locator('[data-command="ring"]').waitFor();
		await inBothThemes(".pbx-sidebar");
		await assertReached(tab);
	});

	it("warns where another pbx-log shares the queue and takes other calls", async () => {
		const { page } = editor;
		await page.evaluate('RED.nodes.node("log").queue = "crm"');
		await page.evaluate(
			'RED.nodes.import([{ id: "other", type: "pbx-log", z: "tab", name: "other", pbx: "pbx", channel: "monitor", extensions: "12 11", directions: [], outcomes: ["missed"], queue: "crm", timeout: 10, parallel: 2, giveUp: 24, fromStart: false, x: 600, y: 300, wires: [[], []] }]); RED.view.redraw(true)',
		);
		await editor.openForm(editor.onCanvas("log"));
		const warning = page.locator("#pbx-log-rival");
		await warning.waitFor();
		await page.locator("#node-input-extensions").fill("11, 12");
		assert.ok(await warning.isVisible());
		await page.locator("#pbx-log-outcomes input").nth(1).check();
		await warning.waitFor({ state: "hidden" });
		await page.locator("#node-input-extensions").fill("");
		await warning.waitFor();
		await page.locator("#node-input-queue").fill("mine");
		await warning.waitFor({ state: "hidden" });
		await page.locator("#node-dialog-cancel").click();
	});

	it("reports no error", () => assert.deepEqual(editor.faults, []));
});
