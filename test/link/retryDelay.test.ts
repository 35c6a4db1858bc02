import assert from "node:assert/strict";
import fc from "fast-check";
import { retryDelay } from "../../src/link/retryDelay";
import { checkServerUrl } from "../../src/link/url";

describe("the delay before the next try", () => {
	it("stays within 1 to 60 s after a lost link and 1 to 10 minutes after a refused login", () => {
		fc.assert(
			fc.property(fc.nat(10_000), fc.double({ min: 0, max: 1, noNaN: true }), (failures, random) => {
				const lost = retryDelay("disconnected", failures, random);
				assert.ok(lost >= 1_000 && lost <= 60_000, String(lost));
				const refused = retryDelay("refused", failures, random);
				assert.ok(refused >= 60_000 && refused <= 600_000, String(refused));
			}),
		);
	});

	it("grows with every failure and varies by up to half", () => {
		assert.deepEqual(
			[0, 1, 2, 3, 4, 5].map((failures) => retryDelay("disconnected", failures, 0)),
			[2_000, 4_000, 8_000, 16_000, 32_000, 60_000],
		);
		assert.equal(retryDelay("disconnected", 2, 1), 4_000);
	});
});

describe("a server address", () => {
	it("is ws:// or wss:// with a host", () => {
		for (const url of ["ws://37.46.73.244:9300", "wss://pbx.example.org/", "ws://[::1]:9300/x"]) {
			assert.equal(checkServerUrl(` ${url} `), url);
		}
	});

	it("is refused otherwise, also with a user, a password or a fragment", () => {
		for (const url of ["", "37.46.73.244:9300", "http://x", "ws://", "ws://u:p@x", "ws://x/#y", "ws://x y"]) {
			assert.throws(() => checkServerUrl(url), { code: "invalid-url" }, url);
		}
	});
});
