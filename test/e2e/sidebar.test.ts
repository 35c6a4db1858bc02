import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { closePages, openBrowser } from "../support/browser";
import { EditorPage } from "../support/editorPage";
import { eventually } from "../support/eventually";
import { NodeRed, type NodeRedOptions, ROOT } from "../support/nodeRed";
import { nodeRed5 } from "../support/nodeRed5";
import { type Client, ScriptedServer } from "../support/scriptedServer";
import { PROMPT_KNOWN } from "../support/seed";

function text(language: string, key: string): string {
	const catalog: unknown = JSON.parse(
		readFileSync(join(ROOT, "nodes", "locales", language, "pbx-config.json"), "utf8"),
	);
	return String(key.split(".").reduce((found: unknown, part) => (found as Record<string, unknown>)[part], catalog));
}

/** A PBX on whose monitors the test speaks, by tenant. */
class Monitors {
	readonly #clients = new Map<string, Client>();
	private constructor(readonly server: ScriptedServer) {}

	static async start(): Promise<Monitors> {
		return new Monitors(await ScriptedServer.start());
	}

	/** Lets so many log in. */
	async logIn(count: number): Promise<void> {
		for (let i = 0; i < count; i++) {
			const client = await eventually(() => this.server.client(i), 60);
			client.say(PROMPT_KNOWN);
			const [tenant = ""] = (await client.hears()).split(",");
			this.#clients.set(tenant.trim(), client);
		}
	}

	say(tenant: string, ...frames: string[]): void {
		this.#clients.get(tenant)?.say(...frames);
	}

	/** Says of so many extensions, from 1000 on, that they are idle. */
	fill(tenant: string, extensions: number): void {
		this.say(tenant, Array.from({ length: extensions }, (_, n) => `(info,270-Libre-${1000 + n}-0)`).join(" "));
	}

	/** A call rings at a phone; gives its transaction, which says when it began: not before we connected. */
	ring(tenant: string, phone: number, caller: string, id: string): string {
		const transaction = `${Math.floor(Date.now() / 1000)}.${id}`;
		this.say(tenant, `(info,270-Timbre-${phone}-0) (info,270-${caller}-${phone}-${transaction})`);
		return transaction;
	}

	miss(tenant: string, phone: number, caller: string, id: string): void {
		const transaction = this.ring(tenant, phone, caller, id);
		this.say(tenant, `(info,270-Libre-${phone}-0) (info,270-terminada-${phone}-${transaction})`);
	}
}

/** A config node of a tenant, and a node that listens to its monitor. */
function accountNodes(url: string, tenant: string, over: object = {}): object[] {
	return [
		{
			id: `pbx-${tenant}`,
			type: "pbx-config",
			name: `Oficina ${tenant}`,
			url,
			tenant,
			settle: 0,
			store: "none",
			...over,
		},
		{
			...{ id: `in-${tenant}`, type: "pbx-in", z: "tab", pbx: `pbx-${tenant}`, channel: "monitor", extensions: "" },
			...{ events: ["call.record"], split: false, x: 200, y: 100, wires: [[]] },
		},
	];
}

