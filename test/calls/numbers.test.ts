import assert from "node:assert/strict";
import fc from "fast-check";
import { describeNumber, isCountry } from "../../src/calls/numbers";
import { STANDARD_VOCABULARY } from "../../src/protocol/vocabulary";

const describeHere = (number: string, country: "ES" | "PT" = "ES") =>
	describeNumber(number, "2203", country, STANDARD_VOCABULARY, (text) => text === "340011");

describe("a caller's number", () => {
	it("is given in E.164 for every way of writing it", () => {
		for (const text of ["974319404", "+34974319404", "0034 974 31 94 04", "+34-974-319-404", "34974319404"]) {
			assert.equal(describeHere(text).e164, "+34974319404", text);
		}
		assert.equal(describeHere("210 000 102", "PT").e164, "+351210000102");
		assert.equal(describeHere("+351 210 000 102").e164, "+351210000102");
	});

	it("is withheld where it is blank or a word for it, in three languages", () => {
		for (const text of ["", "anonymous", "Anónimo", "Desconhecido", "Número oculto", "PRIVADO", "unknown"]) {
			assert.deepEqual(describeHere(text), { e164: null, anonymous: true, internal: false }, text);
		}
	});

	it("is internal where it is an extension, or as short as one, and then no foreign number", () => {
		for (const text of ["2204", "340011"]) {
			assert.deepEqual(describeHere(text), { e164: null, anonymous: false, internal: true }, text);
		}
	});

	it("is left alone where it is none", () => {
		for (const text of ["Bar Lisboa", "+99", "123456", "112", "11", "sip:x@y"]) {
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
