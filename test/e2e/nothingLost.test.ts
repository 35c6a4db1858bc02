import assert from "node:assert/strict";
import { closePages, openBrowser } from "../support/browser";
import { eventually } from "../support/eventually";
import { type RunningExample, startExample } from "../support/example";

interface Counts {
	readonly made: number;
	readonly kept: number;
	readonly records: number;
	readonly requests: number;
	readonly calls: readonly { readonly id: string; readonly writes: number }[];
}

interface OpenCall {
	readonly id: string;
	readonly state: string;
	readonly outcome?: string;
	readonly extension?: string;
	readonly partOf?: string;
	readonly seconds?: number;
}

describe("the example that loses nothing", function () {
	this.timeout(180_000);
	let example: RunningExample;
	before(async () => {
		example = await startExample("09");
	});
	after(() => example.stop());

	const counts = () => example.red.get("/nothing-lost/counts") as Promise<Counts>;
	const made = (count: number) => eventually(async () => assert.equal((await counts()).made, count), 20);

	it("brings each call to the CRM once, whatever mood the CRM was in", async () => {
		for (const [i, mood] of ["down", "429", "500", "answer lost", "slow"].entries()) {
			const { requests } = await counts();
			await example.press(mood);
			await example.play(`miss 1${1 + (i % 3)} 60000010${i} 0.2`);
			await made(i + 1);
			await eventually(async () => assert.ok((await counts()).requests > requests, mood), 20);
		}
		assert.ok((await counts()).kept < 5);
		await example.press("well");
		const after = await eventually(async () => {
			const now = await counts();
			assert.equal(now.kept, 5);
			return now;
		}, 60);
		assert.equal(after.records, 5);
		assert.equal(new Set(after.calls.map(({ id }) => id)).size, 5);
	});

	it("gives up what the CRM refuses, until somebody says to try again", async () => {
		await example.press("refusing");
		await example.play("miss 11 600000109 0.2");
		await made(6);
		const log = example.nodes.find(({ type }) => type === "pbx-log")?.id ?? "";
		await eventually(async () => assert.match(example.statuses.get(log) ?? "", /not delivered/), 20);
		await example.press("well");
		await example.press("try all again now");
		await eventually(async () => assert.equal((await counts()).kept, 6), 30);
	});

	it("shows on its page what was made and what the CRM has, in the browser's language", async () => {
		for (const [locale, title] of [
			["es-ES", "No se pierde nada"],
			["pt-PT", "Nada se perde"],
			["en-GB", "Nothing lost"],
		] as const) {
			const browser = await openBrowser();
			try {
				const page = await browser.newPage({ locale, viewport: { width: 1280, height: 800 } });
				const faults: string[] = [];
				page.on("pageerror", (error) => faults.push(error.message));
				await page.goto(`${example.red.url}/nothing-lost`);
				await page.getByRole("heading", { name: title }).waitFor();
				await page.locator("#kept", { hasText: "6" }).waitFor();
				assert.equal(await page.locator("#calls li").count(), 6);
				assert.deepEqual(faults, []);
			} finally {
				await closePages(browser);
			}
		}
	});
});

describe("the example that opens a call when it rings", function () {
	this.timeout(120_000);
	let example: RunningExample;
	before(async () => {
		example = await startExample("10");
	});
	after(() => example.stop());

	const calls = () => example.red.get("/open-calls") as Promise<OpenCall[]>;
	const states = async () => (await calls()).map(({ state }) => state);

	it("has one call from ringing to its end, under the record's key", async () => {
		await example.play("ring 11 974319404");
		await eventually(async () => assert.deepEqual(await states(), ["ringing"]), 20);
		await example.play("answer 11");
		await eventually(async () => assert.deepEqual(await states(), ["talking"]), 20);
		const [{ id } = { id: "" }] = await calls();
		await example.play("hangup 11");
		await eventually(async () => assert.deepEqual(await states(), ["over"]), 20);
		const [over] = await calls();
		assert.deepEqual([over?.id, over?.outcome, over?.extension], [id, "answered", "11"]);
		assert.match(id, /^227\/./);
	});

	it("leaves no call open where several phones rang, or the same caller rang again under another id", async () => {
		await example.play("miss 12,13 600000101 0.5");
		await eventually(async () => {
			const all = await calls();
			assert.equal(all.filter(({ outcome }) => outcome === "missed").length, 1);
			assert.deepEqual([...new Set(all.map(({ state }) => state))], ["over"]);
		}, 20);
	});
});
