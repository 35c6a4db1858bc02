import assert from "node:assert/strict";
import fc from "fast-check";
import { Courier } from "../../src/delivery/courier";
import type { Consignment } from "../../src/delivery/depot";
import { undelivered } from "../../src/store/backlog";
import type { CallLog } from "../../src/store/callLog";
import { QueueDepot } from "../../src/store/queueDepot";
import { LogFixture, recordOf } from "../support/callLogs";
import { tries } from "../support/tries";

const PARALLEL = 3;
const TIMEOUT_MS = 30_000;

/** What happens next: calls, what a CRM answers to one of those on their way, or of those sent before, and restarts. */
type Step =
	| { readonly kind: "records"; readonly count: number }
	| { readonly kind: "answer"; readonly which: number; readonly reply: object; readonly isLate: boolean }
	| { readonly kind: "time"; readonly seconds: number }
	| { readonly kind: "clock"; readonly seconds: number }
	| { readonly kind: "retry" }
	| { readonly kind: "restart" };

const ANSWERS: readonly object[] = [
	...[
		{ statusCode: 200 },
		{ statusCode: "201" },
		{ statusCode: 500 },
		{ statusCode: "ECONNREFUSED" },
		{ statusCode: 422 },
	],
	...[{}, { error: { message: "boom" }, statusCode: 200 }, { statusCode: 429, headers: { "retry-after": "20" } }],
];

const step: fc.Arbitrary<Step> = fc.oneof(
	fc.record({ kind: fc.constant("records" as const), count: fc.integer({ min: 1, max: 4 }) }),
	{
		weight: 4,
		arbitrary: fc.record({
			...{ kind: fc.constant("answer" as const), which: fc.nat(50), reply: fc.constantFrom(...ANSWERS) },
			isLate: fc.boolean(),
		}),
	},
	fc.record({ kind: fc.constant("time" as const), seconds: fc.integer({ min: 1, max: 60 }) }),
	fc.record({ kind: fc.constant("clock" as const), seconds: fc.integer({ min: -7_200, max: 7_200 }) }),
	fc.constant<Step>({ kind: "retry" }),
	fc.constant<Step>({ kind: "restart" }),
);

/** One queue of a log, with a flow that answers as told; all that it saw. */
class Play {
	readonly #fixture: LogFixture;
	readonly #log: CallLog;
	readonly #queue: string;
	readonly #sent: Consignment[] = [];
	/** Of the present courier: tries that nobody has answered, by key. */
	readonly #inFlight = new Map<string, Consignment>();
	readonly #made = new Set<string>();
	readonly #delivered = new Set<string>();
	/** Given up, and not tried again since. */
	readonly #givenUp = new Set<string>();
	readonly #failures: unknown[] = [];
	#courier: Courier;

	constructor(fixture: LogFixture, log: CallLog, queue: string) {
		this.#fixture = fixture;
		this.#log = log;
		this.#queue = queue;
		this.#courier = this.#start();
	}

