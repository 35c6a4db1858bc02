import assert from "node:assert/strict";
import fc from "fast-check";
import { queryOf } from "../../src/calls/query";
import { type Activation, createMatcher, fillCommand, templateFault } from "../../src/calls/template";
import { PRO_LINE, PRO_TEMPLATE } from "../support/seed";

const row = (command: string, over: Partial<Activation> = {}): Activation => ({
	...{ state: "colgado", direction: "entrante", command },
	...over,
});
const EMPTY = { queue: null, id: null, extension: null, callerId: null, duration: null };

describe("the PRO event table", () => {
	it("reads the vendor's own example", () => {
		assert.deepEqual(createMatcher([row(PRO_TEMPLATE)])(PRO_LINE), {
			...EMPTY,
			...{ state: "colgado", direction: "entrante", callerId: "974319404", duration: "42" },
		});
	});

	it("knows both spellings of the delimiters and both languages' names", () => {
		const match = createMatcher([row("%*STATUS*%;/*WISE*/;/*ID*/;%*QUEUE_NAME*%;/*EXTENSION*/")]);
		assert.deepEqual(match("timbre;saliente;1508337505.3520740;Ventas Norte;11"), {
			...EMPTY,
			...{ state: "timbre", direction: "saliente", id: "1508337505.3520740", queue: "Ventas Norte", extension: "11" },
		});
	});

	it("gives null for a placeholder that was left unresolved or came out empty", () => {
		const match = createMatcher([row("queue=/*QUEUE_NAME*/;id=/*ID*/;")]);
		assert.deepEqual(match("queue=/*QUEUE_NAME*/;id=;"), { ...EMPTY, state: "colgado", direction: "entrante" });
	});

	it("decodes values in a query, keeps the plus sign of a number, and leaves wrong escapes alone", () => {
		const match = createMatcher([row("http://crm/x?pi=/*CALLER_ID*/&q=/*QUEUE_NAME*/")]);
		assert.equal(match("http://crm/x?pi=+34974319404&q=A%C3%B1o%20nuevo")?.queue, "Año nuevo");
		assert.equal(match("http://crm/x?pi=+34974319404&q=x")?.callerId, "+34974319404");
		assert.equal(match("http://crm/x?pi=1&q=100%")?.queue, "100%");
		assert.equal(createMatcher([row("call /*CALLER_ID*/ now")])("call %41 now")?.callerId, "%41");
	});

	it("takes the most specific row", () => {
		const match = createMatcher([
			row("http://crm/x?/*ID*/", { state: "timbre" }),
			row("http://crm/x?pi=/*CALLER_ID*/&modo=Colgado"),
		]);
		assert.equal(match("http://crm/x?pi=600&modo=Colgado")?.callerId, "600");
		assert.equal(match("http://crm/x?anything")?.state, "timbre");
		assert.equal(match("http://other/x?pi=600&modo=Colgado"), null);
	});

	it("takes characters of regular expressions as they stand", () => {
		assert.equal(createMatcher([row("a.*(b)[c]?$^ /*ID*/ |")])("a.*(b)[c]?$^ 7 |")?.id, "7");
		assert.equal(createMatcher([row("a.c /*ID*/")])("abc 7"), null);
	});

	it("finds faults in a template", () => {
		assert.equal(templateFault("http://crm/x"), "no-placeholder");
		assert.equal(templateFault("/*CALLER_ID*//*ID*/"), "adjacent-placeholders");
		assert.equal(templateFault(PRO_TEMPLATE), null);
	});

	it("recovers any values that do not hold the text behind them", () => {
		const value = fc.stringMatching(/^[A-Za-z0-9+.][A-Za-z0-9 +.]{0,10}[A-Za-z0-9+.]$/);
		fc.assert(
			fc.property(value, value, value, (callerId, queue, id) => {
				const match = createMatcher([row("x;/*CALLER_ID*/;/*QUEUE_NAME*/;/*ID*/")]);
				assert.deepEqual(match(`x;${callerId};${queue};${id}`), {
					...EMPTY,
					...{ callerId, queue, id, state: "colgado", direction: "entrante" },
				});
			}),
		);
	});

	it("takes a blank at the line's end for an empty value as well as for nothing", () => {
		const match = createMatcher([row("Fin %*DURACION*% de %*CALLER_ID*% cola %*QUEUE_NAME*%")]);
		assert.deepEqual([match("Fin 30 de 974 cola ")?.queue, match("Fin 30 de 974 cola A")?.queue], [null, "A"]);
	});

	it("gives null for what rows of the same text differ in", () => {
		const match = createMatcher([
			row("evt;%*CALLER_ID*%;%*ID*%", { state: "timbre" }),
			row("evt;/*CALLER_ID*/;/*DURACION*/", { state: "colgado" }),
		]);
		assert.deepEqual(match("evt;974319404;30"), {
			...EMPTY,
			...{ state: null, direction: "entrante", callerId: "974319404" },
		});
	});

	it("encodes half a character as what stands for it", () => {
		const values = { ...EMPTY, state: null, direction: null, callerId: "\ud800" };
		assert.equal(fillCommand("http://crm/?a=/*CALLER_ID*/", values), "http://crm/?a=%EF%BF%BD");
	});

	it("never throws, whatever the template and the line", () => {
		const text = fc
			.array(fc.oneof(fc.constantFrom("/*ID*/", "%*ESTADO*%", "%", "?", "http://"), fc.string()))
			.map((a) => a.join(""));
		fc.assert(fc.property(text, text, (command, line) => void createMatcher([row(command)])(line)));
	});
});

describe("the query of a URL", () => {
	it("is decoded, without taking a plus sign for a blank", () => {
		assert.deepEqual(queryOf("http://192.168.139/x?pi=+34974&modo=A%20B&flag&bad=%zz#end"), {
			...{ pi: "+34974", modo: "A B", flag: "", bad: "%zz" },
		});
		assert.deepEqual(queryOf("http://192.168.139/x"), {});
	});

	it("is decoded from Latin-1 where it is not UTF-8, each run of escapes by itself", () => {
		assert.deepEqual(queryOf("http://crm/x?cola=Atenci%F3n%20al%20cliente&n=Mu%C3%B1oz&e=%F1%F3&p=100%&m=Jo%e3o%zz"), {
			...{ cola: "Atención al cliente", n: "Muñoz", e: "ñó", p: "100%", m: "João%zz" },
		});
	});

	it("gives back every text that was escaped, in UTF-8 or Latin-1", () => {
		const latin1 = fc.string({ unit: fc.integer({ min: 0xa0, max: 0xff }).map((code) => String.fromCharCode(code)) });
		fc.assert(
			fc.property(fc.string({ unit: "grapheme" }), latin1, (text, accents) => {
				assert.equal(queryOf(`http://crm/?a=${encodeURIComponent(text)}`).a, text);
				const escaped = Buffer.from(accents, "latin1").toString("hex").replace(/../g, "%$&");
				const isUtf8 = Buffer.from(accents, "latin1").toString("utf8").includes("\ufffd") === false;
				if (!isUtf8) assert.equal(queryOf(`http://crm/?a=${escaped}`).a, accents);
			}),
		);
	});
});
