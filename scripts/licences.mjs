// `npm run licences`: what an installation brings along at run time, with version and licence.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const found = new Map();

function add(folder) {
	const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
	for (const name of Object.keys(manifest.dependencies ?? {})) {
		const resolve = createRequire(join(folder, "package.json")).resolve;
		const below = dirname(resolve(`${name}/package.json`));
		const { version, license } = JSON.parse(readFileSync(join(below, "package.json"), "utf8"));
		if (found.has(`${name}@${version}`)) continue;
		found.set(`${name}@${version}`, license);
		add(below);
	}
}

add(root);
for (const [name, license] of found) process.stdout.write(`${name.padEnd(32)} ${license}\n`);
