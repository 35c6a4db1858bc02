import { Announcer } from "../../src/simulator/announcer";
import type { CapturedFrame } from "../../src/simulator/capture";
import { Exchange, NATURAL_PACE } from "../../src/simulator/exchange";
import { Scenes } from "../../src/simulator/scenes";
import type { Wire } from "../../src/simulator/wire";
import { ManualClock } from "./clock";

/** What truly became of one call. Times in whole seconds of the day. */
export interface TrueCall {
	readonly number: string;
	readonly startedAt: number;
	readonly endedAt: number;
	/** `waited`: it came while the phone talked; the wire does not tell whether it was answered. */
	readonly outcome: "answered" | "missed" | "waited";
	/** The phones it rang, in order; those that ring at once in any order. */
	readonly rang: readonly string[];
	readonly answeredBy: readonly string[];
	/** Seconds until the first answer, or until it was given up. */
	readonly wait: number;
	readonly talk: number;
}

/** A day at a PBX: what the monitor heard, and what truly happened. */
export interface Day {
	readonly frames: readonly CapturedFrame[];
	readonly calls: readonly TrueCall[];
	/** When the connection was down, in milliseconds since 1970. */
	readonly gaps: readonly { readonly from: number; readonly to: number }[];
	/** When it began, in milliseconds since 1970. */
	readonly origin: number;
}

/** How a day is made. */
export interface DayPlan {
	readonly seed: number;
	readonly extensions: number;
	readonly calls: number;
	/** How often the connection is cut, for 20 to 80 seconds. */
	readonly cuts: number;
	readonly wire?: Partial<Wire>;
}

const SECONDS = 86_400;
const WITHHELD = ["", "anonymous", "anónimo", "Número desconocido"];

/** Numbers from 0 to 1, the same for the same seed (a linear congruential generator). */
function dice(seed: number): (sides: number) => number {
	let state = seed;
	return (sides) => {
		state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
		return Math.floor((state / 4_294_967_296) * sides);
	};
}

/**
 * Plans so many calls at so many extensions, has the simulated exchange play them, and records what it says to the
 * monitor. The plan is the truth; nothing of it is read back from the exchange.
 */
