import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CONFIG_FIELDS, CONFIG_NAMES, type ConfigName } from "../../nodes/shared/configFields";
import { eventually, settle } from "../support/eventually";
import { FlowFixture, type FlowNode, pbxConfig } from "../support/flowFixture";
import { ROOT } from "../support/nodeRed";

const LIMITS = CONFIG_NAMES.filter((name) => CONFIG_FIELDS[name].isLimit);

const CALL = {
	...{ id: "call", type: "pbx-call", pbx: "pbx", extension: "11", extensionType: "str" },
	...{ number: "payload", numberType: "msg", timeout: 5 },
};
const WATCH: FlowNode[] = [
	{ id: "catch", type: "catch", wires: [["caught"]] },
	{ id: "caught", type: "helper" },
	{ id: "out", type: "helper" },
];

/** A subflow of a node that places calls, with the configuration in it. */
function subflow(config: FlowNode, env: object[]): FlowNode[] {
	return [
		{
			...{ id: "sub", type: "subflow", z: undefined, name: "Llamar", env },
			in: [{ x: 0, y: 0, wires: [{ id: "call" }] }],
			out: [0, 1].map((port) => ({ x: 0, y: 0, wires: [{ id: "call", port }] })),
		},
		{ ...CALL, z: "sub", wires: [[], []] },
		{ ...config, z: "sub" },
	];
}

/** Where a configuration can stand, with its variable in reach; a message into `into` places a call. */
const PLACES: Readonly<Record<string, (config: FlowNode, variable: object) => FlowNode[]>> = {
	"a tab": (config) => [config, { ...CALL, id: "into", wires: [["out"], ["out"]] }],
	"a subflow": (config, variable) => [
		...subflow(config, [variable]),
		{ id: "into", type: "subflow:sub", wires: [["out"], ["out"]] },
	],
	"a subflow in a subflow": (config, variable) => [
		...subflow(config, []),
		{
			...{ id: "outer", type: "subflow", z: undefined, name: "Fuera", env: [variable] },
			in: [{ x: 0, y: 0, wires: [{ id: "inner" }] }],
			out: [0, 1].map((port) => ({ x: 0, y: 0, wires: [{ id: "inner", port }] })),
		},
		{ id: "inner", type: "subflow:sub", z: "outer", wires: [[], []] },
		{ id: "into", type: "subflow:outer", wires: [["out"], ["out"]] },
	],
	"a group": (config, variable) => [
		{ id: "group", type: "group", nodes: ["into"], env: [variable], style: {} },
		...subflow(config, []),
		{ id: "into", type: "subflow:sub", g: "group", wires: [["out"], ["out"]] },
	],
};

/** A text for each property that it can be set to, and that lets a call be placed. */
const VALUES: Readonly<Record<ConfigName, string | null>> = {
	...{ name: "Oficina", tenant: "227", country: "PT", plus: "00", prefix: "0", language: "pt" },
	...{
		timeZone: "Europe/Lisbon",
		groups: "false",
		settle: "3",
		mostExtensions: "6000",
		dialAllowed: "6XXXXXXXX",
		dialPerExtension: "2",
	},
	...{ dialInAll: "2", dialRepeat: "1", dryRun: "false", store: "none", storeFile: "calls.db", keepDays: "1" },
	...{ storeUrl: "postgresql://pbx@localhost/calls", standby: "true" },
	// The address differs from test to test; the others are no texts.
	...{ url: null, tls: null, people: null, words: null, activations: null },
};

describe("each property of the configuration", () => {
	const flow = new FlowFixture();
	before(() => flow.start());
	after(() => flow.stop());
	afterEach(() => {
		delete process.env.PBX_TEST;
		return flow.unload();
	});

	async function loaded(place: string, over: object, value: string) {
		process.env.PBX_TEST = value;
		const frames: string[] = [];
		const { simulator, url } = await flow.simulate({
			onFrame: ({ direction, text }) => direction === "in" && frames.push(text),
		});
		const variable = { name: "PBX_TEST", type: "str", value };
		const config = pbxConfig(url, { version: 3, store: "none", ...over });
		await flow.load([...(PLACES[place]?.(config, variable) ?? []), ...WATCH]);
		return { simulator, frames };
	}

	it("has its place in the form, and none is there that is not in the table", () => {
		const form = readFileSync(join(ROOT, "nodes", "pbx-config.editor.ts"), "utf8");
		const [, defaults = ""] = /\n\tdefaults: \{\n([\s\S]*?)\n\t\},\n/.exec(form) ?? [];
		const names = [...defaults.matchAll(/^\t\t(\w+): \{/gm)].map(([, name]) => name);
		assert.deepEqual(names.sort(), [...CONFIG_NAMES, "version"].sort());
	});

	for (const place of Object.keys(PLACES)) {
		for (const name of LIMITS) {
			it(`${name} that names an empty variable is an error, not "no limit", in ${place}`, async () => {
				const store = name === "keepDays" || name === "standby" ? { store: "file" } : {};
				const { frames } = await loaded(place, { [name]: "$" + "{PBX_TEST}", ...store }, "");
				flow.node("into").receive({ payload: "600000101" });
				await eventually(() =>
					assert.ok(flow.codes("caught").includes("unset-variable"), JSON.stringify(flow.codes("caught"))),
				);
				await settle();
				assert.deepEqual(
					frames.filter((text) => text.includes("call")),
					[],
				);
				assert.deepEqual(flow.received("out"), []);
			});
		}
	}

	for (const [name, value] of Object.entries(VALUES)) {
		if (value === null) continue;
		it(`${name} can be set by a variable, in a subflow`, async () => {
			const { frames, simulator } = await loaded("a subflow", { [name]: "$" + "{PBX_TEST}" }, value);
			await eventually(() => assert.deepEqual(simulator.status().clients, ["11"]));
			simulator.run({ command: "send", extension: "11", text: "(info,-Livre)" });
			await settle();
			flow.node("into").receive({ payload: "600000101" });
			await eventually(() => {
				assert.ok(
					frames.some((text) => text.includes("(call, ")),
					JSON.stringify(flow.codes("caught")),
				);
			});
		});
	}
});
