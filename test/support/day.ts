import type { Clock } from "../../src/link/clock";
import { Announcer } from "../../src/simulator/announcer";
import type { CapturedFrame } from "../../src/simulator/capture";
import { Exchange, NATURAL_PACE } from "../../src/simulator/exchange";
import { ManualClock } from "./clock";

/** What truly became of one call at one phone. Times in whole seconds of the day. */
export interface TrueCall {
	readonly extension: string;
	readonly number: string;
	readonly startedAt: number;
	/** When it reached this phone: later, where it was passed on. */
	readonly reachedAt: number;
	readonly endedAt: number;
	/** `waited`: it came while the phone talked; the wire does not tell whether it was answered. */
	readonly outcome: "answered" | "missed" | "answered-elsewhere" | "waited";
	readonly ring: number;
	readonly talk: number;
	/** The phones that one call rang, where there are several. */
	readonly group: readonly string[] | null;
}

/** A day at a PBX: what the monitor heard, and what truly happened. */
export interface Day {
	readonly frames: readonly CapturedFrame[];
	readonly calls: readonly TrueCall[];
	/** When the connection was down, in milliseconds since 1970. */
	readonly gaps: readonly { readonly from: number; readonly to: number }[];
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
export function playDay(seed: number, extensions: number, calls: number, cuts: number): Day {
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
	const exchange = new Exchange(phones, new Announcer(outlet, [], clock), clock as Clock, {
		...NATURAL_PACE,
		ringing: 3_600_000,
	});
	frames.push({ at: origin, extension: "999", text: exchange.snapshot() });

	const truth: TrueCall[] = [];
	const plan: { readonly at: number; readonly run: () => void }[] = [];
	const at = (second: number, run: () => void) => plan.push({ at: origin + second * 1000, run });
	const freeFrom = new Map(phones.map((phone) => [phone, 0]));
	const occupy = (phone: string, until: number) => freeFrom.set(phone, until + 5);
	const caller = () => (roll(20) === 0 ? (WITHHELD[roll(4)] ?? "") : `6${String(10_000_000 + roll(89_999_999))}`);

	for (let i = 0; i < calls; i++) {
		const start = 10 + Math.floor((i * (SECONDS - 4_000)) / calls);
		const free = phones.filter((phone) => (freeFrom.get(phone) ?? 0) <= start);
		const pick = () => free.splice(roll(free.length), 1)[0] ?? "";
		const [number, ring, talk, kind] = [caller(), 1 + roll(25), 1 + roll(600), roll(20)];
		const base = { number, startedAt: start, reachedAt: start, ring, group: null };
		if (free.length < 6) continue;
		if (kind < 4) {
			// A queue rings several phones.
			const group = Array.from({ length: 2 + roll(4) }, pick).sort();
			const answers = roll(3) > 0 ? (group[roll(group.length)] ?? "") : null;
			// Withheld callers cannot be told to be one.
			const named = number === "" || !/\d/.test(number) ? `6${10_000_000 + i}` : number;
			at(start, () => exchange.ringGroup(group, { number: named }));
			for (const extension of group) {
				const isAnswer = extension === answers;
				const endedAt = start + ring + (isAnswer ? talk : 0);
				const outcome = isAnswer ? "answered" : answers ? "answered-elsewhere" : "missed";
				truth.push({ ...base, number: named, extension, endedAt, outcome, talk: isAnswer ? talk : 0, group });
				occupy(extension, endedAt);
				if (!answers) at(start + ring, () => exchange.hangUp(extension));
			}
			if (answers) {
				at(start + ring, () => exchange.answer(answers));
				at(start + ring + talk, () => exchange.hangUp(answers));
			}
			continue;
		}
		const extension = pick();
		at(start, () => exchange.ring(extension, { number }));
		if (kind < 8) {
			truth.push({ ...base, extension, endedAt: start + ring, outcome: "missed", talk: 0 });
			at(start + ring, () => exchange.hangUp(extension));
			occupy(extension, start + ring);
			continue;
		}
		const endedAt = start + ring + talk;
		truth.push({ ...base, extension, endedAt, outcome: "answered", talk });
		at(start + ring, () => exchange.answer(extension));
		occupy(extension, endedAt);
		if (kind === 8 && talk > 30) {
			// Another call waits, and takes over when the first is hung up.
			const [other, from] = [caller(), start + ring + 10];
			at(from, () => exchange.ring(extension, { number: other }));
			at(endedAt, () => exchange.hangUp(extension));
			at(endedAt + 3, () => exchange.answer(extension));
			at(endedAt + 23, () => exchange.hangUp(extension));
			occupy(extension, endedAt + 23);
			const waited = {
				extension,
				number: other,
				startedAt: from,
				reachedAt: from,
				endedAt: endedAt + 23,
				outcome: "waited",
			} as const;
			truth.push({ ...waited, ring: endedAt + 3 - from, talk: 20, group: null });
		} else if (kind === 9) {
			// It is passed on to another phone, where somebody answers or nobody.
			const [to, isAnswered] = [pick(), roll(2) === 0];
			at(endedAt, () => exchange.transfer(extension, to));
			if (isAnswered) at(endedAt + 4, () => exchange.answer(to));
			const over = endedAt + 4 + (isAnswered ? 30 : 0);
			at(over, () => exchange.hangUp(to));
			occupy(to, over);
			const outcome = isAnswered ? "answered" : "missed";
			truth.push({
				...base,
				reachedAt: endedAt,
				extension: to,
				ring: endedAt + 4 - start,
				talk: isAnswered ? 30 : 0,
				endedAt: over,
				outcome,
			});
		} else {
			at(endedAt, () => exchange.hangUp(extension));
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
	exchange.close();
	return { frames, calls: truth, gaps };
}
