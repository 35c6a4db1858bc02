import assert from "node:assert/strict";
import axe from "axe-core";
import type { Page } from "playwright-core";

/** Fails where a page keeps people with disabilities out. */
export async function assertNoBarriers(page: Page): Promise<void> {
	await page.evaluate(axe.source);
	const found = await page.evaluate(async () => {
		const runner = Reflect.get(globalThis, "axe") as typeof axe;
		const { violations } = await runner.run({ resultTypes: ["violations"] });
		return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join("\n")}`);
	});
	assert.deepEqual(found, []);
}
