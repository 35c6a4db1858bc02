// The package as the registry gets it, unpacked into a folder.
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** npm; on Windows it is a script, which only a shell starts. */
export function npm(args, cwd, stdio = ["ignore", "pipe", "inherit"]) {
	return execFileSync("npm", args, { cwd, stdio, encoding: "utf8", shell: process.platform === "win32" });
}

/** Packs what `npm run build` has built; gives the tarball's path. */
export function pack(into) {
	const [{ filename }] = JSON.parse(npm(["pack", "--json", "--ignore-scripts", "--pack-destination", into], root));
	return join(into, filename);
}

/** A folder that has the tarball, and what else is named, installed. */
export function installed(folder, ...packages) {
	mkdirSync(folder, { recursive: true });
	npm(["init", "-y"], folder);
	npm(["install", "--no-audit", "--no-fund", "--ignore-scripts", ...packages], folder, ["ignore", "ignore", "inherit"]);
}
