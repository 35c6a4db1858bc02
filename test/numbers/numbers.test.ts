import assert from "node:assert/strict";
import fc from "fast-check";
import { asDialled } from "../../src/numbers/asDialled";
import { isWithheld, readCaller } from "../../src/numbers/callerId";
import { describeNumber, isCountry, type NumberPlan } from "../../src/numbers/numbers";
import { spellingsOf } from "../../src/numbers/spellings";
import { dialNumber } from "../../src/protocol/address";
import { STANDARD_VOCABULARY } from "../../src/protocol/vocabulary";

const plan = (over: Partial<NumberPlan> = {}): NumberPlan => ({ country: "ES", prefix: "", plus: "+", ...over });
/** The phones that this PBX has spoken of. */
const PHONES = ["2203", "2204", "340011", "112233"];
const isPhone = (number: string) => PHONES.includes(number);
const describeHere = (number: string, over: Partial<NumberPlan> = {}) =>
	describeNumber(number, plan(over), STANDARD_VOCABULARY, isPhone);

describe("a caller's number", () => {
	it("is given in E.164 for every way of writing it", () => {
		for (const text of ["974319404", "+34974319404", "0034 974 31 94 04", "+34-974-319-404", "34974319404"]) {
			assert.equal(describeHere(text).e164, "+34974319404", text);
		}
		assert.equal(describeHere("210 000 102", { country: "PT" }).e164, "+351210000102");
		assert.equal(describeHere("+351 210 000 102").e164, "+351210000102");
		for (const text of ["+49 (0)30 123456", "0049 (0) 30 123456", "+49 [0]30 12 34 56"]) {
			assert.equal(describeHere(text).e164, "+4930123456", text);
		}
	});

	it("of another country is read without its +, where it is no number of this one", () => {
		for (const [text, country, e164] of [
			["351912345678", "ES", "+351912345678"],
			["34612345678", "PT", "+34612345678"],
			["4930123456", "ES", "+4930123456"],
			["376312345", "ES", "+376312345"],
			["5511961234567", "PT", "+5511961234567"],
			// Valid here, and so meant as from here.
			["912345678", "ES", "+34912345678"],
			["912345678", "PT", "+351912345678"],
		] as const) {
			assert.equal(describeHere(text, { country }).e164, e164, `${text} in ${country}`);
		}
		for (const text of ["123456", "097431940", "11223344", "00", "999999999999999"]) {
			assert.equal(describeHere(text).e164, null, text);
		}
	});

	it("is read without the prefix of an outside line", () => {
		for (const [text, prefix, e164] of [
			["0974319404", "0", "+34974319404"],
			["00034974319404", "0", "+34974319404"],
			["9974319404", "9", "+34974319404"],
			["974319404", "9", "+34974319404"],
			["*9600000101", "*9", "+34600000101"],
		] as const) {
			assert.equal(describeHere(text, { prefix }).e164, e164, `${text} with ${prefix}`);
		}
	});

	it("is withheld in all the spellings that PBXs send", () => {
		const words = [
			"",
			"  ",
			"0",
			"000",
			"-",
			"anonymous",
			"Anónimo",
			"Desconhecido",
			"Número oculto",
			"PRIVADO",
			"unknown",
		];
		const forms = [
			...["Anonymous <anonymous>", '"Anonymous" <sip:anonymous@anonymous.invalid>', "anonymous@anonymous.invalid"],
			...["sip:anonymous@pbx.example;user=phone", "<unknown>", "(unknown)", '"Desconocido" <>', "<>", "UNAVAILABLE"],
			...["No disponible", "Indisponível", "Sin número", "Sem número", "Restricted", "Número não disponível"],
		];
		for (const text of [...words, ...forms]) {
			assert.deepEqual(describeHere(text), { e164: null, anonymous: true, internal: false }, text);
		}
		for (const text of ["974319404", "Bar Anónimo", "+340", "Ana", "unknown caller 7", "10"]) {
			assert.equal(isWithheld(text, STANDARD_VOCABULARY), false, text);
		}
	});

	it("is internal where the PBX has spoken of it as one of its phones, and never for being short", () => {
		for (const text of PHONES) {
			assert.deepEqual(describeHere(text), { e164: null, anonymous: false, internal: true }, text);
		}
		for (const text of ["016", "112", "1004", "2205", "11", "061", "900"]) {
			assert.deepEqual(describeHere(text), { e164: null, anonymous: false, internal: false }, text);
		}
	});

	it("is left alone where it is none", () => {
		for (const text of ["Bar Lisboa", "+99", "123456", "x@y"]) {
			assert.deepEqual(describeHere(text), { e164: null, anonymous: false, internal: false }, text);
		}
	});

	it("never throws and never gives anything but E.164", () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.stringMatching(/^\+?[\d ()-]{1,20}$/)), (text) => {
				const { e164 } = describeHere(text);
				if (e164 !== null) assert.match(e164, /^\+[1-9]\d{4,14}$/);
			}),
		);
	});

	it("is read for countries that exist", () => {
		assert.deepEqual([isCountry("ES"), isCountry("PT"), isCountry("XX"), isCountry("es")], [true, true, false, false]);
	});
});

