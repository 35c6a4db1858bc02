import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { eventually } from "../support/eventually";
import { type RunningExample, startExample } from "../support/example";
import { ROOT } from "../support/nodeRed";
import { readMetrics } from "../support/readMetrics";

describe("the figures for Prometheus", function () {
	this.timeout(180_000);
	let example: RunningExample;

	before(async () => {
		example = await startExample("15");
	});
	after(() => example?.stop());

	async function figures(): Promise<Map<string, number>> {
		const answer = await fetch(`${example.red.url}/metrics`);
		assert.match(answer.headers.get("content-type") ?? "", /^text\/plain;.* version=0\.0\.4/);
		return readMetrics(await answer.text());
	}

	it("are in the text form, before the first call too", async () => {
		const found = await eventually(async () => {
			const now = await figures();
			assert.equal(now.get('pbx_extensions{state="idle"}'), 3);
			return now;
		});
		assert.equal(found.get('pbx_link_up{extension="999"}'), 1);
		assert.equal(found.get("pbx_unreturned_numbers"), 0);
		assert.equal(found.get("pbx_talk_seconds_count"), 0);
	});

	it("count calls, how long they waited and were talked, and what waits for the CRM", async () => {
		await example.press("the CRM is down");
		for (const command of ["ring 11 974319404", "answer 11", "hangup 11", "miss 12 600000101 0"]) {
			await example.play(command);
		}
		const found = await eventually(async () => {
			const now = await figures();
			assert.equal(now.get('pbx_calls_total{direction="inbound",outcome="missed"}'), 1);
			assert.equal(now.get('pbx_calls_total{direction="inbound",outcome="answered"}'), 1);
			assert.equal(now.get("pbx_unreturned_numbers"), 1);
			assert.equal(now.get('pbx_records_waiting{log="records"}'), 2);
			return now;
		}, 20);
		assert.equal(found.get('pbx_wait_seconds_bucket{answered="true",le="10"}'), 1);
		assert.equal(found.get('pbx_wait_seconds_bucket{answered="false",le="+Inf"}'), 1);
		assert.equal(found.get("pbx_talk_seconds_count"), 1);
		await example.press("the CRM is up");
		await eventually(async () => assert.equal((await figures()).get('pbx_records_waiting{log="records"}'), 0), 40);
	});

	it("say that the connection is down, and for how long nothing was heard", async () => {
		await example.play("drop");
		await eventually(async () => assert.equal((await figures()).get('pbx_link_up{extension="999"}'), 0));
		await eventually(async () => {
			const now = await figures();
			assert.equal(now.get('pbx_link_up{extension="999"}'), 1);
			assert.ok((now.get("pbx_unheard_seconds_total") ?? 0) > 0);
		}, 20);
		assert.doesNotMatch(example.red.log, /\[error\]/);
	});

	it("are the ones that the dashboard for Grafana asks for", async () => {
		const dashboard = readFileSync(join(ROOT, "docs", "grafana", "pbx.json"), "utf8");
		const { panels } = JSON.parse(dashboard) as { panels: { title: string; targets: { expr: string }[] }[] };
		const names = new Set([...(await figures()).keys()].map((key) => key.replace(/\{.*/, "")));
		for (const { title, targets } of panels) {
			for (const { expr } of targets) {
				const asked = expr.match(/pbx_\w+/g) ?? [];
				assert.ok(asked.length > 0, title);
				for (const name of asked) assert.ok(names.has(name), name);
			}
		}
	});
});
