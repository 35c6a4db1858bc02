import { PbxError } from "../errors";
import type { Clock } from "../link/clock";
import { LruMap } from "../lruMap";
import { specialCharge } from "../numbers/charges";
import { type NumberPlan, readNumber, withoutPrefix } from "../numbers/numbers";
import { spellingsOf } from "../numbers/spellings";
import { type DialNumber, type Extension, MONITOR } from "../protocol/address";
import { fitsPattern, namedLength } from "../protocol/numberPattern";

/** What may be dialled: the administrator's protection against toll fraud. */
export interface DialRules {
	/**
	 * Patterns as of dial plans: `X` is any digit, a dot at the end any more of them; empty allows all numbers. Numbers with a
	 * charge of their own are allowed only by a pattern that names the digits by which one knows them: `905XXXXXX`, `+351760.`.
	 */
	readonly allowed: readonly string[];
	/** Calls a minute from one extension; 0 for no limit. */
	readonly perExtension: number;
	/** Calls a minute in all; 0 for no limit. */
	readonly inAll: number;
	/** Milliseconds within which the same number is not dialled twice; 0 for no such window. */
	readonly repeat: number;
	/** Nothing is dialled: what would be is said. */
	readonly dryRun: boolean;
}

/** No limits. */
export const NO_RULES: DialRules = { allowed: [], perExtension: 0, inAll: 0, repeat: 0, dryRun: false };

/** The European emergency number: nothing keeps it from being dialled. */
const EMERGENCY = "112";
/** Digits that a number has at least which stands behind a code. */
const LEAST_NUMBER = 5;
const MINUTE = 60_000;
/** Calls that are remembered: more than any limit asks for. */
const MOST = 10_000;

interface Dialled {
	/** By the steady clock. */
	readonly at: number;
	/** As the PBX reads it: `011` is 11. */
	readonly extension: string;
	/** In E.164 where it is such a number: writings of one number count as one. */
	readonly number: string;
}

/** What was dialled from one account lately. It outlives a deploy, and is shared by all who use the account. */
export interface DialLog {
	calls: readonly Dialled[];
}

/** @throws PbxError `monitor-cannot-dial` for 999 (protocol 5) */
export function refuseMonitor(extension: Extension): void {
	if (extension !== MONITOR) return;
	throw new PbxError("monitor-cannot-dial", "The monitor channel (999) cannot place calls");
}

/** Accounts that are remembered. */
const MOST_ACCOUNTS = 1_000;

/** The logs of all accounts of this process. */
export class DialLogs {
	readonly #logs = new LruMap<string, DialLog>(MOST_ACCOUNTS);

	/** The log of an account, by its server and tenant. */
	of(account: string): DialLog {
		const log = this.#logs.get(account) ?? { calls: [] };
		this.#logs.set(account, log);
		return log;
	}
}

/** Refuses calls that the rules do not allow. */
export class DialGuard {
	readonly #rules: DialRules;
	readonly #plan: NumberPlan;
	readonly #clock: Clock;
	readonly #log: DialLog;

	/** @param plan  how a number is read, so that a pattern with `+` fits its national writing too */
	constructor(rules: DialRules, plan: NumberPlan, clock: Clock, log: DialLog) {
		this.#rules = rules;
		this.#plan = plan;
		this.#clock = clock;
		this.#log = log;
	}

