import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import WebSocket from "ws";
import { parseCommand } from "../../src/simulator/parseCommand";
import { Simulator } from "../../src/simulator/simulator";
import { closePages, openBrowser } from "../support/browser";
import { EditorPage } from "../support/editorPage";
import { eventually } from "../support/eventually";
import { NodeRed, ROOT } from "../support/nodeRed";

const KEY = "recognisable-key-4711";

/** What the monitor hears of a file that `pbx-simulator` replays, but for the prompt. */
async function heardOfReplay(path: string): Promise<readonly string[]> {
	const cli = join(ROOT, "dist", "src", "simulator", "cli.js");
	const args = ["--port", "0", "--extensions", "11,12", "--quiet", "--speed", "10", "--replay", path];
	const child = spawn(process.execPath, [cli, ...args]);
	try {
		let output = "";
		child.stdout.on("data", (data) => {
			output += data;
		});
		const url = await eventually(() => {
			const found = /ws:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
			assert.ok(found, output);
			return found;
		}, 30);
		const heard: string[] = [];
		const client = new WebSocket(url);
		client.on("message", (data) => {
			// Without a key the command knows everybody.
			if (String(data).startsWith("(ID?")) client.send("227, 999");
			else heard.push(String(data));
		});
		await eventually(
			() =>
				assert.ok(
					heard.some((text) => text.includes("-terminada-11-")),
					heard.join("\n"),
				),
			30,
		);
		client.terminate();
		return heard;
	} finally {
		child.kill();
	}
}

describe("the trace in the sidebar", function () {
	this.timeout(120_000);
	let simulator: Simulator;
	let red: NodeRed;
	let browser: Browser;
	let folder: string;

	before(async () => {
		folder = mkdtempSync(join(tmpdir(), "pbx-trace-"));
		simulator = new Simulator({ port: 0, tenant: "227", key: KEY, extensions: ["11", "12"] });
		const url = `ws://127.0.0.1:${await simulator.listen()}`;
		const flows = [
			{ id: "tab", type: "tab", label: "Calls" },
			{ id: "pbx", type: "pbx-config", name: "Oficina", url, tenant: "227", settle: 0, store: "none" },
			{
				...{ id: "in", type: "pbx-in", z: "tab", pbx: "pbx", channel: "monitor", extensions: "" },
				...{ events: ["call.record"], split: false, x: 200, y: 100, wires: [[]] },
			},
		];
		red = await NodeRed.start({ flows, credentials: { pbx: { key: KEY } } });
		await eventually(() => assert.deepEqual(simulator.status().clients, ["999"]), 30);
		browser = await openBrowser();
	});
	after(async () => {
		await closePages(browser);
		await red?.stop();
		await simulator?.close();
		rmSync(folder, { recursive: true, force: true });
	});

	it("records while a call rings, and downloads what the simulator replays, with another number; copies a diagnosis", async () => {
		const editor = await EditorPage.open(browser, red.url, "es-ES", "Europe/Madrid", { width: 1280, height: 800 });
		const { page } = editor;
		await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
		await page.evaluate('RED.actions.invoke("pbx:show-pbx-tab")');
		const section = page.locator('.pbx-section[data-section="trace"]');
		const press = (name: string) => section.locator(`[data-trace="${name}"]`).click();
		await section.locator("summary").click();
		await section.locator('[data-trace="trace-start"]:enabled').press("Enter");
		await section.getByRole("status").getByText("9:").waitFor();
		simulator.run({ command: "ring", extension: "11", number: "974319404" });
		simulator.run({ command: "answer", extension: "11" });
		simulator.run({ command: "hangup", extension: "11" });
		await eventually(async () => {
			const state = (await (await fetch(`${red.url}/pbx/pbx/trace`)).json()) as { frames: number };
			assert.ok(state.frames >= 3, JSON.stringify(state));
		});
		await editor.assertAccessible(".pbx-sidebar");
		const pictures = process.env.PICTURES;
		if (pictures) {
			mkdirSync(pictures, { recursive: true });
			await page.screenshot({ path: join(pictures, "trace-es.png") });
		}
		// The keyboard is where the button was.
		assert.equal(await page.evaluate("document.activeElement.dataset.trace"), "trace-stop");
		const [file] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
		assert.match(file.suggestedFilename(), /^pbx-trace-.*\.jsonl$/);
		const path = join(folder, "trace.jsonl");
		await file.saveAs(path);
		await section.locator('[data-trace="trace-download"]:focus').waitFor();
		if (pictures) await page.screenshot({ path: join(pictures, "trace-es-over.png") });
		const capture = readFileSync(path, "utf8");
		assert.ok(!capture.includes("319404") && !capture.includes(KEY));

		await press("diagnostics");
		const copied = await eventually(async () => {
			const text = String(await page.evaluate("navigator.clipboard.readText()"));
			assert.match(text, /^- 999: connected/m);
			return text;
		});
		assert.ok(!copied.includes(KEY));

		// What the monitor hears of the replay is the same call, from another number.
		simulator.run(parseCommand({ command: "replay", capture }));
		const calls = page.locator('.pbx-section[data-section="events"] .pbx-log li');
		await calls.filter({ hasText: "974000001" }).first().waitFor();
		assert.deepEqual(editor.faults, []);

		const heard = await heardOfReplay(path);
		assert.ok(
			heard.some((text) => /^\(info,270-Timbre-11-0\)/.test(text)),
			JSON.stringify(heard),
		);
		assert.ok(
			heard.some((text) => text.includes("-974000001-11-")),
			JSON.stringify(heard),
		);
		assert.ok(
			heard.some((text) => text.includes("-terminada-11-")),
			JSON.stringify(heard),
		);
	});
});
