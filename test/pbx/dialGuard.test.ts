import assert from "node:assert/strict";
import fc from "fast-check";
import { DialGuard, DialLogs, type DialRules, NO_RULES } from "../../src/pbx/dialGuard";
import { type DialNumber, dialNumber, type Extension } from "../../src/protocol/address";
import { fitsPattern, isNumberPattern } from "../../src/protocol/numberPattern";
import { ManualClock } from "../support/clock";

const [ELEVEN, TWELVE] = ["11" as Extension, "12" as Extension];

describe("the limits of dialling", () => {
	let clock: ManualClock;
	let guard: DialGuard;
	const rule = (over: Partial<DialRules>, plus = "+", prefix = "") => {
		clock = new ManualClock();
		guard = new DialGuard({ ...NO_RULES, ...over }, { country: "ES", plus, prefix }, clock, new DialLogs().of("x"));
	};
	const dial = (number: string, extension = ELEVEN) => guard.admit(extension, dialNumber(number) as DialNumber);
	const refuses = (code: string, number: string, extension = ELEVEN) =>
		assert.throws(() => dial(number, extension), { code }, number);

	it("are none unless they are set", () => {
		rule({});
		for (let i = 0; i < 100; i++) dial("+5354123456");
	});

	it("let through the numbers that fit a pattern, in any writing, and the emergency number", () => {
		rule({ allowed: ["+34.", "+351XXXXXXXXX", "*43#", "1X"] });
		for (const number of ["+34974319404", "974319404", "0034974319404", "+351210000102", "*43#", "12", "112"])
			dial(number);
		for (const number of [
			"+5354123456",
			"+35121000010",
			"+3512100001022",
			"005354123456",
			"1",
			"113",
			"*43",
			"*974319404",
			"974319404#803123456",
			"974319404+",
		]) {
			refuses("number-not-allowed", number);
		}
	});

	it("hold for a minute, for each extension and in all", () => {
		rule({ perExtension: 2, inAll: 3 });
		dial("600000101");
		dial("600000102");
		refuses("too-many-calls", "600000103");
		dial("600000103", TWELVE);
		refuses("too-many-calls", "600000104", TWELVE);
		clock.advance(59_999);
		refuses("too-many-calls", "600000103");
		clock.advance(1);
		dial("600000103");
	});

	it("keep a number from being dialled twice within the window, however it is written by whom", () => {
		rule({ repeat: 30_000 });
		dial("600 000 101");
		refuses("repeated-number", "600-000-101", TWELVE);
		clock.advance(30_000);
		dial("600000101");
	});

	it("know an international number in what is dialled for its plus sign", () => {
		for (const [plus, number] of [
			["", "351210000102"],
			["00", "00351210000102"],
			["9", "9351210000102"],
		] as const) {
			rule({ allowed: ["+351."] }, plus);
			dial(number);
			refuses("number-not-allowed", "974319404");
		}
	});

	it("take all writings of a number for one", () => {
		rule({ repeat: 30_000 });
		dial("974319404");
		for (const number of ["+34974319404", "0034974319404"]) refuses("repeated-number", number);
	});

	it("never keep the emergency number back", () => {
		rule({ repeat: 30_000, perExtension: 1, inAll: 1, allowed: ["+34."] });
		for (let i = 0; i < 5; i++) dial("112");
	});

	it("are shared by all that use an account, and outlive who asked", () => {
		const logs = new DialLogs();
		clock = new ManualClock();
		const guards = ["a", "a", "b"].map(
			(account) =>
				new DialGuard({ ...NO_RULES, inAll: 1 }, { country: "ES", plus: "+", prefix: "" }, clock, logs.of(account)),
		);
		const number = dialNumber("600000101") as DialNumber;
		guards[0]?.admit(ELEVEN, number);
		assert.throws(() => guards[1]?.admit(ELEVEN, number), { code: "too-many-calls" });
		guards[2]?.admit(ELEVEN, number);
	});

	it("do not count a call that was not asked for after all, and forget none where the clock is set back", () => {
		rule({ perExtension: 1 });
		dial("600000101")();
		dial("600000101");
		clock.step(-3_600_000);
		refuses("too-many-calls", "600000102");
		clock.advance(60_000);
		dial("600000102");
	});

	it("are never exceeded, whatever is asked when", () => {
		const asked = fc.tuple(fc.nat(30_000), fc.constantFrom(ELEVEN, TWELVE), fc.constantFrom("1", "2", "3"));
		fc.assert(
			fc.property(fc.array(asked, { maxLength: 200 }), (script) => {
				rule({ perExtension: 3, inAll: 4, repeat: 5_000 });
				const through: { at: number; extension: string; number: string }[] = [];
				for (const [wait, extension, number] of script) {
					clock.advance(wait);
					try {
						dial(number, extension);
						through.push({ at: clock.now(), extension, number });
					} catch {
						// Refused.
					}
				}
				for (const { at, extension, number } of through) {
					const minute = through.filter((call) => call.at <= at && at - call.at < 60_000);
					assert.ok(minute.length <= 4);
					assert.ok(minute.filter((call) => call.extension === extension).length <= 3);
					assert.equal(
						through.filter((call) => call.number === number && call.at <= at && at - call.at < 5_000).length,
						1,
					);
				}
			}),
		);
	});
});

describe("a pattern of numbers", () => {
	it("is digits, *, #, + and X, with a dot at its end or none", () => {
		for (const pattern of ["9XXXXXXXX", "+351.", "x.", "*43#"]) assert.ok(isNumberPattern(pattern), pattern);
		for (const pattern of ["", "9-1", "9.1", "(9)", "abc", "9?"]) assert.ok(!isNumberPattern(pattern), pattern);
	});

	it("fits whole numbers only", () => {
		assert.ok(fitsPattern("9XX", "912") && fitsPattern("9.", "91") && fitsPattern("+34.", "+341"));
		assert.ok(!fitsPattern("9XX", "9123") && !fitsPattern("9.", "9") && !fitsPattern("9XX", "91*"));
	});
});
