import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Simulator } from "../../src/simulator/simulator";
import { closePages, openBrowser } from "../support/browser";
import { eventually } from "../support/eventually";
import { freePort, ROOT } from "../support/nodeRed";

/** What the page is told. */
interface Told {
	readonly id: number;
	readonly event?: string;
	readonly call?: { readonly event: string; readonly extension: string; readonly e164: string | null };
	readonly customers?: readonly { readonly name: string }[];
}

describe("npm start", () => {
	let userDir: string;
	let child: ChildProcess;
	let url: string;
	let output: string;

	beforeEach(() => {
		userDir = mkdtempSync(join(tmpdir(), "node-red-pbx-demo-"));
	});
	afterEach(async () => {
		if (child.exitCode === null) {
			const ended = once(child, "exit");
			child.kill("SIGINT");
			await ended;
		}
		rmSync(userDir, { recursive: true, force: true });
	});

	async function start(env: Record<string, string>): Promise<void> {
		const port = String(await freePort());
		url = `http://127.0.0.1:${port}`;
		output = "";
		child = spawn(process.execPath, [join(ROOT, "demo", "start.mjs")], {
			env: { ...process.env, ...env, PORT: port, DEMO_DIR: userDir },
		});
		child.stdout?.on("data", (data) => {
			output += data;
		});
		await eventually(() => assert.match(output, /Ctrl-C ends everything/, output), 60);
	}
	async function told(after = 0): Promise<Told[]> {
		return (await fetch(`${url}/crm/events?after=${after}`)).json() as Promise<Told[]>;
	}
	async function call(extension: string, number: string): Promise<{ outcome?: string; error?: string }> {
		const headers = { "content-type": "application/json" };
		const body = JSON.stringify({ extension, number });
		return (await fetch(`${url}/crm/call`, { method: "POST", headers, body })).json() as Promise<object>;
	}

	/** What a page of another site sends, and would get to read. */
	async function assertKeptFromOtherSites(): Promise<void> {
		const origin = "http://localhost:1";
		for (const [type, body] of [
			["application/x-www-form-urlencoded", "extension=11&number=600000101"],
			["text/plain", '{"extension": "11", "number": "600000101"}'],
			["application/json", '{"extension": "11", "number": "600000101"}'],
		] as const) {
			const headers = { "content-type": type, origin };
			assert.equal((await fetch(`${url}/crm/call`, { method: "POST", headers, body })).status, 403, type);
		}
		for (const path of ["/crm/events", "/crm/extensions"]) {
			const answer = await fetch(`${url}${path}?callback=steal`, { headers: { origin } });
			assert.equal(answer.headers.get("content-type"), "application/json; charset=utf-8");
			assert.equal(answer.headers.get("access-control-allow-origin"), "https://none.invalid");
			assert.doesNotMatch(await answer.text(), /steal/);
		}
	}

	it("shows calls that arrive by themselves, each looked up in the CRM, and calls back with a click", async function () {
		this.timeout(180_000);
		await start({});
		assert.match(await (await fetch(`${url}/crm`)).text(), /Demo CRM/);
		const card = await eventually(async () => {
			const found = (await told()).find(({ customers }) => customers?.[0]);
			assert.ok(found);
			return found;
		}, 40);
		assert.equal(card.call?.event, "call.ringing");
		assert.ok((await told(card.id)).every(({ id }) => id > card.id));
		await eventually(async () => {
			const results = await Promise.all(["11", "12", "13", "14"].map((extension) => call(extension, "600 000 101")));
			assert.ok(results.some(({ outcome }) => outcome === "calling"));
		}, 40);
		assert.match((await call("11", "not a number")).error ?? "", /cannot be dialled/);
		await assertKeptFromOtherSites();

		const ended = once(child, "exit");
		child.kill("SIGINT");
		assert.deepEqual((await ended)[0], 0);
		await assert.rejects(fetch(url));
	});

	it("speaks the system's language in the flow and the browser's on the page, which fits a phone and calls from a free one", async function () {
		this.timeout(180_000);
		await start({ LC_ALL: "es_ES.UTF-8" });
		const flow = (await (await fetch(`${url}/flows`)).json()) as { label?: string; name?: string; language?: string }[];
		assert.deepEqual(
			flow.flatMap(({ label }) => label ?? []),
			["Centralita y CRM", "Centralita simulada"],
		);
		const names = new Set(flow.flatMap(({ name }) => name || []));
		for (const name of ["pregunta al CRM", "CRM simulado", "la ficha", "ring 11 974319404"])
			assert.ok(names.has(name), name);
		assert.equal(flow.find(({ language }) => language)?.language, "es");

		const browser = await openBrowser();
		try {
			const page = await browser.newPage({ viewport: { width: 360, height: 740 }, locale: "pt-PT" });
			await page.goto(`${url}/crm`);
			const fits = async () =>
				assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360, "pixels that the page is wide");
			await page.locator("#from option").first().waitFor({ state: "attached", timeout: 30_000 });
			await page.getByRole("button", { name: "Ligar", exact: true }).click();
			await page.getByText("Atendido; está a ligar-se para o outro lado.").waitFor({ timeout: 30_000 });
			await fetch(`${url}/inject/s-0`, { method: "POST" });
			await page.locator("#calls li").first().waitFor({ timeout: 40_000 });
			await fits();
			assert.equal(await page.title(), "CRM de demonstração");
			assert.doesNotMatch(await page.locator("body").innerText(), /\b(Call|caller|idle|busy|ringing)\b/i);
		} finally {
			await closePages(browser);
		}
	});

	it("uses the PBX that the environment names instead of the simulated one", async function () {
		this.timeout(180_000);
		const pbx = new Simulator({ port: 0, tenant: "300", key: "a,real)key%", extensions: ["21"] });
		const port = await pbx.listen();
		await start({
			...{ PBX_URL: `ws://127.0.0.1:${port}`, PBX_TENANT: "300", PBX_KEY: "a,real)key%", PBX_EXTENSION: "21" },
		});
		assert.ok(!output.includes("a,real)key%"));
		await eventually(() => assert.deepEqual(pbx.status().clients, ["21"]), 20);
		pbx.run({ command: "ring", extension: "21", number: "974319404" });
		await eventually(async () => {
			const names = (await told()).flatMap(({ customers = [] }) => customers.map(({ name }) => name));
			assert.deepEqual(names, ["Lucía Abadías"]);
		});
		await pbx.close();
	});
});
