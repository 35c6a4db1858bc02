import assert from "node:assert/strict";
import fc from "fast-check";
import { allowedUrl, isHost } from "../../src/pbx/allowedUrl";

describe("the address of a PRO event", () => {
	it("is let through where its host is named, and as it was sent", () => {
		const hosts = ["crm.example", "192.168.139.1:8080", "[::1]"];
		for (const url of [
			"http://crm.example/x?a=1",
			"https://CRM.example/",
			"http://192.168.139.1:8080/x",
			"http://[::1]/",
		]) {
			assert.equal(allowedUrl(url, hosts), url);
		}
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
			"http://crm.example/\t",
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
				if (url !== null) assert.equal(new URL(url).hostname, "crm.example");
			}),
			{ numRuns: 2_000 },
		);
	});

	it("takes names that are hosts and nothing else", () => {
		for (const host of ["crm.example", "192.0.2.7", "192.0.2.7:8080", "[::1]:9"]) assert.ok(isHost(host), host);
		for (const host of ["", "http://crm", "crm/x", "a b", "crm@x", "crm:port", "*"])
			assert.ok(!isHost(host) || host === "*", host);
	});
});
