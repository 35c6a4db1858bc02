import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { DialGuard, DialLogs, type DialRules, NO_RULES } from "../../src/pbx/dialGuard";
import { type DialNumber, dialNumber, type Extension } from "../../src/protocol/address";
import { fitsPattern, isNumberPattern } from "../../src/protocol/numberPattern";
import { ManualClock } from "../support/clock";
import { ROOT } from "../support/nodeRed";

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

	it("let no number through that has a charge of its own, unless a pattern names its range", () => {
		const usual = ["9XXXXXXXX", "6XXXXXXXX", "+351.", "+88.", "XXXXX"];
		const costly = [
			...["905123456", "907123456", "902123456", "901123456", "+34905123456", "0034 902 123 456", "11818", "11888"],
			...["+351760123456", "00351 760 123 456", "+351707123456", "+351808123456", "+351761123456", "+351601123456"],
			...["+881612345678", "+882161234567"],
		];
		rule({ allowed: usual });
		for (const number of costly) refuses("costly-number", number);
		for (const number of ["974319404", "+34974319404", "600000101", "+351210000102", "+351912345678", "900123456"]) {
			dial(number);
		}
		// Behind the prefix of an outside line, and with what is dialled for the plus sign.
		rule({ allowed: usual }, "00", "0");
		for (const number of ["0905123456", "000351760123456"]) refuses("costly-number", number);
		rule({ allowed: [...usual, "905XXXXXX", "+34902.", "+351760.", "00351707.", "+881.", "118XX"] });
		for (const number of ["905123456", "902123456", "+351760123456", "00351707123456", "+881612345678", "11818"]) {
			dial(number);
		}
		for (const number of ["907123456", "+351808123456", "+882161234567"]) refuses("costly-number", number);
		for (const allowed of [["90X."], ["+3517."], ["+34."], ["+."], ["X."]]) {
			rule({ allowed });
			for (const number of ["905123456", "+351760123456"]) assert.throws(() => dial(number), `${allowed} ${number}`);
		}
	});

	it("take a number that has a charge of its own as any other where no patterns are set", () => {
		rule({ inAll: 1 });
		dial("905123456");
	});

	it("let service codes through only where a pattern names them", () => {
		rule({ allowed: ["9XXXXXXXX", "+351.", "6.", "*43#", "*21*6XXXXXXXX#", "#31#6."] });
		for (const number of ["*43#", "*21*600000101#", "#31#600000101"]) dial(number);
		for (const number of ["+351*21*00441234#", "6*21*600000101#", "*21*00441234#", "*72", "6#", "#31#900000101"]) {
			refuses("number-not-allowed", number);
		}
	});

	it("count a number once in all its spellings, behind a code too", () => {
		for (const number of [
			...["600000101#", "*600000101", "#31#600000101", "*31#600000101", "*67*600000101"],
			...["0600000101", "0034600000101", "+34600000101", "00034600000101", "600 000 101"],
		]) {
			rule({ repeat: 30_000 }, "+", "0");
			dial("600000101");
			refuses("repeated-number", number);
			rule({ repeat: 30_000 }, "+", "0");
			dial(number);
			refuses("repeated-number", "600000101");
		}
		rule({ repeat: 30_000 });
		dial("*43#");
		dial("*44#");
	});

	it("count an extension once in all the ways in which the PBX reads it", () => {
		for (const spelling of ["011", "11.0", "0011", "11.", "\uff11\uff11", "+11"]) {
			rule({ perExtension: 1 });
			dial("600000101");
			refuses("too-many-calls", "600000102", spelling as Extension);
			dial("600000102", TWELVE);
		}
	});

	it("load what is known of charges only when a number is checked against patterns", () => {
		const script = `
			const loaded = () => Object.keys(require.cache).some((file) => /libphonenumber-js.metadata\\.max/.test(file));
			const { DialGuard, DialLogs, NO_RULES } = require("./src/pbx/dialGuard.ts");
			const clock = { steady: () => 0 };
			const guard = (over) =>
				new DialGuard({ ...NO_RULES, ...over }, { country: "ES", plus: "+", prefix: "" }, clock, new DialLogs().of("x"));
			guard({ inAll: 5 }).admit("11", "600000101");
			const before = loaded();
			guard({ allowed: ["6."] }).admit("11", "600000101");
			process.stdout.write(JSON.stringify([before, loaded()]));`;
		const output = execFileSync(process.execPath, ["--require", "tsx/cjs", "-e", script], {
			cwd: ROOT,
			encoding: "utf8",
		});
		assert.deepEqual(JSON.parse(output), [false, true]);
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
		assert.ok(!fitsPattern("+351.", "+351*21") && !fitsPattern("9.", "91#") && fitsPattern("*21*6.", "*21*61"));
		assert.ok(!fitsPattern("9XX", "9123") && !fitsPattern("9.", "9") && !fitsPattern("9XX", "91*"));
	});
});
