import assert from "node:assert/strict";
import { Courier, type CourierOptions } from "../../src/delivery/courier";
import type { Consignment, Progress } from "../../src/delivery/depot";
import { undelivered } from "../../src/store/backlog";
import type { CallLog } from "../../src/store/callLog";
import { QueueDepot } from "../../src/store/queueDepot";
import { eraseBefore } from "../../src/store/records";
import { LogFixture, recordOf } from "../support/callLogs";
import { eventually } from "../support/eventually";

const HOUR = 3_600_000;

/** One who hands over, and what it sent. */
class Desk {
	readonly sent: string[] = [];
	readonly gaveUp: string[] = [];
	readonly failures: unknown[] = [];
	readonly courier: Courier;
	progress: Progress | null = null;

	constructor(
		fixture: LogFixture,
		log: CallLog,
		options: Partial<CourierOptions> = {},
		queue = "crm",
		fromStart = false,
	) {
		const name = ({ record, attempt }: Consignment) => `${record.callId.split(".")[1]}/${attempt}`;
		this.courier = new Courier(
			new QueueDepot(log, { tenant: "227", queue }, fromStart, fixture.clock),
			{ timeout: 30_000, parallel: 2, giveUpAfter: 72 * HOUR, wants: () => true, ...options },
			{
				send: (consignment) => this.sent.push(name(consignment)),
				gaveUp: (consignment, reason) => this.gaveUp.push(`${name(consignment)} ${reason}`),
				progress: (progress) => {
					this.progress = progress;
				},
				failed: (error) => this.failures.push(error),
			},
			fixture.clock,
			() => 0.5,
		);
	}

	answer(n: number, reply: object, attempt: number | null = null): Promise<void> {
		return this.courier.answered(`227/1508337505.${n}`, reply, attempt);
	}

	/** Waits until that was sent, and nothing else. */
	async hasSent(...expected: string[]): Promise<void> {
		await eventually(() => assert.deepEqual(this.sent, expected));
	}

	/** Waits until so many are left. */
	async hasLeft(waiting: number, givenUp = 0): Promise<void> {
		await eventually(() => assert.deepEqual([this.progress?.waiting, this.progress?.givenUp], [waiting, givenUp]));
	}
}