describe("a caller's name", () => {
	it("is taken from beside the number", () => {
		for (const [sent, number, name] of [
			['"Ana López" <600123456>', "600123456", "Ana López"],
			["Ana López <600123456>", "600123456", "Ana López"],
			['"López, Ana" <sip:600123456@pbx.example>', "600123456", "López, Ana"],
			["João <sips:+351912345678@pbx;user=phone>", "+351912345678", "João"],
			["600 123 456 (Ana)", "600 123 456", "Ana"],
			["<600123456>", "600123456", null],
			['"600123456" <600123456>', "600123456", null],
			['"Anonymous" <600123456>', "600123456", null],
			["sip:600123456@pbx.example", "600123456", null],
			["600123456", "600123456", null],
			["(974) 319404", "(974) 319404", null],
			["Anonymous <anonymous>", "Anonymous <anonymous>", null],
			["Ana López", "Ana López", null],
			['"Ana" 600', '"Ana" 600', null],
		] as const) {
			assert.deepEqual(readCaller(sent, STANDARD_VOCABULARY), { number, name }, sent);
		}
	});

	it("is read quickly and without a throw, whatever is sent", () => {
		fc.assert(
			fc.property(fc.string({ unit: fc.constantFrom('"', "<", ">", "(", ")", " ", "a", "6", "@") }), (text) => {
				const { number } = readCaller(text, STANDARD_VOCABULARY);
				assert.ok(text.includes(number));
			}),
		);
		const long = `${" ".repeat(200_000)}<`;
		assert.equal(readCaller(long, STANDARD_VOCABULARY).number, long);
	});
});

describe("a number to dial", () => {
	const dialled = (text: string, over: Partial<NumberPlan> = {}) => {
		const number = dialNumber(text);
		return number && asDialled(number, plan(over), isPhone);
	};

	it("has what the PBX wants for its +", () => {
		assert.equal(dialled("+34 974 31 94 04"), "+34974319404");
		assert.equal(dialled("+34 974 31 94 04", { plus: "00" }), "0034974319404");
		assert.equal(dialled("+34 974 31 94 04", { plus: "" }), "34974319404");
		assert.equal(dialled("974 31 94 04", { plus: "00" }), "974319404");
		assert.equal(dialled("+49 (0)30 123456", { plus: "00" }), "004930123456");
	});

	it("is national where it is of this country, and has its international prefix where it is not", () => {
		const national = { plus: "national" };
		assert.equal(dialled("+34 974 31 94 04", national), "974319404");
		assert.equal(dialled("+351 210 000 102", { ...national, country: "PT" }), "210000102");
		assert.equal(dialled("+44 20 7946 0958", { ...national, country: "GB" }), "02079460958");
		assert.equal(dialled("+351 210 000 102", national), "00351210000102");
		assert.equal(dialled("+34 974 31 94 04", { ...national, country: "US" }), "01134974319404");
		assert.equal(dialled("974319404", national), "974319404");
	});

	it("gets an outside line where it leads outside, and once", () => {
		for (const [text, prefix, expected] of [
			["974319404", "0", "0974319404"],
			["+34974319404", "0", "0+34974319404"],
			["0974319404", "0", "0974319404"],
			["600000101", "9", "9600000101"],
			// Valid as it is, and so it does not begin with the prefix.
			["974319404", "9", "9974319404"],
			["2203", "0", "2203"],
			["112233", "0", "112233"],
			["112", "0", "112"],
			["1004", "0", "1004"],
			["*43#", "0", "*43#"],
		] as const) {
			assert.equal(dialled(text, { prefix }), expected, `${text} with ${prefix}`);
		}
		assert.equal(dialled("+34974319404", { prefix: "0", plus: "00" }), "00034974319404");
		assert.equal(dialled("1".repeat(32), { prefix: "0" }), null);
	});

	it("never becomes anything but digits, *, # and +, whatever is asked for", () => {
		fc.assert(
			fc.property(
				fc.string(),
				fc.constantFrom("", "0", "*9"),
				fc.constantFrom("+", "00", "", "national"),
				(text, prefix, plus) => {
					const number = dialled(text, { prefix, plus });
					if (number !== null) assert.match(number, /^[0-9*#+]{1,32}$/);
				},
			),
		);
	});
});

describe("the spellings of a number", () => {
	it("are those that people store, the likeliest first", () => {
		const { national, display, search } = spellingsOf("+34974319404", { country: "ES" });
		assert.deepEqual([national, display], ["974319404", "974 31 94 04"]);
		assert.deepEqual(search.slice(0, 6), [
			"+34974319404",
			"974319404",
			"974 31 94 04",
			"974 319 404",
			"+34 974 31 94 04",
			"+34 974 319 404",
		]);
		for (const stored of ["0034974319404", "34974319404", "974-31-94-04", "974.319.404"])
			assert.ok(search.includes(stored));
		assert.equal(new Set(search).size, search.length);
	});

	it("of another country are shown with its code", () => {
		assert.equal(spellingsOf("+351210000102", { country: "ES" }).display, "+351 21 000 0102");
		assert.equal(spellingsOf("+351210000102", { country: "PT" }).national, "210000102");
	});
});
