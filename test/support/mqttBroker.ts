import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { Aedes } from "aedes";
import { adapted, RunningExample, readExample } from "./example";
import { freePort } from "./nodeRed";

/** What was published at a broker. */
export interface Published {
	readonly topic: string;
	readonly payload: string;
	readonly retain: boolean;
}

/** An MQTT broker on a free port. */
export class MqttBroker {
	private constructor(
		private readonly port: string,
		private readonly broker: Aedes,
		private readonly server: Server,
	) {}

	/** @param heard  hears all that clients publish */
	static async start(heard: (message: Published) => void): Promise<MqttBroker> {
		const broker = await Aedes.createBroker();
		broker.on("publish", ({ topic, payload, retain }) => {
			if (!topic.startsWith("$SYS")) heard({ topic, payload: String(payload), retain });
		});
		const server = createServer(broker.handle).listen(0, "127.0.0.1");
		await once(server, "listening");
		const address = server.address();
		return new MqttBroker(typeof address === "object" ? String(address?.port) : "", broker, server);
	}

	/** An example whose nodes reach this broker, and whose calls settle at once. */
	async startExample(number: string): Promise<RunningExample> {
		const nodes = adapted(readExample(number), await freePort()).map((node) => ({
			...node,
			...(node.type === "mqtt-broker" && { port: this.port }),
		}));
		return RunningExample.start(nodes);
	}

	/** Tells its clients something. */
	publish(topic: string, payload: string): void {
		const packet = { cmd: "publish", qos: 0, dup: false, retain: false } as const;
		this.broker.publish({ ...packet, topic, payload: Buffer.from(payload) }, () => {});
	}

	async stop(): Promise<void> {
		await new Promise<void>((resolve) => this.broker.close(() => resolve()));
		this.server.close();
	}
}
