import assert from "node:assert/strict";
import axe from "axe-core";
import type { Page } from "playwright-core";

/** Fails where a page, or a part of it, keeps people with disabilities out. */
export async function assertNoBarriers(page: Page, part = "html"): Promise<void> {
	await page.evaluate(axe.source);
	const found = await page.evaluate(async (selector) => {
		const runner = Reflect.get(globalThis, "axe") as typeof axe;
		const { violations } = await runner.run(selector, { resultTypes: ["violations"] });
		return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join("\n")}`);
	}, part);
	assert.deepEqual(found, []);
}