export function playDay({ seed, extensions, calls, cuts, wire = {} }: DayPlan): Day {
	const roll = dice(seed);
	const clock = new ManualClock(Date.UTC(2026, 0, 15));
	const origin = clock.now();
	const frames: CapturedFrame[] = [];
	const phones = Array.from({ length: extensions }, (_, i) => String(2_000 + i));
	const gaps = Array.from({ length: cuts }, (_, i) => {
		const from = origin + Math.floor(((i + 0.5) * SECONDS * 1000) / cuts);
		return { from, to: from + (20 + roll(60)) * 1000 };
	});
	const isDeaf = () => gaps.some(({ from, to }) => clock.now() >= from && clock.now() < to);
	const outlet = {
		toExtension: () => {},
		toMonitor: (text: string) => {
			if (!isDeaf()) frames.push({ at: clock.now(), extension: "999", text });
		},
	};
	const pace = { ...NATURAL_PACE, ringing: 3_600_000 };
	const exchange = new Exchange(phones, new Announcer(outlet, [], clock), clock, pace);
	Object.assign(exchange.switchboard.wire, wire);
	const scenes = new Scenes(exchange);
	frames.push({ at: origin, extension: "999", text: exchange.snapshot() });

	const truth: TrueCall[] = [];
	const plan: { readonly at: number; readonly run: () => void }[] = [];
	const at = (second: number, run: () => void) => plan.push({ at: origin + second * 1000, run });
	const freeFrom = new Map(phones.map((phone) => [phone, 0]));
	const occupy = (phone: string, until: number) => freeFrom.set(phone, until + 15);
	const named = (i: number) => `6${10_000_000 + i}`;
	const caller = (i: number) => (roll(20) === 0 ? (WITHHELD[roll(4)] ?? "") : named(i));

	for (let i = 0; i < calls; i++) {
		const start = 10 + Math.floor((i * (SECONDS - 4_000)) / calls);
		const free = phones.filter((phone) => (freeFrom.get(phone) ?? 0) <= start);
		const pick = () => free.splice(roll(free.length), 1)[0] ?? "";
		const [ring, talk, kind] = [1 + roll(25), 1 + roll(600), roll(20)];
		if (free.length < 8) continue;
		// Where only the number shows that legs are one call, it has to be there.
		const number = kind < 8 ? named(i) : caller(i);
		const tell = (call: Omit<TrueCall, "number" | "startedAt">, ...used: string[]) => {
			truth.push({ number, startedAt: start, ...call });
			for (const phone of used) occupy(phone, call.endedAt);
		};
		if (kind < 3) {
			// A group rings at once.
			const group = Array.from({ length: 2 + roll(4) }, pick).sort();
			const answers = roll(3) > 0 ? (group[roll(group.length)] ?? "") : null;
			const endedAt = start + ring + (answers ? talk : 0);
			at(start, () => exchange.ringGroup(group, { number }));
			if (answers) at(start + ring, () => exchange.answer(answers));
			if (answers) at(endedAt, () => exchange.hangUp(answers));
			else for (const phone of group) at(endedAt, () => exchange.hangUp(phone));
			const outcome = answers ? "answered" : "missed";
			const answeredBy = answers ? [answers] : [];
			tell({ outcome, rang: group, answeredBy, wait: ring, talk: answers ? talk : 0, endedAt }, ...group);
		} else if (kind < 5) {
			// A queue tries one phone after the other, fifteen seconds each; the caller gives up in its second round, if ever.
			const group = Array.from({ length: 2 + roll(3) }, pick);
			const turn = roll(2 * group.length);
			const isAnswered = roll(3) > 0;
			// Half a second lies between two phones.
			const wait = Math.ceil(turn * 15.5) + 4;
			const rang = Array.from({ length: turn + 1 }, (_, n) => group[n % group.length] ?? "");
			const last = rang.at(-1) ?? "";
			const endedAt = start + wait + (isAnswered ? talk : 0);
			at(start, () => scenes.queue(group, { number, each: 15_000, rounds: 2 }));
			if (isAnswered) at(start + wait, () => exchange.answer(last));
			at(endedAt, () => exchange.hangUp(last));
			const outcome = isAnswered ? "answered" : "missed";
			const answeredBy = isAnswered ? [last] : [];
			tell({ outcome, rang, answeredBy, wait, talk: isAnswered ? talk : 0, endedAt }, ...group);
		} else if (kind === 5) {
			// One of a group rejects the call and is rung again.
			const [rejects, other] = [pick(), pick()];
			const endedAt = start + 12 + talk;
			at(start, () => exchange.ringGroup([rejects, other], { number }));
			at(start + 4, () => scenes.reject(rejects, 2_000));
			at(start + 12, () => exchange.answer(other));
			at(endedAt, () => exchange.hangUp(other));
			const rang = [rejects, other, rejects];
			tell({ outcome: "answered", rang, answeredBy: [other], wait: 12, talk, endedAt }, rejects, other);
		} else if (kind === 6) {
			// It is passed on to another phone, where somebody answers or nobody.
			const [first, to, isAnswered] = [pick(), pick(), roll(2) === 0];
			const passed = start + ring + talk;
			const endedAt = passed + 4 + (isAnswered ? 30 : 0);
			at(start, () => exchange.ring(first, { number }));
			at(start + ring, () => exchange.answer(first));
			at(passed, () => scenes.transfer(first, to));
			if (isAnswered) at(passed + 4, () => exchange.answer(to));
			at(endedAt, () => exchange.hangUp(to));
			const answeredBy = isAnswered ? [first, to] : [first];
			const total = talk + (isAnswered ? 30 : 0);
			tell({ outcome: "answered", rang: [first, to], answeredBy, wait: ring, talk: total, endedAt }, first, to);
		} else if (kind === 7) {
			// A third phone picks it up.
			const [rung, taker] = [pick(), pick()];
			const endedAt = start + ring + talk;
			at(start, () => exchange.ring(rung, { number }));
			at(start + ring, () => scenes.pickUp(taker, rung));
			at(endedAt, () => exchange.hangUp(taker));
			tell({ outcome: "answered", rang: [rung, taker], answeredBy: [taker], wait: ring, talk, endedAt }, rung, taker);
		} else if (kind < 11) {
			const phone = pick();
			at(start, () => exchange.ring(phone, { number }));
			at(start + ring, () => exchange.hangUp(phone));
			tell({ outcome: "missed", rang: [phone], answeredBy: [], wait: ring, talk: 0, endedAt: start + ring }, phone);
		} else {
			const phone = pick();
			const endedAt = start + ring + talk;
			at(start, () => exchange.ring(phone, { number }));
			at(start + ring, () => exchange.answer(phone));
			at(endedAt, () => exchange.hangUp(phone));
			tell({ outcome: "answered", rang: [phone], answeredBy: [phone], wait: ring, talk, endedAt }, phone);
			if (kind !== 11 || talk <= 30) continue;
			// Another call waits, and takes over when the first is hung up.
			const [other, from] = [`7${10_000_000 + i}`, start + ring + 10];
			at(from, () => exchange.ring(phone, { number: other }));
			at(endedAt + 3, () => exchange.answer(phone));
			at(endedAt + 23, () => exchange.hangUp(phone));
			const waited = {
				outcome: "waited",
				rang: [phone],
				answeredBy: [phone],
				wait: endedAt + 3 - from,
				talk: 20,
			} as const;
			truth.push({ ...waited, number: other, startedAt: from, endedAt: endedAt + 23 });
			occupy(phone, endedAt + 23);
		}
	}
	// On connecting again the PBX says how all phones are.
	for (const { to } of gaps) {
		plan.push({ at: to, run: () => frames.push({ at: clock.now(), extension: "999", text: exchange.snapshot() }) });
	}
	for (const step of plan.sort((a, b) => a.at - b.at)) {
		clock.advance(step.at - clock.now());
		step.run();
	}
	scenes.close();
	exchange.close();
	return { frames, calls: truth, gaps, origin };
}
