// `npm run release:check -- vX.Y.Z`: whether a tag can be published as it stands.
import { readFileSync } from "node:fs";

const read = (file) => readFileSync(new URL(`../${file}`, import.meta.url), "utf8");
const { version, repository } = JSON.parse(read("package.json"));
const tag = process.argv[2] ?? "";

const faults = [
	tag !== `v${version}` && `the tag ${tag || "(none)"} is not v${version}, the version in package.json`,
	!read("CHANGELOG.md").includes(`\n## ${version} - `) && `CHANGELOG.md has no section "## ${version} - DATE"`,
	repository.url.includes("/OWNER/") &&
		"package.json still has the placeholder OWNER instead of the repository's owner",
].filter(Boolean);

for (const fault of faults) process.stderr.write(`${fault}\n`);
process.exitCode = faults.length > 0 ? 1 : 0;
