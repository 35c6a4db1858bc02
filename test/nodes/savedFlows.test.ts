import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { migrate, type SavedConfig } from "../../nodes/shared/migrate";
import { CONFIG_VERSION } from "../../nodes/shared/options";
import { eventually } from "../support/eventually";
import { FlowFixture, type FlowNode } from "../support/flowFixture";
import { ROOT } from "../support/nodeRed";

const FOLDER = join(ROOT, "test", "fixtures", "flows");

function saved(file: string): FlowNode[] {
	return JSON.parse(readFileSync(join(FOLDER, file), "utf8")) as FlowNode[];
}

describe("a flow saved by an earlier version", () => {
	const flow = new FlowFixture();
	before(() => flow.start());
	after(() => flow.stop());
	afterEach(() => flow.unload());

	it("is kept here for every version of the configuration", () => {
		const versions = readdirSync(FOLDER).map((file) => Number.parseInt(file, 10));
		assert.deepEqual(
			versions.sort(),
			Array.from({ length: CONFIG_VERSION + 1 }, (_, version) => version),
		);
	});

	for (const file of readdirSync(FOLDER)) {
		it(`works as it did: ${file}`, async () => {
			const { simulator, url } = await flow.simulate();
			const nodes = saved(file)
				.filter(({ type }) => type !== "tab")
				.map((node) => (node.type === "pbx-config" ? { ...node, url } : node));
			await flow.load([...nodes, { id: "out", type: "helper" }]);
			await flow.loggedIn(simulator);
			simulator.run({ command: "send", extension: "11", text: "(CALL,210000102)" });
			await eventually(() => assert.equal(flow.events("out", "call.ringing")[0]?.e164, "+351210000102"));
			flow.node("status").receive({ payload: "12" });
			await eventually(() => assert.equal(flow.events("out", "extension.state")[0]?.state, "idle"));
			flow.node("call").receive({ payload: "+351 210 000 103" });
			await eventually(() => assert.equal(flow.events("out", "dial.result")[0]?.number, "+351210000103"));
			assert.deepEqual(flow.errors(), []);
		});
	}

	it("gets what the present one has, and keeps what it had; a newer one is left alone", () => {
		for (const file of readdirSync(FOLDER)) {
			const config = saved(file).find(({ type }) => type === "pbx-config");
			const { name, country, plus, groups, version } = migrate({ ...config } as SavedConfig);
			assert.deepEqual([name, country, plus, groups, version], ["Oficina", "PT", "+", true, CONFIG_VERSION], file);
		}
		assert.equal(migrate({ groups: false }).groups, false);
		// As the editor has a node of a flow that lacks them.
		const lacking = { tenant: "227", plus: undefined, groups: undefined, dialAllowed: undefined };
		const { plus, groups, dialAllowed } = migrate(lacking as object);
		assert.deepEqual([plus, groups, dialAllowed], ["+", true, ""]);
		assert.equal(migrate({ version: 99, tenant: "1" }).version, 99);
	});
});
