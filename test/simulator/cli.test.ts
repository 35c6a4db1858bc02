import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HELP_LANGUAGES, helpIn, languageOf } from "../../src/simulator/cliHelp";
import { Simulator } from "../../src/simulator/simulator";
import { eventually } from "../support/eventually";
import { ROOT } from "../support/nodeRed";

const running = new Set<ChildProcess>();

/** Runs it in English, unless the environment among what is given says otherwise. */
function run(...given: readonly (string | Readonly<Record<string, string>>)[]) {
	const cli = join(ROOT, "src", "simulator", "cli.ts");
	const args = given.filter((each) => typeof each === "string");
	const env = given.filter((each) => typeof each !== "string");
	const child = spawn(process.execPath, ["--import", "tsx", cli, ...args], {
		...{ cwd: ROOT, env: Object.assign({ ...process.env, LC_ALL: "C" }, ...env) },
	});
	running.add(child);
	child.once("exit", () => running.delete(child));
	const output = { text: "" };
	for (const stream of [child.stdout, child.stderr]) {
		stream.on("data", (data) => {
			output.text += data;
		});
	}
	const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
	return { child, output, ended };
}

describe("the pbx-simulator command", () => {
	afterEach(() => {
		for (const child of running) child.kill("SIGKILL");
	});

	it("says its version", async () => {
		const { output, ended } = run("--version");
		assert.equal(await ended, 0);
		const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
		assert.equal(output.text, `${version}\n`);
	});

	it("explains itself in the user's language", async () => {
		const { output, ended } = run({ LC_ALL: "", LC_MESSAGES: "", LANG: "pt_PT.UTF-8" }, "--help");
		assert.equal(await ended, 0);
		assert.match(output.text, /^Utilização: pbx-simulator \[opções\]/);
		assert.equal(languageOf({ LC_ALL: "es_ES.UTF-8", LANG: "pt_PT.UTF-8" }), "es");
		assert.equal(languageOf({ LC_MESSAGES: "pt_BR", LANG: "es" }), "pt");
		assert.equal(languageOf({ LANG: "fr_FR.UTF-8" }), "en");
		assert.equal(languageOf({ LC_ALL: "C", LANG: "es_ES" }), "en");
		assert.equal(languageOf({}), "en");
	});

	it("names the same options and commands in each language, at most 120 characters a line", () => {
		const words = (text: string) => text.match(/(?<= )--[a-z]+|^(?:list|help|quit) |^replay /gm);
		for (const language of HELP_LANGUAGES) {
			const help = helpIn(language, "127.0.0.1");
			assert.deepEqual(words(help), words(helpIn("en", "127.0.0.1")), language);
			for (const line of help.split("\n")) assert.ok(line.length <= 120, line);
		}
	});

	it("explains itself", async () => {
		const { output, ended } = run("--help");
		assert.equal(await ended, 0);
		for (const word of ["--port", "--tenant", "--key", "--extensions", "--traffic", "ring EXTENSION"]) {
			assert.ok(output.text.includes(word), word);
		}
	});

	it("listens on loopback, obeys lines, shows frames without the key, and ends with quit", async () => {
		const { child, output, ended } = run("--port", "0", "--key", "recognisable", "--extensions", "11,12");
		const url = await eventually(() => {
			const found = /ws:\/\/127\.0\.0\.1:\d+/.exec(output.text)?.[0];
			assert.ok(found, output.text);
			return found;
		});
		const { default: WebSocket } = await import("ws");
		const client = new WebSocket(url);
		const heard: string[] = [];
		client.on("message", (data) => heard.push(String(data)));
		await eventually(() => assert.deepEqual(heard, ["(???,CONECTADO)"]));
		client.send("227/11, recognisable ");
		await eventually(() => assert.match(output.text, /<- \? +227\/11, •••• /));
		child.stdin.write("ring 11 974319404\nnonsense\nlist\n");
		await eventually(() => assert.ok(heard.includes("(CALL,974319404)")));
		await eventually(() => assert.match(output.text, /"11":"ringing"/));
		await eventually(() => assert.match(output.text, /Unknown command: nonsense/));
		assert.ok(!output.text.includes("recognisable"));
		child.stdin.write("quit\n");
		assert.equal(await ended, 0);
	});

	it("takes its key from a file or the environment, and warns of one that others can read", async () => {
		const folder = mkdtempSync(join(tmpdir(), "pbx-key-"));
		const file = join(folder, "key");
		writeFileSync(file, "recognisable\n");
		const { default: WebSocket } = await import("ws");
		for (const [args, env, warns] of [
			[["--key-file", file], {}, false],
			[[], { PBX_KEY: "recognisable" }, false],
			[["--key", "recognisable"], {}, true],
		] as const) {
			const { child, output, ended } = run("--port", "0", ...args, env);
			const url = await eventually(() => {
				const found = /ws:\/\/127\.0\.0\.1:\d+/.exec(output.text)?.[0];
				assert.ok(found, output.text);
				return found;
			});
			const client = new WebSocket(url);
			client.on("message", () => client.send("227/11, recognisable "));
			await eventually(() => assert.match(output.text, /<- \? +227\/11, •••• /));
			await eventually(() => {
				child.stdin.write("list\n");
				assert.match(output.text, /"clients":\["11"\]/);
			});
			assert.equal(/whoever lists the processes/.test(output.text), warns);
			assert.ok(!output.text.includes("recognisable"));
			child.stdin.write("quit\n");
			assert.equal(await ended, 0);
		}
		rmSync(folder, { recursive: true });
	});

	it("plays a recording from its start to a client that comes later", async () => {
		const folder = mkdtempSync(join(tmpdir(), "pbx-recording-"));
		const file = join(folder, "trace.jsonl");
		const text = "(CALL,974319404)";
		writeFileSync(file, JSON.stringify({ at: "2026-01-15T10:00:00.000Z", extension: "11", text }));
		const { child, output, ended } = run("--port", "0", "--extensions", "11,12", "--replay", file);
		const url = await eventually(() => {
			const found = /ws:\/\/127\.0\.0\.1:\d+/.exec(output.text)?.[0];
			assert.ok(found, output.text);
			return found;
		});
		const { default: WebSocket } = await import("ws");
		const connect = async (extension: string) => {
			const client = new WebSocket(url);
			const heard: string[] = [];
			client.on("message", (data) => heard.push(String(data)));
			await eventually(() => assert.equal(heard.length, 1));
			client.send(`227/${extension}, any `);
			await eventually(() => {
				child.stdin.write("list\n");
				assert.match(output.text, new RegExp(`"clients":\\[[^\\]]*"${extension}"`));
			});
			return heard;
		};
		await connect("12");
		assert.ok(!output.text.includes(text), "nobody is there who would hear it");
		const heard = await connect("11");
		await eventually(() => assert.ok(heard.includes(text), JSON.stringify(heard)));
		child.stdin.write("quit\n");
		assert.equal(await ended, 0);
		rmSync(folder, { recursive: true });
	});

	it("shows what a client says on one line, whatever it does to a terminal", async () => {
		for (const json of [false, true]) {
			const { child, output, ended } = run("--port", "0", ...(json ? ["--json"] : []));
			const url = await eventually(() => {
				const found = /ws:\/\/127\.0\.0\.1:\d+/.exec(output.text)?.[0];
				assert.ok(found, output.text);
				return found;
			});
			const { default: WebSocket } = await import("ws");
			const client = new WebSocket(url);
			await new Promise((resolve) => client.once("message", resolve));
			client.send("227, 11");
			client.send("(status, 12\u001b[2J\u009b1A\n12:00:00.000 -> 11   (CALL,1))");
			client.send("(status, 11)");
			await eventually(() => assert.match(output.text, /status, 11\)/));
			for (const char of ["\u001b", "\u009b"]) assert.ok(!output.text.includes(char), JSON.stringify(output.text));
			assert.ok(!/^12:00:00\.000/m.test(output.text));
			child.stdin.write("quit\n");
			assert.equal(await ended, 0);
			client.terminate();
		}
	});

	it("says what is wrong with its options or its port, and ends with 1", async () => {
		const other = new Simulator({ port: 0, tenant: "1", key: null, extensions: [] });
		const taken = await other.listen();
		for (const args of [["--port", "x"], ["--port", String(taken)], ["--traffic", "-1"], ["--nonsense"]]) {
			const { output, ended } = run(...args);
			assert.equal(await ended, 1, args.join(" "));
			assert.notEqual(output.text, "");
			assert.ok(!output.text.includes("    at "), output.text);
		}
		await other.close();
	});
});
