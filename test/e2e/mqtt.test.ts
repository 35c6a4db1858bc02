import assert from "node:assert/strict";
import { eventually } from "../support/eventually";
import type { RunningExample } from "../support/example";
import { MqttBroker, type Published } from "../support/mqttBroker";

describe("the example of live events over MQTT", function () {
	this.timeout(180_000);
	let broker: MqttBroker;
	let example: RunningExample;
	const published: Published[] = [];

	before(async () => {
		broker = await MqttBroker.start((message) => {
			if (message.topic.startsWith("pbx/")) published.push(message);
		});
		example = await broker.startExample("17");
	});
	after(async () => {
		await example?.stop();
		await broker.stop();
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
