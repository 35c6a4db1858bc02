import { PbxError } from "../errors";
import type { Clock } from "../link/clock";
import { type NumberPlan, readNumber, withoutPrefix } from "../numbers/numbers";
import type { DialNumber, Extension } from "../protocol/address";
import { fitsPattern } from "../protocol/numberPattern";

/** What may be dialled: the administrator's protection against toll fraud. */
export interface DialRules {
	/** Patterns as of dial plans: `X` is any digit, a dot at the end any more of them; empty allows all numbers. */
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
const MINUTE = 60_000;
/** Calls that are remembered: more than any limit asks for. */
const MOST = 10_000;

interface Dialled {
	/** By the steady clock. */
	readonly at: number;
	readonly extension: Extension;
	/** In E.164 where it is such a number: writings of one number count as one. */
	readonly number: string;
}

/** What was dialled from one account lately. It outlives a deploy, and is shared by all who use the account. */
export interface DialLog {
	calls: readonly Dialled[];
}

/** Accounts that are remembered. */
const MOST_ACCOUNTS = 1_000;

/** The logs of all accounts of this process. */
export class DialLogs {
	readonly #logs = new Map<string, DialLog>();

	/** The log of an account, by its server and tenant. */
	of(account: string): DialLog {
		const log = this.#logs.get(account) ?? { calls: [] };
		this.#logs.delete(account);
		this.#logs.set(account, log);
		const [oldest] = this.#logs.keys();
		if (this.#logs.size > MOST_ACCOUNTS && oldest !== undefined) this.#logs.delete(oldest);
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
	 * @throws PbxError `number-not-allowed`, `too-many-calls`, `repeated-number`
	 */
	admit(extension: Extension, number: DialNumber): () => void {
		if (number === EMERGENCY) return () => {};
		const { allowed, perExtension, inAll, repeat } = this.#rules;
		const writings = this.#writings(number);
		if (allowed.length > 0 && !allowed.some((pattern) => writings.some((each) => fitsPattern(pattern, each)))) {
			throw new PbxError("number-not-allowed", `${number} fits none of the allowed numbers`, { number });
		}
		const now = this.#clock.steady();
		const since = (window: number) => this.#log.calls.filter(({ at }) => now - at < window);
		const minute = since(MINUTE);
		const own = minute.filter((call) => call.extension === extension);
		if (perExtension > 0 && own.length >= perExtension) throw tooMany(perExtension, extension);
		if (inAll > 0 && minute.length >= inAll) throw tooMany(inAll, "*");
		const canonical = writings.at(-1) ?? number;
		if (repeat > 0 && since(repeat).some((call) => call.number === canonical)) {
			const seconds = Math.round(repeat / 1000);
			const text = `${number} was dialled less than ${seconds} s ago`;
			throw new PbxError("repeated-number", text, { number, seconds });
		}
		const call: Dialled = { at: now, extension, number: canonical };
		this.#log.calls = [...since(Math.max(MINUTE, repeat)).slice(1 - MOST), call];
		return () => {
			this.#log.calls = this.#log.calls.filter((other) => other !== call);
		};
	}

	/** The number as it is dialled, without the prefix of an outside line, and in E.164 where it is such a number. */
	#writings(number: DialNumber): string[] {
		const outside = withoutPrefix(number, this.#plan);
		if (!/^\+?\d+$/.test(outside)) return [number, outside];
		const { plus } = this.#plan;
		const hasPlus = plus !== "" && plus !== "+" && plus !== "national" && outside.startsWith(plus);
		const plan = { country: this.#plan.country, prefix: "" };
		const e164 = readNumber(outside, plan) ?? (hasPlus ? readNumber(`+${outside.slice(plus.length)}`, plan) : null);
		return [number, outside, ...(e164 === null ? [] : [e164])];
	}
}

function tooMany(most: number, extension: string): PbxError {
	const who = extension === "*" ? "all extensions together" : `extension ${extension}`;
	return new PbxError("too-many-calls", `More than ${most} calls a minute from ${who}`, { most, extension });
}
