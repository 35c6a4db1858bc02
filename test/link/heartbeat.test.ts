import assert from "node:assert/strict";
import { Heartbeat } from "../../src/link/heartbeat";
import { WireSocket } from "../../src/link/socket";
import { ManualClock } from "../support/clock";
import { eventually } from "../support/eventually";
import { ScriptedServer } from "../support/scriptedServer";

describe("the heartbeat", () => {
	let clock: ManualClock;
	let pings: number;
	let deaths: number;
	let heartbeat: Heartbeat;

	beforeEach(() => {
		clock = new ManualClock();
		[pings, deaths] = [0, 0];
		heartbeat = new Heartbeat(
			clock,
			() => pings++,
			() => deaths++,
		);
	});

	it("goes on for as long as something is heard after each ping", () => {
		for (let round = 1; round <= 100; round++) {
			clock.advance(25_000);
			assert.equal(pings, round);
			heartbeat.heard();
			clock.advance(10_000);
		}
		assert.equal(deaths, 0);
	});

	it("takes nothing heard before the ping as an answer to it", () => {
		clock.advance(24_999);
		heartbeat.heard();
		clock.advance(10_001);
		assert.deepEqual([pings, deaths], [1, 1]);
	});

	it("says so once and then leaves no timer", () => {
		clock.advance(1_000_000);
		assert.deepEqual([pings, deaths, clock.pending], [1, 1, 0]);
	});

	it("leaves no timer when it is stopped", () => {
		heartbeat.stop();
		assert.equal(clock.pending, 0);
	});
});

describe("a socket", () => {
	it("hears the pong that answers its ping, though no frame comes", async () => {
		const server = await ScriptedServer.start();
		let [isOpen, heard, frames] = [false, 0, 0];
		const socket = new WireSocket(server.url, null, {
			opened: () => {
				isOpen = true;
			},
			frame: () => frames++,
			heard: () => heard++,
			ended: () => {},
		});
		await eventually(() => assert.ok(isOpen));
		socket.ping();
		await eventually(() => assert.equal(heard, 1));
		assert.equal(frames, 0);
		await socket.close();
		await server.stop();
	});
});