	#start(): Courier {
		let isOn = true;
		const { clock } = this.#fixture;
		const courier = new Courier(
			new QueueDepot(this.#log, { tenant: "227", queue: this.#queue }, false, clock),
			{ timeout: TIMEOUT_MS, parallel: PARALLEL, giveUpAfter: 72 * 3_600_000, wants: () => true },
			{
				send: (consignment) => {
					const { key } = consignment.record;
					assert.ok(isOn, "a courier that has ended sends nothing");
					assert.ok(!this.#inFlight.has(key), "what is on its way is not sent again");
					assert.ok(!this.#delivered.has(key), "what is delivered is not sent again");
					this.#givenUp.delete(key);
					this.#sent.push(consignment);
					this.#inFlight.set(key, consignment);
					clock.after(TIMEOUT_MS, () => {
						if (this.#inFlight.get(key) === consignment) this.#inFlight.delete(key);
					});
					assert.ok(this.#inFlight.size <= PARALLEL, "never more at a time");
				},
				gaveUp: ({ record }) => {
					assert.ok(!this.#givenUp.has(record.key), "what is given up is said once");
					this.#givenUp.add(record.key);
				},
				progress: () => {},
				failed: (error) => this.#failures.push(error),
			},
			clock,
			() => 0.5,
		);
		this.#end = () => {
			isOn = false;
			courier.close();
		};
		return courier;
	}
	#end = () => {};

	/** Whatever was begun has been written. */
	async idle(): Promise<void> {
		for (let turn = 0; turn < 6; turn++) {
			await this.#log.store.write(() => Promise.resolve());
			await this.#log.store.read(() => Promise.resolve());
		}
	}

	async #answer(consignment: Consignment, reply: object): Promise<void> {
		const { record, attempt } = consignment;
		const isGood = /^20/.test(String(Object(reply).statusCode)) && !("error" in reply);
		if (this.#inFlight.get(record.key)?.attempt === attempt || isGood) this.#inFlight.delete(record.key);
		if (isGood) this.#delivered.add(record.key);
		await this.#courier.answered(record.key, reply, attempt);
	}

	async play(steps: readonly Step[], first: number): Promise<void> {
		let next = first;
		await this.idle();
		for (const each of steps) {
			if (each.kind === "records") {
				const records = Array.from({ length: each.count }, () => recordOf(next++));
				for (const { key } of records) this.#made.add(key);
				await this.#fixture.put(this.#log, ...records);
			} else if (each.kind === "answer") {
				const among = each.isLate ? this.#sent : [...this.#inFlight.values()];
				const consignment = among[each.which % Math.max(1, among.length)];
				if (consignment) await this.#answer(consignment, each.reply);
			} else if (each.kind === "time") {
				this.#fixture.clock.advance(each.seconds * 1_000);
			} else if (each.kind === "clock") {
				this.#fixture.clock.step(each.seconds * 1_000);
				await this.idle();
				// It is noticed with the next look.
				this.#fixture.clock.advance(10_000);
			} else if (each.kind === "retry") {
				await this.#courier.retry(null);
			} else {
				this.#end();
				this.#inFlight.clear();
				this.#courier = this.#start();
			}
			await this.idle();
		}
	}

	/** From now on the CRM takes everything: in the end each record is there, or given up. */
	async finish(): Promise<void> {
		for (let round = 0; round < 400; round++) {
			for (const consignment of [...this.#inFlight.values()]) await this.#answer(consignment, { statusCode: 200 });
			await this.idle();
			const left = await this.#log.store.read((db) => undelivered(db, { tenant: "227", queue: this.#queue }, 1_000));
			if (left.every(({ state }) => state === "given-up")) break;
			this.#fixture.clock.advance(10_000);
			await this.idle();
		}
		this.#end();
		assert.deepEqual(this.#failures, []);
		const undeliveredKeys = [...this.#made].filter((key) => !this.#delivered.has(key));
		const left = await this.#log.store.read((db) => undelivered(db, { tenant: "227", queue: this.#queue }, 1_000));
		// Each once: there, or given up, as the log has it too.
		assert.deepEqual(left.map(({ record }) => record.key).sort(), undeliveredKeys.sort());
		assert.ok(undeliveredKeys.every((key) => this.#givenUp.has(key)));
	}
}

describe("handing records over, whatever happens in whatever order", function () {
	this.timeout(300_000);

	it("delivers each record or gives it up, loses none, and has never more on their way than it may", async () => {
		const fixture = new LogFixture();
		const log = fixture.open();
		let run = 0;
		try {
			await fc.assert(
				fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
					const play = new Play(fixture, log, `queue ${++run}`);
					await play.play(steps, run * 1_000);
					await play.finish();
					// Of one run only: the queues of others take records too.
					await log.store.write(async (db) => {
						for (const table of ["queues", "deliveries", "calls"] as const) await db.deleteFrom(table).execute();
					});
				}),
				{ numRuns: tries(40) },
			);
		} finally {
			await fixture.close();
		}
	});
});
