import assert from "node:assert/strict";
import { eventually } from "../support/eventually";
import type { RunningExample } from "../support/example";
import { MqttBroker } from "../support/mqttBroker";

/** What the flow says of a sensor. */
interface Sensor {
	readonly unique_id: string;
	readonly name: string;
	readonly state_topic: string;
	readonly availability: readonly { readonly topic: string }[];
	readonly options?: readonly string[];
	readonly json_attributes_topic?: string;
}

describe("Home Assistant's sensors", function () {
	this.timeout(180_000);
	let broker: MqttBroker;
	let example: RunningExample;
	/** What the broker holds, as whoever comes later gets it. */
	const retained = new Map<string, string>();
	let configs = 0;

	before(async () => {
		broker = await MqttBroker.start(({ topic, payload, retain }) => {
			if (topic.endsWith("/config")) configs++;
			if (retain) retained.set(topic, payload);
		});
		example = await broker.startExample("16");
	});
	after(async () => {
		await example?.stop();
		await broker.stop();
	});

	const sensor = (id: string): Sensor => {
		const text = retained.get(`homeassistant/sensor/pbx_227_${id}/config`);
		assert.ok(text, id);
		return JSON.parse(text) as Sensor;
	};
	const holds = (topic: string, value: string) => eventually(() => assert.equal(retained.get(topic), value), 20);

	it("are found by themselves: one for each extension, and one for the last missed call", async () => {
		await eventually(() => {
			for (const id of ["11", "12", "13", "missed"]) sensor(id);
		}, 20);
		const reception = sensor("11");
		assert.deepEqual([reception.name, reception.unique_id], ["Reception", "pbx_227_11"]);
		assert.deepEqual(reception.options, ["idle", "ringing", "busy", "unknown"]);
		await holds(reception.state_topic, "idle");
		for (const { topic } of reception.availability) await holds(topic, "online");
	});

	it("follow the phones", async () => {
		const { state_topic: topic } = sensor("11");
		await example.play("ring 11 974319404");
		await holds(topic, "ringing");
		await example.play("answer 11");
		await holds(topic, "busy");
		await example.play("hangup 11");
		await holds(topic, "idle");
	});

	it("say who was missed last", async () => {
		await example.play("miss 12 600000101 0");
		const { state_topic: topic, json_attributes_topic: details = "" } = sensor("missed");
		await holds(topic, "600 00 01 01");
		const told = JSON.parse(retained.get(details) ?? "{}") as { number?: string; phones?: string[] };
		assert.deepEqual([told.number, told.phones], ["+34600000101", ["12"]]);
	});

	it("are announced again when Home Assistant starts", async () => {
		const before = configs;
		broker.publish("homeassistant/status", "online");
		await eventually(() => assert.equal(configs, before + 4));
	});

	it("are unavailable while the PBX or Node-RED is away", async () => {
		const [gateway, link] = sensor("11").availability.map(({ topic }) => topic);
		await example.play("refuse silent");
		await example.play("drop");
		await holds(String(link), "offline");
		assert.doesNotMatch(example.red.log, /\[error\]/);
		await example.stop();
		await holds(String(gateway), "offline");
	});
});
