import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { eventually } from "../support/eventually";
import { BASIC_EXAMPLES, type FlowNode, onFreePort, press, readExample, withRealCrm } from "../support/examples";
import { NodeRed } from "../support/nodeRed";

interface Asked {
	readonly method: string;
	readonly path: string;
	readonly body: { readonly open?: boolean };
	readonly status: number;
}

describe("the examples with a CRM of one's own", () => {
	let red: NodeRed;
	let flows: FlowNode[];
	let statuses: ReadonlyMap<string, string>;
	let crm: Server;
	let status = 500;
	const asked: Asked[] = [];

	before(async function () {
		this.timeout(180_000);
		crm = createServer(async (request, response) => {
			const parts: Buffer[] = [];
			for await (const part of request) parts.push(part as Buffer);
			const body = Buffer.concat(parts).toString();
			const { method = "", url: path = "" } = request;
			asked.push({ method, path, body: body === "" ? {} : JSON.parse(body), status });
			response.writeHead(status, { "content-type": "application/json" });
			response.end(status === 200 ? '[{"name": "Ana Gil", "id": 7}]' : '{"error": "broken"}');
		}).listen(0, "127.0.0.1");
		await once(crm, "listening");
		const url = `http://127.0.0.1:${(crm.address() as AddressInfo).port}`;
		const files = BASIC_EXAMPLES.map((file) => readExample(file)).filter((nodes) =>
			nodes.some(({ type }) => type === "http request"),
		);
		assert.equal(files.length, 5);
		flows = (await Promise.all(files.map(async (nodes) => onFreePort(withRealCrm(nodes, url))))).flat();
		red = await NodeRed.start({ flows });
		statuses = await red.followStatus();
		await eventually(() => {
			for (const { id, type } of flows) if (type === "pbx-in") assert.match(statuses.get(id) ?? "", /connected/);
		}, 30);
	});
	after(async () => {
		await red.stop();
		crm.close();
	});
	beforeEach(() => {
		status = 500;
		asked.length = 0;
	});

	const inTab = (label: string, type: string, name: string) => {
		const tab = flows.find((node) => node.type === "tab" && node.label === label);
		return flows.find((node) => node.type === type && node.name === name && node.z === tab?.id)?.id ?? "";
	};
	const run = async (label: string, ...commands: string[]) => {
		for (const command of commands) await press(red, flows, label, command);
	};

	it("01: a look-up that failed is no stranger", async () => {
		const card = async () =>
			(await red.get("/screen-pop/card")) as { failed: string; customers: { name: string }[] } | null;
		await run("Screen pop", "ring 11 974319404");
		await eventually(async () => assert.deepEqual([(await card())?.failed, (await card())?.customers], ["500", []]));
		assert.deepEqual([asked[0]?.method, asked[0]?.path], ["GET", "/customers?phone=%2B34974319404"]);
		status = 200;
		await run("Screen pop", "hangup 11", "ring 11 910000199");
		await eventually(async () =>
			assert.deepEqual([(await card())?.failed, (await card())?.customers[0]?.name], ["", "Ana Gil"]),
		);
		const count = asked.length;
		await run("Screen pop", "hangup 11", "ring 11");
		await eventually(async () => assert.deepEqual((await card())?.customers, []));
		assert.equal(asked.length, count, "a withheld number is not looked up");
	});

	it("05: what the CRM does not take is shown", async () => {
		await run("PRO web command", "a call without a duration");
		const shown = inTab("PRO web command", "debug", "not taken");
		await eventually(() => assert.equal(statuses.get(shown), "500"));
		assert.deepEqual(asked, [
			{ method: "POST", path: "/calls", body: { number: "600000101", extension: "11" }, status: 500 },
		]);
	});

	it("06: a task that the CRM did not take is sent again", async function () {
		this.timeout(180_000);
		await run("Missed call", "miss 11 974319404 3");
		await eventually(() => assert.ok(asked.length > 0), 30);
		status = 200;
		await eventually(() => assert.equal(asked.at(-1)?.status, 200), 20);
		for (const each of asked) {
			assert.deepEqual([each.method, each.path, each.body.open], ["PUT", "/tasks/%2B34974319404", true]);
		}
	});

	it("07: a record that the CRM did not take is sent again, and what it refuses is shown as given up", async function () {
		this.timeout(180_000);
		const call = () => run("Log every call", "ring 11 974319404", "answer 11", "hangup 11");
		await call();
		await eventually(() => assert.ok(asked.length > 0), 30);
		status = 200;
		await eventually(() => assert.equal(asked.at(-1)?.status, 200), 20);
		assert.equal(new Set(asked.map(({ method, path }) => `${method} ${path}`)).size, 1);
		assert.match(asked[0]?.path ?? "", /^\/calls\/227%2F/);
		status = 422;
		await call();
		const shown = inTab("Log every call", "debug", "given up");
		await eventually(() => assert.equal(statuses.get(shown), "HTTP 422"), 30);
	});

	it("08: what the CRM does not take is shown", async function () {
		this.timeout(180_000);
		await run("PRO events", "ring 11 974319404@Ventas", "answer 11", "hangup 11");
		await eventually(() => assert.equal(statuses.get(inTab("PRO events", "debug", "not taken")), "500"), 30);
	});
});
