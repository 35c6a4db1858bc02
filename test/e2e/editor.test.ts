import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { Simulator } from "../../src/simulator/simulator";
import { closePages, openBrowser } from "../support/browser";
import { EditorPage } from "../support/editorPage";
import { eventually } from "../support/eventually";
import { NodeRed } from "../support/nodeRed";

const KEY = "recognisable-key-4711";
const NUMBER = "974319404";

describe("the editor", function () {
	this.timeout(120_000);
	let simulator: Simulator;
	let server: string;
	let red: NodeRed;
	let browser: Browser;
	let page: Page;
	let editor: EditorPage;

	before(async () => {
		simulator = new Simulator({ port: 0, tenant: "227", key: KEY, extensions: ["11"] });
		server = `ws://127.0.0.1:${await simulator.listen()}`;
		red = await NodeRed.start({ flows: [{ id: "tab", type: "tab", label: "Calls", disabled: false, info: "" }] });
		browser = await openBrowser();
		editor = await EditorPage.open(browser, red.url, "en-US");
		page = editor.page;
	});
	after(async () => {
		await closePages(browser);
		await red?.stop();
		await simulator?.close();
	});

	const onCanvas = (label: string): Locator => editor.onCanvas(label);
	const statusOf = (node: Locator): Locator => editor.statusOf(node);

	it("takes every node from the palette's category telephony to the canvas", async () => {
		const telephony = page.locator("#red-ui-palette-container-telephony .red-ui-palette-node");
		await telephony.first().waitFor();
		const types = await telephony.evaluateAll((nodes) => nodes.map((node) => node.getAttribute("data-palette-type")));
		assert.deepEqual(types.sort(), [
			"pbx-call",
			"pbx-contact",
			"pbx-history",
			"pbx-in",
			"pbx-log",
			"pbx-simulator",
			"pbx-status",
		]);

		await editor.place("pbx-in", "pbx in", 200, 100);
		const others = [
			await editor.place("pbx-call", "pbx call", 200, 200),
			await editor.place("pbx-status", "pbx status", 200, 300),
			await editor.place("pbx-simulator", "pbx simulator 9300", 200, 400),
		];
		for (const node of others) {
			await node.locator(".red-ui-flow-node").click();
			await page.keyboard.press("Delete");
			await node.waitFor({ state: "detached" });
		}
	});

	it("says what is wrong with a server address as long as it is wrong", async () => {
		await editor.openForm(onCanvas("pbx in"));
		await editor.openPbxForm("add");
		const url = page.locator("#node-config-input-url");
		await url.fill("http://nonsense");
		await url.blur();
		await url.and(page.locator(".input-error")).waitFor();
		// The mouse may rest on the field already; only on entering it does the editor show what is wrong.
		await page.locator("#node-config-input-tenant").hover();
		await url.hover();
		await page.locator(".red-ui-popover").getByText("must look like ws://host:9300 or wss://host:9300").waitFor();

		await url.fill(server);
		await url.blur();
		await url.and(page.locator(":not(.input-error)")).waitFor();
	});

	it("takes a PBX and an extension", async () => {
		await page.locator("#node-config-input-tenant").fill("227");
		await page.locator("#node-config-input-key").fill(KEY);
		await editor.closeForm("#node-config-dialog-ok");
		assert.equal(await page.locator("#node-input-pbx option:checked").textContent(), "PBX 227");
		await page.locator("#node-input-extensions").fill("11");
		await editor.closeForm("#node-dialog-ok");
		await onCanvas("11").waitFor();
	});

	it("deploys a flow that connects", async () => {
		const input = onCanvas("11");
		const debug = await editor.place("debug", "debug 1", 500, 100);
		const output = input.locator(".red-ui-flow-port-output .red-ui-flow-port");
		await output.dragTo(debug.locator(".red-ui-flow-port-input .red-ui-flow-port"), { steps: 5 });
		await page.locator(".red-ui-flow-link-line").first().waitFor({ state: "attached" });
		await page.locator("#red-ui-header-button-deploy:not(.disabled)").click();
		// A phone where nothing happens says nothing: the node adds that until the first call.
		await statusOf(input)
			.getByText(/^connected/)
			.waitFor();
	});

	it("shows a call in the debug sidebar", async () => {
		await page.locator("#red-ui-tab-debug-link-button").click();
		simulator.run({ command: "ring", extension: "11", number: NUMBER });
		const message = page.locator(".red-ui-debug-msg").filter({ hasText: "call.ringing" });
		await message.getByText("pbx/227/11/call/ringing").waitFor();
		await message.locator(".red-ui-debug-msg-object-handle").first().click();
		await message.getByText(`"${NUMBER}"`).first().waitFor();
		await statusOf(onCanvas("11")).getByText(`♪ ${NUMBER}`, { exact: true }).waitFor();
		simulator.run({ command: "hangup", extension: "11" });
		await statusOf(onCanvas("11")).getByText("connected", { exact: true }).waitFor();
	});

	it("keeps the key out of the flow and out of sight", async () => {
		const flows = (await red.get("/flows")) as { id: string; type: string }[];
		const config = flows.find(({ type }) => type === "pbx-config");
		assert.ok(config);
		assert.ok(!JSON.stringify(flows).includes(KEY));
		assert.deepEqual(await red.get(`/credentials/pbx-config/${config.id}`), {
			has_key: true,
			has_storePassword: false,
		});
		const saved = (file: string) => readFileSync(join(red.userDir, file), "utf8");
		assert.ok(!saved("flows.json").includes(KEY));
		assert.ok(saved("flows_cred.json").includes(KEY));

		await editor.openForm(onCanvas("11"));
		await editor.openPbxForm("edit");
		const key = page.locator("#node-config-input-key");
		assert.ok(await page.locator("#node-config-input-groups").isChecked());
		assert.equal(await key.getAttribute("type"), "password");
		assert.equal(await key.inputValue(), "__PWRD__");
		assert.ok(!(await page.content()).includes(KEY));
	});

	it("keeps each wire on its kind of event when outputs come and go, and after a reload", async () => {
		await page.locator("#node-config-dialog-cancel").click();
		await page.locator("#node-config-dialog-cancel").waitFor({ state: "detached" });
		await page.locator("#node-input-split").check();
		await editor.closeForm("#node-dialog-ok");
		const input = onCanvas("11");
		const ports = input.locator(".red-ui-flow-port-output .red-ui-flow-port");
		assert.equal(await ports.count(), 2);
		const debugPort = onCanvas("debug 1").locator(".red-ui-flow-port-input .red-ui-flow-port");
		await ports.nth(1).dragTo(debugPort, { steps: 5 });
		await eventually(async () => assert.equal(await page.locator(".red-ui-flow-link-line").count(), 2));

		await editor.openForm(input);
		await page.locator("#pbx-in-event-call-ringing").uncheck();
		await page.locator("#pbx-in-event-link-gap").check();
		await editor.closeForm("#node-dialog-ok");
		assert.equal(await ports.count(), 2);
		await page.locator("#red-ui-header-button-deploy:not(.disabled)").click();
		const node = await eventually(async () => {
			const flows = (await red.get("/flows")) as { type: string; events?: string[]; wires?: string[][] }[];
			const found = flows.find(({ type }) => type === "pbx-in");
			assert.deepEqual(found?.events, ["call.record", "link.gap"]);
			return found;
		});
		// The wire of "call.ringing" went with its output; that of "call.record" moved up with its own.
		assert.deepEqual(
			node?.wires?.map((wires) => wires.length),
			[1, 0],
		);
		await page.reload();
		await input.waitFor();
		assert.equal(await ports.count(), 2);
	});

	it("shows what an empty field means as soon as a monitor's form is open", async () => {
		await editor.openForm(onCanvas("11"));
		await page.locator("#node-input-channel").selectOption("monitor");
		await page.locator("#node-input-extensions").fill("");
		await editor.closeForm("#node-dialog-ok");
		await editor.openForm(onCanvas("monitor"));
		assert.equal(await page.locator("#node-input-extensions").getAttribute("placeholder"), "all extensions");
		for (const box of await page.locator("[id^=pbx-in-event-]").all()) await box.uncheck();
		await page.getByText("Choose at least one event").waitFor();
	});

	it("reports no error", () => {
		assert.deepEqual(editor.faults, []);
	});
});
