import assert from "node:assert/strict";
import { once } from "node:events";
import WebSocket from "ws";
import { mayConnect } from "../../src/simulator/mayConnect";
import { Simulator } from "../../src/simulator/simulator";

describe("the origin of a simulator's client", () => {
	it("is none, this machine, or the very address that it has reached", () => {
		for (const origin of [
			undefined,
			"http://localhost",
			"http://127.0.0.1:1880",
			"https://[::1]:8443",
			"http://127.1.2.3",
		]) {
			assert.ok(mayConnect(origin, "127.0.0.1"), origin);
		}
		assert.ok(mayConnect("http://192.168.1.7:1880", "::ffff:192.168.1.7"));
		assert.ok(mayConnect("http://[fd00::7]", "fd00::7"));
		for (const origin of [
			...["https://site.example", "http://localhost.site.example", "http://127.0.0.1.site.example", "null", ""],
			...["http://192.168.1.8", "file://", "http://site.example@127.0.0.1.site.example", "ftp://localhost"],
		]) {
			assert.ok(!mayConnect(origin, "192.168.1.7"), origin);
		}
	});

	it("is refused before anything is said, where a page of another site asks", async () => {
		const heard: unknown[] = [];
		const simulator = new Simulator({
			...{ port: 0, tenant: "227", key: null, extensions: ["11"], onFrame: (frame: unknown) => heard.push(frame) },
		});
		const url = `ws://127.0.0.1:${await simulator.listen()}`;
		// As where the name of that site leads here.
		const foreign = new WebSocket(url, { origin: "http://site.example", headers: { host: "site.example" } });
		const [, answer] = await once(foreign, "unexpected-response");
		assert.equal(answer.statusCode, 403);
		assert.deepEqual([heard, simulator.clients], [[], 0]);
		foreign.on("error", () => {});
		foreign.terminate();
		const own = new WebSocket(url, { origin: "http://127.0.0.1:1880" });
		const [prompt] = await once(own, "message");
		assert.equal(String(prompt), "(ID?,CONECTADO)");
		own.terminate();
		await simulator.close();
	});
});
