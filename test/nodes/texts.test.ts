import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../support/nodeRed";

const NODES = [
	...(["pbx-config", "pbx-in", "pbx-call", "pbx-status"] as const),
	...(["pbx-log", "pbx-history", "pbx-contact", "pbx-simulator"] as const),
] as const;
const FOLDER = join(ROOT, "nodes");
const read = (...path: string[]) => readFileSync(join(FOLDER, ...path), "utf8");

type Catalog = { readonly [key: string]: string | Catalog };

const catalogs = new Map(NODES.map((node) => [node, JSON.parse(read("locales", "en-US", `${node}.json`)) as Catalog]));

function text(node: (typeof NODES)[number], key: string): string | undefined {
	let found: string | Catalog | undefined = catalogs.get(node);
	for (const part of key.split(".")) found = typeof found === "object" ? found[part] : undefined;
	return typeof found === "string" ? found : undefined;
}

describe("the texts", () => {
	it("of every form stand in its catalog, and none in the form itself", () => {
		for (const node of NODES) {
			const form = read(`${node}.html`);
			for (const [, key = ""] of form.matchAll(/data-i18n="(?:\[[a-z-]+\])?([^"]+)"/g)) {
				assert.ok(text(node, key), `${node}: ${key}`);
			}
			const visible = form.replace(/<[^>]*>/g, "").trim();
			assert.equal(visible, "", `${node} has text outside the catalog`);
		}
	});

	it("that code asks for stand in its catalog", () => {
		for (const node of NODES) {
			for (const file of [`${node}.ts`, `${node}.editor.ts`]) {
				for (const [, key = ""] of read(file).matchAll(/_\(\s*"([^"]+)"/g))
					assert.ok(text(node, key), `${file}: ${key}`);
			}
		}
		for (const file of readdirSync(join(FOLDER, "shared")).filter((name) => name.endsWith(".ts"))) {
			for (const [, key = ""] of read("shared", file).matchAll(/sharedText\([A-Za-z.#]+, "([^"]+)"/g)) {
				assert.ok(text("pbx-config", key), `${file}: ${key}`);
			}
		}
	});

	it("say something for every error code, link state and reason", () => {
		const codes = readFileSync(join(ROOT, "src", "errors.ts"), "utf8").matchAll(/\| "([a-z-]+)"/g);
		for (const [, code] of codes) assert.ok(text("pbx-config", `errors.${code}`), code);
		const states = readFileSync(join(ROOT, "src", "link", "state.ts"), "utf8");
		for (const [, kind] of states.matchAll(/kind: "([a-z-]+)"/g)) assert.ok(text("pbx-config", `status.${kind}`), kind);
		const socket = readFileSync(join(ROOT, "src", "link", "socket.ts"), "utf8");
		const reasons = [
			...states.matchAll(/(?<=Reason = .*)"([a-z-]+)"/g),
			...socket.matchAll(/(?<=SocketEnd = .*)"([a-z-]+)"/g),
		];
		assert.ok(reasons.length > 8);
		for (const [, reason] of reasons) {
			assert.ok(text("pbx-config", `reasons.${reason}`), reason);
			assert.ok(text("pbx-config", `short.${reason}`), reason);
			assert.ok(text("pbx-config", `test.advice.${reason}`), reason);
		}
	});

	it("of statuses fit under a node, in each language", () => {
		for (const language of ["en-US", "es", "pt"]) {
			const { short, status, fault, store } = JSON.parse(read("locales", language, "pbx-config.json"));
			const { outcome } = JSON.parse(read("locales", language, "pbx-call.json"))["pbx-call"];
			for (const texts of [short, status, fault, outcome, store]) {
				// The longest are those of the call log: "registro: acceso rechazado".
				for (const each of Object.values<string>(texts)) assert.ok(each.length <= 26, `${language}: ${each}`);
			}
		}
	});

	it("say what keeps a node from starting", () => {
		const source = read("shared", "faultStatus.ts");
		const codes = [...source.matchAll(/"((?:no|invalid|monitor|cannot)-[a-z-]+)"/g)].map(([, code]) => code);
		assert.ok(codes.length > 10);
		for (const code of codes) assert.ok(text("pbx-config", `fault.${code}`), code);
	});

	it("exist as help for every node", () => {
		for (const node of NODES) {
			assert.match(read("locales", "en-US", `${node}.html`), new RegExp(`data-help-name="${node}"`));
		}
	});
});
