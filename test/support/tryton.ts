import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { eventually } from "./eventually";
import { freePort } from "./nodeRed";
import { installForCi, isInstalled, stopProgram } from "./program";

const run = promisify(execFile);
const PASSWORD = "secret";

/** A real Tryton of Debian's, on SQLite, with its module `party`. */
export class Tryton {
	#server: ChildProcess | null = null;

	private constructor(
		readonly port: number,
		readonly folder: string,
	) {}

	/** Whether there can be one here: it comes with packages of Debian's. */
	static async isInstalled(): Promise<boolean> {
		const modules = ["-c", "import trytond.modules.party, phonenumbers"];
		const isThere = () => isInstalled("trytond-admin", "--version") && isInstalled("/usr/bin/python3", ...modules);
		if (!isThere()) await installForCi("tryton-server", "tryton-modules-party", "python3-phonenumbers");
		return isThere();
	}

	/** A database of its own, which takes some twenty seconds. */
	static async create(): Promise<Tryton> {
		const tryton = new Tryton(await freePort(), mkdtempSync(join(tmpdir(), "tryton-")));
		const { folder, port } = tryton;
		writeFileSync(join(folder, "password"), PASSWORD);
		writeFileSync(join(folder, "tryton.sqlite"), "");
		writeFileSync(
			join(folder, "trytond.conf"),
			`[database]\nuri = sqlite://\npath = ${folder}\n[web]\nlisten = 127.0.0.1:${port}\n`,
		);
		const env = { ...process.env, TRYTONPASSFILE: join(folder, "password") };
		const on = ["-c", join(folder, "trytond.conf"), "-d", "tryton", "--email", "pbx@example.com"];
		await run("trytond-admin", [...on, "-u", "party", "--activate-dependencies"], { env });
		await run("trytond-admin", [...on, "-p"], { env });
		await tryton.start();
		return tryton;
	}

	async start(): Promise<void> {
		const configuration = join(this.folder, "trytond.conf");
		this.#server = spawn("trytond", ["-c", configuration], { stdio: "ignore" });
		await eventually(async () => void (await fetch(`http://127.0.0.1:${this.port}/`)), 30);
	}

	/** Goes away, and comes back by {@link start}. */
	async goAway(): Promise<void> {
		await stopProgram(this.#server, "SIGKILL");
	}

	async ask<T>(method: string, ...params: unknown[]): Promise<T> {
		const answer = await fetch(`http://127.0.0.1:${this.port}/tryton/`, {
			method: "POST",
			headers: {
				authorization: `Basic ${Buffer.from(`admin:${PASSWORD}`).toString("base64")}`,
				"content-type": "application/json",
			},
			body: JSON.stringify({ id: 1, method, params: [...params, {}] }),
		});
		const { result, error } = (await answer.json()) as { result: T; error?: unknown };
		if (error) throw new Error(JSON.stringify(error));
		return result;
	}

	/** The notes of a party. */
	async notes(party: number): Promise<string[]> {
		const domain = [["resource", "=", `party.party,${party}`]];
		const found = await this.ask<{ message: string }[]>("model.ir.note.search_read", domain, 0, null, null, [
			"message",
		]);
		return found.map(({ message }) => message);
	}

	async stop(): Promise<void> {
		await this.goAway();
		rmSync(this.folder, { recursive: true, force: true });
	}
}
