import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import WebSocket from "ws";
import { assertNoBarriers } from "../support/assertNoBarriers";
import { closePages, openBrowser } from "../support/browser";
import { eventually } from "../support/eventually";
import { adapted, RunningExample, readExample, startExample } from "../support/example";
import { freePort, NodeRed } from "../support/nodeRed";

const PEOPLE = { "11": "Ana", "12": "Bruno", "13": "Carla", "77": "Nobody's phone" };
const TALK = "974 31 94 04";

type Links = Record<string, string>;

describe("the agents' desktop", function () {
	this.timeout(120_000);
	let folder: string;
	let example: RunningExample;
	let browser: Browser;
	let ana: Page;
	let bruno: Page;
	const faults: string[] = [];

	const file = () => join(folder, "links.json");
	const links = (): Links => JSON.parse(readFileSync(file(), "utf8"));
	const address = (extension: string) => `${example.red.url}/office/agents/${links()[extension]}`;

	async function open(extension: string, context: BrowserContext, query = ""): Promise<Page> {
		const page = await context.newPage();
		page.on("pageerror", (error) => faults.push(String(error)));
		await page.goto(address(extension) + query);
		await page.locator("#my-state:not(:empty)").waitFor();
		return page;
	}
	async function reads(page: Page, selector: string, text: RegExp): Promise<void> {
		await eventually(async () => assert.match(await page.locator(selector).innerText(), text), 20);
	}
	function post(path: string, headers: Record<string, string>, body: string): Promise<Response> {
		return fetch(`${example.red.url}/office/agents/${path}`, { method: "POST", headers, body });
	}

	before(async () => {
		folder = mkdtempSync(join(tmpdir(), "node-red-pbx-agents-"));
		// Below a path of its own, as many an installation has it.
		const settings = { httpNodeRoot: "/office" };
		const env = { LINKS_FILE: file(), PEOPLE: JSON.stringify(PEOPLE) };
		example = await startExample("11", env, { settings }, 8);
		await eventually(() => assert.equal(Object.keys(links()).length, 4));
		browser = await openBrowser();
		ana = await open("11", await browser.newContext({ locale: "en-GB" }));
		bruno = await open("12", await browser.newContext({ locale: "pt-PT" }));
	});
	after(async () => {
		await closePages(browser);
		await example?.stop();
		rmSync(folder, { recursive: true, force: true });
	});

	it("opens for nobody who has no link", async () => {
		for (const token of ["live", "", "x", "__proto__", "constructor", "a".repeat(32)]) {
			const answer = await fetch(`${example.red.url}/office/agents/${token}`);
			assert.equal(answer.status, 404, token);
			assert.doesNotMatch(await answer.text(), /script/);
		}
		const headers = (await fetch(address("11"))).headers;
		assert.match(headers.get("content-security-policy") ?? "", /default-src 'none'; script-src 'nonce-/);
		assert.deepEqual([headers.get("referrer-policy"), headers.get("cache-control")], ["no-referrer", "no-store"]);
	});

	it("takes a POST only as JSON and with somebody's token", async () => {
		const token = String(links()["11"]);
		const json = { "content-type": "application/json" };
		const body = JSON.stringify({ number: "600000101" });
		for (const path of ["call", "notes"]) {
			assert.equal((await post(path, json, body)).status, 403);
			assert.equal((await post(path, { ...json, "x-desk-token": "x" }, body)).status, 403);
			assert.equal((await post(path, { "content-type": "text/plain", "x-desk-token": token }, body)).status, 415);
			const get = await fetch(`${example.red.url}/office/agents/${path}?number=600000101&token=${token}`);
			assert.equal(get.status, 404);
		}
		assert.equal((await post("notes", { ...json, "x-desk-token": token }, "{}")).status, 200);
		const answer = await post("call?callback=evil", { ...json, "x-desk-token": token }, JSON.stringify({ number: "" }));
		assert.doesNotMatch(await answer.text(), /evil/);
		assert.match(answer.headers.get("content-type") ?? "", /^application\/json/);
		assert.equal(await ana.locator("#my-state").innerText(), "free");
	});

	it("says nothing on the live channel before a token, and then only what is that person's", async () => {
		const socket = new WebSocket(`${example.red.url.replace("http", "ws")}/office/agents/live`);
		const heard: string[] = [];
		socket.on("message", (data) => heard.push(String(data)));
		await once(socket, "open");
		socket.send("no JSON");
		socket.send("null");
		socket.send(JSON.stringify({ token: ["x"] }));
		await example.play("ring 12 974319404");
		await reads(bruno, "#phase", /Chamada a entrar/);
		await example.play("hangup 12");
		await reads(bruno, "#phase", /terminada/);
		assert.deepEqual([...new Set(heard)], ['{"gone":true}']);
		socket.terminate();
		assert.ok(await ana.locator("#card").isHidden());
	});

	it("shows who calls to the person whose phone rings, and to colleagues that it does", async () => {
		await example.play("ring 11 974319404");
		await reads(ana, "#who", /^Lucía Abadías$/);
		await reads(ana, "#number", new RegExp(TALK));
		await reads(ana, "#crm", /Known to the CRM/);
		assert.match(await ana.title(), /☎ Lucía Abadías/);
		assert.match(await ana.locator("#announcement").innerText(), /Incoming call: Lucía Abadías/);
		await reads(bruno, "#board", /Ana 11\s+a tocar/);
		assert.doesNotMatch(await bruno.locator("#board").innerText(), /974|Lucía/);
		await example.play("answer 11");
		await reads(ana, "#phase", /In a call/);
		await reads(ana, "#clock", /0:0\d/);
	});

	it("opens the CRM's record in one named window, by a click or by itself", async () => {
		const opened: unknown[] = [];
		await ana.exposeFunction("opened", (...given: unknown[]) => opened.push(given));
		await ana.evaluate("window.open = (...given) => { opened(...given); return {}; }");
		const record = ["https://example.com/?customer=17", "meetip-crm"];
		await ana.locator("#record").click();
		await eventually(() => assert.deepEqual(opened, [record]));
		await ana.locator("#auto-open").check();
		await example.play("hangup 11");
		await reads(ana, "#phase", /Call ended/);
		await example.play("ring 11 974319404");
		await eventually(() => assert.deepEqual(opened, [record, record]));
		await example.play("answer 11");
		await reads(ana, "#phase", /In a call/);
		await ana.locator("#auto-open").uncheck();
	});

	it("shows a call that waits beside the one in hand, its markup as text", async () => {
		await example.play("ring 11 <b>1</b>");
		await reads(ana, "#waiting", /Another call is waiting: <b>1<\/b>/);
		assert.equal(await ana.locator("#waiting b").count(), 0);
	});

	it("keeps notes with the call, and says where the CRM did not take one", async () => {
		await ana.locator("#note").fill("Wants <b>the offer</b>");
		await ana.locator("#note-form button").click();
		await reads(ana, "#note-result", /^Saved/);
		assert.equal(await ana.locator("#note").inputValue(), "");
		await example.press("the CRM stops answering");
		await ana.locator("#note").fill("Second");
		await ana.locator("#note-form button").click();
		await reads(ana, "#note-result", /^Not saved/);
		assert.equal(await ana.locator("#note").inputValue(), "Second");
		await example.press("the CRM answers again");
		await ana.locator("#note-form button").click();
		await reads(ana, "#note-result", /^Saved/);
		const tab = example.nodes.find(({ type }) => type === "tab")?.id;
		const notes = await example.red.get(`/context/flow/${tab}/notes`);
		assert.match(JSON.stringify(notes), /Wants <b>the offer/);
	});

	it("shows the card at once when the CRM does not answer, says so, and fills it in when it does", async () => {
		await example.press("the CRM stops answering");
		await example.play("ring 12 600000101");
		await reads(bruno, "#who", /^600 00 01 01$/);
		await reads(bruno, "#crm", /não responde/);
		await example.press("the CRM answers again");
		await reads(bruno, "#who", /^Marc Vidal$/);
		await example.play("hangup 12");
	});

	it("lists the calls, and what was missed with who has called back from the page", async () => {
		await example.play("hangup 11");
		await reads(ana, "#calls", /Lucía Abadías/);
		await reads(bruno, "#missed", /Marc Vidal/);
		assert.doesNotMatch(await ana.locator("#missed").innerText(), /Marc Vidal/);
		const button = bruno.getByRole("button", { name: "Devolver: Marc Vidal" }).first();
		await button.focus();
		await bruno.keyboard.press("Enter");
		await reads(bruno, "#dial-result", /A ligar para \+34600000101/);
		await reads(bruno, "#phase", /A ligar/);
		await reads(bruno, "#my-state", /em chamada/);
		await example.play("hangup 12");
		await eventually(
			async () => assert.match(await bruno.locator("#missed").innerText(), /Marc Vidal[\s\S]*ligou Bruno/),
			60,
		);
		assert.equal(await bruno.locator("#missed-count").innerText(), "");
	});

	it("tells what was before when a number calls again", async () => {
		await example.play("ring 11 974319404");
		await reads(ana, "#history", /^3rd call in seven days · last one answered, .* · last spoke with Ana$/);
		await example.play("hangup 11");
	});

	it("has a clicked phone number filled in, and dials nothing", async () => {
		const context = ana.context();
		const page = await open("11", context, "?tel=tel%3A%2B34600000101%3Bext%3D5");
		assert.equal(await page.locator("#dial-number").inputValue(), "+34600000101");
		assert.doesNotMatch(page.url(), /tel/);
		assert.match(await page.locator("#dial-result").innerText(), /Press Call/);
		const asked: unknown[] = [];
		await page.exposeFunction("registered", (...given: unknown[]) => asked.push(given));
		await page.evaluate("navigator.registerProtocolHandler = (...given) => registered(...given)");
		await page.locator("#links").click();
		assert.deepEqual(asked, [["tel", `${address("11")}?tel=%s`]]);
		assert.equal(await page.locator("#my-state").innerText(), "free");
		// Two pages of one person show the same.
		await example.play("ring 11 974319404");
		for (const each of [page, ana]) await reads(each, "#phase", /Incoming call/);
		await example.play("hangup 11");
		await page.close();
	});

	it("makes a notification where the page is not in view and the person has allowed it", async () => {
		const context = await browser.newContext({ locale: "en-GB" });
		const made: unknown[] = [];
		await context.exposeFunction("notified", (...given: unknown[]) => made.push(given));
		await context.addInitScript(`
			globalThis.Notification = class { static permission = "default"; constructor(...given) { notified(...given); }
				static async requestPermission() { Notification.permission = "granted"; } };
			Object.defineProperty(document, "hidden", { get: () => true });
		`);
		const page = await open("13", context);
		await page.locator("#notify").click();
		await page.locator("#notify").waitFor({ state: "hidden" });
		await example.play("ring 13 974319404");
		await eventually(() => assert.equal(made.length, 1));
		assert.match(JSON.stringify(made[0]), /Incoming call.*(Lucía Abadías|974 31 94 04)/);
		await example.play("hangup 13");
	});

	it("says what is wrong with a number, and with a phone that does not exist", async () => {
		await ana.locator("#dial-number").fill("112)(call, 113");
		await ana.locator("#dial-button").click();
		await reads(ana, "#dial-result", /cannot be dialled/);
		const nobody = await open("77", ana.context());
		assert.equal(await nobody.locator("#my-state").innerText(), "unknown");
		await nobody.close();
	});

	it("keeps nobody out: axe finds no barrier, by day, by night and on a phone", async () => {
		await assertNoBarriers(ana);
		await ana.emulateMedia({ colorScheme: "dark" });
		await ana.setViewportSize({ width: 360, height: 700 });
		await assertNoBarriers(ana);
		const widths = await ana.evaluate("[document.documentElement.scrollWidth, innerWidth]");
		assert.deepEqual(widths, [360, 360]);
	});

	it("lets a person with a new link in, and the old one out", async () => {
		const before = links()["11"];
		await example.press("new link for 11");
		await reads(ana, "#deaf", /no longer valid/);
		await eventually(() => assert.notEqual(links()["11"], before));
		ana = await open("11", ana.context());
		assert.equal((await fetch(`${example.red.url}/office/agents/${before}`)).status, 404);
	});

	it("says that it is deaf while the PBX is away or Node-RED is, and comes back by itself", async () => {
		await reads(ana, "#deaf", /^$/);
		await example.play("drop");
		await reads(ana, "#deaf", /does not hear the PBX/);
		await reads(ana, "#deaf", /^$/);
		const { port, userDir } = example.red;
		const stopped = once(example.red.child, "exit");
		example.red.child.kill("SIGTERM");
		await stopped;
		await reads(bruno, "#deaf", /Sem ligação ao Node-RED/);
		const flows = JSON.parse(readFileSync(join(userDir, "flows.json"), "utf8")) as object[];
		const again = await NodeRed.start({ port, userDir, flows, settings: { httpNodeRoot: "/office" } });
		try {
			await reads(bruno, "#deaf", /^$/);
			await reads(bruno, "#my-state", /livre/);
		} finally {
			await again.stop();
		}
		assert.deepEqual(faults, []);
		assert.doesNotMatch(example.red.log, /\[error\]/);
	});

	it("turns nobody away who comes back before the links are read, and answers as soon as they are", async () => {
		const nodes = example.nodes.map((node) => (node.name === "the links" ? { ...node, once: false } : node));
		const restarted = await RunningExample.start(nodes, { settings: { httpNodeRoot: "/office" } });
		try {
			const socket = new WebSocket(`${restarted.red.url.replace("http", "ws")}/office/agents/live`);
			const heard: string[] = [];
			socket.on("message", (data) => heard.push(String(data)));
			await once(socket, "open");
			socket.send(JSON.stringify({ token: links()["12"] }));
			// By then Node-RED has read what was sent before.
			assert.equal((await fetch(`${restarted.red.url}/office/agents/x`)).status, 404);
			assert.deepEqual(heard, []);
			await restarted.press("the links");
			await eventually(() => assert.deepEqual(JSON.parse(heard[0] ?? "null"), { pong: true }));
			await eventually(() => assert.equal(JSON.parse(heard[1] ?? "null")?.me?.extension, "12"));
			socket.terminate();
		} finally {
			await restarted.stop();
		}
	});
});

describe("the agents' desktop, imported twice and with fifty people", function () {
	this.timeout(180_000);
	let folder: string;
	let red: NodeRed;

	after(async () => {
		await red?.stop();
		rmSync(folder, { recursive: true, force: true });
	});

	it("serves all of them from the first, by the links of one file", async () => {
		folder = mkdtempSync(join(tmpdir(), "node-red-pbx-agents-"));
		const file = join(folder, "links.json");
		const extensions = Array.from({ length: 50 }, (_, i) => String(100 + i));
		const people = Object.fromEntries(extensions.map((each) => [each, `Person ${each}`]));
		const port = await freePort();
		const first = adapted(readExample("11"), port, { LINKS_FILE: file, PEOPLE: JSON.stringify(people) }).map((node) =>
			node.type === "pbx-simulator" ? { ...node, extensions: extensions.join(", ") } : node,
		);
		const ids = new Map(first.map(({ id }) => [id, `c${id.slice(1)}`]));
		const second = JSON.parse(JSON.stringify(first).replace(/[0-9a-f]{16}/g, (id) => ids.get(id) ?? id)) as object[];
		red = await NodeRed.start({ flows: [...first, ...second] });
		const links = await eventually(() => {
			const found = JSON.parse(readFileSync(file, "utf8")) as Links;
			assert.equal(Object.keys(found).length, 50);
			return found;
		});
		const token = await eventually(async () => {
			const [now] = Object.values(JSON.parse(readFileSync(file, "utf8")) as Links);
			assert.equal((await fetch(`${red.url}/agents/${now}`)).status, 200);
			return now;
		});
		assert.ok(token);
		const current = JSON.parse(readFileSync(file, "utf8")) as Links;
		assert.deepEqual(Object.keys(current), Object.keys(links));
		const heard = new Map<string, string[]>();
		const sockets = await Promise.all(
			extensions.map(async (extension) => {
				const socket = new WebSocket(`${red.url.replace("http", "ws")}/agents/live`);
				heard.set(extension, []);
				socket.on("message", (data) => heard.get(extension)?.push(String(data)));
				await once(socket, "open");
				socket.send(JSON.stringify({ token: current[extension] }));
				return socket;
			}),
		);
		const button = first.find(({ name }) => name === "ring 11 974319404");
		const body = JSON.stringify({ __user_inject_props__: [{ p: "payload", v: "ring 117 974319404", vt: "str" }] });
		const headers = { "content-type": "application/json" };
		await eventually(
			() => assert.ok(extensions.every((each) => /"link":"connected"/.test(heard.get(each)?.join() ?? ""))),
			20,
		);
		await fetch(`${red.url}/inject/${button?.id}`, { method: "POST", headers, body });
		await eventually(() => assert.match(heard.get("117")?.join() ?? "", /Lucía Abadías/), 20);
		await eventually(() => {
			for (const extension of extensions) assert.match(heard.get(extension)?.join() ?? "", /"state":"ringing"/);
		});
		for (const extension of extensions) {
			assert.equal(/974/.test(heard.get(extension)?.join() ?? ""), extension === "117", extension);
		}
		for (const socket of sockets) socket.terminate();
	});
});
