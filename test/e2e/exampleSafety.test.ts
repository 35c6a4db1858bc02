import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { Simulator } from "../../src/simulator/simulator";
import { closePages, openBrowser } from "../support/browser";
import { eventually } from "../support/eventually";
import { EXAMPLES, type FlowNode, onFreePort, press, readExample } from "../support/examples";
import { NodeRed } from "../support/nodeRed";
import { OtherSite } from "../support/otherSite";

/** What the examples answer to whoever asks. */
const ANSWERS = [
	...["/screen-pop/card", "/extension-state/11", "/monitor/extensions", "/pro-command/calls"],
	...["/missed-call/tasks", "/call-log/calls", "/pro-calls/calls"],
];
const TYPES = ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data"];

describe("the examples, with a page of another site open", () => {
	let browser: Browser;
	let red: NodeRed;
	let pbx: Simulator;
	let flows: FlowNode[];
	let site: OtherSite;
	const frames: string[] = [];

	before(async function () {
		this.timeout(120_000);
		pbx = new Simulator({
			...{ port: 0, tenant: "227", key: null, extensions: ["11"] },
			onFrame: ({ text }) => frames.push(text),
		});
		const url = `ws://127.0.0.1:${await pbx.listen()}`;
		const files = EXAMPLES.filter((file) => /^0[1-8] /.test(file));
		flows = (await Promise.all(files.map(async (file) => onFreePort(readExample(file))))).flat();
		// That of example 02 is seen from here.
		const dialler = Reflect.get(
			flows.find(({ type, z, wires }) => type === "pbx-call" && z && wires?.[0]) ?? {},
			"pbx",
		);
		flows = flows.map((node) => (node.id === dialler ? { ...node, url } : node));
		red = await NodeRed.start({ flows });
		const statuses = await red.followStatus();
		// A call that rings before they listen is nobody's.
		await eventually(() => {
			for (const { id, type } of flows) {
				if (type === "pbx-in") assert.match(statuses.get(id) ?? "", /connected|^[♪☎]/);
			}
		}, 30);
		browser = await openBrowser();
		site = await OtherSite.open(browser);
		await eventually(() => assert.deepEqual(pbx.status().clients, ["11"]), 30);
	});
	after(async () => {
		await site.close();
		await closePages(browser);
		await red.stop();
		await pbx.close();
	});

	const dialled = () => frames.filter((frame) => frame.includes("600000101"));
	const callUrl = () => `${red.url}/click-to-call/call`;

	it("does not dial for its forms, of whichever type, nor for what it sends itself", async () => {
		for (const type of TYPES) {
			assert.equal(await site.sendForm(callUrl(), { number: "600000101" }, type), 403, type);
		}
		assert.equal(await site.sendForm(callUrl(), { '{"number": "600000101", "x": "': '"}' }, "text/plain"), 403);
		const body = JSON.stringify({ number: "600000101" });
		for (const type of TYPES) {
			await site.read(callUrl(), { method: "POST", mode: "no-cors", body, headers: { "content-type": type } });
		}
		const json = { "content-type": "application/json" };
		await site.read(callUrl(), { method: "POST", mode: "no-cors", body, headers: json });
		assert.equal(await site.read(callUrl(), { method: "POST", body, headers: json }), null);
		const own = new URL(red.url).host;
		for (const origin of ["null", "https://127.0.0.1", `http://${own}.example`, `http://x/${own}`]) {
			const answer = await fetch(callUrl(), { method: "POST", body, headers: { ...json, origin } });
			assert.equal(answer.status, 403, origin);
		}
		assert.deepEqual(dialled(), []);
	});

	it("gets to read no answer, neither by asking nor as a script", async () => {
		await press(red, flows, "Screen pop", "ring 11 974319404");
		await eventually(async () => assert.match(JSON.stringify(await red.get("/screen-pop/card")), /Lucía/));
		for (const path of ANSWERS) {
			const url = red.url + path;
			const [plain, asScript] = await Promise.all([fetch(url), fetch(`${url}?callback=steal`)]);
			for (const answer of [plain, asScript]) {
				assert.equal(answer.headers.get("content-type"), "application/json; charset=utf-8", path);
				assert.equal(answer.headers.get("x-content-type-options"), "nosniff", path);
				assert.equal(answer.headers.get("access-control-allow-origin"), "https://none.invalid", path);
			}
			assert.doesNotMatch(await asScript.text(), /steal/, path);
			assert.equal(await site.readAsScript(url), null, path);
			assert.equal(await site.read(url), null, path);
		}
	});

	it("finds no WebSocket to listen at: the only example that has one asks for a token", async () => {
		assert.equal(await site.canListen(`${red.url}/screen-pop/live`), false);
		assert.deepEqual(
			EXAMPLES.filter((file) => readExample(file).some(({ type }) => type === "websocket-listener")),
			["11 - Agents' desktop.json"],
		);
	});

	it("does what the page itself asks: it calls, and shows who calls, in the reader's language, never as markup", async () => {
		const page = await browser.newPage({ locale: "es-ES" });
		await page.goto(`${red.url}/click-to-call`);
		await page.getByRole("button", { name: "Llamar" }).click();
		await page.getByText("Descolgado; llamando…").waitFor();
		assert.ok(dialled().length > 0);
		await page.goto(`${red.url}/screen-pop?extension=11`);
		await page.getByText("Lucía Abadías").waitFor();
		await page.goto(`${red.url}/monitor`);
		await page.getByText("Extensiones").waitFor();
		await page.close();
		for (const { type, name, ...rest } of flows) {
			const template = Reflect.get(rest, "template");
			if (type === "template")
				assert.doesNotMatch(String(template), /innerHTML|insertAdjacentHTML|document\.write/, name);
		}
	});
});
