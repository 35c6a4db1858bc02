import assert from "node:assert/strict";
import fc from "fast-check";
import { allowedUrl, isHost } from "../../src/pbx/allowedUrl";
import { tries } from "../support/tries";

describe("the address of a PRO event", () => {
	it("is let through where its host is named", () => {
		const hosts = ["crm.example", "192.168.139.1:8080", "[::1]"];
		for (const url of [
			"http://crm.example/x?a=1",
			"https://crm.example/?q=a%20b%F3",
			"http://192.168.139.1:8080/x",
			"http://[::1]/",
		]) {
			assert.equal(allowedUrl(url, hosts), url);
		}
	});

	it("is written as it was understood, blanks and accents percent-encoded", () => {
		for (const [sent, written] of [
			[
				"http://crm.example/x?cola=Atención al cliente&n=1",
				"http://crm.example/x?cola=Atenci%C3%B3n%20al%20cliente&n=1",
			],
			[
				"http://crm.example/fiches/João Sá/#fim às 3",
				"http://crm.example/fiches/Jo%C3%A3o%20S%C3%A1/#fim%20%C3%A0s%203",
			],
			["http://crm.example/x?n=Muñoz%20e&m=%F3", "http://crm.example/x?n=Mu%C3%B1oz%20e&m=%F3"],
			['http://crm.example/x?n=ACME\\Ana "<b>"', "http://crm.example/x?n=ACME%5CAna%20%22%3Cb%3E%22"],
			["https://CRM.example", "https://crm.example/"],
			["http:/crm.example/x", "http://crm.example/x"],
			["http:crm.example/x", "http://crm.example/x"],
			["http://crm.example:80/x ", "http://crm.example/x"],
		] as const) {
			assert.equal(allowedUrl(sent, ["crm.example"]), written, sent);
		}
		assert.equal(allowedUrl("http://caña.example/x", ["xn--caa-8ma.example"]), "http://xn--caa-8ma.example/x");
	});

	it("is kept back where it is not: loopback, private ranges and other spellings of them included", () => {
		const hosts = ["crm.example", "192.0.2.7"];
		for (const url of [
			"http://127.0.0.1/",
			"http://localhost/",
			"http://[::1]/",
			"http://169.254.169.254/latest/meta-data",
			"http://10.0.0.1/",
			"http://192.168.139/x",
			"http://2130706433/",
			"http://0x7f.1/",
			"http://crm.example:8080/",
			"http://crm.example.evil/",
			"http://crm.example@127.0.0.1/",
			"http://user:pass@crm.example/",
			"http://crm.example\\@evil.example/x",
			"http://evil.example\\@crm.example/x",
			"http:/evil.example/crm.example",
			"http://crm.example /x",
			"http://crm.example/\u0000",
			"http://crm.example/a\nb",
			"http://crm.exam\u00adple@evil.example/",
			"http://crm.example/a\tb",
			"ftp://crm.example/",
			"file:///etc/passwd",
			"javascript:1",
			"crm.example",
			"",
		]) {
			assert.equal(allowedUrl(url, hosts), null, url);
		}
		assert.equal(allowedUrl(null, hosts), null);
		assert.equal(allowedUrl("http://crm.example/", []), null);
	});

	it("never leads anywhere but to a host that is named, and never throws", () => {
		const piece = fc.constantFrom(
			"http://",
			"https://",
			"crm.example",
			"@",
			":",
			"/",
			"\\",
			"127.0.0.1",
			"#",
			"?",
			"%2f",
			" ",
			"\t",
		);
		fc.assert(
			fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 8 }), (pieces) => {
				const url = allowedUrl(pieces.join(""), ["crm.example"]);
				if (url === null) return;
				assert.equal(new URL(url).hostname, "crm.example");
				assert.match(url, /^https?:\/\/crm\.example\/[!-~]*$/);
			}),
			{ numRuns: tries(2_000) },
		);
	});

	it("takes names that are hosts and nothing else", () => {
		for (const host of ["crm.example", "192.0.2.7", "192.0.2.7:8080", "[::1]:9"]) assert.ok(isHost(host), host);
		for (const host of ["", "http://crm", "crm/x", "a b", "crm@x", "crm:port", "*"])
			assert.ok(!isHost(host) || host === "*", host);
	});
});
