// `npm run pictures`: takes the pictures of docs/flows.md, each from its example as it is.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { closePages, openBrowser } from "../test/support/browser";
import { eventually } from "../test/support/eventually";
import { type RunningExample, startExample } from "../test/support/example";
import { ROOT } from "../test/support/nodeRed";

const IMAGES = join(ROOT, "docs", "images");

async function shoot(page: Page, name: string, height: number): Promise<void> {
	const width = page.viewportSize()?.width ?? 0;
	await page.screenshot({ path: join(IMAGES, `${name}.png`), clip: { x: 0, y: 0, width, height } });
}

/** The flow itself, as the editor shows it. */
async function shootEditor(browser: Browser, example: RunningExample, name: string, height: number): Promise<void> {
	const page = await browser.newPage({ viewport: { width: 860, height }, deviceScaleFactor: 1 });
	await page.goto(example.red.url);
	await page.locator(".red-ui-flow-node-group").first().waitFor({ timeout: 60_000 });
	await page.evaluate("RED.sidebar.toggleSidebar?.(); document.querySelector('#red-ui-main-container')");
	await page.keyboard.press("Control+Space");
	await page.keyboard.press("Control+p");
	await page.waitForTimeout(1_500);
	await page.locator("#red-ui-workspace").screenshot({ path: join(IMAGES, `${name}.png`) });
}

async function desktopPicture(browser: Browser, folder: string): Promise<void> {
	const file = join(folder, "links.json");
	const example = await startExample("11", { LINKS_FILE: file });
	try {
		const links = await eventually(() => JSON.parse(readFileSync(file, "utf8")) as Record<string, string>);
		for (const [locale, suffix] of [
			["en-GB", ""],
			["es-ES", "-es"],
			["pt-PT", "-pt"],
		] as const) {
			const page = await browser.newPage({ viewport: { width: 1000, height: 700 }, locale });
			await page.goto(`${example.red.url}/agents/${links["11"]}`);
			await page.locator("#my-state:not(:empty)").waitFor();
			if (suffix === "") {
				for (const command of ["miss 11 600000101 1", "ring 12 915550000", "answer 12"]) await example.play(command);
				await page.locator("#missed button").waitFor({ timeout: 30_000 });
				for (const command of ["ring 11 974319404", "answer 11", "hangup 11"]) await example.play(command);
				await page.locator("#calls li:nth-child(2)").waitFor({ timeout: 30_000 });
				await example.play("ring 11 974319404");
			}
			await page.locator("#record:not([hidden])").waitFor();
			await page.locator("#history:not(:empty)").waitFor();
			await shoot(page, `flow-agents${suffix}`, 620);
		}
	} finally {
		await example.stop();
	}
}

async function wallboardPicture(browser: Browser): Promise<void> {
	const example = await startExample("12");
	try {
		const page = await browser.newPage({
			viewport: { width: 1280, height: 720 },
			locale: "en-GB",
			colorScheme: "dark",
		});
		await page.goto(`${example.red.url}/dashboard/wallboard`);
		await page.locator(".wall").waitFor();
		const before = ["miss 13 600000101@Soporte 1", "ring 12 915550000@Ventas", "answer 12", "hangup 12"];
		for (const command of before) await example.play(command);
		await page.locator("tbody tr:nth-child(2)").waitFor({ timeout: 60_000 });
		for (const command of ["ring 12 915550000@Ventas", "answer 12", "ring 11,14 974319404@Ventas"]) {
			await example.play(command);
		}
		await page.locator(".hot").waitFor();
		await page.waitForTimeout(1_000);
		await shoot(page, "flow-wallboard", 720);
	} finally {
		await example.stop();
	}
}

async function main(): Promise<void> {
	mkdirSync(IMAGES, { recursive: true });
	const folder = mkdtempSync(join(tmpdir(), "node-red-pbx-pictures-"));
	const editors = [
		["13", "notice", 1400],
		["14", "report", 900],
		["15", "metrics", 1230],
		["16", "home-assistant", 800],
	] as const;
	// None of them sees the pages of another.
	const withBrowser = async (shootAll: (browser: Browser) => Promise<void>) => {
		const browser = await openBrowser();
		await shootAll(browser).finally(() => closePages(browser));
	};
	try {
		await withBrowser((browser) => desktopPicture(browser, folder));
		await withBrowser(wallboardPicture);
		for (const [number, name, height] of editors) {
			const example = await startExample(number, { TOLD_FILE: join(folder, "told.json"), FOLDER: folder });
			await withBrowser((browser) => shootEditor(browser, example, `flow-${name}`, height)).finally(() =>
				example.stop(),
			);
		}
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
