// `npm run scorecard`: what the Node-RED flow library says of the package (`node-red-dev validate`), of the tarball as it
// is installed. It asks the library's catalogue for names that are taken, so it needs the internet.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installed, pack } from "./pack.mjs";

/** Not a dependency: it brings four hundred packages, most of them old, and only this asks for it. */
const TOOL = "node-red-dev@0.1.6";
const folder = mkdtempSync(join(tmpdir(), "pbx-scorecard-"));

try {
	const { name } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
	installed(folder, pack(folder), TOOL);
	const [below, card] = [join(folder, "node_modules"), join(folder, "scorecard.json")];
	const command = join(below, "node-red-dev", "bin", "run");
	// It wants the dependencies where `npm install` within the package would put them.
	const args = [command, "validate", "--path", join(below, ...name.split("/")), "--output", card];
	execFileSync(process.execPath, args, { stdio: "inherit" });
	if (!existsSync(card)) throw new Error("no scorecard came: could the catalogue be reached?");
	const failed = Object.entries(JSON.parse(readFileSync(card, "utf8"))).filter(([, { test }]) => test === false);
	if (failed.length > 0)
		throw new Error(`not passed: ${failed.map(([id, why]) => `${id} ${JSON.stringify(why)}`).join(", ")}`);
} catch (error) {
	process.stderr.write(`${error.message}\n`);
	process.exitCode = 1;
} finally {
	rmSync(folder, { recursive: true, force: true });
}
