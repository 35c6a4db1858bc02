// `npm run screenshots`: takes the README's pictures from the running demo.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { openBrowser } from "../test/support/browser";
import { eventually } from "../test/support/eventually";
import { LANGUAGES, localeOf, shortOf } from "../test/support/languages";
import { freePort, ROOT } from "../test/support/nodeRed";

const IMAGES = join(ROOT, "docs", "images");

async function shoot(page: Page, name: string, clip?: { x: number; y: number; width: number; height: number }) {
	await page.screenshot({ path: join(IMAGES, `${name}.png`), ...(clip && { clip }) });
}

/** The part of the editor that one element takes. */
async function shootPart(page: Page, selector: string, name: string): Promise<void> {
	// Trays slide in.
	await page.waitForTimeout(700);
	await page
		.locator(selector)
		.last()
		.screenshot({ path: join(IMAGES, `${name}.png`) });
}

/** The palette, each form, the test of a connection, and the tab of the sidebar. */
async function shootForms(page: Page, suffix: string): Promise<void> {
	await page.locator(".red-ui-flow-node-status-label").filter({ hasText: /./ }).first().waitFor({ timeout: 60_000 });
	if (suffix === "") await shootPart(page, "#red-ui-palette-container-telephony", "palette");
	await page.evaluate('RED.sidebar.show("pbx")');
	await page.locator(".pbx-calls li").first().waitFor({ timeout: 60_000 });
	await page.locator(".pbx-log li:nth-child(4)").waitFor({ timeout: 60_000 });
	await shootPart(page, "#red-ui-sidebar", `sidebar${suffix}`);
	for (const type of ["pbx-in", "pbx-call", "pbx-status", "pbx-simulator"]) {
		const isThere = await page.evaluate(
			`(() => { const [node] = RED.nodes.filterNodes({type: "${type}"}); if (node) RED.editor.edit(node); return !!node; })()`,
		);
		if (!isThere) continue;
		await page.locator("#node-dialog-ok").waitFor();
		await shootPart(page, ".red-ui-tray", `form-${type}${suffix}`);
		await page.locator("#node-dialog-cancel").click();
		await page.locator("#node-dialog-cancel").waitFor({ state: "detached" });
	}
	await page.evaluate(`RED.editor.editConfig("pbx", "pbx-config", RED.nodes.filterNodes({type: "pbx-in"})[0].pbx)`);
	await page.locator("#pbx-config-test").click();
	await page.locator('[data-step="ticket"][data-outcome="ok"]').waitFor();
	await shootPart(page, ".red-ui-tray", `form-pbx-config${suffix}`);
	await page.locator('#pbx-config-tabs a[href="#pbx-config-panel-pro"]').click();
	await page.locator("#pbx-config-recommended").click();
	const line =
		"pbx2crm;estado=colgado;sentido=entrante;numero=974319404;cola=Ventas;id=1508337505.3520740;duracion=42;extension=11;";
	await page.locator("#pbx-config-sample").fill(line);
	await page.locator("#pbx-config-sample-answer").scrollIntoViewIfNeeded();
	await shootPart(page, ".red-ui-tray", `form-pro-events${suffix}`);
	await page.locator("#node-config-dialog-cancel").click();
}

async function main(): Promise<void> {
	mkdirSync(IMAGES, { recursive: true });
	const userDir = mkdtempSync(join(tmpdir(), "node-red-pbx-"));
	const port = await freePort();
	const env = { ...process.env, LC_ALL: "C", PORT: String(port), DEMO_DIR: userDir };
	const demo = spawn(process.execPath, [join(ROOT, "demo", "start.mjs")], { env, stdio: "ignore" });
	const url = `http://127.0.0.1:${port}`;
	await eventually(async () => (await fetch(`${url}/crm`)).text(), 60);
	const browser = await openBrowser();
	try {
		let page = await browser.newPage({ viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1 });
		await page.goto(`${url}/crm`);
		await page.locator("#from option").first().waitFor({ state: "attached", timeout: 60_000 });
		// A card of a known customer, with a few calls in the list.
		await page.locator("#card dt", { hasText: "Company" }).waitFor({ timeout: 120_000 });
		await page.locator("#calls li:nth-child(4)").waitFor({ timeout: 120_000 });
		await page.locator("#card dt", { hasText: "Company" }).waitFor({ timeout: 120_000 });
		await shoot(page, "demo-page", { x: 0, y: 0, width: 1280, height: 560 });

		// The page stays open, so that the flow shows its connection.
		page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
		await page.goto(url);
		await page
			.locator(".red-ui-flow-node-status-label", { hasText: /^connected/ })
			.first()
			.waitFor({ timeout: 60_000 });
		await page.keyboard.press("Control+Space");
		await shoot(page, "demo-flow");

		for (const language of LANGUAGES) {
			const context = await browser.newContext({ viewport: { width: 1280, height: 960 }, locale: localeOf(language) });
			page = await context.newPage();
			await page.goto(url);
			await shootForms(page, language === "en-US" ? "" : `-${shortOf(language)}`);
		}
	} finally {
		await browser.close();
		demo.kill("SIGINT");
		await once(demo, "exit");
		rmSync(userDir, { recursive: true, force: true });
	}
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
