import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { freePort, type NodeRed, ROOT } from "./nodeRed";

/** A node as it stands in an example. */
export interface FlowNode {
	readonly id: string;
	readonly type: string;
	readonly name?: string;
	readonly z?: string;
	readonly d?: boolean;
	readonly env?: readonly object[];
	readonly label?: string;
	readonly info?: string;
	readonly port?: number;
	readonly path?: string;
	readonly url?: string;
	readonly method?: string;
	readonly scope?: readonly string[];
	readonly links?: readonly string[];
	readonly wires?: readonly (readonly string[])[];
}

/** All of them in the folder of a language, but for those that need a CRM. */
export function examplesOf(language: string): string[] {
	return readdirSync(join(ROOT, "examples", language)).filter((file) => file.endsWith(".json"));
}

/** All of them, in English. */
export const EXAMPLES = examplesOf("English");
/** Those that need nothing but a PBX and a CRM. */
export const BASIC_EXAMPLES = EXAMPLES.filter((file) => /^0[1-8] /.test(file));

export function readExample(file: string, language = "English"): FlowNode[] {
	return JSON.parse(readFileSync(join(ROOT, "examples", language, file), "utf8"));
}

/** An example with its simulator, and whoever connects to it, on a free port: whoever runs this may have it open. */
export async function onFreePort(nodes: readonly FlowNode[]): Promise<FlowNode[]> {
	const port = await freePort();
	const { port: saved } = nodes.find(({ type }) => type === "pbx-simulator") ?? {};
	return nodes.map((node) => ({
		...node,
		...(node.port === saved && { port }),
		...(node.type === "pbx-config" && { url: node.url?.replace(`:${saved}`, `:${port}`) ?? "", settle: 2 }),
	}));
}

/** Does what the comment in an example says: the request to the CRM is enabled, what stands in for it deleted. */
export function withRealCrm(nodes: readonly FlowNode[], url: string): FlowNode[] {
	return nodes
		.filter(({ type }) => type !== "link call")
		.map((node) => ({
			...node,
			...(node.type === "http request" && { d: false }),
			...(node.env?.length && { env: [{ name: "CRM_URL", value: url, type: "str" }] }),
		}));
}

/** Presses the button of an inject node in an example's tab. */
export async function press(red: NodeRed, flows: readonly FlowNode[], label: string, name: string): Promise<void> {
	const tab = flows.find((node) => node.type === "tab" && node.label === label);
	const button = flows.find((node) => node.type === "inject" && node.name === name && node.z === tab?.id);
	assert.ok(button, `${label}: ${name}`);
	const answer = await fetch(`${red.url}/inject/${button.id}`, { method: "POST" });
	assert.equal(answer.status, 200);
}
