import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { ROOT } from "./support/nodeRed";

/** What is shared by all: the contract, its names, time, and a map with a cap. */
const WORDS = [
	"src/messages.ts",
	"src/eventNames.ts",
	"src/moment.ts",
	"src/lruMap.ts",
	"src/lruOrder.ts",
	"src/kept.ts",
	"src/visible.ts",
];

/** What each room may import from, besides itself: forward only, from the wire to the nodes. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
	"src/protocol": [],
	"src/numbers": ["src/protocol", "libphonenumber-js"],
	"src/crm": ["src/numbers", "src/messages.ts"],
	"src/calls": ["src/crm", "src/numbers", "src/protocol", ...WORDS],
	"src/link": ["src/protocol", "src/lruMap.ts", "src/moment.ts", "src/kept.ts", "src/errors.ts", "ws"],
	"src/delivery": ["src/link/clock.ts", "src/messages.ts"],
	"src/store": [
		...["src/delivery", "src/pbx/keeper.ts", "src/link/clock.ts", "src/messages.ts", "src/errors.ts"],
		...["kysely", "node-sqlite3-wasm", "pg"],
	],
	"src/trace": ["src/protocol", "src/link/clock.ts", "src/link/endpoint.ts", "src/moment.ts"],
	"src/pbx": [
		"src/link",
		"src/trace",
		"src/calls",
		"src/crm",
		"src/numbers",
		"src/protocol",
		"src/errors.ts",
		...WORDS,
	],
	"src/simulator": [
		"src/link/clock.ts",
		"src/calls/template.ts",
		"src/protocol",
		"src/messages.ts",
		"src/errors.ts",
		"src/kept.ts",
		"src/visible.ts",
		"ws",
	],
	"src/messages.ts": ["src/protocol"],
	"src/eventNames.ts": ["src/messages.ts"],
	"src/moment.ts": [],
	"src/lruMap.ts": ["src/lruOrder.ts"],
	"src/lruOrder.ts": [],
	"src/kept.ts": ["src/visible.ts"],
	"src/visible.ts": [],
	"src/errors.ts": ["src/visible.ts"],
	"src/index.ts": ["src/messages.ts", "src/eventNames.ts", "src/errors.ts"],
	nodes: ["src", "node-red"],
};
/** Rooms that are pure: not even Node's own modules. */
const PURE = ["src/protocol", "src/numbers", "src/crm", "src/calls", "src/errors.ts", ...WORDS];
/** The public contract is one file, of declarations only. */
const LONG = ["src/messages.ts"];

function filesBelow(folder: string): string[] {
	return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
		.filter((file) => file.endsWith(".ts"))
		.map((file) => join(folder, file));
}

function importsOf(file: string): string[] {
	const text = readFileSync(join(ROOT, file), "utf8");
	const forms = /^(?:import|export)[^;]*? from "([^"]+)"|(?:require|import)\("([^"]+)"\)|^import "([^"]+)"/gm;
	return [...text.matchAll(forms)]
		.map(([, ...found]) => found.find((from) => from !== undefined) ?? "")
		.map((from) => (from.startsWith(".") ? relative(ROOT, `${join(ROOT, dirname(file), from)}.ts`) : from));
}

describe("the rooms", () => {
	const files = [...filesBelow("src"), ...filesBelow("nodes")];
	const roomOf = (file: string) => Object.keys(MAY_IMPORT).find((room) => file.startsWith(room));

	it("import one way only", () => {
		for (const file of files) {
			const room = roomOf(file);
			assert.ok(room, `${file} is in no room`);
			for (const from of importsOf(file)) {
				const isAllowed =
					from.startsWith(room) ||
					(from.startsWith("node:") && !PURE.includes(room)) ||
					MAY_IMPORT[room]?.some((allowed) => from.startsWith(allowed));
				assert.ok(isAllowed, `${file} imports ${from}`);
			}
		}
	});

	it("hold no file over 250 lines", () => {
		for (const file of files) {
			const lines = readFileSync(join(ROOT, file), "utf8").split("\n").length;
			assert.ok(lines <= 250 || LONG.includes(file), `${file} has ${lines} lines`);
		}
	});

	it("name a file that exports one value after it, or after the type that it is about", () => {
		for (const file of files) {
			const text = readFileSync(join(ROOT, file), "utf8");
			const exported = [
				...text.matchAll(/^export (?:abstract |async )*(class|function\*?|const|interface|type) (\w+)/gm),
			];
			const values = exported.filter(([, kind = ""]) => !/interface|type/.test(kind));
			// One that holds many is about something that they have in common.
			if (values.length !== 1 || exported.length > 3) continue;
			const stem = basename(file, ".ts")
				.replace(/ie?s$|s$/, "")
				.toLowerCase();
			const names = exported.map(([, , name = ""]) => name.replaceAll("_", "").toLowerCase());
			assert.ok(
				names.some((name) => name.includes(stem) || stem.includes(name)),
				`${file} exports ${names}`,
			);
		}
	});
});
