import type { Leg, LegState, PhoneEvidence, Ringing } from "../../src/calls/leg";
import { type LegInput, ringing, stepLeg, talking } from "../../src/calls/stepLeg";
import type { Moment } from "../../src/moment";

/** When a leg came into the state that it is tried in, and when something happens to it. */
const [BEFORE, NOW]: readonly Moment[] = [
	{ wall: 1_000_000, steady: 0 },
	{ wall: 1_010_000, steady: 10_000 },
];
const LATER: Moment = { wall: 90_000_000, steady: 89_000_000 };

function rings(phone: PhoneEvidence, lines = false): Ringing {
	return ringing(phone, lines, BEFORE as Moment);
}

const TALKS = talking(BEFORE as Moment, "phone", BEFORE as Moment);

function releasing(from: Ringing | typeof TALKS): LegState {
	return { kind: "releasing", from, idleAt: BEFORE as Moment, until: 13_000 };
}

/** The states that a leg can be in, by the names that the documentation gives them. */
export const STATES: Readonly<Record<string, LegState>> = {
	quiet: rings({ kind: "states", rang: false }),
	rings: rings({ kind: "states", rang: true }),
	"by lines": rings({ kind: "none", why: "shared" }, true),
	"in doubt": rings({ kind: "none", why: "shared" }),
	gap: rings({ kind: "none", why: "gap" }),
	talks: TALKS,
	"talks on": { ...TALKS, isEndHeard: false },
	"released unanswered": releasing(rings({ kind: "states", rang: true })),
	"released talk": releasing(TALKS),
	over: { kind: "ended", answeredAt: null, endedAt: BEFORE as Moment, outcome: "no-answer", isWhole: true },
};

function phone(
	state: "idle" | "ringing" | "busy" | "unknown",
	previous: "idle" | "ringing" | "busy" | "unheard" | "unknown",
) {
	return { kind: "phone", state, previous, isRepeating: false, grace: 3_000 } as const;
}

const line = { kind: "line", tellsAnswers: true, duration: null } as const;

/** What can happen to it, likewise, and when. */
export const INPUTS: Readonly<Record<string, readonly [LegInput, Moment]>> = Object.fromEntries(
	Object.entries<LegInput | readonly [LegInput, Moment]>({
		"phone rings": phone("ringing", "idle"),
		"phone rings, having been busy": phone("ringing", "busy"),
		"phone busy, having rung": phone("busy", "ringing"),
		"phone busy, having been idle": phone("busy", "idle"),
		"phone busy, just connected": { ...phone("busy", "unheard"), isRepeating: true },
		"phone busy after an unknown word": phone("busy", "unknown"),
		"phone busy, as before": phone("busy", "busy"),
		"phone idle": phone("idle", "busy"),
		"phone in an unknown word": phone("unknown", "ringing"),
		"another leg at the phone": { kind: "shared" },
		"end ticket": { kind: "end" },
		"the dialled call fails": { kind: "dial-failed", outcome: "busy" },
		"line: rings": { ...line, step: "ringing" },
		"line: answered": { ...line, step: "answered" },
		"line: ended": { ...line, step: "ended" },
		"line: ended after 0 seconds": { ...line, step: "ended", duration: 0 },
		"picked up here": { kind: "picked-up", since: NOW as Moment },
		"tick, in time": { kind: "tick" },
		"tick, too late": [{ kind: "tick" }, LATER],
		"link down": { kind: "link-down", lost: "phone" },
		"own link down": { kind: "link-down", lost: "lines" },
		"link up": { kind: "link-up" },
		forgotten: { kind: "forgotten" },
	}).map(([name, input]) => [name, Array.isArray(input) ? input : [input, NOW]] as const),
) as Readonly<Record<string, readonly [LegInput, Moment]>>;

function nameOf(state: LegState): string {
	switch (state.kind) {
		case "ringing":
			if (state.phone.kind === "states") return state.phone.rang ? "rings" : "quiet";
			return state.lines ? "by lines" : state.phone.why === "gap" ? "gap" : "in doubt";
		case "talking":
			return state.isEndHeard ? "talks" : "talks on";
		case "releasing":
			return state.from.kind === "talking" ? "released talk" : "released unanswered";
		case "ended":
			return `**${state.outcome}**${state.endedAt ? "" : ", no time"}`;
	}
}

/** What an input makes of a leg in a state, in the words of the documentation: `·` where it stays as it is. */
export function cell(state: string, input: string, direction: Leg["direction"] = "inbound"): string {
	const [from, given] = [STATES[state], INPUTS[input]];
	if (!from || !given) throw new Error(`No such state or input: ${state}, ${input}`);
	const leg: Leg = {
		...{
			key: "11/1",
			extension: "11",
			direction,
			number: "600123456",
			name: null,
			startedAt: 0,
			heardAt: BEFORE as Moment,
		},
		...{
			bornAt: BEFORE as Moment,
			transaction: null,
			formerTransaction: null,
			isOnOwn: false,
			pro: null,
			offHookAt: null,
		},
		...{ raw: null, state: from },
	};
	const { leg: next } = stepLeg(leg, given[0], given[1], null);
	const target = nameOf(next.state);
	return next.state === from || target === state ? "·" : target;
}
