// `npm run licences`: what an installation brings along at run time, with version and licence.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const found = new Map();

/** Where a file finds a package; not every package lets its `package.json` be required. */
function folderOf(name, file) {
	const folders = createRequire(file).resolve.paths(name) ?? [];
	const folder = folders.map((each) => join(each, name)).find((each) => existsSync(join(each, "package.json")));
	if (!folder) throw new Error(`${name}, which ${file} needs, is not installed`);
	return folder;
}

function add(folder) {
	const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
	for (const name of Object.keys(manifest.dependencies ?? {})) {
		const below = folderOf(name, join(folder, "package.json"));
		const { version, license } = JSON.parse(readFileSync(join(below, "package.json"), "utf8"));
		if (found.has(`${name}@${version}`)) continue;
		found.set(`${name}@${version}`, license);
		add(below);
	}
}

add(root);
for (const [name, license] of found) process.stdout.write(`${name.padEnd(32)} ${license}\n`);