describe("handing records over", () => {
	let fixture: LogFixture;
	let log: CallLog;
	const desks: Desk[] = [];

	function desk(options: Partial<CourierOptions> = {}, queue?: string, fromStart?: boolean): Desk {
		const made = new Desk(fixture, log, options, queue, fromStart);
		desks.push(made);
		return made;
	}
	/** Opens a queue before there are records. */
	async function ready(options: Partial<CourierOptions> = {}, queue?: string): Promise<Desk> {
		const made = desk(options, queue);
		await made.hasLeft(0);
		return made;
	}
	/** Lets time pass, and what is due then be looked at. */
	async function pass(milliseconds: number): Promise<void> {
		await idle();
		fixture.clock.advance(milliseconds);
		await idle();
	}
	/** Whatever was begun has been written: one look asks for no more than these turns. */
	async function idle(): Promise<void> {
		for (let turn = 0; turn < 8; turn++) {
			await log.store.write(() => Promise.resolve());
			await log.store.read(() => Promise.resolve());
		}
	}

	beforeEach(() => {
		fixture = new LogFixture();
		log = fixture.open();
	});
	afterEach(async () => {
		for (const { courier, failures } of desks.splice(0)) {
			courier.close();
			assert.deepEqual(failures, []);
		}
		await fixture.close();
	});

	it("sends the oldest first, so many at a time, the next when one is through", async () => {
		const crm = await ready();
		await fixture.put(log, recordOf(1), recordOf(2), recordOf(3));
		await crm.hasSent("1/1", "2/1");
		await crm.answer(2, { statusCode: 201 });
		await crm.hasSent("1/1", "2/1", "3/1");
		await crm.answer(1, { statusCode: 200 });
		await crm.answer(3, { statusCode: 200 });
		await crm.hasLeft(0);
	});

	it("tries again what came to nothing, after growing waits, and holds nothing else up", async () => {
		const crm = await ready({ parallel: 1 });
		await fixture.put(log, recordOf(1), recordOf(2));
		await crm.hasSent("1/1");
		await crm.answer(1, { statusCode: 500 });
		await crm.hasSent("1/1", "2/1");
		await crm.answer(2, { statusCode: 200 });
		await crm.hasLeft(1);
		await pass(4_900);
		assert.equal(crm.sent.length, 2);
		await pass(200);
		await crm.hasSent("1/1", "2/1", "1/2");
		await crm.answer(1, { statusCode: 500 });
		await crm.hasLeft(1);
		await pass(9_900);
		assert.equal(crm.sent.length, 3);
		await pass(200);
		await crm.hasSent("1/1", "2/1", "1/2", "1/3");
	});

	it("waits as long as the server asks", async () => {
		const crm = await ready();
		await fixture.put(log, recordOf(1));
		await crm.hasSent("1/1");
		await crm.answer(1, { statusCode: 429, headers: { "retry-after": "60" } });
		await crm.hasLeft(1);
		for (let i = 0; i < 5; i++) await pass(10_000);
		assert.equal(crm.sent.length, 1);
		await pass(10_000);
		await crm.hasSent("1/1", "1/2");
	});

	it("takes no message back in time for no answer", async () => {
		const crm = await ready();
		await fixture.put(log, recordOf(1));
		await crm.hasSent("1/1");
		await pass(30_000);
		await crm.hasLeft(1);
		assert.notEqual(crm.progress?.unreachableSince, null);
		await pass(5_100);
		await crm.hasSent("1/1", "1/2");
	});

	it("gives up at once what the server refuses, and goes on with the next", async () => {
		const crm = await ready({ parallel: 1 });
		await fixture.put(log, recordOf(1), recordOf(2));
		await crm.hasSent("1/1");
		await crm.answer(1, { statusCode: 422 });
		await crm.hasSent("1/1", "2/1");
		assert.deepEqual(crm.gaveUp, ["1/1 HTTP 422"]);
		await crm.answer(2, { statusCode: 200 });
		await crm.hasLeft(0, 1);
	});

	it("gives up after the time that was set, keeps it, and tries it again when asked", async () => {
		const crm = await ready({ giveUpAfter: 12_000 });
		await fixture.put(log, recordOf(1));
		await crm.hasSent("1/1");
		await crm.answer(1, { statusCode: 500 });
		await crm.hasLeft(1);
		await pass(5_100);
		await crm.hasSent("1/1", "1/2");
		await crm.answer(1, { statusCode: 500 });
		await crm.hasLeft(0, 1);
		assert.deepEqual(crm.gaveUp, ["1/2 HTTP 500"]);
		assert.equal(await crm.courier.retry(null), 1);
		await crm.hasSent("1/1", "1/2", "1/3");
		await crm.answer(1, { statusCode: 200 });
		await crm.hasLeft(0, 0);
	});

	it("counts a message that comes back twice, late, or for a record that never was, for nothing more", async () => {
		const crm = await ready();
		await fixture.put(log, recordOf(1));
		await crm.hasSent("1/1");
		await crm.answer(7, { statusCode: 200 });
		await crm.answer(7, { statusCode: 500 });
		await crm.answer(1, { statusCode: 200 });
		await crm.answer(1, { statusCode: 200 });
		await crm.answer(1, { statusCode: 500 });
		await crm.hasLeft(0);
		assert.deepEqual(crm.gaveUp, []);
	});

	it("believes a late answer that it got through, and does not send it again", async () => {
		const crm = await ready();
		await fixture.put(log, recordOf(1));
		await crm.hasSent("1/1");
		await pass(30_000);
		await crm.hasLeft(1);
		await crm.answer(1, { statusCode: 200 });
		await crm.hasLeft(0);
		await pass(10_000);
		assert.deepEqual(crm.sent, ["1/1"]);
	});

	it("forgets a record that was erased while it was on its way", async () => {
		const crm = await ready();
		await fixture.put(log, recordOf(1));
		await crm.hasSent("1/1");
		await log.store.write((db) => eraseBefore(db, "227", fixture.clock.now() + 1));
		await crm.answer(1, { statusCode: 500 });
		await crm.hasLeft(0);
	});

	it("tries one at a time while nobody answers, and all again when somebody does", async () => {
		const crm = await ready({ parallel: 3 });
		await fixture.put(log, ...[1, 2, 3, 4, 5, 6, 7, 8].map((n) => recordOf(n)));
		await crm.hasSent("1/1", "2/1", "3/1");
		for (const n of [1, 2, 3]) await crm.answer(n, { statusCode: "ECONNREFUSED" });
		await idle();
		const flying = crm.sent.slice(3).map((name) => Number.parseInt(name, 10));
		for (const n of flying) await crm.answer(n, { statusCode: "ECONNREFUSED" });
		await idle();
		// One more, and only one.
		assert.equal(crm.sent.length, 3 + flying.length + 1);
		const tried = crm.sent.length;
		await crm.answer(tried, { statusCode: 200 });
		await idle();
		// What waited because nobody was there does not wait any longer.
		assert.deepEqual(crm.sent.slice(tried), ["1/2", "2/2", "3/2"]);
	});

	it("gives each of several every record", async () => {
		const crm = await ready({}, "crm");
		const sheet = await ready({}, "sheet");
		await fixture.put(log, recordOf(1));
		await crm.hasSent("1/1");
		await sheet.hasSent("1/1");
		await crm.answer(1, { statusCode: 200 });
		await crm.hasLeft(0);
		await sheet.hasLeft(1);
	});

	it("shares the records among two of one name", async () => {
		const [a, b] = [await ready({ parallel: 1 }), await ready({ parallel: 1 })];
		await fixture.put(log, recordOf(1), recordOf(2));
		await eventually(() => assert.deepEqual([...a.sent, ...b.sent].sort(), ["1/1", "2/1"]));
	});

	it("begins with what comes from now on, or with what there is where that is wanted", async () => {
		await ready();
		await fixture.put(log, recordOf(1));
		await (await ready({}, "new")).hasSent();
		await desk({}, "all", true).hasSent("1/1");
	});

	it("passes over what nobody wants", async () => {
		const crm = await ready({ wants: ({ outcome }) => outcome === "missed" });
		await fixture.put(log, recordOf(1), recordOf(2, { outcome: "missed" }));
		await crm.hasSent("2/1");
		await crm.hasLeft(1);
	});

	it("takes up after a stop what was on its way, once", async () => {
		const before = await ready();
		await fixture.put(log, recordOf(1), recordOf(2));
		await before.hasSent("1/1", "2/1");
		await before.answer(1, { statusCode: 200 });
		before.courier.close();
		const crm = desk();
		await crm.hasLeft(1);
		assert.deepEqual(crm.sent, []);
		for (let i = 0; i < 5; i++) await pass(10_000);
		await crm.hasSent("2/2");
	});

	it("is not shaken by a clock that steps", async () => {
		const crm = await ready();
		await fixture.put(log, recordOf(1));
		await crm.hasSent("1/1");
		await crm.answer(1, { statusCode: 500 });
		await crm.hasLeft(1);
		fixture.clock.step(-2 * HOUR);
		await pass(10_000);
		fixture.clock.step(2 * HOUR);
		await pass(10_000);
		await crm.hasSent("1/1", "1/2");
	});

	it("waits no longer for a clock that is set back, nor gives up earlier for one that is set forward", async () => {
		const crm = await ready({ giveUpAfter: HOUR });
		await fixture.put(log, recordOf(1), recordOf(2), recordOf(3));
		await crm.hasSent("1/1", "2/1");
		await crm.answer(1, { statusCode: 500 });
		await crm.hasSent("1/1", "2/1", "3/1");
		fixture.clock.step(-24 * HOUR);
		for (let i = 0; i < 2; i++) await pass(10_000);
		await crm.hasSent("1/1", "2/1", "3/1");
		await crm.answer(3, { statusCode: 200 });
		await crm.hasSent("1/1", "2/1", "3/1", "1/2");
		fixture.clock.step(48 * HOUR);
		await pass(10_000);
		await crm.answer(1, { statusCode: 500 });
		await crm.answer(2, { statusCode: 500 });
		await crm.hasLeft(2);
		for (let i = 0; i < 2; i++) await pass(10_000);
		// Whether the other one was due by then as well depends on which was settled first.
		await eventually(() => assert.ok(crm.sent.includes("1/3")));
		assert.deepEqual(crm.gaveUp, []);
	});

	it("takes nothing twice that is on its way while the database is away for longer than a lease", async () => {
		const crm = await ready({ timeout: 300_000 });
		await fixture.put(log, recordOf(1));
		await crm.hasSent("1/1");
		await log.store.write(async () => {
			// As long as this takes nothing else is written.
			fixture.clock.advance(100_000);
			await new Promise((resolve) => setTimeout(resolve, 10));
		});
		await pass(10_000);
		assert.deepEqual(crm.sent, ["1/1"]);
	});

	it("leaves what it is taking when it ends to the next one, at once", async () => {
		const before = await ready();
		await fixture.put(log, recordOf(1));
		before.courier.close();
		await desk().hasSent("1/1");
	});

	it("holds no lease of what a node before it had on its way, however busy it is itself", async () => {
		const before = await ready();
		await fixture.put(log, recordOf(1));
		await before.hasSent("1/1");
		before.courier.close();
		const crm = desk({ timeout: 300_000 });
		await fixture.put(log, recordOf(2));
		await crm.hasSent("2/1");
		for (let i = 0; i < 6; i++) await pass(10_000);
		await crm.hasSent("2/1", "1/2");
	});

	it("takes an answer to an earlier try for nothing while the next one is on its way, but that it got through", async () => {
		const crm = await ready();
		await fixture.put(log, recordOf(1));
		await crm.hasSent("1/1");
		await pass(30_000);
		for (let i = 0; i < 2; i++) await pass(5_000);
		await crm.hasSent("1/1", "1/2");
		await crm.answer(1, { statusCode: 404 }, 1);
		await crm.hasLeft(1);
		assert.deepEqual(crm.gaveUp, []);
		await crm.answer(1, { statusCode: 200 }, 1);
		await crm.hasLeft(0);
		await crm.answer(1, { statusCode: 404 }, 2);
		await crm.hasLeft(0);
	});

	it("opens its queue later where too much waits for the database at first", async () => {
		const isFull = log.store.write;
		log.store.write = () => Promise.reject(new Error("full"));
		const crm = desk();
		await eventually(() => assert.equal(crm.failures.length, 1));
		crm.failures.splice(0);
		log.store.write = isFull;
		await pass(10_000);
		await crm.hasLeft(0);
		await fixture.put(log, recordOf(1));
		await crm.hasSent("1/1");
	});

	it("gives up one record when told to, one on its way too, and delivers it all the same where that gets through", async () => {
		const crm = await ready({ parallel: 1 });
		await fixture.put(log, recordOf(1), recordOf(2));
		await crm.hasSent("1/1");
		assert.equal(await crm.courier.giveUp("227/1508337505.1"), true);
		await crm.hasSent("1/1", "2/1");
		assert.deepEqual(crm.gaveUp, ["1/1 given up by hand"]);
		await crm.answer(2, { statusCode: 503 });
		await crm.hasLeft(1, 1);
		assert.equal(await crm.courier.giveUp("227/1508337505.2"), true);
		await crm.hasLeft(0, 2);
		assert.deepEqual(
			[await crm.courier.giveUp("227/1508337505.2"), await crm.courier.giveUp("227/none")],
			[false, false],
		);
		// It came to nothing after all: that is no news.
		await crm.answer(1, { statusCode: 500 });
		await crm.hasLeft(0, 2);
		await crm.answer(1, { statusCode: 200 });
		await crm.hasLeft(0, 1);
		assert.equal(await crm.courier.retry(null), 1);
		await crm.hasSent("1/1", "2/1", "2/2");
	});

	it("lists what is not delivered, and why: what was given up first, the newest first, then what waits", async () => {
		const crm = await ready({ parallel: 4 });
		await fixture.put(log, recordOf(1), recordOf(2), recordOf(3), recordOf(4));
		await crm.hasSent("1/1", "2/1", "3/1", "4/1");
		await crm.answer(1, { statusCode: 200 });
		await crm.answer(2, { statusCode: 404 });
		await crm.answer(3, { statusCode: 503 });
		await crm.hasLeft(2, 1);
		const queue = { tenant: "227", queue: "crm" };
		const listed = async (most: number) =>
			(await log.store.read((db) => undelivered(db, queue, most))).map(
				({ record, state, reason, attempt, dueAt }) =>
					`${record.callId} ${state} ${reason} ${attempt} ${dueAt === null ? "-" : dueAt - fixture.clock.now()}`,
			);
		assert.deepEqual(await listed(10), [
			"1508337505.2 given-up HTTP 404 1 -",
			"1508337505.3 waiting HTTP 503 1 5000",
			"1508337505.4 sent  1 -",
		]);
		assert.deepEqual((await listed(1)).length, 2);
	});
});
