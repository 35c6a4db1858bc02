import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type CallExpression, type ObjectExpression, type Property, parse } from "acorn";
import { simple } from "acorn-walk";
import { ROOT } from "../support/nodeRed";

const NODES = join(ROOT, "dist", "nodes");
const FILES = readdirSync(NODES).filter((file) => file.endsWith(".html"));

/** The calls of `RED.nodes.registerType` in a node's file, read as the flow library reads them: by a parser, never run. */
function registrations(file: string): CallExpression[] {
	const html = readFileSync(join(NODES, file), "utf8");
	const scripts = [...html.matchAll(/<script.+?type=['"]text\/javascript['"].*?>([\S\s]*?)<\/script>/gi)];
	const found: CallExpression[] = [];
	for (const [, script = ""] of scripts) {
		simple(parse(script, { ecmaVersion: "latest" }), {
			CallExpression(call) {
				const { callee } = call;
				if (callee.type !== "MemberExpression" || callee.property.type !== "Identifier") return;
				if (callee.property.name === "registerType") found.push(call);
			},
		});
	}
	return found;
}

/** The definition's properties by their names; there is nothing else in it than what a parser can name. */
function propertiesOf({ properties }: ObjectExpression): Map<string, Property["value"]> {
	return new Map(
		properties.map((property) => {
			assert.ok(property.type === "Property", "a spread hides what it brings");
			assert.ok(!property.computed && property.key.type === "Identifier", "a computed key has no name");
			return [property.key.name, property.value];
		}),
	);
}

describe("the flow library", () => {
	it("finds each node that package.json declares, with nothing but literals where it looks", () => {
		const { "node-red": declared } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
			"node-red": { nodes: Record<string, string> };
		};
		assert.deepEqual(FILES.map((file) => file.replace(".html", "")).sort(), Object.keys(declared.nodes).sort());
		for (const file of FILES) {
			const [call, more] = registrations(file);
			assert.ok(call && !more, `${file} registers one type`);
			const [type, definition] = call.arguments;
			assert.ok(type?.type === "Literal" && type.value === file.replace(".html", ""), `${file}: its type`);
			assert.ok(definition?.type === "ObjectExpression", `${file}: its definition`);
			const properties = propertiesOf(definition);
			const literal = (name: string) => {
				const value = properties.get(name);
				assert.ok(value?.type === "Literal", `${file}: ${name} is a literal`);
				return value.value;
			};
			const defaults = properties.get("defaults");
			assert.ok(defaults?.type === "ObjectExpression", `${file}: defaults`);
			assert.ok(propertiesOf(defaults).has("name"), `${file}: defaults can be named`);
			if (literal("category") === "config") continue;
			assert.match(String(literal("color")), /^#[0-9A-F]{6}$/, file);
			assert.match(String(literal("icon")), /\.svg$/, file);
			assert.deepEqual([typeof literal("inputs"), typeof literal("outputs")], ["number", "number"], file);
		}
	});
});
