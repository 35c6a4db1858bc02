import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { eventually } from "./eventually";
import { freePort, NodeRed, type NodeRedOptions, ROOT } from "./nodeRed";

/** A node of an example, as far as the tests look at it. */
export interface ExampleNode {
	readonly [property: string]: unknown;
	readonly id: string;
	readonly type: string;
	readonly name?: string;
	readonly label?: string;
	readonly url?: string;
	readonly port?: number | string;
	readonly env?: readonly { readonly name: string; readonly value: string; readonly type: string }[];
}

/** The nodes of the example whose file's name begins with a number. */
export function readExample(number: string, language = "English"): ExampleNode[] {
	const folder = join(ROOT, "examples", language);
	const file = readdirSync(folder).find((each) => each.startsWith(`${number} - `));
	assert.ok(file, number);
	return JSON.parse(readFileSync(join(folder, file), "utf8"));
}

/**
 * The same nodes with their simulator, and whoever connects to it, on another port, and other variables of the tab.
 *
 * @param settle  seconds in which a call settles: none, where a test waits for nothing else
 */
export function adapted(
	nodes: readonly ExampleNode[],
	port: number,
	env: Readonly<Record<string, string>> = {},
	settle = 0,
): ExampleNode[] {
	const saved = nodes.find(({ type }) => type === "pbx-simulator")?.port;
	return nodes.map((node) => ({
		...node,
		...(node.type === "pbx-simulator" && { port }),
		...(node.type === "pbx-config" && { url: node.url?.replace(`:${saved}`, `:${port}`) ?? "", settle }),
		...(node.env && { env: node.env.map((each) => ({ ...each, value: env[each.name] ?? each.value })) }),
	}));
}

/** An example in a Node-RED of its own. */
export class RunningExample {
	private constructor(
		readonly red: NodeRed,
		readonly nodes: readonly ExampleNode[],
		readonly statuses: ReadonlyMap<string, string>,
	) {}

	static async start(nodes: readonly ExampleNode[], options: NodeRedOptions = {}): Promise<RunningExample> {
		const red = await NodeRed.start({ ...options, flows: nodes });
		try {
			const example = new RunningExample(red, nodes, await red.followStatus());
			const users = nodes.filter(({ type, channel }) => type === "pbx-in" && channel === "monitor");
			await eventually(() => {
				for (const { id } of users) assert.match(example.statuses.get(id) ?? "", /^connected$/);
			}, 30);
			return example;
		} catch (error) {
			await red.stop();
			throw error;
		}
	}

	/** Presses the button of an inject node; `payload` takes the place of what the node holds. */
	async press(name: string, payload?: string): Promise<void> {
		const button = this.nodes.find((node) => node.type === "inject" && node.name === name);
		assert.ok(button, name);
		const properties = [{ p: "payload", v: payload, vt: "str" }];
		const answer = await fetch(`${this.red.url}/inject/${button.id}`, {
			method: "POST",
			...(payload !== undefined && {
				headers: { "content-type": "application/json" },
				body: JSON.stringify({ __user_inject_props__: properties }),
			}),
		});
		assert.equal(answer.status, 200);
	}

	/** Gives the simulated PBX a command, by one of the flow's buttons. */
	async play(command: string): Promise<void> {
		const simulator = this.nodes.find(({ type }) => type === "pbx-simulator");
		const button = this.nodes.find(
			({ type, wires }) => type === "inject" && JSON.stringify(wires) === JSON.stringify([[simulator?.id]]),
		);
		assert.ok(button?.name);
		await this.press(button.name, command);
	}

	stop(): Promise<void> {
		return this.red.stop();
	}
}

/** An example as it is, but on a free port, and with calls that settle at once, or in so many seconds. */
export async function startExample(
	number: string,
	env: Readonly<Record<string, string>> = {},
	options: NodeRedOptions = {},
	settle = 0,
): Promise<RunningExample> {
	return RunningExample.start(adapted(readExample(number), await freePort(), env, settle), options);
}
