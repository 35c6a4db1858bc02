import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { Simulator } from "../../src/simulator/simulator";
import { openBrowser } from "../support/browser";
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
	/** What went wrong in the page. */
	const faults: string[] = [];

	before(async () => {
		simulator = new Simulator({ port: 0, tenant: "227", key: KEY, extensions: ["11"] });
		server = `ws://127.0.0.1:${await simulator.listen()}`;
		red = await NodeRed.start({ flows: [{ id: "tab", type: "tab", label: "Calls", disabled: false, info: "" }] });
		browser = await openBrowser();
		page = await browser.newPage({ viewport: { width: 1500, height: 1000 }, locale: "en-US" });
		page.setDefaultTimeout(20_000);
		page.on("pageerror", (error) => faults.push(String(error.stack ?? error)));
		page.on("console", (message) => {
			const { url } = message.location();
			// The editor asks hosts that a test may not reach, such as for a list of new nodes.
			const isOutside = /^https?:/.test(url) && !url.startsWith(`${red.url}/`);
			// What a node's own functions throw, the editor catches and only logs.
			const isCaught = message.type() === "log" && /error|^onedit/i.test(message.text());
			if (isCaught || (message.type() === "error" && !isOutside)) faults.push(`${message.text()} (${url})`);
		});
		await page.goto(red.url);
	});
	after(async () => {
		await browser?.close();
		await red?.stop();
		await simulator?.close();
	});

	/** The node on the canvas that bears a label. */
	const onCanvas = (label: string): Locator =>
		page.locator(".red-ui-flow-node-group").filter({ has: page.getByText(label, { exact: true }) });

	/** Drags a type from the palette to a place on the canvas; gives the node it becomes. */
	async function place(type: string, label: string, x: number, y: number): Promise<Locator> {
		const target = page.locator("#red-ui-workspace-chart");
		await page.locator(`.red-ui-palette-node[data-palette-type="${type}"]`).dragTo(target, {
			targetPosition: { x, y },
			steps: 5,
		});
		const node = onCanvas(label);
		await node.waitFor();
		return node;
	}

	const statusOf = (node: Locator): Locator => node.locator(".red-ui-flow-node-status-group");

	/** Opens a node's form. */
	async function open(node: Locator): Promise<void> {
		await node.locator(".red-ui-flow-node").dblclick();
		await page.locator("#node-dialog-ok").waitFor();
	}

	/** Closes the form on top, and sees it gone. */
	async function close(button: "#node-dialog-ok" | "#node-config-dialog-ok"): Promise<void> {
		await page.locator(button).click();
		await page.locator(button).waitFor({ state: "detached" });
	}

	it("takes every node from the palette's category telephony to the canvas", async () => {
		const telephony = page.locator("#red-ui-palette-container-telephony .red-ui-palette-node");
		await telephony.first().waitFor();
		const types = await telephony.evaluateAll((nodes) => nodes.map((node) => node.getAttribute("data-palette-type")));
		assert.deepEqual(types.sort(), ["pbx-call", "pbx-in", "pbx-simulator", "pbx-status"]);

		await place("pbx-in", "pbx in", 200, 100);
		const others = [
			await place("pbx-call", "pbx call", 200, 200),
			await place("pbx-status", "pbx status", 200, 300),
			await place("pbx-simulator", "pbx simulator 9300", 200, 400),
		];
		for (const node of others) {
			await node.locator(".red-ui-flow-node").click();
			await page.keyboard.press("Delete");
			await node.waitFor({ state: "detached" });
		}
	});

	it("says what is wrong with a server address as long as it is wrong", async () => {
		await open(onCanvas("pbx in"));
		await page.locator("#node-input-btn-pbx-add").click();
		const url = page.locator("#node-config-input-url");
		await url.fill("http://nonsense");
		await url.blur();
		await url.and(page.locator(".input-error")).waitFor();
		// The mouse may rest on the field already; only on entering it does the editor show what is wrong.
		await page.locator("#node-config-input-country").hover();
		await url.hover();
		await page.locator(".red-ui-popover").getByText("must look like ws://host:9300 or wss://host:9300").waitFor();

		await url.fill(server);
		await url.blur();
		await url.and(page.locator(":not(.input-error)")).waitFor();
	});

	it("takes a PBX and an extension", async () => {
		await page.locator("#node-config-input-tenant").fill("227");
		await page.locator("#node-config-input-key").fill(KEY);
		await close("#node-config-dialog-ok");
		assert.equal(await page.locator("#node-input-pbx option:checked").textContent(), "PBX 227");
		await page.locator("#node-input-extensions").fill("11");
		await close("#node-dialog-ok");
		await onCanvas("11").waitFor();
	});

	it("deploys a flow that connects", async () => {
		const input = onCanvas("11");
		const debug = await place("debug", "debug 1", 500, 100);
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
		await message.getByText("pbx/227/11/call.ringing").waitFor();
		await message.locator(".red-ui-debug-msg-object-handle").first().click();
		await message.getByText(`"${NUMBER}"`).first().waitFor();
		await statusOf(onCanvas("11")).getByText("connected", { exact: true }).waitFor();
	});

	it("keeps the key out of the flow and out of sight", async () => {
		const flows = (await red.get("/flows")) as { id: string; type: string }[];
		const config = flows.find(({ type }) => type === "pbx-config");
		assert.ok(config);
		assert.ok(!JSON.stringify(flows).includes(KEY));
		assert.deepEqual(await red.get(`/credentials/pbx-config/${config.id}`), { has_key: true });
		const saved = (file: string) => readFileSync(join(red.userDir, file), "utf8");
		assert.ok(!saved("flows.json").includes(KEY));
		assert.ok(saved("flows_cred.json").includes(KEY));

		await open(onCanvas("11"));
		await page.locator("#node-input-btn-pbx-edit").click();
		const key = page.locator("#node-config-input-key");
		await key.waitFor();
		assert.ok(await page.locator("#node-config-input-groups").isChecked());
		assert.equal(await key.getAttribute("type"), "password");
		assert.equal(await key.inputValue(), "__PWRD__");
		assert.ok(!(await page.content()).includes(KEY));
	});

	it("keeps each wire on its kind of event when outputs come and go, and after a reload", async () => {
		await page.locator("#node-config-dialog-cancel").click();
		await page.locator("#node-config-dialog-cancel").waitFor({ state: "detached" });
		await page.locator("#node-input-split").check();
		await close("#node-dialog-ok");
		const input = onCanvas("11");
		const ports = input.locator(".red-ui-flow-port-output .red-ui-flow-port");
		assert.equal(await ports.count(), 5);
		const debugPort = onCanvas("debug 1").locator(".red-ui-flow-port-input .red-ui-flow-port");
		await ports.nth(1).dragTo(debugPort, { steps: 5 });
		await eventually(async () => assert.equal(await page.locator(".red-ui-flow-link-line").count(), 2));

		await open(input);
		await page.locator("#pbx-in-event-call").uncheck();
		await close("#node-dialog-ok");
		assert.equal(await ports.count(), 4);
		await page.locator("#red-ui-header-button-deploy:not(.disabled)").click();
		const node = await eventually(async () => {
			const flows = (await red.get("/flows")) as { type: string; events?: string[]; wires?: string[][] }[];
			const found = flows.find(({ type }) => type === "pbx-in");
			assert.deepEqual(found?.events, ["extension", "dial", "command", "unrecognised"]);
			return found;
		});
		// The wire of "calls" went with its output; that of "states of phones" moved up with its own.
		assert.deepEqual(
			node?.wires?.map((wires) => wires.length),
			[1, 0, 0, 0],
		);
		await page.reload();
		await input.waitFor();
		assert.equal(await ports.count(), 4);
	});

	it("shows what an empty field means as soon as a monitor's form is open", async () => {
		await open(onCanvas("11"));
		await page.locator("#node-input-channel").selectOption("monitor");
		await page.locator("#node-input-extensions").fill("");
		await close("#node-dialog-ok");
		await open(onCanvas("monitor"));
		assert.equal(await page.locator("#node-input-extensions").getAttribute("placeholder"), "all extensions");
		for (const box of await page.locator("[id^=pbx-in-event-]").all()) await box.uncheck();
		await page.getByText("Choose at least one kind of event").waitFor();
	});

	it("reports no error", () => {
		assert.deepEqual(faults, []);
	});
});
