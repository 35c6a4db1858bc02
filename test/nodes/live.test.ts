import assert from "node:assert/strict";
import type { LiveAnswer, LiveRequest } from "../../nodes/admin/contract";
import { LIVE_PARTS } from "../../nodes/admin/contract";
import { LiveView } from "../../nodes/admin/live";
import { Viewers } from "../../nodes/admin/viewers";
import { KeyedItems } from "../../nodes/sidebar/lists";
import { MOST_EXTENSIONS } from "../../src/protocol/address";
import { ManualClock } from "../support/clock";
import { eventually } from "../support/eventually";
import { ManyAccounts } from "../support/manyAccounts";

/** Bytes that a poll may have. */
const MOST_BYTES = 100_000;

/** A tab in a browser: what it was told, and what that took. */
class Tab {
	readonly bytes: number[] = [];
	readonly milliseconds: number[] = [];
	readonly extensions = new KeyedItems<{ readonly key: string }>();
	readonly accounts = new KeyedItems<{ readonly key: string }>();
	readonly calls = new KeyedItems<{ readonly key: string }>();
	readonly events = new KeyedItems<{ readonly key: string }>();
	#seen = 0;

	constructor(
		readonly view: LiveView,
		readonly name = "tab",
	) {}

	poll(over: Partial<LiveRequest> = {}): LiveAnswer {
		const request = { viewer: this.name, seen: this.#seen, account: "c0", parts: LIVE_PARTS, find: "", ...over };
		const started = performance.now();
		const text = JSON.stringify(this.view.answer(request));
		this.milliseconds.push(performance.now() - started);
		this.bytes.push(Buffer.byteLength(text));
		const answer = JSON.parse(text) as LiveAnswer;
		this.#seen = answer.number;
		const lists = { extensions: this.extensions, accounts: this.accounts, calls: this.calls, events: this.events };
		for (const [name, list] of Object.entries(lists)) {
			const change = answer.changes[name as keyof typeof lists];
			if (answer.isWhole) list.clear();
			if (change) list.apply(change);
		}
		return answer;
	}

	/** Polls until all is told. */
	pollAll(over: Partial<LiveRequest> = {}): void {
		while (this.poll(over).isCut);
	}
}

describe("what the sidebar is told", function () {
	this.timeout(180_000);
	let many: ManyAccounts;
	let view: LiveView;
	const clock = new ManualClock();

	async function start(accounts: number): Promise<Tab> {
		many = await ManyAccounts.start(accounts);
		view = new LiveView(many.RED, new Viewers(clock));
		return new Tab(view);
	}
	afterEach(async () => {
		await many.close();
		clock.advance(60_000);
		assert.equal(clock.pending, 0);
	});

	it("is for 500 accounts with 20 extensions at most 100 kB a poll, and a few hundred bytes where little changes", async () => {
		const tab = await start(500);
		await many.fill(20);
		tab.pollAll();
		assert.deepEqual([tab.accounts.all.length, tab.extensions.all.length], [500, 20]);
		assert.ok(Math.max(...tab.bytes) <= MOST_BYTES, String(tab.bytes));
		const quiet = tab.poll();
		assert.deepEqual(quiet.changes, {});
		assert.ok((tab.bytes.at(-1) ?? 0) < 200);
		many.say(0, "(info,270-Timbre-1003-0) (info,270-974319404-1003-1508337505.3520740)");
		await eventually(() => assert.ok(many.pbxs[0]?.currentCall("1003")));
		// What happens at an account that nobody looks at is not told.
		many.say(7, "(info,270-Timbre-1003-0) (info,270-974319404-1003-1508337505.3520741)");
		await eventually(() => assert.ok(many.pbxs[7]?.currentCall("1003")));
		const { changes } = tab.poll();
		assert.deepEqual(Object.keys(changes).sort(), ["calls", "events", "extensions"]);
		assert.equal(changes.extensions?.items.length, 1);
		assert.ok((tab.bytes.at(-1) ?? 0) < 2_000, String(tab.bytes.at(-1)));
		// The next account: its lists, and not the other accounts again.
		tab.pollAll({ account: "c499" });
		assert.deepEqual([tab.extensions.all.length, tab.calls.all.length], [20, 0]);
		assert.ok((tab.bytes.at(-1) ?? 0) < 6_000, String(tab.bytes.at(-1)));
	});

	it("shows of 6,000 extensions 200, says how many more there are, and finds each that is followed", async () => {
		const tab = await start(1);
		await many.fill(6_000, MOST_EXTENSIONS);
		const answer = tab.poll();
		assert.ok(Math.max(...tab.bytes) <= MOST_BYTES, String(tab.bytes));
		assert.deepEqual([tab.extensions.all.length, tab.extensions.more], [200, MOST_EXTENSIONS - 200]);
		assert.equal(answer.changes.accounts?.items[0]?.isOverfull, true);
		assert.deepEqual(many.warnings, ["too-many-extensions"]);
		tab.pollAll({ find: "6999" });
		assert.deepEqual(
			tab.extensions.all.map(({ key }) => key),
			["6999"],
		);
		tab.pollAll({ find: "999" });
		assert.deepEqual(
			tab.extensions.all.map(({ key }) => key),
			["2999", "3999", "4999", "5999", "6999"],
		);
	});

	it("tells each call that goes on once, those at extensions that are not shown too, 100 of them, and how many more", async () => {
		const tab = await start(1);
		await many.fill(1_000);
		// Two phones ring for each.
		for (let n = 0; n < 130; n++) {
			const phones = [1200 + n, 1500 + n];
			many.say(
				0,
				...phones.map((phone) => `(info,270-Timbre-${phone}-0) (info,270-${600_000_000 + n}-${phone}-1.${n})`),
			);
		}
		await eventually(() => assert.equal(many.pbxs[0]?.ongoingCalls(0).count, 130));
		tab.pollAll();
		assert.deepEqual([tab.calls.all.length, tab.calls.more], [100, 30]);
		assert.ok(Math.max(...tab.bytes) <= MOST_BYTES, String(tab.bytes));
		assert.deepEqual((tab.calls.all[0] as unknown as { ringing: string[] }).ringing, ["1200", "1500"]);
	});

	it("tells of words that nobody knows the last 20 and how many more there are, and of a folded list only how many", async () => {
		const tab = await start(1);
		await many.fill(1);
		const folded = { parts: LIVE_PARTS.filter((part) => part !== "words") };
		tab.pollAll(folded);
		for (let n = 0; n < 130; n++) many.say(0, `(info,270-Palabra ${n} ${"x".repeat(400)}-1000-0)`);
		await eventually(() => assert.equal(many.pbxs[0]?.unknownWords.list()[0]?.word.startsWith("Palabra 129"), true));
		assert.deepEqual(tab.poll(folded).changes.words, { items: [], more: 100 });
		const { words } = tab.poll().changes;
		assert.deepEqual([words?.items.length, words?.order?.length, words?.more], [20, 20, 80]);
		assert.ok(words?.items.every(({ word, ticket }) => word.length <= 64 && ticket.length <= 81));
		assert.ok((tab.bytes.at(-1) ?? 0) < 10_000, String(tab.bytes.at(-1)));
		assert.equal(tab.poll().changes.words, undefined);
	});

	it("tells all anew to a tab that it does not know, or whose last answer got lost, and forgets tabs that are gone", async () => {
		const tab = await start(2);
		await many.fill(3);
		tab.pollAll();
		const request = { viewer: "tab", seen: 1, account: "c0", parts: LIVE_PARTS, find: "" };
		const lost = view.answer(request);
		assert.deepEqual([lost.isWhole, lost.changes.accounts?.items.length], [false, undefined]);
		assert.deepEqual(view.answer(request).isWhole, true);
		assert.deepEqual(view.answer({ ...request, seen: 99 }).isWhole, true);
		clock.advance(60_000);
		const after = view.answer({ ...request, seen: 100 });
		assert.deepEqual([after.isWhole, after.changes.extensions?.items.length], [true, 3]);
	});

	it("leaves out what is folded away", async () => {
		const tab = await start(1);
		await many.fill(3);
		assert.deepEqual(Object.keys(tab.poll({ parts: ["links"] }).changes).sort(), ["accounts", "links"]);
		assert.deepEqual(Object.keys(tab.poll({ parts: ["links", "extensions"] }).changes), ["extensions"]);
	});

	it("goes on with the next answer where what has changed is more than one takes", async () => {
		const tab = await start(1);
		await many.fill(200);
		const long = "x".repeat(2_000);
		for (let n = 0; n < 50; n++)
			many.say(0, `(info,270-Timbre-${1000 + n}-0) (info,270-${n}${long}-${1000 + n}-1.${n})`);
		await eventually(() => assert.equal(many.pbxs[0]?.ongoingCalls(0).count, 50));
		// Somebody has to look for the events to be made.
		tab.pollAll();
		for (let n = 0; n < 50; n++) {
			for (const word of ["Ocupada", "Libre"]) many.say(0, `(info,270-${word}-${1000 + n}-0)`);
			many.say(0, `(info,270-terminada-${1000 + n}-1.${n})`, `(xyz,${long})`);
		}
		await eventually(() => assert.equal(many.pbxs[0]?.ongoingCalls(0).count, 0));
		tab.pollAll();
		assert.ok(Math.max(...tab.bytes) <= MOST_BYTES, String(tab.bytes));
		assert.equal(tab.events.all.length, 50);
	});
});
