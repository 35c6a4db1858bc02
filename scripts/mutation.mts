// `npm run mutation -- [--count N] [--seed N] [--only TEXT] [--all]`: changes the code in one place at a time, and asks whether a test
// notices. A sample, drawn by the seed; what survives is listed.
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { Instrumenter } from "@stryker-mutator/instrumenter";

const ROOT = resolve(import.meta.dirname, "..");
/** Rooms whose code is changed, with the tests that are to notice, the quickest ones first. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
	"src/protocol": ["test/protocol", "test/calls", "test/link"],
	"src/calls": ["test/calls", "test/pbx", "test/simulator/scenes.test.ts", "test/nodes"],
	"src/link": ["test/link", "test/pbx", "test/faults", "test/nodes"],
	"src/pbx": ["test/pbx", "test/nodes", "test/link", "test/faults"],
	"src/numbers": ["test/numbers", "test/crm", "test/pbx"],
	"src/crm": ["test/crm", "test/pbx"],
	"src/delivery": ["test/delivery"],
	"src/store": ["test/store/store.test.ts", "test/delivery", "test/store/history.test.ts"],
};
/** Much longer than the tests of a room take: what never ends is noticed, too. */
const DEADLINE_MS = 180_000;

const { values } = parseArgs({
	options: {
		count: { type: "string", default: "300" },
		seed: { type: "string", default: "1" },
		only: { type: "string", default: "src" },
		all: { type: "boolean", default: false },
		jobs: { type: "string", default: "2" },
	},
});

interface Mutant {
	readonly id: string;
	readonly file: string;
	readonly line: number;
	readonly what: string;
}

/** Numbers from 0 to 1 that a seed determines (mulberry32). */
function randomFrom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
	return items
		.map((item) => ({ item, at: random() }))
		.sort((a, b) => a.at - b.at)
		.map(({ item }) => item);
}

/** A copy of the project in which each change is a switch. */
async function instrumented(): Promise<{ folder: string; mutants: Mutant[] }> {
	const folder = mkdtempSync(join(tmpdir(), "mutation-"));
	for (const part of [
		"src",
		"dist",
		"nodes",
		"examples",
		"demo",
		"docs",
		"scripts",
		"bench",
		"package.json",
		"tsconfig.json",
		".mocharc.json",
	]) {
		cpSync(join(ROOT, part), join(folder, part), { recursive: true });
	}
	cpSync(join(ROOT, "test"), join(folder, "test"), { recursive: true, filter: (from) => !from.includes("nr5") });
	symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
	const [no, nothing] = [() => false, () => {}];
	const logger = {
		...{ isTraceEnabled: no, isDebugEnabled: no, isInfoEnabled: no, isWarnEnabled: no, isErrorEnabled: no },
		...{
			isFatalEnabled: no,
			trace: nothing,
			debug: nothing,
			info: nothing,
			warn: nothing,
			error: nothing,
			fatal: nothing,
		},
	};
	const files = Object.keys(ROOMS)
		.flatMap((room) => readdirSync(join(ROOT, room)).map((file) => join(room, file)))
		.filter((name) => name.endsWith(".ts"))
		.map((name) => ({ name, mutate: true, content: readFileSync(join(ROOT, name), "utf8") }));
	const instrumenter = new Instrumenter(logger);
	// Texts of logs and errors are not what the tests are about.
	const result = await instrumenter.instrument(files, {
		plugins: null,
		excludedMutations: ["StringLiteral"],
		ignorers: [],
	});
	for (const { name, content } of result.files) writeFileSync(join(folder, name), content);
	const mutants = result.mutants.map(({ id, fileName, location, mutatorName, replacement }) => {
		const line = location.start.line + 1;
		const what = `${mutatorName}: ${replacement.replace(/\s+/g, " ").slice(0, 90)}`;
		return { id, file: fileName, line, what };
	});
	return { folder, mutants };
}

/** `src/calls` of `src/calls/leg.ts`. */
function roomOf({ file }: Pick<Mutant, "file">): string {
	return file.split("/").slice(0, 2).join("/");
}

/** Whether the tests of a room notice; an empty id changes nothing. */
function isNoticed(folder: string, { id, file }: Pick<Mutant, "id" | "file">): Promise<boolean> {
	const specs = (ROOMS[roomOf({ file })] ?? []).flatMap((path) =>
		path.endsWith(".ts") ? path : `${path}/**/*.test.ts`,
	);
	const mocha = join(ROOT, "node_modules", "mocha", "bin", "mocha.js");
	const child = spawn(process.execPath, [mocha, "--bail", "--timeout", "30000", ...specs], {
		cwd: folder,
		stdio: id === "" ? "inherit" : "ignore",
		env: { ...process.env, __STRYKER_ACTIVE_MUTANT__: id, TEST_EFFORT: "low" },
	});
	return new Promise((done) => {
		const timer = setTimeout(() => child.kill("SIGKILL"), DEADLINE_MS);
		child.on("exit", (code) => {
			clearTimeout(timer);
			done(code !== 0);
		});
	});
}

async function main(): Promise<void> {
	const { folder, mutants } = await instrumented();
	const chosen = mutants.filter(({ file }) => file.includes(values.only));
	const sample = values.all ? chosen : shuffled(chosen, randomFrom(Number(values.seed))).slice(0, Number(values.count));
	const byRoom = new Map<string, { noticed: number; all: number }>();
	const survivors: Mutant[] = [];
	const queue = [...sample];
	const work = async () => {
		for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
			const noticed = await isNoticed(folder, mutant);
			const room = roomOf(mutant);
			const count = byRoom.get(room) ?? { noticed: 0, all: 0 };
			byRoom.set(room, { noticed: count.noticed + Number(noticed), all: count.all + 1 });
			if (noticed) continue;
			survivors.push(mutant);
			process.stdout.write(`survived: ${mutant.file}:${mutant.line} ${mutant.what}\n`);
		}
	};
	try {
		for (const room of new Set(sample.map(roomOf))) {
			if (await isNoticed(folder, { id: "", file: room }))
				throw new Error(`${room}: tests fail where nothing is changed`);
		}
		await Promise.all(Array.from({ length: Number(values.jobs) }, work));
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
	for (const [room, { noticed, all }] of [...byRoom].sort())
		process.stdout.write(`${room}: ${noticed} of ${all} noticed\n`);
	const noticed = sample.length - survivors.length;
	const percent = ((100 * noticed) / Math.max(1, sample.length)).toFixed(1);
	process.stdout.write(`${noticed} of ${sample.length} (of ${chosen.length} possible) noticed: ${percent} %\n`);
}

void main();
