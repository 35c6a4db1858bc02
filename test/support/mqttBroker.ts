import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { Aedes } from "aedes";

/** What was published at a broker. */
export interface Published {
	readonly topic: string;
	readonly payload: string;
	readonly retain: boolean;
}

/** An MQTT broker on a free port. */
export class MqttBroker {
	private constructor(
		readonly port: string,
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