describe("the sidebar", function () {
	this.timeout(180_000);
	let monitors: Monitors;
	let red: NodeRed;
	let browser: Browser;
	let editor: EditorPage;
	let page: Page;
	let tab: Locator;

	const entries = () => tab.locator(".pbx-log li:visible");

	async function start(flows: object[], accounts: number, locale: string, options: NodeRedOptions = {}): Promise<void> {
		red = await NodeRed.start({ ...options, flows: [{ id: "tab", type: "tab", label: "Calls" }, ...flows] });
		await monitors.logIn(accounts);
		editor = await EditorPage.open(browser, red.url, locale);
		page = editor.page;
		tab = page.locator(".pbx-sidebar");
	}
	beforeEach(async () => {
		monitors = await Monitors.start();
		browser = await openBrowser();
	});
	afterEach(async () => {
		await closePages(browser);
		await red?.stop();
		await monitors.server.stop();
	});

	it("opens by an action, shows one account of 500, and asks for little, and for nothing while it is not on the screen", async () => {
		const tenants = Array.from({ length: 500 }, (_, i) => `t${i}`);
		await start(
			tenants.flatMap((tenant) => accountNodes(monitors.server.url, tenant)),
			tenants.length,
			"es-ES",
		);
		for (const tenant of tenants) monitors.fill(tenant, 20);
		const sizes: number[] = [];
		const asked: string[] = [];
		page.on("response", async (response) => {
			if (!response.url().includes("pbx/live")) return;
			asked.push(response.url());
			sizes.push((await response.body().catch(() => Buffer.alloc(0))).length);
		});
		await page.evaluate(
			"window.tasks = []; new PerformanceObserver((list) => list.getEntries().forEach((each) => window.tasks.push(Math.round(each.duration)))).observe({ type: 'longtask' })",
		);
		const action = 'RED.actions.list().find(({ id }) => id === "pbx:show-pbx-tab")?.label';
		assert.equal(await page.evaluate(action), text("es", "sidebar.show-tab"));
		let began = 0;
		// An editor that is still being set up can put another tab on top.
		await eventually(async () => {
			began = Date.now();
			await page.evaluate('RED.actions.invoke("pbx:show-pbx-tab")');
			await tab.locator(".pbx-tile").first().waitFor({ timeout: 5_000 });
		}, 20);
		const firstPaint = Date.now() - began;
		await eventually(async () => assert.equal(await tab.locator(".pbx-tile").count(), 20));
		await eventually(async () => assert.equal(await tab.locator(".pbx-accounts option").count(), 500));
		monitors.miss("t0", 1003, "974319404", "1");
		await tab.locator('.pbx-log li[data-outcome="missed"]').waitFor();
		await page.waitForTimeout(3_000);
		assert.equal(await entries().filter({ hasText: "974319404" }).count(), 1);
		assert.ok(Math.max(...sizes) <= 100_000, String(sizes));
		assert.ok(Math.max(...asked.map((url) => url.length)) < 400);
		console.log(
			`\tfirst paint ${firstPaint} ms, answers of ${sizes} bytes, long tasks ${await page.evaluate("window.tasks")}`,
		);

		// Another account, an extension of it, and a part folded away.
		await tab.locator(".pbx-accounts select").selectOption("pbx-t499");
		monitors.ring("t499", 1007, "600123456", "2");
		await tab.locator(".pbx-calls li").filter({ hasText: "600123456" }).waitFor();
		assert.equal(await entries().filter({ hasText: "974319404" }).count(), 0);
		await tab.locator(".pbx-search").fill("1007");
		await eventually(async () => assert.equal(await tab.locator(".pbx-tile").count(), 1));
		assert.equal(await tab.locator(".pbx-tile .pbx-tile-extension").textContent(), "1007");
		await tab.locator('[data-section="extensions"] > summary > span').first().click();
		await eventually(() => assert.ok(!asked.at(-1)?.includes("extensions")));

		await page.evaluate('RED.sidebar.show("info")');
		await page.waitForTimeout(500);
		const before = asked.length;
		await page.waitForTimeout(2_500);
		assert.equal(asked.length, before);
		assert.deepEqual(editor.faults, []);
	});

	it("asks as soon as it is opened, and not only when its second is over", async () => {
		await start(accountNodes(monitors.server.url, "t0"), 1, "es-ES");
		await page.clock.install();
		await page.reload();
		await editor.loaded();
		await page.evaluate('RED.sidebar.show("info")');
		await tab.waitFor({ state: "hidden" });
		// The page's time stands still from here on.
		await page.clock.pauseAt(Date.now() + 1_000);
		const asked = page.waitForRequest(/pbx\/live/);
		await page.evaluate('RED.sidebar.show("pbx")');
		await page.clock.runFor(50);
		await asked;
	});

	it("draws nothing of what comes from outside as markup, nor lets it turn or widen what stands beside it", async () => {
		await start(accountNodes(monitors.server.url, "227"), 1, "pt-PT");
		monitors.fill("227", 3);
		await page.evaluate('RED.actions.invoke("pbx:show-pbx-tab")');
		await tab.locator(".pbx-tile").first().waitFor();
		const names = [
			"<img src=x onerror=window.pwned=1><b>Ana</b>",
			`\u202e${"gnol yrev".repeat(20)}\u2066`,
			"أحمد\u0007",
		];
		for (const [n, name] of names.entries()) monitors.ring("227", 1000 + n, `"${name}" <60012345${n}>`, String(n));
		await eventually(async () => assert.equal(await tab.locator(".pbx-calls li").count(), 3));
		await eventually(async () => assert.equal(await entries().filter({ hasText: "60012345" }).count(), 3));
		await tab.locator(".pbx-calls li").getByText("<b>Ana</b>").waitFor();
		assert.equal(await tab.locator("img, b").count(), 0);
		assert.equal(await page.evaluate("window.pwned"), undefined);
		for (const entry of await entries().locator("summary:visible").all()) await entry.click();
		const shown = await tab.innerText();
		for (const sign of ["\u202e", "\u2066", "\u0007"]) assert.ok(!shown.includes(sign));
		assert.match(shown, /\\u202e/);
		const isWider = await tab.evaluate((element) => element.scrollWidth > element.clientWidth);
		assert.equal(isWider, false);
		await tab.locator("#pbx-sidebar-mask").check();
		const hidden = await tab.innerText();
		assert.doesNotMatch(hidden, /60012345|Ana<\/b> ·|أحمد ·/);
		assert.deepEqual(editor.faults, []);
	});

	it("lists events each call once, holds still, narrows them, clears them and copies what is shown", async () => {
		await start(accountNodes(monitors.server.url, "227"), 1, "es-ES");
		monitors.fill("227", 3);
		await page.evaluate('RED.actions.invoke("pbx:show-pbx-tab")');
		await tab.locator(".pbx-tile").first().waitFor();
		// What is said right after connecting may have been so for long.
		await page.waitForTimeout(2_000);
		monitors.miss("227", 1001, "600111111", "1");
		monitors.miss("227", 1002, "600222222", "2");
		const of = (number: string) => entries().filter({ hasText: number });
		for (const number of ["600111111", "600222222"])
			await of(number).locator("summary").getByText(text("es", "outcome.missed")).waitFor();
		const tool = (name: string) => tab.locator(`[data-tool="${name}"]`);
		await tool("pause").click();
		await tab.getByText(text("es", "sidebar.paused")).waitFor();
		monitors.miss("227", 1001, "600333333", "3");
		await tab.locator(".pbx-tile").first().waitFor();
		await page.waitForTimeout(2_200);
		assert.equal(await of("600333333").count(), 0);
		await tool("pause").click();
		await of("600333333").waitFor();
		assert.deepEqual(
			await Promise.all(["600111111", "600222222", "600333333"].map((each) => of(each).count())),
			[1, 1, 1],
		);

		await tab.locator(".pbx-tools input").fill("600222222");
		await eventually(async () => assert.equal(await entries().count(), 1));
		await page.evaluate("RED.clipboard.copyText = (copied) => { window.copied = copied; }");
		await tool("copy").click();
		const copied = String(await page.evaluate("window.copied"));
		assert.match(copied, /600222222/);
		assert.match(copied, /\(info,270-600222222-1002-\d+\.2\)/);
		assert.doesNotMatch(copied, /600111111/);
		await tab.locator(".pbx-tools input").fill("");
		await tab.locator(".pbx-tools select").selectOption("links");
		await eventually(async () => assert.equal(await of("600").count(), 0));
		assert.ok((await entries().count()) > 0);
		await tab.locator(".pbx-tools select").selectOption("missed");
		await eventually(async () => assert.equal(await entries().count(), 3));
		await tool("clear").click();
		await eventually(async () => assert.equal(await entries().count(), 0));

		// The next tab finds them all: only this one had cleared them away.
		await page.reload();
		await editor.loaded();
		await page.evaluate('RED.actions.invoke("pbx:show-pbx-tab")');
		await eventually(async () => assert.equal(await of("600").count(), 3));
		assert.deepEqual(editor.faults, []);
	});

	describe("beside a call log", () => {
		let crm: Server;
		let status = 503;
		const received: number[] = [];

		beforeEach(async () => {
			crm = createServer((request, response) => {
				request.resume();
				request.on("end", () => {
					received.push(status);
					response.writeHead(status).end();
				});
			});
			await new Promise<void>((resolve) => crm.listen(0, "127.0.0.1", resolve));
		});
		afterEach(() => {
			crm.closeAllConnections();
			crm.close();
		});

		it("shows what is not delivered and why, tries it again and gives it up", async () => {
			const url = `http://127.0.0.1:${(crm.address() as AddressInfo).port}/`;
			const flows = [
				...accountNodes(monitors.server.url, "227", { store: "file" }),
				{
					...{ id: "log", type: "pbx-log", z: "tab", name: "CRM", pbx: "pbx-227", channel: "monitor", queue: "" },
					...{ extensions: "", directions: [], outcomes: [], timeout: 10, parallel: 2, giveUp: 24, fromStart: false },
					...{ x: 200, y: 200, wires: [["request"], []] },
				},
				{
					...{ id: "request", type: "http request", z: "tab", method: "POST", ret: "txt", url, senderr: false },
					...{ x: 400, y: 200, wires: [["log"]] },
				},
			];
			await start(flows, 1, "pt-PT");
			monitors.fill("227", 3);
			await page.evaluate('RED.actions.invoke("pbx:show-pbx-tab")');
			await tab.locator(".pbx-queue").getByText("CRM").waitFor();
			await tab.locator(".pbx-queue").getByText(text("pt", "log.all-delivered")).waitFor();
			monitors.miss("227", 1001, "600111111", "1");
			monitors.miss("227", 1002, "600222222", "2");
			const row = (number: string) => tab.locator(".pbx-delivery").filter({ hasText: number });
			const button = (number: string, name: string) => row(number).locator(`[data-delivery="${name}"]`);
			for (const number of ["600111111", "600222222"]) await row(number).getByText("HTTP 503").waitFor();
			await button("600111111", "give-up").click();
			await row("600111111").and(tab.locator('[data-state="given-up"]')).waitFor();
			await row("600111111").getByText(text("pt", "sidebar.reason.byHand")).waitFor();
			await editor.assertAccessible(".pbx-sidebar");
			// The running node notices: it is sent again at once, not when it would be due.
			status = 200;
			await button("600222222", "retry").click();
			await row("600222222").waitFor({ state: "detached" });
			await tab.locator('[data-delivery="retry-all"]').click();
			await row("600111111").waitFor({ state: "detached" });
			await tab.locator(".pbx-queue").getByText(text("pt", "log.all-delivered")).waitFor();
			assert.deepEqual(received.slice(-2), [200, 200]);
			assert.deepEqual(editor.faults, []);
		});
	});

	it("lists words that nobody knows, and opens the form with one in a row that waits for its meaning, by keyboard", async () => {
		await start([...accountNodes(monitors.server.url, "227"), ...accountNodes(monitors.server.url, "228")], 2, "es-ES");
		monitors.fill("227", 3);
		await page.evaluate('RED.actions.invoke("pbx:show-pbx-tab")');
		await tab.locator(".pbx-tile").first().waitFor();
		const section = tab.locator('[data-section="words"]');
		assert.equal(await section.isVisible(), false);
		monitors.say("227", "(info,270-En conversación-1001-0)", "(info,270-<b>Raro</b>-1002-0)");
		const words = section.locator(".pbx-heard-word");
		await eventually(async () => assert.equal(await words.count(), 2));
		const word = (name: string) => words.filter({ hasText: name });
		await word("<b>Raro</b>").getByText("(info,270-<b>Raro</b>-1002-0)").waitFor();
		assert.equal(await tab.locator("b").count(), 0);
		await word("conversación").getByText(text("es", "words.place.state").replace("__count__", "1")).waitFor();
		monitors.say("227", "(info,270-En conversación-1002-0)");
		await word("conversación").getByText(text("es", "words.place.state").replace("__count__", "2")).waitFor();

		// Of what is folded away only the number is told.
		await section.locator("summary").click();
		await page.waitForResponse((response) => /pbx\/live\?(?!.*words)/.test(response.url()));
		monitors.say("227", "(info,270-Pensando-1002-0)");
		await section.locator(".pbx-count").getByText("3").waitFor();
		assert.equal(await words.filter({ hasText: "Pensando" }).count(), 0);
		await section.locator("summary").click();
		await word("Pensando").waitFor();

		await word("conversación").locator("button").focus();
		await page.keyboard.press("Enter");
		const row = page.locator("#pbx-config-words .pbx-word");
		await row.locator("select:focus").waitFor();
		assert.equal(await row.locator("input").inputValue(), "En conversación");
		assert.equal(await page.locator("#node-config-input-name").inputValue(), "Oficina 227");
		// A second one joins it in the form that is open; that of another account has to wait.
		await word("Pensando").locator("button").click();
		await eventually(async () => assert.equal(await row.count(), 2));
		await row.last().locator("select:focus").waitFor();
		await tab.locator(".pbx-accounts select").selectOption("pbx-228");
		monitors.say("228", "(info,270-Comiendo-1001-0)");
		await word("Comiendo").locator("button").click();
		await page.locator(".red-ui-notification").getByText(text("es", "words.close-form")).waitFor();
		await tab.locator(".pbx-accounts select").selectOption("pbx-227");
		await row.first().locator("select").selectOption("busy");
		await row.last().locator("select").selectOption("ignore");
		await editor.closeForm("#node-config-dialog-ok");
		await word("conversación").getByText(text("es", "words.taught")).waitFor();
		assert.equal(await word("Raro").getByText(text("es", "words.taught")).isVisible(), false);
		await editor.assertAccessible(".pbx-sidebar");
		await editor.deploy();
		await eventually(async () => assert.equal(await words.count(), 1), 20);
		await word("Raro").waitFor();
		const flows = (await red.get("/flows")) as { id: string; words?: unknown }[];
		assert.deepEqual(flows.find(({ id }) => id === "pbx-227")?.words, [
			{ word: "En conversación", meaning: "busy" },
			{ word: "Pensando", meaning: "ignore" },
		]);
		assert.deepEqual(editor.faults, []);
	});

	it("has the board in sight in Node-RED 5 at 1280 x 800, light and dark", async function () {
		const options = nodeRed5();
		if (!options) this.skip();
		await start(accountNodes(monitors.server.url, "227"), 1, "es-ES", options);
		await page.setViewportSize({ width: 1280, height: 800 });
		monitors.fill("227", 30);
		await page.evaluate('RED.actions.invoke("pbx:show-pbx-tab")');
		const tile = tab.locator(".pbx-tile").first();
		await tile.waitFor();
		for (const theme of ["light", "dark"]) {
			if (theme === "dark") await page.evaluate("document.documentElement.classList.add('nr-theme-dark')");
			const [board, around] = [await tile.boundingBox(), await tab.boundingBox()];
			assert.ok(board && around && board.y + board.height <= around.y + around.height);
			await editor.assertAccessible(".pbx-sidebar");
		}
		assert.deepEqual(editor.faults, []);
	});
});
