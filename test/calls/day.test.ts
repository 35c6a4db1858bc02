import assert from "node:assert/strict";
import type { CallRecord } from "../../src/messages";
import { CallPlayer } from "../support/callPlayer";
import { type Day, type DayPlan, playDay, type TrueCall } from "../support/day";
import { tries } from "../support/tries";

/** Has the call model hear a day, and gives the records of its calls. */
function recover({ frames, gaps, origin }: Day): readonly CallRecord[] {
	const player = new CallPlayer();
	player.now = origin;
	const cuts = [...gaps];
	for (const { at, text } of frames) {
		for (let [cut] = cuts; cut && cut.to <= at; [cut] = cuts) {
			cuts.shift();
			player.after((cut.from - player.now) / 1000).gap((cut.to - cut.from) / 1000);
		}
		player.after((at - player.now) / 1000, text);
	}
	return player.rest().records;
}

function secondOf(time: string | null, origin: number): number {
	return time === null ? Number.NaN : (Date.parse(time) - origin) / 1000;
}

/** What a record says that is not so; saying nothing is no fault. */
function faultOf(record: CallRecord, call: TrueCall, origin: number): string | null {
	if (record.outcome === "unknown") return null;
	if (call.outcome === "waited" || record.outcome !== call.outcome) return `outcome ${record.outcome}`;
	if (record.answeredBy.join() !== call.answeredBy.join()) return "answeredBy";
	const [rang, truly] = [record.legs.map(({ extension }) => extension), [...call.rang]];
	if (record.complete && rang.sort().join() !== truly.sort().join()) return "legs";
	const seconds: [number | null, number][] = [[record.waitDuration, call.wait]];
	if (call.outcome === "answered") seconds.push([record.duration, call.talk]);
	if (seconds.some(([told, true_]) => told !== null && Math.abs(told - true_) > 1)) return "seconds";
	const endedAt = secondOf(record.endedAt, origin);
	return Math.abs(endedAt - call.endedAt) > 1 ? "endedAt" : null;
}

/** How the records compare with the truth: of one caller and moment there is one call. */
function compare(plan: DayPlan) {
	const day = playDay(plan);
	const { origin } = day;
	const left = new Set(recover(day));
	const byStart = new Map<number, CallRecord[]>();
	for (const record of left) {
		const second = secondOf(record.startedAt, origin);
		byStart.set(second, [...(byStart.get(second) ?? []), record]);
	}
	const score = { calls: day.calls.length, right: 0, unknown: 0, unheard: 0, wrong: [] as string[] };
	const isCut = ({ startedAt, endedAt }: TrueCall) =>
		day.gaps.some(({ from, to }) => from < origin + (endedAt + 1) * 1000 && to > origin + startedAt * 1000);
	for (const call of day.calls) {
		const own = [0, 1, -1]
			.flatMap((off) => byStart.get(call.startedAt + off) ?? [])
			.filter(({ number, legs }) => {
				const isCaller = number === call.number || number === null;
				return isCaller && legs.every(({ extension }) => call.rang.includes(extension));
			})
			.filter((record) => left.delete(record));
		const [record, ...others] = own;
		if (!record) {
			if (isCut(call)) score.unheard++;
			else score.wrong.push(`never told: ${JSON.stringify(call)}`);
			continue;
		}
		// A gap can tear a call in two, of which one then is not known to be whole.
		const isTorn = isCut(call) && own.some(({ complete }) => !complete);
		const faults = own.map((each) => (isTorn && !each.complete ? null : faultOf(each, call, origin)));
		const fault = others.length > 0 && !isTorn ? `told ${own.length} times` : faults.find((each) => each !== null);
		if (fault) score.wrong.push(`${fault}: ${JSON.stringify(call)} ${JSON.stringify(own)}`);
		else if (record.outcome === "unknown" || others.length > 0) score.unknown++;
		else score.right++;
	}
	const invented = [...left].filter(({ complete, outcome }) => complete || outcome !== "unknown");
	const waited = day.calls.filter(({ outcome }) => outcome === "waited").length;
	return { ...score, invented: invented.map((each) => JSON.stringify(each)), waited };
}

const CALLS = tries(5_000);

describe("a day of 5,000 calls at 200 extensions", () => {
	for (const wire of [
		{},
		{ ends: "last" },
		{ transactions: "each", ends: "last" },
		{ pickup: "after", ends: "last" },
	] as const) {
		it(`has one record each, none of them wrong, and what the wire does not tell is unknown: ${JSON.stringify(wire)}`, () => {
			const { calls, right, unknown, unheard, invented, wrong, waited } = compare({
				...{ seed: 7, extensions: 200, calls: CALLS, cuts: 0, wire },
			});
			assert.deepEqual(wrong.slice(0, 3), []);
			assert.deepEqual(invented.slice(0, 3), []);
			assert.ok(calls > CALLS * 0.8 && waited > CALLS / 100, `${calls} ${waited}`);
			assert.deepEqual([right, unknown, unheard], [calls - waited, waited, 0]);
		});
	}

	it("holds nothing wrong where the connection was down a hundred times", () => {
		const { calls, right, unknown, unheard, wrong, invented } = compare({
			seed: 8,
			extensions: 200,
			calls: CALLS,
			cuts: tries(100),
		});
		assert.deepEqual(wrong.slice(0, 3), []);
		assert.deepEqual(invented.slice(0, 3), []);
		assert.equal(right + unknown + unheard, calls);
		assert.ok(
			right / calls > 0.85,
			`${right} of ${calls} are told rightly, ${unknown} are unknown, ${unheard} unheard`,
		);
	});
});