	/**
	 * Takes notice of a call that is about to be asked for, or refuses it. Gives what takes the notice back, for a call that
	 * was not asked for after all. The emergency number is never refused.
	 *
	 * @throws PbxError `monitor-cannot-dial`, `number-not-allowed`, `costly-number`, `too-many-calls`, `repeated-number`
	 */
	admit(extension: Extension, number: DialNumber): () => void {
		refuseMonitor(extension);
		const outside = withoutPrefix(number, this.#plan);
		if (number === EMERGENCY || outside === EMERGENCY) return () => {};
		const { perExtension, inAll, repeat } = this.#rules;
		this.#mustBeAllowed(number, outside);
		const now = this.#clock.steady();
		const since = (window: number) => this.#log.calls.filter(({ at }) => now - at < window);
		const minute = since(MINUTE);
		const caller = canonicalExtension(extension);
		const own = minute.filter((call) => call.extension === caller);
		if (perExtension > 0 && own.length >= perExtension) throw tooMany(perExtension, extension);
		if (inAll > 0 && minute.length >= inAll) throw tooMany(inAll, "*");
		const canonical = this.#canonical(number);
		if (repeat > 0 && since(repeat).some((call) => call.number === canonical)) {
			const seconds = Math.round(repeat / 1000);
			const text = `${number} was dialled less than ${seconds} s ago`;
			throw new PbxError("repeated-number", text, { number, seconds });
		}
		const call: Dialled = { at: now, extension: caller, number: canonical };
		this.#log.calls = [...since(Math.max(MINUTE, repeat)).slice(1 - MOST), call];
		return () => {
			this.#log.calls = this.#log.calls.filter((other) => other !== call);
		};
	}

	#mustBeAllowed(number: DialNumber, outside: string): void {
		const { allowed } = this.#rules;
		if (allowed.length === 0) return;
		const writings = new Set([number, outside, ...this.#knownWritings(outside)]);
		const fitting = allowed.flatMap((pattern) => {
			return Array.from(writings, (each) => [pattern, each] as const).filter((pair) => fitsPattern(...pair));
		});
		if (fitting.length === 0) {
			throw new PbxError("number-not-allowed", `${number} fits none of the allowed numbers`, { number });
		}
		// A service code that a pattern names is no number.
		const charge = /^\+?\d+$/.test(outside)
			? specialCharge(this.#withPlus(outside) ?? outside, this.#plan.country)
			: null;
		if (!charge) return;
		const { ownDigits, rangeDigits } = charge;
		const named = fitting.some(([pattern, each]) => namedLength(pattern) >= each.length - ownDigits + rangeDigits);
		if (named) return;
		const range = outside.slice(0, outside.length - ownDigits + rangeDigits);
		const text = `${number} has a special charge, or an unknown one: only a pattern such as ${range}. allows it`;
		throw new PbxError("costly-number", text, { number, pattern: `${range}.` });
	}

	/** With its `+`, a number that has something else in its place; null for any other. */
	#withPlus(outside: string): string | null {
		const { plus } = this.#plan;
		const hasOther = plus !== "" && plus !== "+" && plus !== "national" && outside.startsWith(plus);
		return hasOther ? `+${outside.slice(plus.length)}` : null;
	}

	#e164(outside: string): string | null {
		if (!/^\+?\d+$/.test(outside)) return null;
		const plan = { country: this.#plan.country, prefix: "" };
		const withPlus = this.#withPlus(outside);
		return readNumber(outside, plan) ?? (withPlus && readNumber(withPlus, plan));
	}

	/** In E.164, and as within the country where it is one of its own. */
	#knownWritings(outside: string): string[] {
		const e164 = this.#e164(outside);
		if (e164 === null) return [];
		const { national } = spellingsOf(e164, this.#plan);
		return readNumber(national, { country: this.#plan.country, prefix: "" }) === e164 ? [e164, national] : [e164];
	}

	/** One form for all spellings of a number, also behind codes such as `#31#`. */
	#canonical(number: DialNumber): string {
		const runs = [...(number.match(/\+?\d+/g) ?? [])].sort((a, b) => b.length - a.length);
		const [longest = ""] = runs;
		const plain = longest.length >= LEAST_NUMBER ? longest : number;
		const outside = withoutPrefix(plain, this.#plan);
		return this.#e164(plain) ?? this.#e164(outside) ?? outside;
	}
}

/** An extension as the PBX reads it: by the number that it begins with. */
function canonicalExtension(extension: string): string {
	const [, digits] = /^\+?0*(\d+)/.exec(extension.normalize("NFKC")) ?? [];
	return digits ?? extension.toLowerCase();
}

function tooMany(most: number, extension: string): PbxError {
	const who = extension === "*" ? "all extensions together" : `extension ${extension}`;
	return new PbxError("too-many-calls", `More than ${most} calls a minute from ${who}`, { most, extension });
}
