import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { assertNoBarriers } from "../support/assertNoBarriers";
import { closePages, openBrowser } from "../support/browser";
import { eventually } from "../support/eventually";
import { type RunningExample, startExample } from "../support/example";

describe("the wallboard", function () {
	this.timeout(120_000);
	let example: RunningExample;
	let browser: Browser;
	let page: Page;

	before(async () => {
		example = await startExample("12");
		browser = await openBrowser();
		page = await browser.newPage({ viewport: { width: 1280, height: 720 }, locale: "pt-PT" });
		await page.goto(`${example.red.url}/dashboard/wallboard`);
		await page.locator(".wall").waitFor();
	});
	after(async () => {
		await closePages(browser);
		await example?.stop();
	});

	async function shows(id: string, text: RegExp): Promise<void> {
		await eventually(async () => assert.match(await page.locator(`#${id}`).innerText(), text), 40);
	}

	it("shows who is free before the first call, in the language of the browser", async () => {
		await shows("free", /^4$/);
		assert.match(await page.locator(".wall").innerText(), /Em espera[\s\S]*Por devolver 0/);
		assert.equal(await page.locator(".alarm").count(), 0);
	});

	it("counts a caller who rings two phones once, and then who talks", async () => {
		await example.play("ring 11,12 974319404@Ventas");
		await shows("waiting", /^1\s*0:\d\d$/);
		await shows("free", /^2$/);
		await example.play("answer 11");
		await shows("talking", /^1$/);
		await shows("waiting", /^0$/);
		await example.play("hangup 11");
	});

	it("counts the day, by queue where PRO events tell it", async () => {
		await example.play("miss 13 <b>Pepe</b>@Soporte 1");
		await example.play("miss 12 600000101@Soporte 1");
		await shows("calls", /^3$/);
		await shows("missed", /^2$/);
		await shows("quick", /^33 %$/);
		await eventually(async () => {
			const rows = await page.locator("tbody tr").allInnerTexts();
			assert.deepEqual(
				rows.map((row) => row.split(/\s+/)),
				[
					["Soporte", "2", "2", "0", "%"],
					["Ventas", "1", "0", "100", "%"],
				],
			);
		}, 40);
	});

	it("ticks a missed call off when somebody calls", async () => {
		await shows("to-return", /^1$/);
		await example.press("12 calls 600000101");
		await shows("to-return", /^0$/);
	});

	it("can be read from five metres: its figures take a tenth of the height, and nothing is cut off", async () => {
		const heights = await page
			.locator(".wall .now dd")
			.evaluateAll((all) => all.map((each) => each.getBoundingClientRect().height / 720));
		assert.ok(Math.min(...heights) > 0.1, String(heights));
		const sizes = await page
			.locator(".wall")
			.evaluate((wall) => [wall.scrollHeight <= wall.clientHeight, wall.scrollWidth <= wall.clientWidth]);
		assert.deepEqual(sizes, [true, true]);
		const top = await page.evaluate("document.elementFromPoint(40, 40).closest('.wall') !== null");
		assert.equal(top, true);
	});

	it("keeps its contrast by day and by night", async () => {
		await assertNoBarriers(page, ".wall");
		await page.emulateMedia({ colorScheme: "dark" });
		await assertNoBarriers(page, ".wall");
	});

	it("says that what it shows may be old when the PBX is not heard", async () => {
		await example.play("refuse silent");
		await example.play("drop");
		await eventually(async () => assert.match(await page.locator(".alarm").innerText(), /O PBX não se ouve/), 20);
		assert.doesNotMatch(example.red.log, /\[error\]/);
	});
});
