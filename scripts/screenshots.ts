// `npm run screenshots`: takes the README's pictures from the running demo.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { openBrowser } from "../test/support/browser";
import { eventually } from "../test/support/eventually";
import { freePort, ROOT } from "../test/support/nodeRed";

const IMAGES = join(ROOT, "docs", "images");

async function shoot(page: Page, name: string, clip?: { x: number; y: number; width: number; height: number }) {
	await page.screenshot({ path: join(IMAGES, `${name}.png`), ...(clip && { clip }) });
}

async function main(): Promise<void> {
	mkdirSync(IMAGES, { recursive: true });
	const userDir = mkdtempSync(join(tmpdir(), "node-red-pbx-"));
	const port = await freePort();
	const env = { ...process.env, PORT: String(port), DEMO_DIR: userDir };
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
		await page.locator(".red-ui-flow-node-status-label", { hasText: "connected" }).first().waitFor({ timeout: 60_000 });
		await page.keyboard.press("Control+Space");
		await shoot(page, "demo-flow");

		await page.locator("#in").dblclick();
		await page.locator("#node-input-channel").waitFor();
		// The tray slides in.
		await page.waitForTimeout(600);
		await shoot(page, "form-pbx-in");
		await page
			.locator("#node-input-lookup-pbx, #node-input-btn-pbx-edit, .red-ui-button:has(.fa-pencil)")
			.first()
			.click();
		await page.locator("#node-config-input-url").waitFor();
		await page.waitForTimeout(600);
		await shoot(page, "form-pbx-config");
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
