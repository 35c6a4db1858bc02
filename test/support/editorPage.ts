import assert from "node:assert/strict";
import axe from "axe-core";
import type { Browser, Locator, Page } from "playwright-core";
import { eventually } from "./eventually";

/** The tabs of the PBX's form. */
export const PBX_TABS = ["connection", "numbers", "people", "words", "store", "guard", "pro"] as const;

/** Node-RED's editor in a browser, as a user has it. */
export class EditorPage {
	/** What went wrong in the page. */
	readonly faults: string[] = [];

	private constructor(readonly page: Page) {}

	/** @param timezoneId  where the browser is: of a new PBX, the country is read from it */
	static async open(
		browser: Browser,
		url: string,
		locale: string,
		timezoneId = "Europe/Madrid",
		viewport = { width: 1500, height: 1000 },
	): Promise<EditorPage> {
		const page = await browser.newPage({ viewport, locale, timezoneId });
		page.setDefaultTimeout(20_000);
		const editor = new EditorPage(page);
		page.on("pageerror", (error) => editor.faults.push(String(error.stack ?? error)));
		page.on("console", (message) => {
			const { url: from } = message.location();
			// The editor asks hosts that a test may not reach, such as for a list of new nodes.
			const isOutside = /^https?:/.test(from) && !from.startsWith(`${url}/`);
			// What a node's own functions throw, the editor catches and only logs.
			const isCaught = message.type() === "log" && /error|^onedit/i.test(message.text());
			if (isCaught || (message.type() === "error" && !isOutside)) editor.faults.push(`${message.text()} (${from})`);
		});
		await page.goto(url);
		await editor.loaded();
		return editor;
	}

	/** Waits until the editor has loaded all nodes, and the flows. */
	async loaded(): Promise<void> {
		await this.page.locator(".red-ui-palette-node").first().waitFor();
		await this.page.locator("#red-ui-loading-progress").waitFor({ state: "hidden" });
	}

	/** The node on the canvas that bears a label. */
	onCanvas(label: string): Locator {
		return this.page
			.locator(".red-ui-flow-node-group")
			.filter({ has: this.page.getByText(label, { exact: true }) })
			.first();
	}

	/** Drags a type from the palette to a place on the canvas; gives the node it becomes. */
	async place(type: string, label: string, x: number, y: number): Promise<Locator> {
		const target = this.page.locator("#red-ui-workspace-chart");
		await this.page.locator(`.red-ui-palette-node[data-palette-type="${type}"]`).dragTo(target, {
			targetPosition: { x, y },
			steps: 5,
		});
		const node = this.onCanvas(label);
		await node.waitFor();
		return node;
	}

	statusOf(node: Locator): Locator {
		return node.locator(".red-ui-flow-node-status-group");
	}

	/** Opens a node's form. */
	async openForm(node: Locator): Promise<void> {
		await node.locator(".red-ui-flow-node").dblclick();
		await this.#waitForForm("#node-dialog-ok");
	}

	/** Opens the PBX's form from that of a node: of a new one, or of the one chosen. */
	async openPbxForm(how: "add" | "edit"): Promise<void> {
		await this.page.locator(`#node-input-btn-pbx-${how}`).click();
		await this.#waitForForm("#node-config-dialog-ok");
	}

	/** Shows a tab of the PBX's form. */
	async showTab(panel: (typeof PBX_TABS)[number]): Promise<void> {
		const shown = this.page.locator(`#pbx-config-panel-${panel}`);
		// Node-RED takes a second click on any tab within 400 ms for a double click, which shows none.
		await eventually(async () => {
			await this.page.locator(`#pbx-config-tabs a[href="#pbx-config-panel-${panel}"]`).click();
			assert.ok(await shown.isVisible());
		});
	}

	/** A form slides in only once its fields are filled with what was saved; its buttons are there before. */
	async #waitForForm(button: string): Promise<void> {
		await this.page
			.locator('.red-ui-tray[style*="right: 0px"]')
			.filter({ has: this.page.locator(button) })
			.waitFor();
		// Then Node-RED puts the cursor into its first field: what is typed before that goes astray.
		await this.page.waitForFunction('$(".red-ui-tray").last().has(document.activeElement).length > 0');
	}

	/** Closes the form on top, and sees it gone. */
	async closeForm(button: "#node-dialog-ok" | "#node-config-dialog-ok"): Promise<void> {
		await this.page.locator(button).click();
		await this.page.locator(button).waitFor({ state: "detached" });
	}

	/** Deploys, be there nodes that are not properly set up, which the editor asks about first. */
	async deploy(): Promise<void> {
		await this.page.locator("#red-ui-header-button-deploy:not(.disabled)").click();
		const done = this.page.locator("#red-ui-header-button-deploy.disabled");
		const confirm = this.page.locator(".red-ui-notification button.primary");
		await done.or(confirm).first().waitFor();
		if (await confirm.isVisible()) await confirm.click();
		await done.waitFor();
	}

	/** Shows the package's tab of the sidebar. */
	async showSidebar(): Promise<Locator> {
		await this.page.evaluate('RED.sidebar.show("pbx")');
		const tab = this.page.locator(".pbx-sidebar");
		await tab.waitFor();
		return tab;
	}

	/** Fails where a part of the page keeps people with disabilities out. */
	async assertAccessible(selector: string): Promise<void> {
		await this.page.evaluate(axe.source);
		const serious = await this.page.evaluate(async (part) => {
			const runner = Reflect.get(globalThis, "axe") as typeof axe;
			const { violations } = await runner.run(part, { resultTypes: ["violations"] });
			return violations
				.filter(({ impact }) => impact === "serious" || impact === "critical")
				.map(
					({ id, nodes }) =>
						`${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join("\n")}`,
				);
		}, selector);
		assert.deepEqual(serious, []);
	}
}
