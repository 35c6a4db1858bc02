import assert from "node:assert/strict";
import fc from "fast-check";
import { PbxError } from "../../src/errors";
import { COMMAND_HELP } from "../../src/simulator/commands";
import { parseCommand } from "../../src/simulator/parseCommand";

describe("a command for the simulator", () => {
	it("is read from a line", () => {
		assert.deepEqual(parseCommand("ring 11 +34 974 319 404"), {
			command: "ring",
			extension: "11",
			number: "+34 974 319 404",
			queue: "",
		});
		assert.deepEqual(parseCommand("ring 11 974319404@Ventas Norte"), {
			...{ command: "ring", extension: "11", number: "974319404", queue: "Ventas Norte" },
		});
		assert.deepEqual(parseCommand("transfer 11 12"), { command: "transfer", extension: "11", to: "12" });
		assert.deepEqual(parseCommand("  RING 11 "), {
			...{ command: "ring", extension: "11", number: "", queue: "" },
		});
		assert.deepEqual(parseCommand("miss 11 600000101 5"), {
			...{ command: "miss", extension: "11", number: "600000101", queue: "", seconds: 5 },
		});
		assert.deepEqual(parseCommand("miss 11 600000101"), {
			...{ command: "miss", extension: "11", number: "600000101", queue: "", seconds: 3 },
		});
		assert.deepEqual(parseCommand("send 11 (CALL,1) (CALL,2)"), {
			...{ command: "send", extension: "11", text: "(CALL,1) (CALL,2)" },
		});
		assert.deepEqual(parseCommand("ring 11,12 600000101"), {
			command: "ring",
			extension: "11,12",
			number: "600000101",
			queue: "",
		});
		assert.deepEqual(parseCommand("mute on"), { command: "mute", on: true });
		assert.deepEqual(parseCommand("traffic 2.5"), { command: "traffic", seconds: 2.5 });
	});

	it("plays what PBXs do with calls, and sets what nobody has seen of this one", () => {
		for (const [line, command] of [
			[
				"queue 11,12,13 600123456@Ventas 20 3",
				{ extension: "11,12,13", number: "600123456", queue: "Ventas", seconds: 20, rounds: 3 },
			],
			["queue 11,12 600123456", { extension: "11,12", number: "600123456", queue: "", seconds: 15, rounds: 1 }],
			["reject 11", { extension: "11", seconds: 2 }],
			["reject 11 0", { extension: "11", seconds: 0 }],
			["consult 11 12", { extension: "11", to: "12" }],
			["handover 11", { extension: "11" }],
			["pickup 13 11", { extension: "13", from: "11" }],
			["forward 11 12", { extension: "11", to: "12" }],
			["forward 11 off", { extension: "11", to: null }],
			["word 11 En conversación", { extension: "11", text: "En conversación" }],
			["wire transactions each", { what: "transactions", how: "each" }],
			["wire ends last", { what: "ends", how: "last" }],
		] as const) {
			assert.deepEqual(parseCommand(line), { command: line.split(" ")[0], ...command }, line);
		}
		for (const line of [
			"queue 11 600123456 x",
			"queue 11 600123456 5 0",
			"transfer 11",
			"pickup 13",
			"forward 11",
			"wire",
			"wire ends",
			"wire ends never",
			"reject 11 -1",
		]) {
			assert.throws(() => parseCommand(line), { code: "invalid-command" }, line);
		}
	});

	it("is read from an object", () => {
		assert.deepEqual(parseCommand({ command: "answer", extension: 11 }), { command: "answer", extension: "11" });
		assert.deepEqual(parseCommand({ command: "refuse", how: "close" }), { command: "refuse", how: "close" });
	});

	it("is refused with a sentence where it cannot be one, and never in another way", () => {
		const input = fc.oneof(
			fc.string(),
			fc.anything(),
			fc.constantFrom("ring", "refuse me", "traffic x", "__proto__", "miss 11 1 -1"),
		);
		fc.assert(
			fc.property(input, (value) => {
				try {
					parseCommand(value);
				} catch (error) {
					assert.ok(error instanceof PbxError && error.code === "invalid-command" && error.message !== "");
				}
			}),
		);
	});

	it("stands in the help", () => {
		const names = COMMAND_HELP.split("\n").flatMap((line) => /^\w+/.exec(line) ?? []);
		assert.deepEqual(names, [
			"ring",
			"answer",
			"hangup",
			"queue",
			"reject",
			"transfer",
			"consult",
			"handover",
			"pickup",
			"forward",
			"word",
			"wire",
			"miss",
			"send",
			"refuse",
			"forget",
			"mute",
			"drop",
			"traffic",
		]);
	});
});
