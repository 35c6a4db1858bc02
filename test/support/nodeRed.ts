import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import WebSocket from "ws";
import { eventually } from "./eventually";

/** The project's folder. */
export const ROOT = dirname(dirname(__dirname));

/** A port that was free a moment ago, for programs that cannot be told to take any. */
export async function freePort(): Promise<number> {
	return new Promise((resolve) => {
		const server = createServer().listen(0, "127.0.0.1", () => {
			const address = server.address();
			server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
		});
	});
}

/** How to start a Node-RED. */
export interface NodeRedOptions {
	/** Any free one when none is given. */
	readonly port?: number;
	readonly flows?: readonly object[];
	readonly credentials?: Readonly<Record<string, object>>;
	readonly env?: Readonly<Record<string, string>>;
	/** The user directory; a temporary one, with this package linked into it, when none is given. */
	readonly userDir?: string;
	/** Node-RED's own folder; the project's when none is given. */
	readonly nodeRedDir?: string;
	/** The Node.js that runs it; the one of the tests when none is given. */
	readonly node?: string;
	/** Options for that Node.js. */
	readonly nodeOptions?: readonly string[];
	/** Further settings, such as `adminAuth`. */
	readonly settings?: object;
	/** The language of what the run time says, such as a node's status. */
	readonly lang?: string;
}

/** A real Node-RED in a process of its own, on loopback. */
export class NodeRed {
	#log = "";
	#comms: WebSocket | null = null;

	private constructor(
		readonly port: number,
		readonly userDir: string,
		readonly child: ChildProcess,
		readonly isTemporary: boolean,
	) {
		child.stdout?.on("data", (data) => {
			this.#log += data;
		});
		child.stderr?.on("data", (data) => {
			this.#log += data;
		});
	}

	static async start(options: NodeRedOptions = {}): Promise<NodeRed> {
		const port = options.port ?? (await freePort());
		const userDir = options.userDir ?? mkdtempSync(join(tmpdir(), "node-red-pbx-"));
		if (!options.userDir) linkPackage(userDir);
		const settings = {
			...{ uiPort: port, uiHost: "127.0.0.1", flowFile: "flows.json", credentialSecret: false },
			...{ telemetry: { enabled: false, updateNotification: false }, editorTheme: { tours: false } },
			...(options.lang && { lang: options.lang }),
			logging: { console: { level: "debug" } },
			...options.settings,
		};
		writeFileSync(join(userDir, "settings.js"), `module.exports = ${JSON.stringify(settings)};`);
		if (options.flows) writeFileSync(join(userDir, "flows.json"), JSON.stringify(options.flows));
		writeFileSync(join(userDir, "flows_cred.json"), JSON.stringify(options.credentials ?? {}));
		const red = join(options.nodeRedDir ?? join(ROOT, "node_modules", "node-red"), "red.js");
		const child = spawn(
			options.node ?? process.execPath,
			[...(options.nodeOptions ?? []), red, "--userDir", userDir, "--settings", join(userDir, "settings.js")],
			{
				env: { ...process.env, ...options.env, PORT: String(port) },
				stdio: ["ignore", "pipe", "pipe"],
			},
		);
		const started = new NodeRed(port, userDir, child, !options.userDir);
		try {
			const isUp = await eventually(() => {
				if (child.exitCode !== null || child.signalCode !== null) return false;
				if (/Started flows|Waiting for missing types/.test(started.log)) return true;
				throw new Error(`Node-RED is not up yet: ${started.log}`);
			}, 60);
			if (!isUp) throw new Error(`Node-RED ended by itself: ${started.log}`);
		} catch (error) {
			await started.stop();
			throw error;
		}
		return started;
	}

	/** All it has printed. */
	get log(): string {
		return this.#log;
	}

	get url(): string {
		return `http://127.0.0.1:${this.port}`;
	}

	/** Asks its admin API or a flow's `http in`, for JSON. */
	async get(path: string): Promise<unknown> {
		const answer = await fetch(this.url + path, { headers: { accept: "application/json" } });
		if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
		return answer.json();
	}

	/** Follows what the nodes show under them, as the editor does: the newest text by node id. */
	async followStatus(): Promise<ReadonlyMap<string, string>> {
		const texts = new Map<string, string>();
		const comms = new WebSocket(`${this.url.replace("http", "ws")}/comms`);
		this.#comms = comms;
		comms.on("message", (data) => {
			for (const { topic, data: shown } of JSON.parse(String(data)) as { topic: string; data: { text?: string } }[]) {
				if (topic.startsWith("status/")) texts.set(topic.slice("status/".length), shown.text ?? "");
			}
		});
		await once(comms, "open");
		comms.send(JSON.stringify({ subscribe: "status/#" }));
		return texts;
	}

	async stop(): Promise<void> {
		this.#comms?.terminate();
		if (this.child.exitCode === null && this.child.signalCode === null) {
			const ended = new Promise((resolve) => this.child.once("exit", resolve));
			this.child.kill("SIGTERM");
			await ended;
		}
		if (this.isTemporary) rmSync(this.userDir, { recursive: true, force: true });
	}
}

/** Makes the package known to a user directory as an installation would, without one. */
export function linkPackage(userDir: string): void {
	const scope = join(userDir, "node_modules", "@meetip");
	mkdirSync(scope, { recursive: true });
	symlinkSync(ROOT, join(scope, "node-red-pbx"), "junction");
}
