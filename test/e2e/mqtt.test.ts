import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { Aedes } from "aedes";
import { eventually } from "../support/eventually";
import { adapted, RunningExample, readExample } from "../support/example";
import { freePort } from "../support/nodeRed";

describe("the example of live events over MQTT", function () {
	this.timeout(60_000);
	let broker: Aedes;
	let server: Server;
	let example: RunningExample;
	const published: { readonly topic: string; readonly payload: string; readonly retain: boolean }[] = [];

	before(async () => {
		broker = await Aedes.createBroker();
		broker.on("publish", ({ topic, payload, retain }) => {
			if (topic.startsWith("pbx/")) published.push({ topic, payload: String(payload), retain });
		});
		server = createServer(broker.handle).listen(0, "127.0.0.1");
		await once(server, "listening");
		const address = server.address();
		const port = typeof address === "object" ? String(address?.port) : "";
		const nodes = adapted(readExample("17"), await freePort()).map((node) => ({
			...node,
			...(node.type === "mqtt-broker" && { port }),
			...(node.type === "pbx-config" && { settle: 0 }),
		}));
		example = await RunningExample.start(nodes);
	});
	after(async () => {
		await example?.stop();
		await new Promise<void>((resolve) => broker.close(() => resolve()));
		server.close();
	});

	const topics = (retain: boolean) => published.filter((each) => each.retain === retain).map(({ topic }) => topic);

	it("publishes calls for those who listen, and states for those who come later too", async () => {
		await example.play("ring 11 974319404");
		await eventually(() => assert.ok(topics(false).includes("pbx/227/11/call/ringing")), 20);
		await example.play("answer 11");
		await example.play("hangup 11");
		await eventually(() => assert.ok(topics(false).includes("pbx/227/11/call/record")), 20);
		assert.ok(topics(false).every((topic) => topic.includes("/call/")));
		assert.ok(topics(true).every((topic) => topic.endsWith("/state")));
		const last = published.filter(({ topic }) => topic === "pbx/227/11/extension/state").at(-1);
		assert.equal(JSON.parse(last?.payload ?? "{}").state, "idle");
	});

	it("hears at a subscriber all calls by one wildcard", async () => {
		const heard = example.nodes.find(({ name }) => name === "calls heard")?.id ?? "";
		await eventually(() => assert.equal(example.statuses.get(heard), "pbx/227/11/call/record"), 20);
	});
});
